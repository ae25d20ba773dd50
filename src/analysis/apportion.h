/* SPDX-License-Identifier: MIT */
/* Whole numbers in given proportions. */
#ifndef APPORTION_H
#define APPORTION_H

#include "profviz/str.h"

/* Shares `total` (of any sign) out over `len` weights into `out`: the floors
 * of the exact shares, and one more for the largest remainders (the first of
 * equals), so that they sum to `total`.  All weights 0: the first has all.
 * False when memory ran out.  len >= 1; weights sum below 2^64 or are scaled
 * down until they do. */
PV_MUST_USE bool pv_apportion(int64_t total, const uint64_t *weight, size_t len,
                              int64_t *out);

#endif
