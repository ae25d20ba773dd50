/* SPDX-License-Identifier: MIT */
/* Whether profiles can be added, and which metrics the sum has. */
#ifndef MERGE_FIT_H
#define MERGE_FIT_H

#include "profviz/builder.h"

/* PV_E_FORMAT with the two paths when they cannot be `joined` ("added",
 * "compared"). */
bool pv_merge_fits(const pv_profile *const *inputs, const pv_str *paths,
                   size_t len, const char *joined, pv_error *err);

typedef struct pv_merge_metric {
    pv_str name;
    pv_unit unit;
    uint8_t exponent; /* the greatest of all inputs */
    bool inclusive, main;
} pv_merge_metric;

/* The metrics of the sum: as in all inputs, or where these differ the main one
 * first and the others by name.  Returns how many; PV_METRICS_MAX + 1 when
 * there are too many. */
uint32_t pv_merge_metrics(const pv_profile *const *inputs, size_t len,
                          pv_merge_metric out[PV_METRICS_MAX]);

#endif
