/* SPDX-License-Identifier: MIT */
/* Users' expressions tried on functions, each function once. */
#ifndef MATCH_H
#define MATCH_H

#include "origin.h"
#include "profviz/option.h"
#include "worktree.h"

/* Sets hit[i] of each function whose name (file:line where it has none) or
 * file matches one of the expressions; `option` is named in errors.  Where
 * `whence` is given "origin:NAME" matches by origin; it has `known` rows. */
bool pv_match_functions(bool *hit, const pv_work_fns *fns,
                        const pv_opt_list *list, const char *option,
                        const pv_whence *whence, uint32_t known, pv_error *err);

#endif
