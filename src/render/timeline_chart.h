/* SPDX-License-Identifier: MIT */
/* A timeline while it is drawn: what the parts of the renderer share. */
#ifndef TIMELINE_CHART_H
#define TIMELINE_CHART_H

#include "arena.h"
#include "axis.h"
#include "buf.h"
#include "process_sweep.h"
#include "scene.h"
#include "series_facts.h"
#include "slope.h"
#include "thin.h"
#include "timeline.h"

enum {
    PV_TIMELINE_CHILDREN = 5, /* by themselves; the rest is one layer */
    PV_TIMELINE_LAYERS = PV_TIMELINE_CHILDREN + 2,
    PV_TIMELINE_LANES = 8, /* functions */
    PV_TIMELINE_DEPTH = 3, /* rows of one function's overlapping calls */
    PV_TIMELINE_COLOURS = 6,
    PV_TIMELINE_LABELS = 64, /* inside the plot */
    PV_TIMELINE_NAMED = 6    /* runs in the legend and with labels */
};

/* One area of a stack (values are sums from the bottom on) or one line. */
typedef struct pv_layer {
    pv_str name;
    pv_thinner thin;
    uint16_t area, line; /* paints */
    uint8_t dash;
} pv_layer;

/* A recording, or one of those that stand one behind the other in a file.  The
 * first is the subject; of each other one a line is drawn. */
typedef struct pv_chart_run {
    const pv_profile *p;
    uint32_t run; /* within the profile */
    pv_str name;  /* of the file, with the run's number if it has several */
    const pv_series *own; /* the main process */
    uint32_t children;
    bool included;         /* `own` holds its children */
    pv_series_facts facts; /* of `own`, within the window */
    pv_slope slope;
    pv_thinner thin; /* the line; not of the subject */
    pv_point last;   /* of the line */
    uint16_t paint;
    uint8_t dash;
} pv_chart_run;

typedef struct pv_gap {
    int64_t begin, end;
} pv_gap;

typedef struct pv_flag {
    int64_t t;
    pv_str text; /* empty where no room is left above the plot */
    pv_str title;
    unsigned level;
    pv_cpx x; /* middle of its text */
} pv_flag;

typedef struct pv_chart {
    const pv_job *job;
    const pv_timeline_options *o;
    const struct pv_chart *like; /* has the same slopes; or NULL */
    bool inside; /* a page, which has the words around the plot */
    const pv_profile *p;
    pv_error *err;
    pv_arena arena;
    pv_scene scene;

    /* the data */
    bool snapshots; /* time is an index */
    pv_chart_run *run_at;
    size_t runs_len;
    uint32_t run, children; /* of the subject */
    pv_child *child;        /* its children by their first record */
    const pv_series *own;   /* the main process */
    bool included;          /* which holds its children already */
    bool stacked;
    pv_layer layers[PV_TIMELINE_LAYERS];
    size_t layers_len, top; /* `top`: the one whose peak is labelled */
    int64_t from, to;       /* of the window, as far as there are samples */
    int64_t interval;       /* the usual time between two samples, or 0 */
    pv_point last;          /* of the top layer */
    PV_VEC(pv_gap) gaps;
    int64_t limit; /* --limit-line, or -1 */
    pv_flag *flags;
    size_t flags_len;
    unsigned flag_levels;

    /* the words */
    pv_str title, subtitle[3], footer, at_peak;
    size_t subtitle_len;

    /* the geometry */
    pv_cpx pad, width, bottom; /* bottom: of all so far */
    pv_box plot;
    pv_size_axis sizes;
    pv_time_axis times;
    pv_box labels[PV_TIMELINE_LABELS]; /* what stands in the plot */
    size_t labels_len;
    uint16_t ink, ink2, ink3, lead, grid, base, more, less,
        area[PV_TIMELINE_LAYERS];
    uint16_t line[PV_TIMELINE_COLOURS];
} pv_chart;

