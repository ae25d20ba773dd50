/* SPDX-License-Identifier: MIT */
/* Flame graphs: options and renderer. */
#ifndef FLAME_H
#define FLAME_H

#include "filter.h"
#include "profviz/renderer.h"

typedef enum pv_sort_order { PV_SORT_NAME, PV_SORT_TOTAL } pv_sort_order;

typedef struct pv_flame_options {
    pv_filter_options filter;
    pv_str title, subtitle, notes;
    int64_t width, height; /* px; height: of a row */
    int64_t scale;         /* PNG: pixels a px */
    bool height_given;
    pv_str minwidth;  /* "0.5" px, "1%" of the total */
    pv_str min_share; /* "1%" */
    bool flame, inverted, flamechart;
    pv_str view; /* callees, callers, sandwich=NAME */
    int sort;    /* pv_sort_order */
    bool sort_given;
    int density; /* 1: compact */
    int theme;   /* pv_theme */
    int colors;  /* pv_colors */
    bool colors_given;
    pv_str bgcolors;
    bool hash, random, cp, colordiffusion, negate;
    pv_str countname, nametype;
    pv_str factor, total; /* decimals, exact */
    pv_str fonttype;
    int64_t fontsize, fontwidth; /* thousandths */
    bool fontsize_given;
    int truncate; /* 0: not given, right in the classic picture; pv_cut + 1 */
    bool classic;
    pv_str nameattr, encoding;
    bool no_js;
} pv_flame_options;

extern const pv_renderer pv_renderer_flame;
extern const pv_opt_group pv_flame_groups[];

#endif
