/* SPDX-License-Identifier: MIT */
/* The builder for readers of large files: rows that are known to be new, with
 * all their values at once, and a way back.  Sticky as builder.h is. */
#ifndef BULK_H
#define BULK_H

#include "profviz/builder.h"

/* How far a builder got: its functions, calls and metrics. */
typedef struct pv_build_mark_at {
    uint32_t functions, calls, metrics;
} pv_build_mark_at;

pv_build_mark_at pv_build_here(const pv_builder *b);
/* Takes back what was added since, but for names. */
void pv_build_undo(pv_builder *b, pv_build_mark_at to);

/* A function that is not there yet; `values`: one for each metric. */
pv_fn pv_build_function_new(pv_builder *b, pv_function f,
                            const int64_t *values);
/* A call that is not there yet, with its values.  Its caller may be any
 * number until it is replaced through pv_build_calls. */
void pv_build_call_costs(pv_builder *b, pv_call call, const int64_t *values);
pv_call *pv_build_calls(pv_builder *b, uint32_t *len);

#endif
