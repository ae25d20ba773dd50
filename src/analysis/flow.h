/* SPDX-License-Identifier: MIT */
/* Who called whom for how long: the graph behind an estimated call tree.
 *
 * Masses are nanoseconds (or samples) of one metric, never negative.  An edge
 * knows what came through it, or has a share of what its callee cost in the
 * proportion of calls; then it is a guess.
 */
#ifndef FLOW_H
#define FLOW_H

#include "arena.h"
#include "profviz/error.h"
#include "profviz/profile.h"

typedef struct pv_flow_edge {
    uint32_t from, to;
    uint32_t call;  /* row in the profile's calls */
    uint64_t total; /* of the callee, through this edge */
    uint64_t self;  /* the callee's own part of it */
    bool guessed;   /* shared out by counts */
    bool inside;    /* of a cycle: it may lead back */
} pv_flow_edge;

typedef struct pv_flow_fn {
    uint64_t total, self;
    uint64_t from_root; /* what came from outside of the table */
    uint64_t from_root_self;
    uint64_t into_cycle;   /* own part of recursive calls */
    uint64_t callees;      /* sum of its out-edges' totals but recursion */
    uint32_t out, out_len; /* edges[out] ..., greatest total first */
    uint32_t cycle;        /* number of its strongly connected component */
    uint32_t callers;      /* in-edges but recursion */
    bool in_cycle;         /* of more functions than itself */
    bool is_root;
    bool root_guessed;
} pv_flow_fn;

typedef struct pv_flow {
    const pv_profile *p;
    uint32_t self, total; /* metrics */
    pv_flow_fn *fn;       /* functions.len of them */
    pv_flow_edge *edge;   /* without those of functions to themselves */
    uint32_t edges;
    bool timed; /* edges carry totals of their own */
} pv_flow;

/* Does `total` hold the callees of what `self` measures? */
bool pv_flow_partners(const pv_profile *p, uint32_t self, uint32_t total);

/* In the arena.  PV_E_UNSUPPORTED where the profile has no metric with its
 * inclusive one, or no calls. */
bool pv_flow_make(pv_flow *f, const pv_profile *p, pv_arena *a, pv_error *err);

/* Strongly connected components, without recursion: fills `cycle` and
 * `in_cycle` of each function.  False when memory ran out. */
bool pv_flow_cycles(pv_flow *f);

#endif
