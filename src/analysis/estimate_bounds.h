/* SPDX-License-Identifier: MIT */
/* What the caller table says for certain about each frame of an estimate. */
#ifndef ESTIMATE_BOUNDS_H
#define ESTIMATE_BOUNDS_H

#include "estimate_tree.h"

/* Fills `certainty` of the nodes and `bounds` (one a node), which hold
 * `total`, the node's value.  False when memory ran out. */
bool pv_guess_bounds(pv_guess_tree *t, const int64_t *total, pv_bounds *bounds);

#endif
