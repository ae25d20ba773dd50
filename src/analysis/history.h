/* SPDX-License-Identifier: MIT */
/* What earlier runs came to: a file of one JSON object a line, and where a
 * series of runs took a step. */
#ifndef HISTORY_H
#define HISTORY_H

#include "arena.h"
#include "profviz/error.h"
#include "profviz/profile.h"

enum { PV_HISTORY_VERSION = 1 };

typedef struct pv_past {
    pv_str slug, measure, unit; /* unit: "s", "bytes", "count" */
    pv_str run, revision;
    double value; /* in that unit */
} pv_past;

typedef struct pv_history {
    pv_past *at; /* in the order of the file */
    size_t len;
    size_t passed_over; /* lines */
} pv_history;

/* Lines that are damaged, cut or of a later version are passed over and said
 * through `log`; only memory can fail.  In the arena. */
bool pv_history_read(pv_history *h, pv_str text, pv_str name, pv_arena *a,
                     const pv_log *log, pv_error *err);

/* The value of a line in a metric's own integers. */
int64_t pv_past_value(const pv_past *p, const pv_metric *m);

typedef struct pv_step_found {
    size_t at;             /* the first run after it */
    int64_t before, after; /* medians of both sides */
} pv_step_found;

/* The clearest step of a series: both sides have three runs or more, their
 * medians are apart by at least 2 % and by three times what runs usually
 * differ from their side's median. */
bool pv_history_step(const int64_t *v, size_t len, pv_step_found *step);

#endif
