/* SPDX-License-Identifier: MIT */
/* Runs of plain bytes are copied as they are; the rest goes through one
 * switch per place. */
#include "markup_escape.h"

#include <stdio.h>

#include "markup_put.h"
#include "utf8.h"

static const pv_str replacement = {"\xef\xbf\xbd", 3};

enum { SPECIAL, FORBIDDEN, WIDE };

/* What a byte is that is not plain; `special` ones depend on the place. */
static int class_of(unsigned char c)
{
    if (c >= 0x80)
        return WIDE;
    if (c == '\t' || c == '\n' || c == '\r')
        return SPECIAL;
    return c < 0x20 || c == 0x7f ? FORBIDDEN : SPECIAL;
}

enum { IN_QUOTES = 1, BESIDE_QUOTES = 2 };

/* Where ASCII stands for itself: what is printable, and the end of a line. */
/* clang-format off */
static const unsigned char plain[256] = {
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, /* 0x00 */
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, /* 0x10 */
    3, 3, 2, 3, 3, 3, 0, 3, 3, 3, 3, 3, 3, 3, 3, 3, /* 0x20 */
    3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 0, 3, 0, 3, /* 0x30 */
    3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, /* 0x40 */
    3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 2, 3, 3, 3, /* 0x50 */
    3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, /* 0x60 */
    3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 0, /* 0x70 */
};
/* clang-format on */

typedef unsigned char v16 __attribute__((vector_size(16)));

/* Which of sixteen bytes do not stand for themselves: those are not 0. */
static v16 special16(v16 x, unsigned char where)
{
    v16 other = (v16)((x - 0x20 > 0x5e) | ((x | 2) == '>')); /* and '<' */

    if (where == BESIDE_QUOTES)
        return (other | (v16)(x == '&')) & (v16)(x != '\n');
    /* '"' and '&' differ in one bit, too. */
    return other | (v16)(((x | 4) == '&') | (x == '\\'));
}

static bool plain16(const void *p, unsigned char where)
{
    uint64_t two[2];
    v16 x;

    memcpy(&x, p, sizeof x);
    x = special16(x, where);
    memcpy(two, &x, sizeof two);
    return !(two[0] | two[1]);
}

/* Fewer than sixteen bytes, the middle ones twice. */
static bool plain_short(const char *p, size_t n, unsigned char where)
{
    char twice[16];

    if (n < 4)
        return false;
    memset(twice, ' ', sizeof twice);
    if (n >= 8) {
        memcpy(twice, p, 8);
        memcpy(twice + 8, p + n - 8, 8);
    } else {
        memcpy(twice, p, 4);
        memcpy(twice + 4, p + n - 4, 4);
    }
    return plain16(twice, where);
}

static size_t plain_run(pv_str s, size_t at, unsigned char where)
{
    const unsigned char *p = (const unsigned char *)s.p;

    while (s.n - at >= 16 && plain16(p + at, where))
        at += 16;
    if (s.n - at < 16 && (s.n >= 16 ? plain16(p + s.n - 16, where)
                                    : at == 0 && plain_short(s.p, s.n, where)))
        return s.n;
    while (at < s.n && plain[p[at]] & where)
        at++;
    return at;
}

bool pv_markup_plain(pv_str text)
{
    return plain_run(text, 0, IN_QUOTES) == text.n;
}

/* C1 controls and noncharacters are no text in HTML; XML would take most.  What
 * turns text around would show names as what they are not. */
static bool forbidden(int32_t cp)
{
    return cp < 0 || pv_is_bidi(cp) || (cp >= 0x80 && cp <= 0x9f) ||
           (cp >= 0xfdd0 && cp <= 0xfdef) || (cp & 0xfffe) == 0xfffe;
}

/* Moves *at past wide characters that stand for themselves and returns true,
 * or past one that does not. */
static bool take_wide(pv_str s, size_t *at)
{
    size_t next = *at;

    while (next < s.n && (unsigned char)s.p[next] >= 0x80) {
        size_t before = next;

        if (!forbidden(pv_utf8_next(s, &next)))
            continue;
        if (before == *at) {
            *at = next;
            return false;
        }
        next = before;
        break;
    }
    *at = next;
    return true;
}

typedef void special_fn(pv_markup *m, char c);

static void special_in_json_string(pv_markup *m, char c);

/* In JSON, whose readers take names as they are, what turns text around stays:
 * as an escape, so that it does nothing to those who look at the source. */
static void replace(pv_markup *m, pv_str s, size_t at, special_fn *special)
{
    int32_t cp = pv_utf8_next(s, &at);
    char text[8];

    if (special == special_in_json_string && pv_is_bidi(cp)) {
        snprintf(text, sizeof text, "\\u%04x", (unsigned)cp & 0xffff);
        pv_put_name(m, text);
    } else {
        pv_put(m, replacement.p, replacement.n);
    }
}

/* The one loop behind every kind of text. */
static void escape(pv_markup *m, pv_str s, unsigned char where,
                   special_fn *special)
{
    size_t done = 0, at = 0;

    while ((at = plain_run(s, at, where)) < s.n) {
        int class = class_of((unsigned char)s.p[at]);
        size_t from = at;

        if (class == WIDE) {
            if (take_wide(s, &at))
                continue;
        } else {
            at++;
        }
        pv_put(m, s.p + done, from - done);
        if (class == SPECIAL)
            special(m, s.p[from]);
        else
            replace(m, s, from, special);
        done = at;
    }
    if (done < s.n)
        pv_put(m, s.p + done, s.n - done);
}

static void put_cr(pv_markup *m)
{
    if (m->dialect == PV_XML)
        pv_put_name(m, "&#13;");
    else
        pv_put(m, replacement.p, replacement.n);
}

static void special_in_text(pv_markup *m, char c)
{
    switch (c) {
    case '<': pv_put_name(m, "&lt;"); break;
    case '>': pv_put_name(m, "&gt;"); break;
    case '&': pv_put_name(m, "&amp;"); break;
    case '\r': put_cr(m); break;
    default: pv_put_char(m, c);
    }
}

static void special_in_attr(pv_markup *m, char c)
{
    switch (c) {
    case '"': pv_put_name(m, "&quot;"); break;
    case '\t': pv_put_name(m, "&#9;"); break;
    case '\n': pv_put_name(m, "&#10;"); break;
    default: special_in_text(m, c);
    }
}

static void special_in_json(pv_markup *m, char c)
{
    switch (c) {
    case '<': pv_put_name(m, "\\u003c"); break;
    case '>': pv_put_name(m, "\\u003e"); break;
    case '&': pv_put_name(m, "\\u0026"); break;
    default: pv_put_char(m, c);
    }
}

static void special_in_json_string(pv_markup *m, char c)
{
    switch (c) {
    case '"': pv_put_name(m, "\\\""); break;
    case '\\': pv_put_name(m, "\\\\"); break;
    case '\t': pv_put_name(m, "\\t"); break;
    case '\n': pv_put_name(m, "\\n"); break;
    case '\r': pv_put_name(m, "\\r"); break;
    default: special_in_json(m, c);
    }
}

void pv_escape_text(pv_markup *m, pv_str text)
{
    escape(m, text, BESIDE_QUOTES, special_in_text);
}

void pv_escape_attr(pv_markup *m, pv_str value)
{
    escape(m, value, IN_QUOTES, special_in_attr);
}

void pv_escape_json(pv_markup *m, pv_str json)
{
    escape(m, json, BESIDE_QUOTES, special_in_json);
}

void pv_escape_json_string(pv_markup *m, pv_str text)
{
    escape(m, text, IN_QUOTES, special_in_json_string);
}
