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

static bool take_le(pv_cursor *c, size_t n, const char *what, uint64_t *out)
{
    pv_bytes b = {0};

    if (!pv_cursor_take(c, n, what, &b))
        return false;
    *out = 0;
    for (size_t i = n; i > 0; i--)
        *out = *out << 8 | b.p[i - 1];
    return true;
}

bool pv_cursor_u8(pv_cursor *c, const char *what, uint8_t *out)
{
    uint64_t v = 0;

    if (!take_le(c, 1, what, &v))
        return false;
    *out = (uint8_t)v;
    return true;
}

bool pv_cursor_u16le(pv_cursor *c, const char *what, uint16_t *out)
{
    uint64_t v = 0;

    if (!take_le(c, 2, what, &v))
        return false;
    *out = (uint16_t)v;
    return true;
}

bool pv_cursor_u32le(pv_cursor *c, const char *what, uint32_t *out)
{
    uint64_t v = 0;

    if (!take_le(c, 4, what, &v))
        return false;
    *out = (uint32_t)v;
    return true;
}

bool pv_cursor_u64le(pv_cursor *c, const char *what, uint64_t *out)
{
    return take_le(c, 8, what, out);
}

bool pv_cursor_f64le(pv_cursor *c, const char *what, double *out)
{
    uint64_t bits = 0;

    if (!take_le(c, 8, what, &bits))
        return false;
    memcpy(out, &bits, sizeof *out);
    return true;
}

bool pv_cursor_f64be(pv_cursor *c, const char *what, double *out)
{
    uint64_t bits = 0;

    if (!take_le(c, 8, what, &bits))
        return false;
    bits = __builtin_bswap64(bits);
    memcpy(out, &bits, sizeof *out);
    return true;
}

bool pv_cursor_line(pv_cursor *c, const char *what, pv_str *out)
{
    const uint8_t *at = c->all.p + c->pos, *lf;

    lf = pv_cursor_left(c) ? memchr(at, '\n', pv_cursor_left(c)) : NULL;
    if (!lf)
        return pv_source_fail_at(c->src, PV_E_FORMAT, c->pos,
                                 "file ends inside %s; truncated?", what);
    *out = (pv_str){(const char *)at, (size_t)(lf - at)};
    c->pos += out->n + 1;
    return true;
}
