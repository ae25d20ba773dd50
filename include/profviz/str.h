/* SPDX-License-Identifier: MIT */
/* Slices of text and of bytes: a pointer with a length.
 *
 * Nothing that comes from a file is a C string.  A slice never owns what it
 * points at; each function that hands one out says how long it lives.
 */
#ifndef PROFVIZ_STR_H
#define PROFVIZ_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(__GNUC__)
#define PV_MUST_USE           __attribute__((warn_unused_result))
#define PV_PRINTF(fmt, first) __attribute__((format(printf, fmt, first)))
#define PV_API                __attribute__((visibility("default")))
#else
#define PV_MUST_USE
#define PV_PRINTF(fmt, first)
#define PV_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* Text, usually UTF-8 but never promised to be; not NUL-terminated. */
typedef struct pv_str {
    const char *p;
    size_t n;
} pv_str;

typedef struct pv_bytes {
    const uint8_t *p;
    size_t n;
} pv_bytes;

/* A slice of a string literal; PV_STR_INIT in static initializers. */
#define PV_STR_INIT(lit)                                                       \
    {                                                                          \
        "" lit "", sizeof(lit) - 1                                             \
    }
#define PV_STR(lit) ((pv_str){"" lit "", sizeof(lit) - 1})

static inline pv_str pv_str_of(const char *text)
{
    pv_str s = {text, text ? strlen(text) : 0};

    return s;
}

static inline bool pv_str_equal(pv_str a, pv_str b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

/* Order by bytes, shorter first: the same everywhere, no locale. */
static inline int pv_str_compare(pv_str a, pv_str b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int order = n ? memcmp(a.p, b.p, n) : 0;

    return order ? order : (a.n > b.n) - (a.n < b.n);
}

static inline bool pv_str_starts(pv_str s, pv_str head)
{
    return s.n >= head.n && (head.n == 0 || memcmp(s.p, head.p, head.n) == 0);
}

static inline bool pv_str_ends(pv_str s, pv_str tail)
{
    return s.n >= tail.n &&
           (tail.n == 0 || memcmp(s.p + s.n - tail.n, tail.p, tail.n) == 0);
}

/* The part of `s` from `begin` up to `end`; both are cut to the length. */
static inline pv_str pv_str_slice(pv_str s, size_t begin, size_t end)
{
    pv_str part;

    if (end > s.n)
        end = s.n;
    if (begin > end)
        begin = end;
    part.p = s.p ? s.p + begin : "";
    part.n = end - begin;
    return part;
}

/* Index of the first / last `c`, or SIZE_MAX. */
static inline size_t pv_str_find(pv_str s, char c)
{
    const char *at = s.n ? (const char *)memchr(s.p, c, s.n) : NULL;

    return at ? (size_t)(at - s.p) : SIZE_MAX;
}

static inline size_t pv_str_rfind(pv_str s, char c)
{
    for (size_t i = s.n; i > 0; i--)
        if (s.p[i - 1] == c)
            return i - 1;
    return SIZE_MAX;
}

#ifdef __cplusplus
}
#endif
#endif
