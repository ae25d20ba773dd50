/* SPDX-License-Identifier: MIT */
/* Numbers of a timeline in words: sizes, changes, moments, slopes, dates. */
#include "number.h"
#include "timeline_chart.h"

static const char minus[] = "\xe2\x88\x92";

void pv_put_size(pv_buf *out, int64_t bytes)
{
    char text[PV_NUMBER_MAX];

    pv_buf_add(out, text, pv_write_bytes(text, bytes, (pv_number_style){0}));
}

void pv_put_change(pv_buf *out, int64_t bytes)
{
    if (bytes >= 0)
        pv_buf_char(out, '+');
    pv_put_size(out, bytes);
}

void pv_put_against(pv_buf *out, int64_t is, int64_t was)
{
    char text[PV_NUMBER_MAX];
    int64_t by = is - was; /* of memory, never negative */

    if (by == 0) {
        pv_buf_puts(out, "no change");
        return;
    }
    pv_put_change(out, by);
    if (was == 0)
        return;
    pv_buf_puts(out, " (");
    pv_buf_puts(out, by < 0 ? minus : "+");
    pv_buf_add(
        out, text,
        pv_write_percent(text, by < 0 ? -by : by, was, (pv_number_style){0}));
    pv_buf_char(out, ')');
}

void pv_put_time(pv_buf *out, int64_t ns)
{
    char text[PV_NUMBER_MAX];

    pv_buf_add(out, text, pv_write_duration(text, ns, (pv_number_style){0}));
}

void pv_put_moment(const pv_chart *c, pv_buf *out, int64_t t)
{
    if (c->snapshots)
        pv_buf_format(out, "snapshot %lld", (long long)(t / 1000000000));
    else
        pv_put_time(out, t);
}

/* ---- slopes ---- */

/* Is a second too short for a figure that can be read? */
static bool by_hours(const pv_chart *c, const pv_slope *s)
{
    return !c->snapshots && s->rate > -1024000 && s->rate < 1024000;
}

/* Thousandths of a byte a second in bytes of the unit of time. */
static int64_t bytes_of(int64_t rate, bool hours)
{
    const int64_t most = INT64_MAX / 4;

    rate = rate > most ? most : rate < -most ? -most : rate;
    return pv_muldiv(rate, hours ? 3600 : 1, 1000);
}

static const char *per(const pv_chart *c, const pv_slope *s)
{
    return c->snapshots ? " a snapshot" : by_hours(c, s) ? "/h" : "/s";
}

void pv_put_slope(const pv_chart *c, pv_buf *out, const pv_slope *s)
{
    int sign = pv_slope_sign(s);
    int64_t bytes = bytes_of(s->rate, by_hours(c, s));

    if (!s->known) {
        pv_buf_puts(out, "too few samples for a slope");
    } else if (sign == 0) {
        pv_buf_puts(out, "no steady growth");
    } else {
        pv_buf_puts(out, sign > 0 ? "grows " : "shrinks ");
        pv_put_size(out, bytes < 0 ? -bytes : bytes);
        pv_buf_puts(out, per(c, s));
    }
}

void pv_put_interval(const pv_chart *c, pv_buf *out, const pv_slope *s)
{
    bool hours = by_hours(c, s);

    pv_put_size(out, bytes_of(s->low, hours));
    pv_buf_puts(out, " to ");
    pv_put_size(out, bytes_of(s->high, hours));
    pv_buf_puts(out, per(c, s));
}

/* ---- dates ---- */

void pv_put_date(pv_buf *t, int64_t days)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30,
                                  31, 31, 30, 31, 30, 31};
    int64_t year = 1970;
    int month = 0;

    for (;; year++) {
        bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

        if (days < 365 + leap) {
            while (days >= lengths[month] + (leap && month == 1)) {
                days -= lengths[month] + (leap && month == 1);
                month++;
            }
            break;
        }
        days -= 365 + leap;
    }
    pv_buf_format(t, "%04d-%02d-%02d", (int)year, month + 1, (int)days + 1);
}
