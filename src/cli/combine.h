/* SPDX-License-Identifier: MIT */
/* Loaded profiles become what a renderer draws: merged, filtered, and with
 * the metric that was asked for in front. */
#ifndef COMBINE_H
#define COMBINE_H

#include "load.h"
#include "shared.h"

typedef struct pv_combined {
    const pv_profile **inputs;
    size_t count;
    const int64_t *whole;   /* as pv_job's */
    pv_profile *merged;     /* owned */
    pv_profile **estimated; /* owned; in the arena, some NULL */
    pv_profile *filtered;   /* owned */
} pv_combined;

/* Stacks are estimated where `medium` asks for them and a profile has caller
 * tables alone.  `own` is the renderer's options struct, filled.  Borrows the profiles of
 * `l`.  *out is to be given to pv_combined_done even after a failure. */
bool pv_combine(pv_combined *out, const pv_loaded *l, const pv_renderer *r,
                const void *own, pv_medium medium, const pv_shared *shared,
                pv_arena *a, pv_error *err);
void pv_combined_done(pv_combined *c);

#endif
