/* SPDX-License-Identifier: MIT */
/* What an input comes to in a few figures. */
#include "facts.h"

#include "total.h"

bool pv_metric_is_twin(const pv_profile *p, uint32_t metric)
{
    const pv_metric *m = p->metrics.at;

    if (!m[metric].inclusive)
        return false;
    for (uint32_t i = 0; i < metric; i++)
        if (m[i].name.i == m[metric].name.i)
            return true;
    return false;
}

const pv_point *pv_series_peak(const pv_series *s)
{
    const pv_point *best = s->len ? s->at : NULL;

    for (uint32_t i = 1; i < s->len; i++)
        if (s->at[i].value > best->value)
            best = &s->at[i];
    return best;
}

int64_t pv_points(const pv_profile *p)
{
    int64_t n = 0;

    for (uint32_t i = 0; i < p->series.len; i++)
        n += p->series.at[i].len;
    return n;
}

/* The greatest value of a column, the missing ones aside. */
static void greatest(const int64_t *cost, uint32_t rows, uint32_t width,
                     uint32_t column, int64_t *best)
{
    for (uint32_t i = 0; cost && i < rows; i++) {
        int64_t v = cost[(size_t)i * width + column];

        if (v > *best)
            *best = v;
    }
}

/* Does a column of rows hold any value? */
static bool any_value(const int64_t *cost, uint32_t rows, uint32_t width,
                      uint32_t column)
{
    for (uint32_t i = 0; cost && i < rows; i++)
        if (cost[(size_t)i * width + column] != PV_NONE)
            return true;
    return false;
}

/* Rows with a column that is empty in all of them.  Row 0 of the functions
 * is the unknown one and has zeros where nothing was added. */
static bool is_missing(const pv_profile *p, uint32_t m)
{
    uint32_t width = p->metrics.len, first = p->functions.len > 0;
    const int64_t *functions =
        p->functions.cost ? p->functions.cost + (size_t)first * width : NULL;

    if (p->lines.cost && p->lines.len && !(p->has & PV_HAS_TREE))
        return !any_value(p->lines.cost, p->lines.len, width, m);
    if (functions && p->functions.len > first && p->has & PV_HAS_TOTALS)
        return !any_value(functions, p->functions.len - first, width, m);
    return false;
}

bool pv_metric_whole(const pv_profile *p, uint32_t metric, int64_t *whole,
                     pv_error *err)
{
    uint32_t width = p->metrics.len;

    if (is_missing(p, metric)) {
        *whole = PV_NONE;
        return true;
    }
    if (!p->metrics.at[metric].inclusive)
        return pv_profile_total(p, metric, whole, err);
    *whole = PV_NONE;
    greatest(p->functions.cost, p->functions.len, width, metric, whole);
    greatest(p->lines.cost, p->lines.len, width, metric, whole);
    for (uint32_t i = 0; i < p->series.len; i++) {
        const pv_point *peak = pv_series_peak(&p->series.at[i]);

        if (p->series.at[i].pid < 0 && peak && peak->value > *whole)
            *whole = peak->value;
    }
    if (*whole == PV_NONE)
        *whole = 0;
    return true;
}
