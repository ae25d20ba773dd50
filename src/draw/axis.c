/* SPDX-License-Identifier: MIT */
/* Where ticks stand and what is written at them. */
#include "axis.h"

#include <stdio.h>
#include <string.h>

enum { MOST_STEPS = 5, SHARE = 88 };

#define SECOND INT64_C(1000000000)
#define MINUTE (60 * SECOND)
#define HOUR   (60 * MINUTE)

static size_t put(char *out, const char *text)
{
    size_t n = strlen(text);

    memcpy(out, text, n);
    return n;
}

/* ---- bytes ---- */

static void choose_unit(pv_size_axis *a, int64_t peak)
{
    static const char *const names[] = {" B",   " KiB", " MiB",
                                        " GiB", " TiB", " PiB"};
    unsigned i = 0;

    /* KiB below 1 MiB, MiB up to 4 GiB, GiB up to 4 TiB ... */
    while (i < 5 && peak >= (INT64_C(1) << (10 * (i + 1))) * (i >= 2 ? 4 : 1))
        i++;
    a->unit = INT64_C(1) << (10 * i);
    a->unit_name = names[i];
}

pv_size_axis pv_size_axis_of(int64_t peak)
{
    pv_size_axis a = {.step = 1};
    int64_t least = peak > INT64_MAX / 100 ? peak / SHARE * 100
                                           : (peak * 100 + SHARE - 1) / SHARE;

    choose_unit(&a, peak);
    while (least > a.step * MOST_STEPS)
        a.step *= 2;
    a.top = (least / a.step + (least % a.step != 0)) * a.step;
    if (a.top < 3 * a.step)
        a.top = 3 * a.step;
    return a;
}

size_t pv_size_label(const pv_size_axis *a, int64_t v, char *out)
{
    size_t n;

    if (v == 0)
        return put(out, "0");
    /* a step is a power of two, at least a 128th of the unit */
    n = v % a->unit == 0
            ? pv_write_grouped(out, v / a->unit, 0)
            : pv_write_grouped(out, pv_muldiv(v, 10000000, a->unit), 7);
    return n + put(out + n, a->unit_name);
}

/* ---- time ---- */

static int64_t decimal_step(int64_t least)
{
    static const int factors[] = {1, 2, 5};

    for (int64_t tens = 1; tens <= INT64_MAX / 100; tens *= 10)
        for (int i = 0; i < 3; i++)
            if (tens * factors[i] >= least)
                return tens * factors[i];
    return INT64_MAX / 10;
}

static int64_t listed_step(const int64_t *steps, int64_t least)
{
    while (*steps && *steps < least)
        steps++;
    return *steps;
}

/* Days, then thousands of days. */
static int64_t long_step(int64_t least)
{
    int64_t hours = decimal_step(least / (24 * HOUR) + 1);

    return hours > INT64_MAX / (24 * HOUR) ? INT64_MAX : hours * 24 * HOUR;
}

pv_time_axis pv_time_axis_of(int64_t span, unsigned ticks)
{
    static const int64_t minutes[] = {
        10 * SECOND, 20 * SECOND, 30 * SECOND, MINUTE,      2 * MINUTE,
        5 * MINUTE,  10 * MINUTE, 20 * MINUTE, 30 * MINUTE, HOUR,
        2 * HOUR,    6 * HOUR,    12 * HOUR,   24 * HOUR,   0};
    int64_t parts = ticks ? ticks : 1;
    int64_t least = span / parts + (span % parts != 0);
    pv_time_axis a = {.unit = SECOND, .unit_name = " s"};

    if (span > 120 * SECOND) {
        a.unit = span > 2 * HOUR ? -1 : 0;
        if (a.unit < 0 && least < 10 * MINUTE)
            least = 10 * MINUTE;
        a.step = listed_step(minutes, least);
        if (!a.step)
            a.step = long_step(least);
        return a;
    }
    a.step = decimal_step(least);
    if (span < 10000) {
        a.unit = 1;
        a.unit_name = " ns";
    } else if (span < 10000000) {
        a.unit = 1000;
        a.unit_name = " \xc2\xb5s";
    }
    return a;
}

static size_t put_pair(char *out, int64_t big, int64_t small)
{
    size_t n = pv_write_i64(out, big);

    return n +
           (size_t)snprintf(out + n, PV_NUMBER_MAX - n, ":%02d", (int)small);
}

size_t pv_time_label(const pv_time_axis *a, int64_t t, char *out)
{
    unsigned places = 0;
    size_t n;

    if (a->unit < 0)
        return put_pair(out, t / HOUR, t % HOUR / MINUTE);
    if (a->unit == 0)
        return put_pair(out, t / MINUTE, t % MINUTE / SECOND);
    while (pv_pow10(places) < a->unit)
        places++;
    n = pv_write_decimal(out, t, places);
    return n + put(out + n, a->unit_name);
}
