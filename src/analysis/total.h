/* SPDX-License-Identifier: MIT */
/* Self values become totals. */
#ifndef TOTAL_H
#define TOTAL_H

#include "arena.h"
#include "profviz/error.h"
#include "profviz/profile.h"

/* Total of every frame (its self and its subtree's) in `metric`: one backward
 * sweep.  In the arena; NULL when memory ran out or a sum left int64. */
int64_t *pv_frame_totals(const pv_profile *p, uint32_t metric, pv_arena *a,
                         pv_error *err);
/* Depth of every frame, the root's is 0; *deepest if not NULL. */
uint32_t *pv_frame_depths(const pv_profile *p, uint32_t *deepest, pv_arena *a,
                          pv_error *err);
/* Sum of all self values: the profile's total in `metric`. */
bool pv_profile_total(const pv_profile *p, uint32_t metric, int64_t *total,
                      pv_error *err);

#endif
