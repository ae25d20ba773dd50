/* SPDX-License-Identifier: MIT */
/* A comparison and how it is to be shown: what diff.c hands on. */
#ifndef DIFF_VIEW_H
#define DIFF_VIEW_H

#include "buf.h"
#include "diff.h"
#include "profviz/renderer.h"

typedef struct pv_diff_settings {
    pv_diff_options how;
    pv_opt_list own, origin;
    pv_str min_change;
    int delta, only;
    bool all, negate;
    int64_t limit;
} pv_diff_settings;

enum { PV_ONLY_ALL, PV_ONLY_WORSE, PV_ONLY_BETTER };

typedef struct pv_diff_view {
    const pv_job *job;
    const pv_diff_settings *o;
    const pv_diff *d;
    int64_t floor; /* --min-change */
} pv_diff_view;

/* --min-change in the units of the main metric; PV_E_USAGE. */
bool pv_diff_floor(pv_diff_view *v, pv_error *err);
/* Is a change of the main metric large enough to be talked of? */
bool pv_diff_matters(const pv_diff_view *v, int64_t before, int64_t after);
/* Is the row in, as --only has it? */
bool pv_diff_wanted(const pv_diff_view *v, uint32_t row);
/* The sentence: names raw (PV_M_JSON), as code (PV_M_MD) or fit for a
 * terminal (PV_M_TXT). */
void pv_diff_sentence(pv_buf *out, const pv_diff_view *v, pv_medium medium);
/* A signed value with its unit: "+1.84 s", "-3 samples". */
void pv_diff_signed(pv_buf *out, const pv_diff_metric *m, int64_t v,
                    bool unicode);
/* For people: PV_M_TXT and PV_M_MD. */
bool pv_diff_text(const pv_diff_view *v, pv_sink *out, pv_error *err);

#endif
