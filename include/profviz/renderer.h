/* SPDX-License-Identifier: MIT */
/* The registry of renderers: what is made for people out of a profile. */
#ifndef PROFVIZ_RENDERER_H
#define PROFVIZ_RENDERER_H

#include "profviz/option.h"
#include "profviz/profile.h"
#include "profviz/sink.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum pv_medium {
    PV_M_SVG = 1 << 0,
    PV_M_SVGZ = 1 << 1, /* svg through pv_sink_deflate; done by the caller */
    PV_M_HTML = 1 << 2,
    PV_M_PNG = 1 << 3,
    PV_M_PDF = 1 << 4,
    PV_M_TXT = 1 << 5,
    PV_M_MD = 1 << 6,
    PV_M_CSV = 1 << 7,
    PV_M_JSON = 1 << 8,
    PV_M_PLAIN = 1 << 9, /* one line per scene item, for golden tests */
    PV_M_FOLDED = 1 << 10,
    PV_M_JUNIT = 1 << 11,    /* XML of test results */
    PV_M_GITHUB = 1 << 12,   /* commands of GitHub's workflows */
    PV_M_BENCHMARK = 1 << 13 /* JSON of github-action-benchmark */
} pv_medium;

/* How text for a terminal is to be laid out. */
typedef struct pv_text_style {
    int width;    /* columns; 0 = no bound (not a terminal) */
    bool colour;  /* 256-colour escapes */
    bool unicode; /* else pure ASCII */
} pv_text_style;

/* What was said while one input was read; without its path. */
typedef struct pv_warnings {
    const pv_str *at;
    size_t len;
} pv_warnings;

typedef struct pv_site pv_site;     /* render/site.h */
typedef struct pv_folder pv_folder; /* io/folder.h */

/* A user's own page (--template): its path as it was spelled, its text. */
typedef struct pv_page_template {
    pv_str path;
    pv_bytes xml;
} pv_page_template;

/* The caller has already merged, filtered and chosen: metrics.main is the
 * metric that --metric asked for. */
typedef struct pv_job {
    const pv_profile *const *inputs; /* `count` of them */
    size_t count;
    /* Of a comparison: so many of the first inputs are the old side; 0: the
     * first alone. */
    size_t old;
    const pv_str *paths; /* as the user spelled them; `paths_len` of them */
    size_t paths_len;    /* above `count` when inputs were merged into one */
    const void *options; /* the renderer's own struct: options_size bytes that
                            pv_options_preset filled */
    /* The total of each metric of inputs[0] before --focus and --ignore, which
     * stays 100 %; NULL: the profile's own totals. */
    const int64_t *whole;
    const pv_warnings *warnings; /* one list a path; NULL: none was kept */
    pv_medium medium;
    pv_text_style style;
    pv_str command; /* the command line for provenance, or empty */
    /* For the text of PNG and PDF: the command line without what the bytes do
     * not depend on. */
    pv_str recipe;
    /* Where a page stands in a report; NULL: by itself. */
    const pv_site *site;
    const pv_page_template *page; /* in place of the embedded one, or NULL */
    pv_log log;
    bool strict; /* what the log would be told is an error */
    /* Set by a renderer whose answer is no: exit status 1.  May be NULL. */
    bool *no;
} pv_job;

typedef struct pv_renderer {
    const char *name;  /* "flame": also the command's name */
    const char *title; /* one line for help and `formats` */
    uint32_t needs;    /* any of these PV_HAS_* must be there */
    const char *also;  /* a format that is taken without them, or NULL */
    unsigned media;    /* PV_M_* bits */
    unsigned stacked;  /* media drawn from call stacks, which are estimated
                              where a profile has caller tables alone */
    pv_medium preset;  /* without -o and -f */
    /* Ended by a NULL `options`; may be NULL.  A letter or name that stands in
     * two groups belongs to the first.  A renderer that lists pv_filter_opts
     * (with the offset of a pv_filter_options in its own struct) is given
     * filtered profiles; several inputs are then merged, else kept apart. */
    const pv_opt_group *options;
    size_t options_size;
    unsigned folds; /* media in which it folds recursion itself, after all other
                       filters (but for --collapse, which comes later) */
    bool threads;   /* frames of threads stay, without --threads */
    bool rows_alone; /* lists functions, never who called whom */
    bool pairs;      /* compares two inputs: OLD and NEW */
    bool (*render)(const pv_job *job, pv_sink *out, pv_error *err);
    /* Several HTML pages, for -o DIR/; NULL: it makes one file alone. */
    bool (*folder)(const pv_job *job, pv_folder *out, pv_error *err);
} pv_renderer;

/* NULL-ended. */
PV_API extern const pv_renderer *const pv_renderers[];
PV_API const pv_renderer *pv_renderer_find(pv_str name);

#ifdef __cplusplus
}
#endif
#endif
