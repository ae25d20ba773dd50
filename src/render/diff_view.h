/* SPDX-License-Identifier: MIT */
/* A comparison and how it is to be shown: what diff.c hands on. */
#ifndef DIFF_VIEW_H
#define DIFF_VIEW_H

#include "buf.h"
#include "diff.h"
#include "filter.h"
#include "grid.h"
#include "gate.h"
#include "profviz/renderer.h"

typedef struct pv_diff_settings {
    pv_diff_options how;
    pv_filter_options filter; /* its `by` is how.by */
    pv_gate_options gate;
    pv_str min_change;
    pv_str title;
    int widths; /* PV_WIDTHS_* */
    int64_t width, scale;
    int theme; /* pv_theme */
    bool flame, no_js;
    int delta, only;
    bool delta_given;
    bool all, negate;
    int64_t limit;
} pv_diff_settings;

enum { PV_ONLY_ALL, PV_ONLY_WORSE, PV_ONLY_BETTER };

typedef struct pv_diff_view {
    const pv_job *job;
    const pv_diff_settings *o;
    const pv_diff *d;
    const pv_profile *const *sides; /* what was compared */
    bool series;                    /* recordings over time */
    int64_t floor;                  /* --min-change */
    /* What each row is to blame for, before and after, and the rows by it;
     * NULL: their own values. */
    const int64_t *blame;
    const uint32_t *blame_order;
} pv_diff_view;

/* --min-change in the units of the main metric; PV_E_USAGE. */
bool pv_diff_floor(pv_diff_view *v, pv_error *err);
/* Is a change of the main metric large enough to be talked of? */
bool pv_diff_matters(const pv_diff_view *v, int64_t before, int64_t after);
/* Is --min-change alone why it is not? */
bool pv_diff_is_small(const pv_diff_view *v, int64_t before, int64_t after);
/* Whose change it is, for the sentence. */
bool pv_diff_blame(pv_diff_view *v, pv_arena *a, pv_error *err);
/* Is the row in, as --only has it? */
bool pv_diff_wanted(const pv_diff_view *v, uint32_t row);
/* The sentence: names raw (PV_M_JSON), as code (PV_M_MD) or fit for a
 * terminal (PV_M_TXT). */
void pv_diff_sentence(pv_buf *out, const pv_diff_view *v, pv_medium medium);
/* The same with the places of names in it, for pages: `lead` bytes are what
 * happened to the total. */
enum { PV_SENTENCE_NAMES = 3 };
typedef struct pv_sentence {
    size_t lead, names, at[PV_SENTENCE_NAMES], end[PV_SENTENCE_NAMES];
} pv_sentence;
void pv_diff_tell(pv_buf *out, const pv_diff_view *v, pv_medium medium,
                  pv_sentence *where);
/* What a metric is called in tables that people read. */
pv_str pv_diff_label(const pv_diff_view *v, const pv_diff_metric *m);
/* A value with its unit. */
void pv_diff_amount(pv_buf *out, const pv_diff_metric *m, int64_t v,
                    bool unicode);
/* "22%", "4.24%": of a whole above 0; without a sign. */
void pv_diff_percent(pv_buf *out, int64_t part, int64_t whole, bool unicode);
/* Changes below it are not talked of. */
int64_t pv_diff_threshold(const pv_diff_view *v);
/* Is the row large enough for tables that people read? */
bool pv_diff_shown(const pv_diff_view *v, uint32_t row);
/* Are rows judged by their totals; is the change of total told beside that of
 * self? */
bool pv_diff_by_total(const pv_diff_view *v);
bool pv_diff_beside(const pv_diff_view *v);

/* Recordings of memory over time: a measure is a row. */
bool pv_diff_is_series(const pv_job *job);
bool pv_diff_series_rows(const pv_diff_view *v, pv_grid *g);
/* As timelines have them, one over the other; a page, too. */
bool pv_diff_series_picture(const pv_diff_view *v, pv_sink *out, pv_error *err);
/* CSV and JSON; folded stacks. */
bool pv_diff_grid(const pv_diff_view *v, pv_sink *out, pv_arena *a,
                  pv_error *err);
bool pv_diff_folded(const pv_diff_view *v, pv_sink *out, pv_error *err);
/* SVG, PNG, PDF and scene lines; PV_E_FORMAT where there are no stacks. */
bool pv_diff_picture(const pv_diff_view *v, pv_sink *out, pv_error *err);
/* Where it was before: "old.py:12", ":12". */
void pv_diff_put_was(pv_buf *out, const pv_diff_row *row);
bool pv_diff_markdown(const pv_diff_view *v, pv_sink *out, pv_error *err);
/* For terminals. */
bool pv_diff_text(const pv_diff_view *v, pv_sink *out, pv_error *err);

#endif
