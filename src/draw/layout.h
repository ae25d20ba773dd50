/* SPDX-License-Identifier: MIT */
/* The flame graph's geometry, once, for every medium.
 *
 * Works on bare arrays in preorder; only what can be seen is visited, so the
 * cost is that of the boxes, not of the tree.
 */
#ifndef LAYOUT_H
#define LAYOUT_H

#include "arena.h"
#include "scene.h"

/* A tree in preorder: the subtree of i ends before end(i). */
typedef struct pv_tree {
    const void *end; /* uint32_t of node 0 ... */
    size_t step;     /* ... and bytes from one to the next */
    const int64_t *total;
    uint32_t len;
} pv_tree;

static inline uint32_t pv_tree_end(const pv_tree *t, uint32_t i)
{
    uint32_t end;

    memcpy(&end, (const char *)t->end + i * t->step, sizeof end);
    return end;
}

typedef struct pv_flame_box {
    uint32_t node; /* of an aggregate: the first of its siblings */
    uint32_t depth;
    uint32_t small; /* 0: a frame; else so many of them in one box */
    pv_cpx x, w;    /* without the gap at the right */
    int64_t value;
} pv_flame_box;

typedef struct pv_layout_spec {
    pv_cpx x, width;    /* of the root */
    int64_t whole;      /* what the full width stands for, >= total[0] */
    int64_t min_value;  /* frames below it are too narrow; >= 1 */
    bool by_total;      /* siblings: the largest first, else as they stand */
    bool lone;          /* narrow frames are left out, not gathered */
    uint32_t max_depth; /* deeper frames are counted, not placed */
    size_t max_boxes;   /* beyond: min_value doubles until they fit */
} pv_layout_spec;

typedef struct pv_layout {
    PV_VEC(pv_flame_box) boxes; /* preorder */
    uint32_t levels;            /* rows used */
    int64_t deeper;             /* value that reaches below max_depth */
    int64_t min_value;          /* as used in the end */
} pv_layout;

/* False when memory ran out. A total of 0 gives the root alone. */
bool pv_layout_flame(pv_layout *l, const pv_tree *t, const pv_layout_spec *s);
void pv_layout_done(pv_layout *l);

/* Hundredths of a pixel of value `v`, to whole tenths. */
pv_cpx pv_flame_cpx(int64_t v, pv_cpx width, int64_t whole);
/* The smallest value that is at least `cpx` wide; >= 1. */
int64_t pv_flame_value(pv_cpx cpx, pv_cpx width, int64_t whole);

#endif
