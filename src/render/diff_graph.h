/* SPDX-License-Identifier: MIT */
/* The differential flame graph of a comparison. */
#ifndef DIFF_GRAPH_H
#define DIFF_GRAPH_H

#include "diff_view.h"
#include "flame_picture.h"

typedef struct pv_diff_graph {
    pv_job job; /* of the flame graph: the union of both sides */
    pv_flame_options options;
    pv_differential how;
    pv_picture picture;
    bool begun, estimated;
    /* where the sides have calls but no stacks: those are estimated */
    pv_profile *guess[2];
    pv_diff both;
    const pv_profile *input[1];
} pv_diff_graph;

/* Can there be one? */
bool pv_diff_has_graph(const pv_diff_view *v);
/* Drawn into graph->picture.scene.  Ended in any case. */
bool pv_diff_graph_begin(pv_diff_graph *g, const pv_diff_view *v, pv_str title,
                         pv_str sentence, pv_arena *a, pv_error *err);
void pv_diff_graph_end(pv_diff_graph *g);

/* "NEW against OLD: what changed"; the sentence; both in the arena. */
pv_str pv_diff_title(const pv_diff_view *v, pv_arena *a);
pv_str pv_diff_told(const pv_diff_view *v, pv_arena *a);

#endif
