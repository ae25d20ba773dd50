/* SPDX-License-Identifier: MIT */
/* How often recursion went round where it stands once. */
#ifndef TURNS_H
#define TURNS_H

#include "profviz/profile.h"

/* `folded` is what --fold-recursion made of `from`.  For each frame of `folded`
 * the most turns that a stack of `from` took there: 1 without recursion.
 * False: out of memory. */
PV_MUST_USE bool pv_fold_turns(const pv_profile *from, const pv_profile *folded,
                               uint32_t *turns);

#endif
