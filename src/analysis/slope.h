/* SPDX-License-Identifier: MIT */
/* How fast a series grows, by Theil and Sen: the median of the slopes between
 * all pairs of points, which spikes do not pull.
 *
 * The interval is Sen's, from Kendall's variance; the variance is raised by
 * the first autocorrelation of the residuals, since samples of memory hang
 * together and would seem surer than they are.
 */
#ifndef SLOPE_H
#define SLOPE_H

#include "profviz/error.h"
#include "profviz/profile.h"

typedef struct pv_slope {
    bool known; /* enough points at different times */
    /* thousandths of the series' unit a second; 95 % lie from low to high */
    int64_t rate, low, high;
    int64_t from, to; /* times of the first and last point used */
    int64_t level;    /* of the line at `from`: half of the points lie above */
} pv_slope;

/* Above this many points the medians of PV_SLOPE_BLOCKS equal runs of points
 * stand for them. */
enum { PV_SLOPE_POINTS = 1000, PV_SLOPE_BLOCKS = 500, PV_SLOPE_LEAST = 5 };

/* Of the points from `from` to `to`; only PV_E_NOMEM fails. */
bool pv_slope_of(const pv_series *s, int64_t from, int64_t to, pv_slope *out,
                 pv_error *err);
/* Does the interval leave out 0?  -1: it falls, 1: it grows. */
int pv_slope_sign(const pv_slope *s);
/* The line's value at a time. */
int64_t pv_slope_at(const pv_slope *s, int64_t t);

#endif
