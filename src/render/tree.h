/* SPDX-License-Identifier: MIT */
/* The call tree as text; also what `flame -f txt` writes. */
#ifndef TREE_H
#define TREE_H

#include "filter.h"
#include "profviz/renderer.h"

enum { PV_TREE_BY_TOTAL, PV_TREE_BY_SELF, PV_TREE_BY_NAME };

typedef struct pv_tree_options {
    pv_filter_options filter;
    int sort;      /* PV_TREE_BY_* */
    int64_t limit; /* children of a frame; 0: all */
    int64_t min;   /* thousandths of a percent of the whole */
} pv_tree_options;
enum { PV_TREE_MIN = 1000 };

/* Of inputs[0], whose own filter has been applied already. */
bool pv_tree_write(const pv_job *job, const pv_tree_options *o, pv_sink *out,
                   pv_error *err);

#endif
