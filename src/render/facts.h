/* SPDX-License-Identifier: MIT */
/* What an input comes to in a few figures: info's, and others' headlines. */
#ifndef FACTS_H
#define FACTS_H

#include "profviz/error.h"
#include "profviz/profile.h"

/* Is the metric the inclusive side of another of the same name?  Then
 * it has no total of its own. */
bool pv_metric_is_twin(const pv_profile *p, uint32_t metric);
/* The total of a metric; of an inclusive one (memory) its greatest value.
 * PV_NONE: a table without this column. */
bool pv_metric_whole(const pv_profile *p, uint32_t metric, int64_t *whole,
                     pv_error *err);
/* The greatest point of a series, the first of equals; NULL: it has none. */
const pv_point *pv_series_peak(const pv_series *s);
int64_t pv_points(const pv_profile *p); /* of all series */

#endif
