/* SPDX-License-Identifier: MIT */
/* Stacks as a picture needs them: self values that are never negative, their
 * totals, what each function's own share is and where it comes from. */
#ifndef FLAME_STACKS_H
#define FLAME_STACKS_H

#include "layout.h"
#include "origin.h"
#include "profviz/profile.h"

typedef struct pv_stacks {
    const pv_profile *p;
    uint32_t metric;
    int64_t *self;     /* NULL: the profile's own */
    int64_t *total;    /* of each frame */
    int64_t *fn_self;  /* of each function */
    pv_whence *whence; /* of each function; NULL until asked for */
    uint16_t *paint;   /* of each function, in the scene; NULL until painted */
    uint32_t *turns;   /* of recursion, of each frame; NULL: not folded */
    int64_t left_out;  /* what negative values summed up to: <= 0 */
} pv_stacks;

/* All in the arena; the profile is borrowed.  Values are multiplied by
 * `factor` (1 for none). */
bool pv_stacks_init(pv_stacks *s, const pv_profile *p, uint32_t metric,
                    int64_t factor, pv_arena *a, pv_error *err);

/* The same with the larger of two metrics on each frame. */
bool pv_stacks_larger(pv_stacks *s, const pv_profile *p, const uint32_t of[2],
                      int64_t factor, pv_arena *a, pv_error *err);

static inline int64_t pv_stacks_self(const pv_stacks *s, uint32_t frame)
{
    if (s->self)
        return s->self[frame];
    return s->p->frames.cost
               ? s->p->frames
                     .cost[(size_t)frame * s->p->metrics.len + s->metric]
               : 0;
}

pv_tree pv_stacks_tree(const pv_stacks *s);

#endif
