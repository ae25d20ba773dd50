/* SPDX-License-Identifier: MIT */
/* Memory of a main process and its children together. */
#ifndef PROCESS_SUM_H
#define PROCESS_SUM_H

#include "arena.h"
#include "profviz/error.h"
#include "profviz/profile.h"

/* One point at each sample of the main process: its value and the latest one
 * of every child that lives then, from its first record to its last.  Where
 * the main series holds its children already (note "includes_children"), it
 * is the sum.  `out->at` is in the arena.  False when memory ran out or a sum
 * left int64. */
bool pv_process_sum(const pv_profile *p, uint32_t run, pv_arena *a,
                    pv_series *out, pv_error *err);

#endif
