/* SPDX-License-Identifier: MIT */
/* Which changes are worth a word. */
#include <math.h>

#include "diff_view.h"
#include "number.h"

enum { SHARE = 200 }; /* a change of 1/200 of all before: 0.5 % */

static const struct {
    const char *suffix;
    pv_unit unit;
    int64_t factor; /* of base units; a plain time is in seconds */
} suffixes[] = {
    {"ns", PV_NANOSECONDS, 1},
    {"us", PV_NANOSECONDS, 1000},
    {"ms", PV_NANOSECONDS, 1000000},
    {"s", PV_NANOSECONDS, 1000000000},
    {"", PV_NANOSECONDS, 1000000000},
    {"KiB", PV_BYTES, 1024},
    {"MiB", PV_BYTES, 1024 * 1024},
    {"GiB", PV_BYTES, 1024 * 1024 * 1024},
    {"K", PV_BYTES, 1024},
    {"M", PV_BYTES, 1024 * 1024},
    {"G", PV_BYTES, 1024 * 1024 * 1024},
    {"B", PV_BYTES, 1},
    {"", PV_BYTES, 1},
    {"", PV_COUNT, 1},
};
enum { SUFFIXES = sizeof suffixes / sizeof *suffixes };

static int64_t preset_floor(pv_unit unit)
{
    switch (unit) {
    case PV_COUNT: return 0;
    case PV_NANOSECONDS: return 1000000; /* 1 ms */
    case PV_BYTES: return 64 * 1024;
    }
    return 0; /* not reached while every unit has a case */
}

static bool parse_floor(pv_str text, pv_unit unit, int64_t *out)
{
    size_t digits = 0;
    pv_str tail;
    int64_t thousandths;

    while (digits < text.n &&
           ((text.p[digits] >= '0' && text.p[digits] <= '9') ||
            text.p[digits] == '.'))
        digits++;
    tail = pv_str_slice(text, digits, text.n);
    if (!pv_parse_scaled(pv_str_slice(text, 0, digits), 3, &thousandths))
        return false;
    for (size_t i = 0; i < SUFFIXES; i++)
        if (suffixes[i].unit == unit &&
            pv_str_equal(tail, pv_str_of(suffixes[i].suffix)) &&
            pv_mul64(thousandths, suffixes[i].factor, out)) {
            *out /= 1000;
            return true;
        }
    return false;
}

bool pv_diff_floor(pv_diff_view *v, pv_error *err)
{
    const pv_diff_metric *m = &v->d->metrics[v->d->main];
    pv_str text = v->o->min_change;

    v->floor = preset_floor(m->unit);
    if (text.n && !parse_floor(text, m->unit, &v->floor))
        return pv_fail(err, PV_E_USAGE, NULL,
                       "--min-change %s: a number is wanted, with ns, us, ms "
                       "or s for times, KiB, MiB or GiB for memory",
                       PV_QUOTE(text));
    if (!pv_mul64(v->floor, pv_pow10(m->exponent), &v->floor))
        v->floor = INT64_MAX;
    return true;
}

static int64_t size_of(int64_t change)
{
    return change < 0 ? -change : change;
}

/* Three standard deviations of a difference of counts. */
static double spread(const pv_diff *d, int64_t before, int64_t after)
{
    const pv_diff_metric *m = &d->metrics[d->main];
    double unit = (double)pv_pow10(m->exponent);
    double variance = ((double)after + m->ratio * (double)before) / unit;

    return d->sampled && !d->judged && variance > 0 ? 3 * sqrt(variance) * unit
                                                    : 0;
}

int64_t pv_diff_threshold(const pv_diff_view *v)
{
    int64_t least = v->d->metrics[v->d->main].before / SHARE;

    return least > v->floor ? least : v->floor;
}

bool pv_diff_is_small(const pv_diff_view *v, int64_t before, int64_t after)
{
    int64_t change = size_of(after - before);

    return change > 0 && change < v->floor &&
           change >= v->d->metrics[v->d->main].before / SHARE;
}

bool pv_diff_matters(const pv_diff_view *v, int64_t before, int64_t after)
{
    int64_t change = size_of(after - before);

    return change > 0 && change >= pv_diff_threshold(v) &&
           (double)change >= spread(v->d, before, after);
}

bool pv_diff_wanted(const pv_diff_view *v, uint32_t row)
{
    bool total = v->o->how.by_total || v->o->how.cumulative;
    int64_t change = pv_diff_change(v->d, row, total);

    switch (v->o->only) {
    case PV_ONLY_WORSE: return change > 0;
    case PV_ONLY_BETTER: return change < 0;
    }
    return v->o->all || v->d->rows[row].status != PV_DIFF_SAME;
}

bool pv_diff_by_total(const pv_diff_view *v)
{
    return (v->o->how.by_total && v->d->metrics[v->d->main].totals) ||
           v->o->how.cumulative;
}

bool pv_diff_beside(const pv_diff_view *v)
{
    return !pv_diff_by_total(v) && v->d->metrics[v->d->main].totals &&
           v->o->how.by != PV_DIFF_BY_STACK;
}

bool pv_diff_shown(const pv_diff_view *v, uint32_t row)
{
    const int64_t *value = pv_diff_values(v->d, row, v->d->main);
    int side = pv_diff_by_total(v) ? PV_BEFORE_TOTAL : PV_BEFORE_SELF;

    if (!pv_diff_wanted(v, row))
        return false;
    return v->o->all || pv_diff_matters(v, value[side], value[side + 1]) ||
           (pv_diff_beside(v) &&
            pv_diff_matters(v, value[PV_BEFORE_TOTAL], value[PV_AFTER_TOTAL]));
}
