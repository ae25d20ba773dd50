/* SPDX-License-Identifier: MIT */
/* Text as Python wrote it, made UTF-8. */
#include "py_text.h"

#include "utf8.h"

bool pv_py_utf8(pv_str s)
{
    size_t i = 0;

    if (pv_utf8_valid(s))
        return true;
    while (i < s.n) {
        const unsigned char *p = (const unsigned char *)s.p + i;

        if (s.n - i >= 3 && p[0] == 0xed && p[1] >= 0xa0 && p[1] <= 0xbf &&
            p[2] >= 0x80 && p[2] <= 0xbf)
            i += 3;
        else if (pv_utf8_next(s, &i) == PV_BAD_BYTE)
            return false;
    }
    return true;
}

bool pv_py_latin1(pv_py_data *d, pv_str s, pv_str *out)
{
    size_t high = 0, n = 0;
    char *p;

    for (size_t i = 0; i < s.n; i++)
        high += (unsigned char)s.p[i] >= 0x80;
    *out = s;
    if (high == 0)
        return true;
    p = pv_arena_alloc(&d->text, s.n + high, 1);
    if (!p)
        return false;
    for (size_t i = 0; i < s.n; i++)
        n += pv_utf8_encode((unsigned char)s.p[i], p + n);
    *out = (pv_str){p, n};
    return true;
}

static int digit_of(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

/* Up to `most` digits in `base`, at least `least`. */
static bool digits(pv_str s, size_t *pos, int base, int least, int most,
                   uint32_t *out)
{
    int n = 0;

    *out = 0;
    while (n < most && *pos < s.n) {
        int digit = digit_of(s.p[*pos]);

        if (digit < 0 || digit >= base)
            break;
        *out = *out * (uint32_t)base + (uint32_t)digit;
        (*pos)++;
        n++;
    }
    return n >= least;
}

/* One escape of a Python 2 byte string; *pos is behind the backslash. */
static bool escape(pv_str s, size_t *pos, char *to, size_t *n)
{
    char c = s.p[(*pos)++];
    uint32_t v = 0;

    switch (c) {
    case '\n': return true;
    case '\\':
    case '\'':
    case '"': v = (uint32_t)c; break;
    case 'a': v = 7; break;
    case 'b': v = 8; break;
    case 't': v = 9; break;
    case 'n': v = 10; break;
    case 'v': v = 11; break;
    case 'f': v = 12; break;
    case 'r': v = 13; break;
    case 'x':
        if (!digits(s, pos, 16, 2, 2, &v))
            return false;
        break;
    case '0':
    case '1':
    case '2':
    case '3':
    case '4':
    case '5':
    case '6':
    case '7':
        (*pos)--;
        (void)digits(s, pos, 8, 1, 3, &v);
        break;
    default: to[(*n)++] = '\\'; v = (unsigned char)c;
    }
    to[(*n)++] = (char)v;
    return true;
}

bool pv_py_quoted(pv_py_data *d, pv_str s, pv_str *out, const char **why)
{
    size_t i = 1, n = 0;
    char *p;

    *why = "is not in quotes";
    if (s.n < 2 || (s.p[0] != '\'' && s.p[0] != '"') || s.p[s.n - 1] != s.p[0])
        return false;
    s.n--;
    *out = pv_str_slice(s, 1, s.n);
    if (pv_str_find(*out, '\\') == SIZE_MAX)
        return true;
    *why = NULL;
    p = pv_arena_alloc(&d->text, s.n, 1);
    if (!p)
        return false;
    *why = "has a bad escape";
    while (i < s.n) {
        char c = s.p[i++];

        if (c != '\\')
            p[n++] = c;
        else if (i >= s.n || !escape(s, &i, p, &n))
            return false;
    }
    *out = (pv_str){p, n};
    return true;
}

/* As UTF-8, lone surrogates in three bytes. */
static size_t encode(uint32_t cp, char *p)
{
    if (cp < 0xd800 || cp > 0xdfff)
        return pv_utf8_encode((int32_t)cp, p);
    p[0] = (char)0xed;
    p[1] = (char)(0x80 | (cp >> 6 & 0x3f));
    p[2] = (char)(0x80 | (cp & 0x3f));
    return 3;
}

/* A narrow Python 2 wrote code points above U+FFFF as two escapes. */
static void join_surrogates(pv_str s, size_t *pos, uint32_t *cp)
{
    size_t at = *pos + 2;
    uint32_t low;

    if (*cp < 0xd800 || *cp > 0xdbff || s.n - *pos < 6 || s.p[*pos] != '\\' ||
        s.p[*pos + 1] != 'u' || !digits(s, &at, 16, 4, 4, &low) ||
        low < 0xdc00 || low > 0xdfff)
        return;
    *cp = 0x10000 + ((*cp - 0xd800) << 10) + (low - 0xdc00);
    *pos = at;
}

bool pv_py_raw_unicode(pv_py_data *d, pv_str s, pv_str *out, const char **why)
{
    size_t i = 0, n = 0;
    char *p;

    if (pv_str_find(s, '\\') == SIZE_MAX) {
        *why = NULL;
        return pv_py_latin1(d, s, out);
    }
    *why = NULL;
    p = pv_arena_alloc(&d->text, s.n + 1, 2);
    if (!p)
        return false;
    *why = "has a bad escape";
    while (i < s.n) {
        uint32_t cp = (unsigned char)s.p[i++];
        bool wide = i < s.n && s.p[i] == 'U';

        if (cp == '\\' && i < s.n && (wide || s.p[i] == 'u')) {
            i++;
            if (!digits(s, &i, 16, wide ? 8 : 4, wide ? 8 : 4, &cp) ||
                cp > 0x10ffff)
                return false;
            join_surrogates(s, &i, &cp);
        }
        n += encode(cp, p + n);
    }
    *out = (pv_str){p, n};
    return true;
}
