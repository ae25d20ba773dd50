/* SPDX-License-Identifier: MIT */
/* Numbers written: exact decimals for machines, rounded ones for people. */
#include "number.h"

#include <stdio.h>

static uint64_t magnitude(int64_t v)
{
    return v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
}

static size_t put_text(char *out, const char *s)
{
    size_t n = strlen(s);

    memcpy(out, s, n);
    return n;
}

static size_t put_minus(char *out, int64_t v, pv_number_style s)
{
    return v < 0 ? put_text(out, s.ascii ? "-" : "\xe2\x88\x92") : 0;
}

static size_t write_u64(char *out, uint64_t v)
{
    char digits[20];
    size_t n = 0;

    do {
        digits[n++] = (char)('0' + v % 10);
        v /= 10;
    } while (v);
    for (size_t i = 0; i < n; i++)
        out[i] = digits[n - 1 - i];
    return n;
}

size_t pv_write_i64(char *out, int64_t v)
{
    size_t n = 0;

    if (v < 0)
        out[n++] = '-';
    return n + write_u64(out + n, magnitude(v));
}

size_t pv_write_fixed(char *out, int64_t v, unsigned exponent)
{
    uint64_t scale = (uint64_t)pv_pow10(exponent), m = magnitude(v);
    size_t n = 0;

    if (v < 0)
        out[n++] = '-';
    n += write_u64(out + n, m / scale);
    if (exponent == 0)
        return n;
    out[n++] = '.';
    m %= scale;
    for (size_t i = exponent; i > 0; i--, m /= 10)
        out[n + i - 1] = (char)('0' + m % 10);
    return n + exponent;
}

size_t pv_write_decimal(char *out, int64_t v, unsigned exponent)
{
    size_t n = pv_write_fixed(out, v, exponent);

    if (exponent == 0)
        return n;
    while (out[n - 1] == '0')
        n--;
    return out[n - 1] == '.' ? n - 1 : n;
}

size_t pv_write_grouped(char *out, int64_t v, unsigned exponent)
{
    char plain[PV_NUMBER_MAX];
    size_t n = pv_write_decimal(plain, v, exponent), whole = 0, k = 0;

    while (whole < n && plain[whole] != '.')
        whole++;
    for (size_t i = 0; i < n; i++) {
        bool digit_before = i > 0 && plain[i - 1] != '-';

        if (i < whole && digit_before && (whole - i) % 3 == 0)
            out[k++] = ',';
        out[k++] = plain[i];
    }
    return k;
}

/* m / unit with three significant digits, at most `resolution` decimals
 * (so that no digit is made up). */
static size_t write_three(char *out, uint64_t m, uint64_t unit,
                          unsigned resolution)
{
    unsigned decimals = m < 10 * unit ? 2 : m < 100 * unit ? 1 : 0;
    uint64_t scale, scaled;

    if (decimals > resolution)
        decimals = resolution;
    scale = (uint64_t)pv_pow10(decimals);
    scaled = (uint64_t)(((pv_u128)m * scale + unit / 2) / unit);
    return pv_write_fixed(out, (int64_t)scaled, decimals);
}

/* Would `m` in `unit` round up to 1000 of it? */
static bool rounds_to_thousand(uint64_t m, uint64_t unit)
{
    return m >= 1000 * unit - unit / 2;
}

static size_t write_minutes(char *out, uint64_t ns)
{
    uint64_t s = (ns + 500000000) / UINT64_C(1000000000);

    return (size_t)snprintf(out, PV_NUMBER_MAX - 4, "%llu min %02llu s",
                            (unsigned long long)(s / 60),
                            (unsigned long long)(s % 60));
}

size_t pv_write_duration(char *out, int64_t ns, pv_number_style s)
{
    uint64_t m = magnitude(ns);
    size_t n = put_minus(out, ns, s);

    if (m == 0)
        return put_text(out, "0 s");
    if (!rounds_to_thousand(m, 1)) {
        n += write_u64(out + n, m);
        return n + put_text(out + n, " ns");
    }
    if (!rounds_to_thousand(m, 1000)) {
        n += write_three(out + n, m, 1000, 3);
        return n + put_text(out + n, s.ascii ? " us" : " \xc2\xb5s");
    }
    if (!rounds_to_thousand(m, 1000000)) {
        n += write_three(out + n, m, 1000000, 6);
        return n + put_text(out + n, " ms");
    }
    if (m >= UINT64_C(119500000000))
        return n + write_minutes(out + n, m);
    n += write_three(out + n, m, 1000000000, 9);
    return n + put_text(out + n, " s");
}

size_t pv_write_bytes(char *out, int64_t bytes, pv_number_style s)
{
    static const char *const units[] = {" B", " KiB", " MiB", " GiB"};
    uint64_t m = magnitude(bytes), unit = 1;
    size_t n = put_minus(out, bytes, s), k = 0;

    while (k < 3 && m >= unit * 1024 - (k ? unit / 2 : 0)) {
        unit *= 1024;
        k++;
    }
    if (k == 3 || m >= 1000 * unit) {
        uint64_t whole = (m + unit / 2) / unit;

        if (m >= 100 * unit) {
            n += pv_write_grouped(out + n, (int64_t)whole, 0);
            return n + put_text(out + n, units[k]);
        }
    }
    n += write_three(out + n, m, unit, k ? 9 : 0);
    return n + put_text(out + n, units[k]);
}

size_t pv_write_value(char *out, int64_t v, const pv_metric *m,
                      pv_number_style s)
{
    size_t n;
    char plain[PV_NUMBER_MAX];

    switch (m->unit) {
    case PV_NANOSECONDS:
        return pv_write_duration(out, v / pv_pow10(m->exponent), s);
    case PV_BYTES: return pv_write_bytes(out, v / pv_pow10(m->exponent), s);
    case PV_COUNT: break;
    }
    n = pv_write_grouped(plain, v, m->exponent);
    if (v >= 0 || s.ascii) {
        memcpy(out, plain, n);
        return n;
    }
    memcpy(out + put_minus(out, v, s), plain + 1, n - 1);
    return n + 2;
}

/* The part in units of 10^-decimals percent, rounded to nearest. */
static uint64_t share(uint64_t part, uint64_t whole, unsigned decimals)
{
    pv_u128 scaled = (pv_u128)part * (uint64_t)(100 * pv_pow10(decimals));

    return (uint64_t)((scaled + whole / 2) / whole);
}

size_t pv_write_percent(char *out, int64_t part, int64_t whole,
                        pv_number_style s)
{
    uint64_t m = magnitude(part), w = magnitude(whole);
    size_t n = put_minus(out, (part < 0) != (whole < 0) && part ? -1 : 1, s);
    unsigned decimals;

    if (w == 0 || m == 0)
        return put_text(out, "0%");
    if (share(m, w, 2) >= 9995)
        decimals = 0;
    else if (share(m, w, 2) >= 1000)
        decimals = 1;
    else if (share(m, w, 3) >= 100)
        decimals = 2;
    else
        for (decimals = 2; decimals < 12 && share(m, w, decimals) == 0;)
            decimals++;
    n += pv_write_decimal(out + n, (int64_t)share(m, w, decimals), decimals);
    if (decimals && decimals <= 2 && share(m, w, 3) >= 100) {
        /* keep the zeros of a fixed number of decimals */
        n = put_minus(out, (part < 0) != (whole < 0) ? -1 : 1, s);
        n += pv_write_fixed(out + n, (int64_t)share(m, w, decimals), decimals);
    }
    out[n++] = '%';
    return n;
}
