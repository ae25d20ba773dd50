/* SPDX-License-Identifier: MIT */
/* A call tree that is being changed.
 *
 * A step walks the nodes of one tree, parents first, and adds each to the
 * next: as a child, as part of a node that is there, or not at all.  Sums of
 * values cannot overflow: a profile's magnitudes add up below 2^63.
 */
#ifndef WORKTREE_H
#define WORKTREE_H

#include "arena.h"
#include "profviz/builder.h"

typedef struct pv_work_fn {
    pv_str name, file; /* borrowed from the profile or in the arena */
    uint32_t line;
    pv_fn_kind kind;
} pv_work_fn;

typedef struct pv_work_node {
    uint32_t parent; /* before this one; of the root: the root */
    uint32_t fn;     /* into fns */
    uint32_t line;   /* executing; 0 also when those of its frames differ */
    uint32_t text;   /* a symbol of the profile, in the same way */
    uint32_t frames; /* of the tree before that became this node */
    uint32_t certainty;
} pv_work_node;

/* Functions, shared by all steps. */
typedef struct pv_work_fns {
    pv_work_fn *at;
    uint32_t len, room;
} pv_work_fns;

typedef struct pv_work {
    const pv_profile *p;
    uint32_t metrics;
    bool in_time;
    pv_work_node *at;  /* [0] = root */
    int64_t *self;     /* [node * metrics + m] */
    pv_bounds *bounds; /* NULL when the profile has none */
    uint32_t len, room;
    uint32_t *slots; /* nodes by parent and identity: node + 1, 0 = free */
    uint32_t mask;
    uint32_t *last; /* in order of time: the last child of each node */
    bool failed;    /* memory ran out: sticky */
} pv_work;

#define PV_NOWHERE UINT32_MAX

bool pv_work_fns_load(pv_work_fns *fns, const pv_profile *p);
uint32_t pv_work_fns_add(pv_work_fns *fns, pv_work_fn fn); /* 0: no memory */
void pv_work_fns_done(pv_work_fns *fns);

/* A tree with nothing but a root; `like` gives profile and metrics. */
bool pv_work_init(pv_work *w, const pv_profile *p);
/* The profile's tree as it is. */
bool pv_work_load(pv_work *w, const pv_profile *p);
void pv_work_done(pv_work *w);

/* The child of `parent` that is `like` in fn, line and text; made if need be
 * (in order of time only the last child is looked at). */
uint32_t pv_work_child(pv_work *w, uint32_t parent, const pv_work_node *like);
/* The same by fn alone: lines and texts stay while all of them agree. */
uint32_t pv_work_child_fn(pv_work *w, uint32_t parent,
                          const pv_work_node *like);
/* Adds the values of node `i` of `from`. */
void pv_work_merge(pv_work *w, uint32_t node, const pv_work *from, uint32_t i);

static inline int64_t *pv_work_self(const pv_work *w, uint32_t node)
{
    return w->self + (size_t)node * w->metrics;
}

/* Has the node a value of its own in any metric? */
bool pv_work_has_self(const pv_work *w, uint32_t node);
/* Totals of a metric; pv_mem_free.  NULL when memory ran out. */
int64_t *pv_work_totals(const pv_work *w, uint32_t metric);

/* A profile of the tree with the source's metrics, flags, notes and producer;
 * `flags_off` are taken away. */
PV_MUST_USE pv_profile *pv_work_finish(const pv_work *w, const pv_work_fns *fns,
                                       uint32_t flags_off, pv_error *err);

/* Puts metrics, notes, producer and counts of `p` into a new builder. */
PV_MUST_USE pv_builder *pv_builder_like(const pv_profile *p, uint32_t flags_off,
                                        pv_error *err);

#endif
