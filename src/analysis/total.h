/* SPDX-License-Identifier: MIT */
/* Self values become totals. */
#ifndef TOTAL_H
#define TOTAL_H

#include "arena.h"
#include "profviz/error.h"
#include "profviz/profile.h"

/* A frame's own value; 0 where the frames carry none. */
static inline int64_t pv_frame_self(const pv_profile *p, uint32_t frame,
                                    uint32_t metric)
{
    return p->frames.cost
               ? p->frames.cost[(size_t)frame * p->metrics.len + metric]
               : 0;
}

/* Total of every frame (its self and its subtree's) in `metric`: one backward
 * sweep.  In the arena; NULL when memory ran out or a sum left int64. */
int64_t *pv_frame_totals(const pv_profile *p, uint32_t metric, pv_arena *a,
                         pv_error *err);
/* Sum of all self values: the profile's total in `metric`.  Taken from the
 * functions where these have costs of their own (exact also where the tree is
 * estimated), else from the tree, else from the lines; missing values count
 * nothing.  Of an inclusive metric the sum means nothing. */
bool pv_profile_total(const pv_profile *p, uint32_t metric, int64_t *total,
                      pv_error *err);
/* PV_E_LIMIT naming the metric; returns false. */
bool pv_fail_sum(pv_error *err, const pv_profile *p, uint32_t metric);

#endif
