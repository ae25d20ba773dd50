/* SPDX-License-Identifier: MIT */
/* One box a function: callees of one frame that differ in nothing but their
 * executing line become one.
 *
 * The result shares everything but its frames with the profile and lives in
 * the arena: it costs what its frames cost.  In the order of time neighbours
 * are joined only.
 */
#ifndef FLAME_JOIN_H
#define FLAME_JOIN_H

#include "arena.h"
#include "profviz/error.h"
#include "profviz/profile.h"

/* `p` itself where there is nothing to join; NULL when memory ran out. */
const pv_profile *pv_flame_join(const pv_profile *p, pv_arena *a,
                                pv_error *err);

#endif
