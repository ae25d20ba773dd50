/* SPDX-License-Identifier: MIT */
/* Numbers read exactly: decimal text and doubles to integers. */
#include "number.h"

#include <errno.h>
#include <locale.h>
#include <math.h>
#include <stdlib.h>

bool pv_mul64(int64_t a, int64_t b, int64_t *out)
{
    int64_t product;

    if (__builtin_mul_overflow(a, b, &product))
        return false;
    *out = product;
    return true;
}

int64_t pv_pow10(unsigned e)
{
    static const int64_t powers[] = {
        1,
        10,
        100,
        1000,
        10000,
        100000,
        1000000,
        10000000,
        100000000,
        1000000000,
        10000000000,
        100000000000,
        1000000000000,
        10000000000000,
        100000000000000,
        1000000000000000,
        10000000000000000,
        100000000000000000,
        1000000000000000000,
    };

    return powers[e < 19 ? e : 18];
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

int pv_by_i64(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return (x > y) - (x < y);
}

bool pv_is_digits(pv_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!is_digit(s.p[i]))
            return false;
    return s.n > 0;
}

bool pv_parse_u64(pv_str s, uint64_t *out)
{
    enum { SAFE = 19 }; /* so many digits always fit */
    uint64_t v = 0;
    size_t i = 0;

    if (s.n == 0)
        return false;
    for (; i < s.n && i < SAFE; i++) {
        if (!is_digit(s.p[i]))
            return false;
        v = v * 10 + (uint64_t)(s.p[i] - '0');
    }
    for (; i < s.n; i++) {
        if (!is_digit(s.p[i]) || __builtin_mul_overflow(v, 10u, &v) ||
            __builtin_add_overflow(v, (uint64_t)(s.p[i] - '0'), &v))
            return false;
    }
    *out = v;
    return true;
}

bool pv_parse_i64(pv_str s, int64_t *out)
{
    bool minus = s.n && s.p[0] == '-';
    uint64_t v;

    if (!pv_parse_u64(pv_str_slice(s, minus, s.n), &v) ||
        v > (uint64_t)INT64_MAX)
        return false;
    *out = minus ? -(int64_t)v : (int64_t)v;
    return true;
}

bool pv_parse_decimal(pv_str s, int64_t *out, uint8_t *exponent, bool *overflow)
{
    int64_t v = 0;
    size_t dot = SIZE_MAX, end = s.n;

    *overflow = false;
    if (s.n == 0 || !is_digit(s.p[0]))
        return false;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '.' && dot == SIZE_MAX)
            dot = i;
        else if (!is_digit(s.p[i]))
            return false;
    }
    while (dot != SIZE_MAX && end > dot &&
           (s.p[end - 1] == '0' || end == dot + 1))
        end--; /* zeros behind the dot say nothing */
    for (size_t i = 0; i < end; i++) {
        if (i == dot)
            continue;
        if (!pv_mul64(v, 10, &v) || !pv_add64(v, s.p[i] - '0', &v))
            *overflow = true;
    }
    *exponent = 0;
    if (dot != SIZE_MAX && end > dot + 1) {
        *overflow = *overflow || end - dot - 1 > 9;
        *exponent = (uint8_t)(end - dot - 1);
    }
    *out = v;
    return !*overflow;
}

typedef struct scaled {
    const char *digits;
    size_t n;   /* digits without the dot are read through digit_at */
    size_t dot; /* index of the dot in `digits`, or n */
    int64_t exp10;
    bool minus;
} scaled;

static bool scan_exponent(pv_str s, size_t i, int64_t *exp10)
{
    bool minus = false;
    int64_t v = 0;

    if (i < s.n && (s.p[i] == '-' || s.p[i] == '+'))
        minus = s.p[i++] == '-';
    if (i >= s.n)
        return false;
    for (; i < s.n; i++) {
        if (!is_digit(s.p[i]))
            return false;
        if (v < 100000)
            v = v * 10 + (s.p[i] - '0');
    }
    *exp10 = minus ? -v : v;
    return true;
}

