/* SPDX-License-Identifier: MIT */
/* Marshal's numbers and strings. */
#include "marshal_code.h"

#include <string.h>

#include "number.h"
#include "py_text.h"

/* ---- small payloads ---- */

bool pv_marshal_take(machine *m, size_t n, const char *what,
                     const uint8_t **out)
{
    pv_cursor *c = m->c;
    pv_bytes none;

    if (pv_cursor_left(c) < n) {
        (void)pv_cursor_take(c, n, what, &none);
        return false;
    }
    *out = c->all.p + c->pos;
    c->pos += n;
    return true;
}

bool pv_marshal_i32(machine *m, const char *what, int32_t *out)
{
    const uint8_t *p;

    if (!pv_marshal_take(m, 4, what, &p))
        return false;
    *out = (int32_t)((uint32_t)p[0] | (uint32_t)p[1] << 8 |
                     (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24);
    return true;
}

static bool read_double(machine *m, const char *what, double *out)
{
    const uint8_t *p;
    uint64_t bits = 0;

    if (!pv_marshal_take(m, 8, what, &p))
        return false;
    for (int i = 7; i >= 0; i--)
        bits = bits << 8 | p[i];
    memcpy(out, &bits, sizeof *out);
    return true;
}

static bool read_double_text(machine *m, double *out)
{
    size_t at = m->c->pos - 1;
    const uint8_t *p;
    pv_str text;

    if (!pv_marshal_take(m, 1, "a float", &p))
        return false;
    text.n = *p;
    if (!pv_marshal_take(m, text.n, "a float", &p))
        return false;
    text.p = (const char *)p;
    if (pv_parse_double(text, out))
        return true;
    (void)pv_source_fail_at(m->c->src, PV_E_FORMAT, at,
                            "float '%s' is not a number", PV_QUOTE(text));
    return false;
}

static pv_py marshal_made(machine *m, pv_py v)
{
    if (v.w == 0)
        (void)pv_py_refused(m->d, m->c);
    return v;
}

pv_py pv_marshal_int(machine *m)
{
    int32_t v;

    if (!pv_marshal_i32(m, "an int", &v))
        return (pv_py){0};
    return marshal_made(m, pv_py_int(m->d, v));
}

pv_py pv_marshal_int64(machine *m)
{
    const uint8_t *p;
    uint64_t bits = 0;

    if (!pv_marshal_take(m, 8, "an int", &p))
        return (pv_py){0};
    for (int i = 7; i >= 0; i--)
        bits = bits << 8 | p[i];
    return marshal_made(m, pv_py_int(m->d, (int64_t)bits));
}

/* Digits in base 2^15, least first; the sign of the count is the value's. */
pv_py pv_marshal_long(machine *m, size_t at)
{
    pv_source *src = m->c->src;
    const uint8_t *p;
    uint64_t v = 0;
    bool wide = false, negative;
    uint32_t n;
    int32_t count;

    if (!pv_marshal_i32(m, "a long", &count))
        return (pv_py){0};
    negative = count < 0;
    n = negative ? -(uint32_t)count : (uint32_t)count;
    if (!pv_marshal_take(m, (size_t)n * 2, "a long", &p))
        return (pv_py){0};
    for (uint32_t i = n; i-- > 0;) {
        uint32_t digit = (uint32_t)p[2 * i] | (uint32_t)p[2 * i + 1] << 8;

        if (digit > 0x7fff || (digit == 0 && i + 1 == n)) {
            (void)pv_source_fail_at(src, PV_E_FORMAT, at,
                                    digit ? "digit of a long out of range"
                                          : "a long that is not normalised");
            return (pv_py){0};
        }
        wide = wide || v >> 48 != 0;
        v = v << 15 | digit;
    }
    if (wide || v > (uint64_t)INT64_MAX)
        return pv_py_of(PV_PY_WIDE, negative);
    return marshal_made(m,
                        pv_py_int(m->d, negative ? -(int64_t)v : (int64_t)v));
}

pv_py pv_marshal_float(machine *m, bool text)
{
    double v;

    if (!(text ? read_double_text(m, &v) : read_double(m, "a float", &v)))
        return (pv_py){0};
    return marshal_made(m, pv_py_float(m->d, v));
}

pv_py pv_marshal_complex(machine *m, bool text)
{
    double v;

    for (int i = 0; i < 2; i++)
        if (!(text ? read_double_text(m, &v) : read_double(m, "a complex", &v)))
            return (pv_py){0};
    return pv_py_of(PV_PY_OTHER, 0);
}

/* ---- strings ---- */

static bool string_size(machine *m, bool small, size_t at, size_t *out)
{
    const uint8_t *p;
    int32_t n;

    if (small) {
        if (!pv_marshal_take(m, 1, "a string", &p))
            return false;
        *out = *p;
        return true;
    }
    if (!pv_marshal_i32(m, "a string", &n))
        return false;
    if (n < 0) {
        (void)pv_source_fail_at(m->c->src, PV_E_FORMAT, at,
                                "string of %ld bytes", (long)n);
        return false;
    }
    *out = (size_t)n;
    return true;
}

pv_py pv_marshal_string(machine *m, pv_py_kind kind, bool small, size_t at)
{
    const uint8_t *p;
    size_t n;

    if (!string_size(m, small, at, &n) ||
        !pv_marshal_take(m, n, "a string", &p))
        return (pv_py){0};
    return marshal_made(m,
                        pv_py_text(m->d, kind, (pv_str){(const char *)p, n}));
}

/* Bytes from 0x80 on are Latin-1. */
pv_py pv_marshal_ascii(machine *m, bool small, size_t at)
{
    const uint8_t *p;
    pv_str text;
    size_t n;

    if (!string_size(m, small, at, &n) ||
        !pv_marshal_take(m, n, "a string", &p))
        return (pv_py){0};
    if (!pv_py_latin1(m->d, (pv_str){(const char *)p, n}, &text)) {
        (void)pv_py_refused(m->d, m->c);
        return (pv_py){0};
    }
    return marshal_made(m, pv_py_text(m->d, PV_PY_STR, text));
}

pv_py pv_marshal_unicode(machine *m, size_t at)
{
    const uint8_t *p;
    size_t n;
    pv_str text;

    if (!string_size(m, false, at, &n) ||
        !pv_marshal_take(m, n, "a string", &p))
        return (pv_py){0};
    text = (pv_str){(const char *)p, n};
    if (!pv_py_utf8(text)) {
        (void)pv_source_fail_at(m->c->src, PV_E_FORMAT, at,
                                "text '%s' is not UTF-8", PV_QUOTE(text));
        return (pv_py){0};
    }
    return marshal_made(m, pv_py_text(m->d, PV_PY_STR, text));
}

/* Python 2's interned strings have a table of their own. */
pv_py pv_marshal_interned(machine *m, bool flag, size_t at)
{
    pv_py v = pv_marshal_string(m, PV_PY_STR, false, at);

    if (v.w != 0 && !flag) {
        if (!PV_VEC_GROW(&m->strings, 1)) {
            (void)pv_fail_nomem(m->c->src->err);
            return (pv_py){0};
        }
        m->strings.at[m->strings.len++] = v;
    }
    return v;
}
