/* SPDX-License-Identifier: MIT */
/* Which stacks and frames are kept, and how frames are grouped. */
#ifndef FILTER_H
#define FILTER_H

#include "origin.h"
#include "profviz/option.h"

typedef enum pv_group_by {
    PV_BY_FUNCTION,
    PV_BY_FILE,
    PV_BY_LINE,
    PV_BY_MODULE,
    PV_BY_PACKAGE
} pv_group_by;

typedef struct pv_filter_options {
    pv_opt_list focus, ignore, hide, show, collapse; /* regular expressions */
    pv_str base;    /* --base NAME: stacks start at this function */
    int64_t depth;  /* --depth N: frames deeper are cut; 0 = all */
    pv_str window;  /* --window A,B; time-ordered profiles */
    bool only_mine; /* hide what is not the user's own code */
    bool fold_recursion;
    bool threads; /* keep thread frames apart (default: spliced out) */
    bool reverse; /* leaf first */
    int by;       /* pv_group_by */
    pv_opt_list own, origin;
} pv_filter_options;

extern const pv_opt pv_filter_opts[];   /* "Which stacks" */
extern const pv_opt pv_grouping_opts[]; /* --by, --own, --origin */

/* A new profile, or `p` itself when nothing is to be done (*same = true).
 * *whole gets the unfiltered total of each metric (metrics.len values in the
 * arena): 100 % stays what it was. */
PV_MUST_USE const pv_profile *pv_filter(const pv_profile *p,
                                        const pv_filter_options *o, bool *same,
                                        pv_error *err);

#endif
