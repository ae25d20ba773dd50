/* SPDX-License-Identifier: MIT */
/* What a series comes to between two times: its peak, end, mean and area. */
#ifndef SERIES_FACTS_H
#define SERIES_FACTS_H

#include "profviz/profile.h"

typedef struct pv_series_facts {
    uint32_t first, len; /* the points that lie there */
    pv_point peak;       /* the first of the greatest */
    int64_t end;         /* the last value */
    int64_t duration;    /* ns from the first point to the last */
    int64_t mean;        /* over time, by straight lines between points */
    int64_t area;        /* unit x seconds, saturating */
} pv_series_facts;

/* Zeros where no point lies between them. */
pv_series_facts pv_series_facts_of(const pv_series *s, int64_t from,
                                   int64_t to);

#endif
