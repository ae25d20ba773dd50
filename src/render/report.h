/* SPDX-License-Identifier: MIT */
/* Reports: many profiles as one site, or one page.
 *
 * The engine asks for its inputs one at a time and twice: first to see what
 * each holds, so that every page can link to every other; then to write.
 */
#ifndef REPORT_SITE_H
#define REPORT_SITE_H

#include "arena.h"
#include "folder.h"
#include "profviz/renderer.h"
#include "redact.h"
#include "site.h"

typedef struct pv_report_options {
    pv_str title;
    pv_opt_list baseline;
    pv_str history, run_id, revision;
    pv_str max_bytes;
    pv_str redact, redact_key;
    pv_str link_template;
    pv_opt_list templates;
    pv_opt_list own, origin, source_path, path_map;
    int embed_source;
    int theme;
} pv_report_options;

/* What is known of an input beside its profile. */
typedef struct pv_report_input {
    pv_str path;
    pv_str sha256; /* in hex; empty for what cannot be read twice */
    int64_t bytes; /* -1: not known */
    pv_warnings warnings;
} pv_report_input;

typedef struct pv_report_plan {
    const pv_report_options *o;
    size_t len;
    const pv_report_input *inputs; /* filled by the time `load` returns */
    void *ctx;
    /* Input i; NULL and *err.  `release` takes it back. */
    const pv_profile *(*load)(void *ctx, size_t i, pv_error *err);
    /* Its counterpart in the baseline; NULL without *err: there is none. */
    const pv_profile *(*load_old)(void *ctx, size_t i, pv_str slug,
                                  pv_str *path, pv_error *err);
    void (*release)(void *ctx, const pv_profile *p);
    pv_str command; /* for provenance, or empty */
    pv_str date;    /* with --stamp or SOURCE_DATE_EPOCH, or empty */
    pv_str history; /* the text of --history */
    const pv_redaction *redact; /* NULL: nothing is hidden */
    bool strict;                /* an input that fails ends it all */
    bool baseline;              /* there is one */
    /* Subtrees with a smaller share become counted aggregates: thousandths of
     * a percent; 0: none. */
    int64_t share;
    const pv_override *overrides; /* of --template */
    size_t overrides_len;
    pv_log log;
    pv_folder *folder; /* a site, or */
    pv_sink *out;      /* one page */
} pv_report_plan;

extern const pv_opt_group pv_report_groups[];
extern const pv_renderer pv_renderer_report;

/* Of --max-bytes: "25M", powers of 1000; PV_E_USAGE.  Without it `preset`. */
bool pv_report_limit(pv_str text, uint64_t preset, uint64_t *out,
                     pv_error *err);
bool pv_report_make(const pv_report_plan *plan, pv_error *err);

#endif
