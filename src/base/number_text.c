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

    if (v < 10) {
        *out = (char)('0' + v);
        return 1;
    }
    if (v < 100) {
        out[0] = (char)('0' + v / 10);
        out[1] = (char)('0' + v % 10);
        return 2;
    }
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

    if (exponent == 0)
        return pv_write_i64(out, v);
    if (v < 0)
        out[n++] = '-';
    n += write_u64(out + n, m / scale);
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
    size_t n, whole = 0, k = 0;

    if (exponent == 0 && v >= 0 && v < 1000)
        return write_u64(out, (uint64_t)v);
    n = pv_write_decimal(plain, v, exponent);
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

static uint64_t rounded(uint64_t m, uint64_t times, uint64_t unit)
{
    return (uint64_t)(((pv_u128)m * times + unit / 2) / unit);
}

/* m / unit in three digits; 0 when that rounds to `top` or more. */
static size_t write_three(char *out, uint64_t m, uint64_t unit, uint64_t top)
{
    uint64_t q;

    for (unsigned places = 2; places > 0; places--) {
        uint64_t scale = (uint64_t)pv_pow10(places);

        q = rounded(m, scale, unit);
        if (q < 1000 && q < top * scale)
            return pv_write_fixed(out, (int64_t)q, places);
    }
    q = rounded(m, 1, unit);
    return q < top ? pv_write_grouped(out, (int64_t)q, 0) : 0;
}

static size_t write_minutes(char *out, uint64_t ns)
{
    uint64_t s = rounded(ns, 1, UINT64_C(1000000000));
    uint64_t min = rounded(ns, 1, UINT64_C(60000000000));
    size_t n;

    if (s < 3600)
        return (size_t)snprintf(out, PV_NUMBER_MAX - 4, "%u min %02u s",
                                (unsigned)(s / 60), (unsigned)(s % 60));
    n = pv_write_grouped(out, (int64_t)(min / 60), 0);
    return n + (size_t)snprintf(out + n, PV_NUMBER_MAX - 4 - n, " h %02u min",
                                (unsigned)(min % 60));
}

size_t pv_write_duration(char *out, int64_t ns, pv_number_style s)
{
    const struct {
        uint64_t unit, top;
        const char *name;
    } units[] = {{1000, 1000, s.ascii ? " us" : " \xc2\xb5s"},
                 {1000000, 1000, " ms"},
                 {1000000000, 60, " s"}};
    uint64_t m = magnitude(ns);
    size_t n = put_minus(out, ns, s);

    if (m < 1000) {
        n += write_u64(out + n, m);
        return n + put_text(out + n, m ? " ns" : " s");
    }
    for (size_t i = 0; i < 3; i++) {
        size_t digits = write_three(out + n, m, units[i].unit, units[i].top);

        if (digits)
            return n + digits + put_text(out + n + digits, units[i].name);
    }
    return n + write_minutes(out + n, m);
}

size_t pv_write_bytes(char *out, int64_t bytes, pv_number_style s)
{
    static const char *const units[] = {" KiB", " MiB", " GiB",
                                        " TiB", " PiB", " EiB"};
    uint64_t m = magnitude(bytes), unit = 1;
    size_t n = put_minus(out, bytes, s);

    if (m < 1024) {
        n += pv_write_grouped(out + n, (int64_t)m, 0);
        return n + put_text(out + n, " B");
    }
    for (size_t i = 0; i < 6; i++) {
        size_t digits = write_three(out + n, m, unit *= 1024, 1024);

        if (digits)
            return n + digits + put_text(out + n + digits, units[i]);
    }
    return n; /* not reached: 2^63 is 8 EiB */
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
    uint64_t scale = (uint64_t)(100 * pv_pow10(decimals)), small;
    pv_u128 scaled = (pv_u128)part * scale;

    /* a division of 128 bits takes many times as long */
    if (!__builtin_mul_overflow(part, scale, &small) &&
        !__builtin_add_overflow(small, whole / 2, &small))
        return small / whole;
    return (uint64_t)((scaled + whole / 2) / whole);
}

size_t pv_write_percent(char *out, int64_t part, int64_t whole,
                        pv_number_style s)
{
    uint64_t m = magnitude(part), w = magnitude(whole);
    size_t n = put_minus(out, (part < 0) != (whole < 0) && part ? -1 : 1, s);
    uint64_t hundredths, thousandths = 100, rounded;
    unsigned decimals = 2;

    if (w == 0 || m == 0)
        return put_text(out, "0%");
    hundredths = share(m, w, 2);
    if (hundredths < 11) /* else there are as many thousandths for certain */
        thousandths = share(m, w, 3);
    if (hundredths >= 9995)
        decimals = 0;
    else if (hundredths >= 1000)
        decimals = 1;
    else if (thousandths < 100) /* as many as the first digit takes */
        while (decimals < 12 && share(m, w, decimals) == 0)
            decimals++;
    rounded = decimals == 2 ? hundredths : share(m, w, decimals);
    if (thousandths >= 100) /* a fixed number of them */
        n += pv_write_fixed(out + n, (int64_t)rounded, decimals);
    else
        n += pv_write_decimal(out + n, (int64_t)rounded, decimals);
    out[n++] = '%';
    return n;
}
