/* SPDX-License-Identifier: MIT */
/* A timeline for terminals while it is written: what its parts share. */
#ifndef TIMELINE_TEXT_H
#define TIMELINE_TEXT_H

#include "ink.h"
#include "timeline_chart.h"

enum { PV_TEXT_LANES = 12 };

typedef struct pv_time_text {
    pv_chart *c;
    const pv_text_style *style;
    pv_sink *out;
    pv_buf line;
    int label, width, rows; /* columns of the labels and of the plot */
    int64_t *high;          /* the greatest of each column; -1: none */
} pv_time_text;

/* Our own words as terminals have them: a plain minus, and ASCII where that is
 * asked for; names are made harmless. */
void pv_time_words(pv_buf *out, pv_str s, bool unicode);
/* What `line` holds, in a colour; then the line's end. */
void pv_time_flush(pv_time_text *t, pv_ink ink);
void pv_time_end_line(pv_time_text *t, pv_ink ink);
void pv_time_pad(pv_time_text *t, int columns);
int pv_time_column(const pv_time_text *t, int64_t at);

/* Columns that the longest function's name takes. */
int pv_time_lanes_label(const pv_chart *c);
bool pv_time_lanes(pv_time_text *t);
/* Processes and runs, where there are several. */
bool pv_time_tables(pv_time_text *t);

#endif
