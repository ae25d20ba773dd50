/* SPDX-License-Identifier: MIT */
/* One unit for a column. */
#include "source_scale.h"

#include "number.h"

typedef struct step {
    const char *unit;
    int64_t size;
    unsigned decimals;
} step;

/* The largest unit of which there are ten, in falling order. */
static const step times[] = {{"s", 1000000000, 3},
                             {"ms", 1000000, 1},
                             {"\xc2\xb5s", 1000, 1},
                             {"ns", 1, 0}};
static const step sizes[] = {
    {"GiB", 1 << 30, 2}, {"MiB", 1 << 20, 1}, {"KiB", 1 << 10, 1}, {"B", 1, 0}};

pv_scale pv_scale_for(pv_unit unit, unsigned exponent, int64_t most)
{
    const step *at = unit == PV_NANOSECONDS ? times : sizes;
    int64_t ten = pv_pow10(exponent);

    if (unit == PV_COUNT)
        return (pv_scale){"", ten, exponent, false};
    if (most < 0)
        most = most == INT64_MIN ? INT64_MAX : -most;
    while (at->size > 1 && most / ten / 10 < at->size)
        at++;
    return (pv_scale){at->unit, at->size * ten,
                      at->size == 1 ? exponent : at->decimals, false};
}

/* "1234.5" with commas before each three digits of its whole part. */
static void put_grouped(pv_buf *out, const char *text, size_t n)
{
    size_t whole = 0;

    while (whole < n && text[whole] != '.')
        whole++;
    for (size_t i = 0; i < n; i++) {
        if (i > 0 && i < whole && (whole - i) % 3 == 0)
            pv_buf_char(out, ',');
        pv_buf_char(out, text[i]);
    }
}

static void put_number(pv_buf *out, int64_t v, unsigned decimals)
{
    char text[PV_NUMBER_MAX];

    put_grouped(out, text, pv_write_fixed(text, v, decimals));
}

void pv_scale_put(pv_buf *out, const pv_scale *s, int64_t v)
{
    int64_t size, rounded;

    if (v == PV_NONE)
        return;
    size = v < 0 ? -v : v;
    rounded = pv_muldiv(size, pv_pow10(s->decimals), s->divisor);
    if (v < 0)
        pv_buf_puts(out, "\xe2\x88\x92"); /* U+2212 */
    else if (s->sign && v > 0 && rounded > 0)
        pv_buf_char(out, '+');
    if (rounded == 0 && size > 0)
        pv_buf_char(out, '<');
    put_number(out, rounded == 0 && size > 0 ? 1 : rounded, s->decimals);
}

void pv_scale_share(pv_buf *out, int64_t part, int64_t whole)
{
    int64_t tenths;

    if (part == PV_NONE || part <= 0 || whole <= 0)
        return;
    tenths = pv_muldiv(part, 1000, whole);
    if (tenths == 0)
        pv_buf_char(out, '<');
    put_number(out, tenths ? tenths : 1, 1);
}
