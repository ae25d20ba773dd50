/* SPDX-License-Identifier: MIT */
/* Comparisons of several runs a side.
 *
 * Every run is read apart.  Rows and totals hold the medians of the runs, the
 * spans beside them the least and the greatest; stacks are those of the mean
 * of each side.  Each value that varies is tested by Welch's t, from eight
 * runs a side by Mann and Whitney's ranks, too (twice the lesser chance
 * counts), and all of them together by Benjamini and Hochberg's rule.
 */
#ifndef DIFF_RUNS_H
#define DIFF_RUNS_H

#include "diff.h"

/* As pv_diff_make, of `old` runs of the old side (0: one) and the rest of the
 * new one; one run a side is plain pv_diff_make. */
bool pv_diff_of_runs(pv_diff *d, const pv_profile *const *inputs,
                     const pv_str *paths, size_t len, size_t old,
                     const pv_diff_options *o, pv_arena *a, pv_error *err);

#endif
