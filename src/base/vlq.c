/* SPDX-License-Identifier: MIT */
/* Numbers as text, and back. */
#include "vlq.h"

static const char digits[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

void pv_vlq_put(pv_buf *out, uint64_t v)
{
    for (; v > 31; v >>= 5)
        pv_buf_char(out, digits[(v & 31) | 32]);
    pv_buf_char(out, digits[v]);
}

void pv_vlq_put_value(pv_buf *out, int64_t v)
{
    uint64_t zigzag = ((uint64_t)v << 1) ^ (v < 0 ? UINT64_MAX : 0);

    /* INT64_MIN has the greatest of all, which wraps to 0 */
    pv_vlq_put(out, zigzag + 1);
}

int pv_vlq_digit(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    return c == '-' ? 62 : c == '_' ? 63 : -1;
}

bool pv_vlq_take(pv_str *text, uint64_t *out)
{
    unsigned shift = 0;

    for (*out = 0; text->n; shift += 5) {
        int d = pv_vlq_digit(text->p[0]);
        uint64_t bits = (uint64_t)(d & 31);

        *text = pv_str_slice(*text, 1, text->n);
        if (d < 0 || shift > 60 || (shift == 60 && bits > 15))
            return false;
        *out |= bits << shift;
        if (!(d & 32))
            return true;
    }
    return false;
}

bool pv_vlq_take_value(pv_str *text, int64_t *out)
{
    uint64_t v;

    if (!pv_vlq_take(text, &v))
        return false;
    v--;
    *out = (int64_t)((v >> 1) ^ (v & 1 ? UINT64_MAX : 0));
    return true;
}
