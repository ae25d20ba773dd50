/* SPDX-License-Identifier: MIT */
/* The points of a series by time; those of one time stay as they came. */
#include <stdlib.h>

#include "builder_private.h"
#include "mem.h"

static bool ascending(const series_rows *s)
{
    for (size_t i = 1; i < s->points.len; i++)
        if (s->points.at[i].t < s->points.at[i - 1].t)
            return false;
    return true;
}

static int by_time_then_row(const void *a, const void *b, void *points)
{
    const pv_point *at = points;
    uint32_t i = *(const uint32_t *)a, j = *(const uint32_t *)b;

    if (at[i].t != at[j].t)
        return at[i].t < at[j].t ? -1 : 1;
    return (i > j) - (i < j);
}

static bool sort_points(series_rows *s)
{
    size_t n = s->points.len;
    uint32_t *order = pv_mem_alloc(n, sizeof *order);
    pv_point *sorted = pv_mem_alloc(n, sizeof *sorted);
    bool ok = order && sorted;

    if (ok) {
        for (size_t i = 0; i < n; i++)
            order[i] = (uint32_t)i;
        qsort_r(order, n, sizeof *order, by_time_then_row, s->points.at);
        for (size_t i = 0; i < n; i++)
            sorted[i] = s->points.at[order[i]];
        memcpy(s->points.at, sorted, n * sizeof *sorted);
    }
    pv_mem_free(order);
    pv_mem_free(sorted);
    return ok;
}

bool pv_canonical_series(pv_builder *b)
{
    for (size_t i = 0; i < b->series.len; i++)
        if (!ascending(&b->series.at[i]) && !sort_points(&b->series.at[i]))
            return pv_fail_nomem(&b->err);
    return true;
}
