/* SPDX-License-Identifier: MIT */
/* The source lines of call stacks: for line_table.c. */
#ifndef LINE_STACKS_H
#define LINE_STACKS_H

#include "line_table.h"

/* Fills rows and values of `t`, whose kind and measures are set. */
bool pv_line_stacks(pv_line_table *t, const pv_profile *p, bool cumulative,
                    pv_arena *a, pv_error *err);

#endif
