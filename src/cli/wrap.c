/* SPDX-License-Identifier: MIT */
/* Words into lines. */
#include "wrap.h"

enum { COLUMNS = 79 };

static void spaces(pv_buf *out, size_t n)
{
    while (n-- > 0)
        pv_buf_char(out, ' ');
}

void pv_wrap(pv_buf *out, pv_str text, size_t column, size_t indent)
{
    while (text.n) {
        size_t end = pv_str_find(text, ' ');
        pv_str word = pv_str_slice(text, 0, end);

        if (column > indent && column + 1 + word.n > COLUMNS) {
            pv_buf_char(out, '\n');
            spaces(out, indent);
            column = indent;
        } else if (column > indent) {
            pv_buf_char(out, ' ');
            column++;
        }
        pv_buf_str(out, word);
        column += word.n;
        text = pv_str_slice(text, word.n + 1, text.n);
    }
    pv_buf_char(out, '\n');
}

void pv_wrap_term(pv_buf *out, pv_str left, pv_str right, size_t indent)
{
    spaces(out, 2);
    pv_buf_str(out, left);
    if (left.n + 4 > indent) {
        pv_buf_char(out, '\n');
        spaces(out, indent);
    } else {
        spaces(out, indent - 2 - left.n);
    }
    pv_wrap(out, right, indent, indent);
}
