/* SPDX-License-Identifier: MIT */
/* The values of every run side by side, and what they tell. */
#ifndef DIFF_JUDGE_RUNS_H
#define DIFF_JUDGE_RUNS_H

#include "diff.h"

/* A cell is one value of a row (metric, self or total) or of the whole. */
typedef struct pv_run_table {
    size_t cells, runs;
    int64_t *value; /* [cell * runs + run] */
} pv_run_table;

bool pv_run_table_make(pv_run_table *t, const pv_diff *d, pv_arena *a);

static inline size_t pv_run_cell(const pv_diff *d, uint32_t row,
                                 uint32_t metric, bool total)
{
    return ((size_t)row * d->width + metric) * 2 + total;
}

/* The whole profile's value of a metric. */
static inline size_t pv_run_total(const pv_diff *d, uint32_t metric)
{
    return (size_t)d->len * d->width * 2 + metric;
}

static inline int64_t *pv_run_value(const pv_run_table *t, size_t run,
                                    size_t cell)
{
    return t->value + cell * t->runs + run;
}

/* Medians, spans and verdicts into *d; false when memory ran out. */
bool pv_run_judge(pv_run_table *t, pv_diff *d, pv_arena *a);

#endif
