/* SPDX-License-Identifier: MIT */
/* Tests of two samples: how likely a difference as large as this is where
 * nothing changed.
 *
 * Sums and squares are exact integers; only the last steps are floating point,
 * in one order, without fused operations: the same answer everywhere.
 */
#ifndef DIFF_STATS_H
#define DIFF_STATS_H

#include "arena.h"

/* From so many runs on each side the ranks are tested, too. */
enum { PV_RANKED_RUNS = 8 };

/* The values of one thing in the runs of each side. */
typedef struct pv_samples {
    const int64_t *at[2];
    size_t len[2];
} pv_samples;

/* Both tails of Student's t: the chance of a t^2 at least that large. */
double pv_student_chance(double t_squared, double degrees);

/* Welch's t test, both tails.  With a single run on one side its variance is
 * taken to be the other's (Student's pooled test).  Values that do not vary:
 * 1 where they are equal, else 0.  One run on each side cannot be tested: 1. */
double pv_welch(const pv_samples *s);

/* The exact distribution of Mann and Whitney's U for two numbers of runs. */
typedef struct pv_u_table {
    size_t len[2];
    double *below; /* chance of a U of at most i; NULL: not exact */
} pv_u_table;

/* In the arena; false when memory ran out. */
bool pv_u_table_make(pv_u_table *t, size_t m, size_t n, pv_arena *a);

/* Mann and Whitney's test, both tails: exact for up to 50 runs without ties,
 * else by the normal distribution with corrections for ties and continuity.
 * `room` has a place for every value of both sides. */
double pv_mann_whitney(const pv_samples *s, const pv_u_table *t, int64_t *room);

#endif
