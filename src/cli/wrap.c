/* SPDX-License-Identifier: MIT */
/* Words into lines. */
#include "wrap.h"

enum { NARROW = 30, HANGING = 4 }; /* least room for text; indent without it */

static void spaces(pv_buf *out, size_t n)
{
    while (n-- > 0)
        pv_buf_char(out, ' ');
}

static void new_line(pv_buf *out, size_t indent)
{
    pv_buf_char(out, '\n');
    spaces(out, indent);
}

/* A word that no line has room for; the column behind it. */
static size_t in_pieces(pv_buf *out, pv_str word, size_t column, size_t indent,
                        size_t columns)
{
    while (column + word.n > columns && columns > indent) {
        pv_buf_str(out, pv_str_slice(word, 0, columns - column));
        word = pv_str_slice(word, columns - column, word.n);
        new_line(out, indent);
        column = indent;
    }
    pv_buf_str(out, word);
    return column + word.n;
}

void pv_wrap(pv_buf *out, pv_str text, size_t column, size_t indent,
             size_t columns)
{
    while (text.n) {
        size_t end = pv_str_find(text, ' ');
        pv_str word = pv_str_slice(text, 0, end);

        if (column > indent && column + 1 + word.n > columns) {
            new_line(out, indent);
            column = indent;
        } else if (column > indent) {
            pv_buf_char(out, ' ');
            column++;
        }
        column = in_pieces(out, word, column, indent, columns);
        text = pv_str_slice(text, word.n + 1, text.n);
    }
    pv_buf_char(out, '\n');
}

void pv_wrap_term(pv_buf *out, pv_str left, pv_str right, size_t indent,
                  size_t columns)
{
    if (columns < indent + NARROW) {
        spaces(out, 2);
        pv_wrap(out, left, 2, 2, columns);
        spaces(out, HANGING);
        pv_wrap(out, right, HANGING, HANGING, columns);
        return;
    }
    spaces(out, 2);
    pv_buf_str(out, left);
    if (left.n + 4 > indent)
        new_line(out, indent);
    else
        spaces(out, indent - 2 - left.n);
    pv_wrap(out, right, indent, indent, columns);
}
