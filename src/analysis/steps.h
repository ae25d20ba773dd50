/* SPDX-License-Identifier: MIT */
/* The steps of a filter: each makes the next tree out of the one before.
 *
 * A step returns false when memory ran out or it filled *err; the caller
 * frees both trees in any case.
 */
#ifndef STEPS_H
#define STEPS_H

#include "filter.h"
#include "worktree.h"

/* Cuts self values to the part of each frame between `from` and `to` of the
 * main metric, frames laid side by side, a frame's own part behind its
 * callees'. */
bool pv_step_window(pv_work *w, int64_t from, int64_t to, pv_error *err);
/* Without frames that have no value in themselves or below. */
bool pv_step_nonzero(pv_work *to, const pv_work *from);
/* Stacks from the outermost frame on that base marks. */
bool pv_step_base(pv_work *to, const pv_work *from, const bool *base);
/* Stacks that focus wants and ignore does not (either may be NULL). */
bool pv_step_select(pv_work *to, const pv_work *from, const bool *focus,
                    const bool *ignore);
/* Marked frames are spliced out. */
bool pv_step_splice(pv_work *to, const pv_work *from, const bool *splice);
/* Frames by groups (one for each node of `from`); `join`: neighbours of one
 * group on a stack are one. */
bool pv_step_group(pv_work *to, const pv_work *from, const uint32_t *group,
                   bool join);
/* The length of the cycle, up to 4, that a frame of `fn` ends below frames of
 * the functions `above`, nearest first; 0: none. */
enum { PV_FOLD_LOOK = 8 };
uint32_t pv_fold_cycle(const uint32_t *above, uint32_t n, uint32_t fn);
bool pv_step_fold(pv_work *to, const pv_work *from);
bool pv_step_depth(pv_work *to, const pv_work *from, uint32_t depth);
/* Leaf first.  PV_E_LIMIT when that takes too many frames.  `by_function`:
 * lines and texts do not part frames. */
bool pv_step_reverse(pv_work *to, const pv_work *from, bool by_function,
                     pv_error *err);
/* Runs of marked frames become one; `fns` gains their names. */
bool pv_step_collapse(pv_work *to, const pv_work *from, const bool *marked,
                      const pv_whence *whence, uint32_t known, pv_work_fns *fns,
                      pv_arena *names);

#endif
