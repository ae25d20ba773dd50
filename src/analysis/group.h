/* SPDX-License-Identifier: MIT */
/* Functions become files, lines, modules or packages. */
#ifndef GROUP_H
#define GROUP_H

#include "filter.h"
#include "worktree.h"

typedef struct pv_groups pv_groups;

/* Groups by `by` (not PV_BY_FUNCTION); functions of groups are added to
 * `fns`, their texts to `names`.  NULL when memory ran out. */
PV_MUST_USE pv_groups *pv_groups_new(int by, pv_work_fns *fns,
                                     const pv_whence *whence, pv_arena *names);
void pv_groups_free(pv_groups *g);
/* The group of function `fn` (one of the profile's) at an executing line (0:
 * not known); threads, processes, marks and types are their own.  0 when
 * memory ran out (or for 0 where that has no place). */
uint32_t pv_group_of(pv_groups *g, uint32_t fn, uint32_t line);
bool pv_groups_failed(const pv_groups *g);

#endif
