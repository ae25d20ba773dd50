/* SPDX-License-Identifier: MIT */
/* Line costs of different clocks, added as line_profiler 5 adds them. */
#ifndef MERGE_UNIT_H
#define MERGE_UNIT_H

#include "profviz/builder.h"

/* The largest `unit` note of the inputs where they differ ("1e-06"), else an
 * empty slice; it lives as long as its input. */
pv_str pv_merge_unit(const pv_profile *const *inputs, size_t len);

/* Rounds every time of the lines to a multiple of the unit, halves to even. */
void pv_merge_round(pv_profile *sum, pv_str unit);

#endif