/* Makes the scene `width` px wide; `id` ends in "tl".  To be ended in any
 * case. */
bool pv_chart_make(pv_chart *c, int64_t width, const char *id);
void pv_chart_done(pv_chart *c);

/* The runs of all inputs. */
bool pv_chart_runs(pv_chart *c);
/* The children that a run's values are summed up with, layer by layer: those
 * of the subject have its layers, those of others one. */
bool pv_chart_sweep(pv_chart *c, const pv_chart_run *r, pv_sweep *w,
                    size_t *layers);
/* The line of a run: of all its processes, or the main one. */
const pv_thinner *pv_chart_line_of(const pv_chart *c, size_t run);
/* Is it more than the main process's, for any of them? */
bool pv_chart_has_sum(const pv_chart *c);
/* Their facts within the window, and their lines but the first's. */
bool pv_chart_overlays(pv_chart *c);
/* What is drawn, thinned; axes that fit it. */
bool pv_chart_data(pv_chart *c);
/* The usual time between samples; where more than five of it are missing. */
int64_t pv_chart_interval(const pv_series *s);
bool pv_chart_apart(int64_t interval, const pv_point *a, const pv_point *b);
bool pv_chart_words(pv_chart *c);
/* --mark and --limit-line. */
bool pv_chart_flags(pv_chart *c);
/* Grid, areas, lines, labels; then lanes of functions, which move c->bottom. */
void pv_chart_plot(pv_chart *c);
void pv_chart_labels(pv_chart *c);
/* --compare: strips of what each run has more or less than the first; they
 * move c->bottom. */
bool pv_chart_strips(pv_chart *c);
bool pv_chart_lanes(pv_chart *c);

/* A function's label as pictures have it: "inner" of "__main__.inner". */
pv_str pv_chart_short_name(pv_str label);

pv_cpx pv_chart_x(const pv_chart *c, int64_t t);
pv_cpx pv_chart_y(const pv_chart *c, int64_t value);
void pv_chart_text(pv_chart *c, pv_font font, unsigned flags, uint16_t paint,
                   pv_cpx x, pv_cpx y, pv_str text);
void pv_chart_line(pv_chart *c, uint16_t paint, pv_cpx thick, pv_dash dash,
                   const pv_spot *spots, size_t len);
/* From one side of the plot to the other; from top to bottom. */
void pv_chart_across(pv_chart *c, uint16_t paint, pv_cpx thick, pv_dash dash,
                     pv_cpx y);
void pv_chart_upright(pv_chart *c, uint16_t paint, pv_dash dash, pv_cpx x,
                      pv_cpx top, pv_cpx bottom);
/* A group that says `title` when pointed at. */
void pv_chart_open(pv_chart *c, pv_str title);
void pv_chart_close(pv_chart *c);
/* "work.py" of "/usr/bin/python3 -u jobs/work.py --all". */
pv_str pv_chart_program(pv_str command, pv_arena *a);
pv_str pv_chart_keep(pv_chart *c, pv_buf *text);
void pv_put_size(pv_buf *out, int64_t bytes);
/* With its sign. */
void pv_put_change(pv_buf *out, int64_t bytes);
/* "+12.6 MiB (+19%)", against `was`. */
void pv_put_against(pv_buf *out, int64_t is, int64_t was);
void pv_put_time(pv_buf *out, int64_t ns);
/* "2026-11-21" of a count of days since 1970-01-01. */
void pv_put_date(pv_buf *out, int64_t days);
/* A moment: "402 ms", or "snapshot 3" of a series of them. */
void pv_put_moment(const pv_chart *c, pv_buf *out, int64_t t);
/* "grows 3.10 MiB/s", "no steady growth" */
void pv_put_slope(const pv_chart *c, pv_buf *out, const pv_slope *s);
/* "2.90 to 3.30 MiB/s" */
void pv_put_interval(const pv_chart *c, pv_buf *out, const pv_slope *s);

#endif
