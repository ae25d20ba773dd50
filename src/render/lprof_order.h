/* SPDX-License-Identifier: MIT */
/* The order in which line_profiler 5 shows functions. */
#ifndef LPROF_ORDER_H
#define LPROF_ORDER_H

#include "arena.h"
#include "profviz/renderer.h"

/* The place of each function of `p`: its own index, as in the file; where `p`
 * is the sum of the job's inputs, as they are first seen in the inputs, those
 * of the smallest unit first.  NULL: memory ran out. */
PV_MUST_USE const uint32_t *pv_lprof_places(const pv_job *job,
                                            const pv_profile *p, pv_arena *a);

/* Seconds of one unit of the file's clock; 1e-9 where it does not say. */
double pv_lprof_unit(const pv_profile *p);

#endif
