/* SPDX-License-Identifier: MIT */
/* The options that many commands share: what is read, where it goes, how it
 * looks in a terminal. */
#ifndef SHARED_H
#define SHARED_H

#include "optset.h"
#include "profviz/format.h"
#include "profviz/renderer.h"

typedef struct pv_shared {
    pv_str input_format, metric, limits;
    bool strict, strip_hex;
    pv_str output, format;
    bool output_given, format_given, metric_given;
    bool stamp;
    pv_str page; /* --template */
    bool page_given;
    int color; /* pv_when */
    bool unicode;
    int64_t width; /* 0: as wide as the terminal */
    int64_t jobs;
    pv_opt_list old, new; /* of a comparison */
    pv_opt_list traces;   /* tracemalloc's filters */
    bool all_frames;
    bool quiet, verbose, help, version;
} pv_shared;

typedef enum pv_when { PV_AUTO, PV_ALWAYS, PV_NEVER } pv_when;

/* Adds the groups that make sense for the renderer; `o` may be NULL. */
void pv_shared_add(pv_optset *set, const pv_renderer *r, pv_shared *o);
/* The few options of a command that draws nothing. */
void pv_shared_add_general(pv_optset *set, pv_shared *o);

/* Does the renderer take the filter's options?  *at: where its struct begins
 * in the renderer's. */
bool pv_renderer_filters(const pv_renderer *r, size_t *at);

/* "input=2G,depth=100" over what *out holds. */
bool pv_limits_parse(pv_str text, pv_limits *out, pv_error *err);

#endif
