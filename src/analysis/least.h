/* SPDX-License-Identifier: MIT */
/* Repeats of one measurement: the least is the one that counts. */
#ifndef LEAST_H
#define LEAST_H

#include "rank.h"

/* For each row: is it the least of the repeats that one line of timeit's
 * printed?  The first of equals; false in rows that are no repeats.  NULL and
 * *err when memory ran out. */
PV_MUST_USE const bool *pv_least_repeats(const pv_ranking *r, pv_arena *a,
                                         pv_error *err);

#endif
