/* SPDX-License-Identifier: MIT */
/* Which stacks and frames are kept, and how frames are grouped.
 *
 * The steps, in this order, whatever the order on the command line:
 *   window   the part of a time-ordered profile between two times
 *   base     stacks start at the outermost frame of this function
 *   focus    stacks that hold a frame that matches; ignore: those that do not
 *   threads, hide, show, only_mine: frames are spliced out, what they did
 *            themselves becomes their caller's
 *   by       frames become their groups
 *   fold     a cycle of up to 4 functions stands once
 *   collapse runs of frames become one, "[12 frames in asyncio]"
 *   depth    what lies deeper becomes the last kept frame's own
 *   reverse  leaf first
 * Every step keeps the sum of what it does not drop.  Expressions are tried
 * on a function's name (file:line where it has none) and its file.
 *
 * Profiles without stacks (call totals, lines, types) are filtered by row:
 * focus, show, ignore, hide and only_mine choose functions; what needs stacks
 * is PV_E_USAGE.
 */
#ifndef FILTER_H
#define FILTER_H

#include "origin.h"
#include "profviz/builder.h"
#include "profviz/option.h"

typedef enum pv_group_by {
    PV_BY_FUNCTION, /* name and file; call profiles: and first line */
    PV_BY_FILE,
    PV_BY_LINE,
    PV_BY_MODULE,
    PV_BY_PACKAGE
} pv_group_by;

typedef struct pv_filter_options {
    /* regular expressions; collapse also takes origin:NAME */
    pv_opt_list focus, ignore, hide, show, collapse;
    pv_str base;    /* --base NAME: stacks start at this function */
    int64_t depth;  /* --depth N: frames deeper are cut; 0 = all */
    pv_str window;  /* --window A,B; seconds, or counts; "A," and ",B" too */
    bool only_mine; /* hide what is not the user's own code */
    bool fold_recursion;
    bool threads; /* keep thread frames apart (default: spliced out) */
    bool reverse; /* leaf first */
    int by;       /* pv_group_by */
    pv_opt_list own, origin;
} pv_filter_options;

extern const pv_opt pv_filter_opts[];   /* "Which stacks" */
extern const pv_opt pv_thread_opts[];   /* --threads, of what shows stacks */
extern const pv_opt pv_grouping_opts[]; /* --by, --own, --origin */

/* Do the options leave every profile without threads as it is? */
bool pv_filter_idle(const pv_filter_options *o);

/* A new profile that the caller frees, or `p` itself when nothing is to be
 * done (*same = true).  `whole` (may be NULL) gets what stays 100 % of each
 * metric: the total before focus, ignore and row filters, after window and
 * base.  Groups are functions: by file, `name` and `file` are the file; by
 * line, `name` is "file:line" with file and line; by module and package,
 * `name` is it and `file` the file, where all of the group share
 * one, else the directory that they share; and a
 * run of frames of one such group on a stack is one frame.  By function frames
 * stay as they are: lines part them. */
PV_MUST_USE const pv_profile *pv_filter(const pv_profile *p,
                                        const pv_filter_options *o,
                                        int64_t whole[PV_METRICS_MAX],
                                        bool *same, pv_error *err);

#endif
