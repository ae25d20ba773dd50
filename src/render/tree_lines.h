/* SPDX-License-Identifier: MIT */
/* The walk over a call tree and the lines it writes. */
#ifndef TREE_LINES_H
#define TREE_LINES_H

#include "arena.h"
#include "tree.h"

bool pv_tree_lines(const pv_job *job, const pv_tree_options *o, pv_arena *a,
                   pv_sink *out, pv_error *err);

#endif
