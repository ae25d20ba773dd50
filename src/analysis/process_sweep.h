/* SPDX-License-Identifier: MIT */
/* What the children of a process hold, moment by moment.
 *
 * A child holds its latest record from its first to its last.  Only those that
 * live are visited, so ten thousand short ones cost what they recorded.
 */
#ifndef PROCESS_SWEEP_H
#define PROCESS_SWEEP_H

#include "profviz/profile.h"

typedef struct pv_child {
    const pv_series *s; /* len > 0 */
    uint32_t layer;     /* what its memory is added to */
    uint32_t next;      /* the sweep's: its first point later than now */
} pv_child;

typedef struct pv_sweep {
    pv_child *child; /* by pv_sweep_sort */
    size_t len, begun;
    uint32_t *live; /* room for `len` */
    size_t live_len;
} pv_sweep;

/* By the first record; equal ones stay in order. */
void pv_sweep_sort(pv_child *child, size_t len);
/* Adds each living child's memory to layers[its layer]; `t` never goes back.
 * False when a sum left int64. */
bool pv_sweep_to(pv_sweep *w, int64_t t, int64_t *layers);

#endif
