/* SPDX-License-Identifier: MIT */
/* Leaves small subtrees out of the data: --min-share. */
#ifndef PRUNE_H
#define PRUNE_H

#include "profviz/error.h"
#include "profviz/profile.h"

typedef struct pv_pruned {
    uint64_t frames; /* frames that are gone */
    int64_t value;   /* of the main metric that the aggregates hold */
} pv_pruned;

/* Subtrees with less than `share` thousandths of a percent of `whole` (of the
 * main metric; in a differential profile both its columns must be below)
 * become one child a parent, "[pruned] 1,234 frames" of kind PV_FN_MARK, with
 * their sum: every parent still is its self and its children.  In the order
 * of time neighbours are joined only.  `p` itself and *same = true when
 * nothing is that small; else a new profile that the caller frees. */
PV_MUST_USE const pv_profile *pv_prune(const pv_profile *p, int64_t share,
                                       int64_t whole, pv_pruned *what,
                                       bool *same, pv_error *err);

#endif