static bool scan_scaled(pv_str s, scaled *out)
{
    size_t i = 0, digits = 0;

    *out = (scaled){0};
    if (s.n && (s.p[0] == '-' || s.p[0] == '+'))
        out->minus = s.p[i++] == '-';
    out->digits = s.p + i;
    out->dot = SIZE_MAX;
    for (; i < s.n && (is_digit(s.p[i]) || s.p[i] == '.'); i++) {
        if (s.p[i] != '.')
            digits++;
        else if (out->dot == SIZE_MAX)
            out->dot = (size_t)(s.p + i - out->digits);
        else
            return false;
    }
    out->n = (size_t)(s.p + i - out->digits);
    if (out->dot == SIZE_MAX)
        out->dot = out->n;
    if (digits == 0)
        return false;
    if (i < s.n && (s.p[i] == 'e' || s.p[i] == 'E'))
        return scan_exponent(s, i + 1, &out->exp10);
    return i == s.n;
}

/* Position of each digit is 10^(dot - index - 1 + exp10 + places); digits at
 * 10^-1 and below decide the rounding. */
bool pv_parse_scaled(pv_str s, unsigned places, int64_t *out)
{
    scaled t;
    int64_t v = 0, power, rest = 0; /* rest: 0 none, 1 <half, 2 half, 3 > */
    bool any = false;

    if (!scan_scaled(s, &t))
        return false;
    power = (int64_t)t.dot - 1 + t.exp10 + (int64_t)places;
    for (size_t i = 0; i < t.n; i++) {
        int d = t.digits[i] - '0';

        if (i == t.dot)
            continue;
        if (power >= 0) {
            if (!pv_mul64(v, 10, &v) || !pv_add64(v, d, &v))
                return false;
        } else if (power == -1) {
            rest = d > 5 ? 3 : d == 5 ? 2 : d > 0 ? 1 : 0;
        } else if (d > 0) {
            rest |= 1;
        }
        any = any || d > 0;
        power--;
    }
    for (; any && power >= 0; power--)
        if (!pv_mul64(v, 10, &v))
            return false;
    if (rest == 3 || (rest == 2 && v % 2))
        if (!pv_add64(v, 1, &v))
            return false;
    *out = t.minus ? -v : v;
    return true;
}

/* To the nearest whole number, a tie to the even one; |v| < 2^51.  Adding 2^52
 * leaves no room for a fraction: nearbyint() would cost the start of the
 * program another shared library. */
static int64_t nearest(double v)
{
    volatile double sum = fabs(v) + 0x1p52;
    int64_t whole = (int64_t)(sum - 0x1p52);

    return v < 0 ? -whole : whole;
}

bool pv_any_seconds_to_ns(double seconds, int64_t *out)
{
    int64_t whole;

    if (!isfinite(seconds) || fabs(seconds) >= 9.2e9)
        return false;
    /* The whole seconds are exact; only the fraction is rounded. */
    whole = (int64_t)seconds;
    *out =
        whole * INT64_C(1000000000) + nearest((seconds - (double)whole) * 1e9);
    return true;
}

/* The bits of a double, read as an integer, stand in its order. */
int64_t pv_seconds_residue(double seconds, int64_t ns)
{
    double rest = seconds - (double)ns / 1e9, size = fabs(rest);
    int64_t bits;

    if (!isfinite(rest))
        return 0;
    memcpy(&bits, &size, sizeof bits);
    return rest < 0 ? -bits : bits;
}

bool pv_parse_double(pv_str s, double *out)
{
    char text[512], *end;
    locale_t c, before;

    if (s.n == 0 || s.n >= sizeof text || memchr(s.p, 0, s.n))
        return false;
    memcpy(text, s.p, s.n);
    text[s.n] = '\0';
    c = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    if (!c)
        return false;
    before = uselocale(c);
    *out = strtod(text, &end);
    uselocale(before);
    freelocale(c);
    return end == text + s.n;
}

int64_t pv_muldiv(int64_t a, int64_t b, int64_t c)
{
    pv_i128 product = (pv_i128)a * b;
    pv_i128 half = c / 2;

    return (int64_t)((product >= 0 ? product + half : product - half) / c);
}
