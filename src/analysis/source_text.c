/* SPDX-License-Identifier: MIT */
/* Source bytes into lines of UTF-8. */
#include "block.h"
#include "buf.h"

static uint32_t count_lines(pv_str text)
{
    uint32_t n = 0;

    for (size_t i = 0; i < text.n; i++)
        n += text.p[i] == '\n' ||
             (text.p[i] == '\r' && (i + 1 == text.n || text.p[i + 1] != '\n'));
    return n +
           (text.n && text.p[text.n - 1] != '\n' && text.p[text.n - 1] != '\r');
}

static void cut_lines(pv_source_text *out, pv_str text)
{
    size_t begin = 0;

    for (size_t i = 0; i < text.n; i++) {
        size_t end = i;

        if (text.p[i] != '\n' && text.p[i] != '\r')
            continue;
        if (text.p[i] == '\r' && i + 1 < text.n && text.p[i + 1] == '\n')
            i++;
        out->at[out->len++] = pv_str_slice(text, begin, end);
        begin = i + 1;
    }
    if (begin < text.n)
        out->at[out->len++] = pv_str_slice(text, begin, text.n);
}

bool pv_source_split(pv_source_text *out, pv_str bytes, pv_arena *a)
{
    pv_buf utf8 = {0};

    *out = (pv_source_text){0};
    pv_source_decode(&utf8, bytes, &out->decoded);
    a->failed |= utf8.failed;
    out->all = pv_arena_copy(a, pv_buf_text(&utf8));
    pv_buf_done(&utf8);
    out->at = PV_NEW_N(a, pv_str, (size_t)count_lines(out->all) + 1);
    if (a->failed)
        return false;
    cut_lines(out, out->all);
    return true;
}
