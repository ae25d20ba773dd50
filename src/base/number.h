/* SPDX-License-Identifier: MIT */
/* Exact numbers in and out: no locale, no float text where integers will do. */
#ifndef NUMBER_H
#define NUMBER_H

#include "profviz/profile.h"

/* 128 bits for products; GCC and Clang have them, ISO C does not. */
__extension__ typedef __int128 pv_i128;
__extension__ typedef unsigned __int128 pv_u128;

/* Checked arithmetic: false when the result does not fit (out unchanged). */
static inline bool pv_add64(int64_t a, int64_t b, int64_t *out)
{
    int64_t sum;

    if (__builtin_add_overflow(a, b, &sum))
        return false;
    *out = sum;
    return true;
}
bool pv_mul64(int64_t a, int64_t b, int64_t *out);
int64_t pv_pow10(unsigned e); /* 0..18 */

/* For qsort of int64_t: the least first. */
int pv_by_i64(const void *a, const void *b);

bool pv_is_digits(pv_str s); /* one at least, and nothing else */
/* Whole text as an unsigned decimal; false on anything else or overflow. */
bool pv_parse_u64(pv_str s, uint64_t *out);
bool pv_parse_i64(pv_str s, int64_t *out); /* optional '-' */
/* "12.5" -> 125 with *exponent 1; digits [ "." digits* ].  false: not a
 * number; *overflow tells a number too large from text. */
bool pv_parse_decimal(pv_str s, int64_t *out, uint8_t *exponent,
                      bool *overflow);
/* Decimal text with optional sign, fraction and exponent ("1e-9", "-0.5") to
 * the nearest multiple of 10^-places, ties to even; exact, no double. */
bool pv_parse_scaled(pv_str s, unsigned places, int64_t *out);
/* round(v * 10^9), ties to even, checked: seconds as a double to ns. */
bool pv_any_seconds_to_ns(double seconds, int64_t *out);
static inline bool pv_seconds_to_ns(double seconds, int64_t *out)
{
    /* Nearly all times: below a second, 2^52 leaves no room for a fraction. */
    double ns = seconds * 1e9;
    double sum = ns + 0x1p52;

    if (!(seconds >= 0 && seconds < 1))
        return pv_any_seconds_to_ns(seconds, out);
    *out = (int64_t)(sum - 0x1p52);
    return true;
}
/* What that rounding took: of two times with the same `ns`, the longer one has
 * the greater residue; 0 when `seconds` is the double nearest to `ns`. */
int64_t pv_seconds_residue(double seconds, int64_t ns);
bool pv_parse_double(pv_str s, double *out); /* C locale */

/* a * b / c rounded to nearest, in 128 bits; c > 0, result must fit. */
int64_t pv_muldiv(int64_t a, int64_t b, int64_t c);

/* Writers into caller's memory; return the length (no NUL).
 * PV_NUMBER_MAX bytes suffice for each. */
#define PV_NUMBER_MAX 48
size_t pv_write_i64(char *out, int64_t v);
/* v / 10^exponent with exactly `exponent` decimals ("12.50") */
size_t pv_write_fixed(char *out, int64_t v, unsigned exponent);
/* the same without trailing zeros ("12.5", "12") */
size_t pv_write_decimal(char *out, int64_t v, unsigned exponent);
/* 1234567 -> "1,234,567" (decimals kept, trailing zeros not) */
size_t pv_write_grouped(char *out, int64_t v, unsigned exponent);

/* For people, as the visual design's part 1.8 has it.  `minus` is "-" or
 * U+2212.  Time: three significant digits in ns, us, ms, s or "2 min 05 s"
 * (ascii: "us"); bytes: B, KiB, MiB, GiB; counts grouped. */
typedef struct pv_number_style {
    bool ascii; /* "us", "-" instead of the micro sign, U+2212 */
} pv_number_style;
size_t pv_write_duration(char *out, int64_t ns, pv_number_style s);
size_t pv_write_bytes(char *out, int64_t bytes, pv_number_style s);
/* A metric's value by its unit; counts without the unit's name. */
size_t pv_write_value(char *out, int64_t v, const pv_metric *m,
                      pv_number_style s);
/* part of whole: "100%", "56.5%", "4.24%", "0.03%", "0%"; whole 0 -> "0%" */
size_t pv_write_percent(char *out, int64_t part, int64_t whole,
                        pv_number_style s);

#endif
