/* SPDX-License-Identifier: MIT */
/* The frames of an estimated call tree, before they have whole numbers. */
#ifndef ESTIMATE_TREE_H
#define ESTIMATE_TREE_H

#include "flow.h"
#include "vec.h"

#define PV_NO_EDGE UINT32_MAX

typedef struct pv_guess_node {
    uint32_t parent;
    uint32_t fn;     /* of an aggregate: 0 */
    uint32_t edge;   /* it came through; PV_NO_EDGE below the root */
    uint32_t pruned; /* an aggregate: how many frames it stands for */
    uint64_t mass;   /* of it and what is below, in units of the tree */
    uint64_t self;   /* its own part of that */
    uint8_t certainty;
} pv_guess_node;

typedef struct pv_guess_tree {
    const pv_flow *flow;
    PV_VEC(pv_guess_node) nodes; /* [0] = root; parents first */
    unsigned shift;              /* masses are metric values << shift */
    bool pruned;                 /* some frames were left out */
} pv_guess_tree;

/* At most `max` frames: what is too small for that becomes aggregates.  False
 * when memory ran out. */
bool pv_guess_grow(pv_guess_tree *t, const pv_flow *flow, uint32_t max);
/* Functions with costs that no stack reached get a frame below the root; done
 * only where nothing was left out. */
bool pv_guess_complete(pv_guess_tree *t);
void pv_guess_done(pv_guess_tree *t);

#endif
