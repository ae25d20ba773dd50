/* SPDX-License-Identifier: MIT */
/* A flame graph while it is made: what the parts of the renderer share. */
#ifndef FLAME_PICTURE_H
#define FLAME_PICTURE_H

#include "buf.h"
#include "diff_frames.h"
#include "flame.h"
#include "flame_stacks.h"
#include "prune.h"
#include "scene.h"
#include "view.h"

enum {
    PV_FLAME_PAD = 1600,          /* left and right, in an .svg */
    PV_FLAME_PAGE_PAD = 2400,     /* in a page */
    PV_FLAME_TITLED = 4000,       /* boxes with a title, the widest first */
    PV_FLAME_BOXES = 20000,       /* boxes in all, ... */
    PV_FLAME_BOXES_BESIDE = 8000, /* ... beside so many frames of data */
    PV_FLAME_MANY = 100000,
    PV_FLAME_HEIGHT = 1600000, /* of the rows, static */
    PV_FLAME_DEEP = 250,       /* beyond: recursion is folded, static */
    PV_FLAME_KEYS = 1024
};

/* A picture of two sides: metrics.main is after, the metric before it before. */
enum { PV_WIDTHS_AFTER, PV_WIDTHS_BEFORE, PV_WIDTHS_MAX };

typedef struct pv_differential {
    pv_frame_judging judging;
    int widths;
    bool negate;            /* swap the colours of more and less */
    pv_str title, sentence; /* empty: made from the input's name and totals */
} pv_differential;

/* Words for the metric, as people read them. */
typedef struct pv_measure_words {
    pv_str many, one; /* "samples", "sample"; empty unless counted */
    pv_str measure;   /* "CPU time": what titles say */
    pv_str noun;      /* "time": wider means more of it */
} pv_measure_words;

typedef struct pv_legend_entry {
    pv_str key; /* of the island: "0", "p3" */
    pv_str name, share;
    pv_str chip; /* classes of its swatch in HTML: "chip k0" */
    uint16_t paint;
} pv_legend_entry;

typedef struct pv_picture {
    const pv_job *job;
    const pv_flame_options *o;
    pv_error *err;
    pv_arena arena;

    /* the data */
    pv_metric metric; /* with --factor's decimals */
    int64_t factor;
    int64_t whole;          /* 100 % */
    pv_stacks data;         /* callees: what the island holds */
    pv_stacks view;         /* what is drawn, where it is not the data */
    pv_stacks above;        /* sandwich: the callers, drawn upwards */
    const pv_stacks *shown; /* &data or &view */
    pv_profile *kept, *drawn, *upper; /* owned */
    pv_pruned pruned;
    const pv_differential *diff; /* NULL: of one side */
    pv_frame_changes change;     /* of each frame of `data` */
    pv_fn sandwich;              /* its function, in `data` */

    /* the words */
    pv_measure_words words;
    pv_str title, subtitle, hint, legend_note, footer, notes;
    pv_str hints[3]; /* of each view, or of each kind of widths */
    pv_legend_entry *legend;
    size_t legend_len;
    PV_VEC(pv_str) filters;

    /* the geometry */
    bool inline_; /* in an HTML page: no header, no padding */
    bool callers, by_total, flame, folded;
    bool heaviest; /* drawn by weight, whatever the data's order */
    pv_cpx width, row, pad, top, bottom, foot;
    unsigned font;
    uint32_t levels;

    pv_scene scene;
    uint16_t slot[PV_FLAME_KEYS]; /* colour key -> paint + 1 */
    uint32_t classes;             /* paints added beside the fixed ones */
} pv_picture;

/* Data, view, pruning. */
bool pv_picture_data(pv_picture *p);
/* Is it the plain view?  Does the picture fold recursion (--fold-recursion)? */
bool pv_flame_callees(const pv_flame_options *o);
bool pv_flame_folds(const pv_flame_options *o);
/* What is drawn becomes the data with its recursion folded, where there is
 * some. */
bool pv_picture_fold(pv_picture *p, bool *folded);
/* Whence and paint of every function of `s`; the legend. */
bool pv_picture_paint(pv_picture *p, pv_stacks *s);
bool pv_picture_legend(pv_picture *p);
/* Title to footer. */
bool pv_picture_words(pv_picture *p);
/* One more thing for the end of the footer. */
void pv_picture_footnote(pv_picture *p, const char *text);
/* Layout and scene items. */
bool pv_picture_frames(pv_picture *p);
/* What stands around them in an .svg: how high it is, then in drawing order. */
void pv_picture_measure(pv_picture *p);
void pv_picture_background(pv_picture *p);
void pv_picture_footer(pv_picture *p);
void pv_picture_header(pv_picture *p);
/* CSS rules of paints that theme.css does not know. */
void pv_picture_css(const pv_picture *p, pv_buf *out);

/* Text of a value with its unit: "10.2 s", "1,234 samples"; of a share. */
void pv_picture_value(const pv_picture *p, pv_buf *out, int64_t v);
/* The same without the word behind a count. */
void pv_picture_number(const pv_picture *p, pv_buf *out, int64_t v);
void pv_picture_share(const pv_picture *p, pv_buf *out, int64_t v);
/* The name of a frame ("all" for the nameless root) and its place. */
void pv_picture_name(const pv_stacks *s, uint32_t frame, pv_buf *out);
void pv_picture_place(const pv_stacks *s, uint32_t frame, pv_buf *out);
/* Copies into the arena; failed() tells when memory ran out. */
pv_str pv_picture_keep(pv_picture *p, pv_buf *text);
bool pv_picture_failed(pv_picture *p);

#endif
