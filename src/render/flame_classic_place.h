/* SPDX-License-Identifier: MIT */
/* flamegraph.pl's picture while it is made. */
#ifndef FLAME_CLASSIC_PLACE_H
#define FLAME_CLASSIC_PLACE_H

#include "flame_classic.h"
#include "flame_stacks.h"

typedef struct pv_classic_node {
    uint32_t frame, depth;
    double start, end; /* in the unit of the file */
} pv_classic_node;

typedef struct pv_classic {
    const pv_job *job;
    const pv_flame_options *o;
    pv_error *err;
    pv_arena arena;
    pv_stacks s;
    pv_classic_colours colours;
    pv_nameattrs attrs;
    pv_str from, to; /* background */
    double scale;    /* 10^exponent of the metric */
    double factor, total, width, row, font, letter;
    double per_value; /* pixels */
    double least;     /* value */
    double top, bottom, height;
    bool changes; /* two counts: before and after */
    PV_VEC(pv_classic_node) nodes;
    uint32_t deepest;
    pv_buf text, name;
    pv_markup *m;
} pv_classic;

/* Reads options and files. */
bool pv_classic_set_up(pv_classic *c);
/* Fills nodes, in preorder, and the height. */
bool pv_classic_place(pv_classic *c);
/* After less before, of the lines that end at this frame. */
double pv_classic_change_of(const pv_classic *c, uint32_t frame);

#endif
