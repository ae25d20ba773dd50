/* SPDX-License-Identifier: MIT */
/* Memory over time: options, and what draws or lists it. */
#ifndef TIMELINE_H
#define TIMELINE_H

#include "profviz/renderer.h"
#include "series_facts.h"
#include "slope.h"

enum { PV_CHILDREN_STACK, PV_CHILDREN_LINES, PV_CHILDREN_SUM };

typedef struct pv_timeline_options {
    bool functions, no_lanes, compare, slope;
    int children; /* PV_CHILDREN_* */
    pv_str window;
    pv_opt_list marks; /* "3.2=cache warm" */
    pv_str limit_line; /* "1GiB" */
    pv_str title;
    pv_str verdict; /* of a comparison: stands before the sentence */
    int64_t width, scale;
    bool width_given;
    int theme; /* pv_theme */
} pv_timeline_options;

/* "2,7.5" in seconds; either side may be empty, and so may all of it. */
bool pv_timeline_window(pv_str text, int64_t *from, int64_t *to, pv_error *err);
/* How many runs stand one behind the other in a file. */
uint32_t pv_timeline_runs(const pv_profile *p);
/* The main process of a run; NULL: it has no sample. */
const pv_series *pv_timeline_own(const pv_profile *p, uint32_t run);
/* The slope over the last 80 % of a stretch. */
bool pv_timeline_slope(const pv_series *s, const pv_series_facts *f,
                       pv_slope *out, pv_error *err);
/* Snapshots of tracemalloc in series as one run, its time the argument's
 * index in seconds; NULL in *made: the inputs are recordings already. */
bool pv_timeline_snapshots(const pv_job *job, pv_profile **made, pv_error *err);

/* CSV and JSON. */
bool pv_timeline_rows(const pv_job *job, pv_sink *out, pv_error *err);
/* Pictures; a page; a chart for terminals. */
bool pv_timeline_picture(const pv_job *job, pv_sink *out, pv_error *err);
bool pv_timeline_page(const pv_job *job, pv_sink *out, pv_error *err);
bool pv_timeline_text(const pv_job *job, pv_sink *out, pv_error *err);

extern const pv_renderer pv_renderer_timeline;

#endif
