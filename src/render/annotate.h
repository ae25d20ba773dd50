/* SPDX-License-Identifier: MIT */
/* What source lines cost: what annotate.c hands on. */
#ifndef ANNOTATE_H
#define ANNOTATE_H

#include "line_table.h"
#include "profviz/renderer.h"

typedef struct pv_annotate_options {
    pv_opt_list source_path; /* empty: the working directory */
    pv_opt_list path_map;    /* FROM=TO */
    pv_opt_list trim_path;
    int embed_source; /* 0 auto, 1 none */
    bool cumulative;
    bool skip_zero, sort, summarize; /* line_profiler's -z -t -m */
    pv_str unit;                     /* its -u: seconds */
    pv_str title;
    int theme; /* pv_theme */
    bool no_js;
} pv_annotate_options;

/* The text of line_profiler for a profile of its kind. */
bool pv_annotate_lprof(const pv_job *job, const pv_profile *p,
                       const pv_line_table *t, pv_sink *out, pv_error *err);
/* A table a file for all other kinds. */
bool pv_annotate_text(const pv_job *job, const pv_profile *p,
                      const pv_line_table *t, pv_sink *out, pv_error *err);

typedef struct pv_book pv_book; /* source_book.h */
/* An index and a page a file. */
bool pv_annotate_folder(const pv_job *job, const pv_book *book,
                        pv_folder *folder, pv_error *err);

#endif
