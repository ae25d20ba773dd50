/* SPDX-License-Identifier: MIT */
/* Checked reading of a binary input that is held whole. */
#include "cursor.h"

bool pv_cursor_init(pv_cursor *c, pv_source *src)
{
    *c = (pv_cursor){.src = src};
    return pv_input_all(src->input, &c->all, src->err);
}

bool pv_cursor_take(pv_cursor *c, size_t n, const char *what, pv_bytes *out)
{
    size_t left = pv_cursor_left(c);

    if (n > left)
        return pv_source_fail_at(
            c->src, PV_E_FORMAT, c->pos,
            "file ends inside %s (needs %zu bytes, %zu left); truncated?", what,
            n, left);
    *out = (pv_bytes){c->all.p + c->pos, n};
    c->pos += n;
    return true;
}
