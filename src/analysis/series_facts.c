/* SPDX-License-Identifier: MIT */
/* What a series comes to between two times. */
#include "series_facts.h"

#include "number.h"

/* The first point not before `t`. */
static uint32_t first_from(const pv_series *s, int64_t t)
{
    uint32_t low = 0, high = s->len;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (s->at[middle].t < t)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static int64_t rounded(pv_i128 part, pv_i128 whole)
{
    pv_i128 v = (part + (part < 0 ? -whole / 2 : whole / 2)) / whole;

    return v > INT64_MAX ? INT64_MAX : v < -INT64_MAX ? -INT64_MAX : (int64_t)v;
}

pv_series_facts pv_series_facts_of(const pv_series *s, int64_t from, int64_t to)
{
    pv_series_facts f = {.first = first_from(s, from)};
    pv_i128 twice = 0; /* the area, times two */

    for (uint32_t i = f.first; i < s->len && s->at[i].t <= to; i++) {
        const pv_point *p = &s->at[i], *before = p - 1;

        if (f.len++ == 0 || p->value > f.peak.value)
            f.peak = *p;
        f.end = p->value;
        if (i > f.first)
            twice += ((pv_i128)p->value + before->value) * (p->t - before->t);
    }
    if (f.len == 0)
        return f;
    f.duration = s->at[f.first + f.len - 1].t - s->at[f.first].t;
    f.mean = f.duration ? rounded(twice, (pv_i128)f.duration * 2) : f.end;
    f.area = rounded(twice, 2000000000);
    return f;
}
