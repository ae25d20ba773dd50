/* SPDX-License-Identifier: MIT */
/* What changed on every frame of a differential profile.
 *
 * The change of a frame's total is that of its self and its children's totals,
 * exactly.  A step is the change as a share of the whole before: 0.2, 1, 3 and
 * 8 % begin the four of each direction; what sampling alone explains is none.
 */
#ifndef DIFF_FRAMES_H
#define DIFF_FRAMES_H

#include "arena.h"
#include "profviz/error.h"
#include "profviz/profile.h"

enum { PV_STEPS = 9, PV_STEP_NONE = 4 };

typedef struct pv_frame_changes {
    uint32_t metric[2]; /* before, after */
    int64_t *total[2];  /* of each frame */
    int64_t whole[2];
    uint8_t *step; /* of each frame: 0 much less ... 8 much more */
    bool *noise;   /* of each frame; NULL: nothing was tested */
} pv_frame_changes;

typedef struct pv_frame_judging {
    bool sampled; /* counts of samples: they can be tested */
    double ratio; /* what before was scaled by; else 1 */
    double rate;  /* of pv_diff_metric */
    bool by_self; /* steps of self, not of total */
    /* What several runs say of each function: is its change noise?  Then
     * counts are not tested; NULL: there is one run a side. */
    const bool *noise;
} pv_frame_judging;

/* All in the arena; PV_E_LIMIT where a sum leaves int64. */
bool pv_frame_changes_of(pv_frame_changes *c, const pv_profile *p,
                         uint32_t before, uint32_t after,
                         const pv_frame_judging *how, pv_arena *a,
                         pv_error *err);

static inline bool pv_frame_is_new(const pv_frame_changes *c, uint32_t i)
{
    return c->total[0][i] == 0 && c->total[1][i] > 0;
}

static inline bool pv_frame_is_gone(const pv_frame_changes *c, uint32_t i)
{
    return c->total[1][i] == 0 && c->total[0][i] > 0;
}

#endif
