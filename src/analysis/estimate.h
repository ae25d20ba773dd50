/* SPDX-License-Identifier: MIT */
/* A call tree from caller -> callee totals, which hold no stacks.
 *
 * What a function's callees cost is shared out among its callers in the
 * proportions of the caller table; nothing else is made up.  Self values of
 * all frames of a function sum to exactly what the file says, whole numbers
 * by the largest remainder.  A frame is
 *   PV_EXACT    where the file leaves no choice: its function has one caller,
 *               and so have all above it;
 *   PV_BOUNDED  where the caller table gives an interval, in `bounds`;
 *   PV_GUESSED  where callers have counts but no times, or a cycle was cut.
 * Recursion: a function that is on the stack already is not entered again;
 * its time stays with its first frame.
 */
#ifndef ESTIMATE_H
#define ESTIMATE_H

#include "profviz/error.h"
#include "profviz/profile.h"

/* No more frames than this; what is left becomes "[pruned] N frames". */
enum { PV_ESTIMATE_FRAMES = 200000 };

/* A profile with PV_HAS_CALLS gains a tree (PV_HAS_TREE, PV_ESTIMATED) and
 * keeps its functions and calls.  A new profile that the caller frees. */
PV_MUST_USE pv_profile *pv_estimate(const pv_profile *p, uint32_t max_frames,
                                    pv_error *err);

#endif
