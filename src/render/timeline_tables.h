/* SPDX-License-Identifier: MIT */
/* The tables under a timeline: runs, processes, functions, calls. */
#ifndef TIMELINE_TABLES_H
#define TIMELINE_TABLES_H

#include "record.h"
#include "site.h"
#include "timeline_chart.h"

enum { PV_TIMELINE_CELLS = 9, PV_TIMELINE_ROWS = 1000 };

/* Texts in the order of the columns, which templates name. */
typedef struct pv_timeline_row {
    pv_str chip; /* class of its swatch, or empty */
    pv_str cell[PV_TIMELINE_CELLS];
    pv_str id;
    pv_link *links; /* where else a function is told of */
    size_t links_len;
} pv_timeline_row;

typedef struct pv_timeline_table {
    pv_timeline_row *at;
    size_t len;
    size_t left_out; /* rows beyond PV_TIMELINE_ROWS */
} pv_timeline_table;

typedef struct pv_timeline_tables {
    pv_timeline_table runs, processes, functions, calls;
} pv_timeline_tables;

/* name peak peak_at end mean duration area against all */
extern const pv_record_type pv_timeline_run_type;
/* name peak peak_at first last samples */
extern const pv_record_type pv_timeline_process_type;
/* The id of a function's row. */
void pv_timeline_anchor(pv_buf *out, pv_str label);
/* name calls added most first last; id and links */
extern const pv_record_type pv_timeline_function_type;
/* name start end duration from to added level */
extern const pv_record_type pv_timeline_call_type;

/* In the chart's arena; false when memory ran out. */
bool pv_timeline_tables_make(pv_chart *c, pv_timeline_tables *t);
pv_datum pv_timeline_rows_datum(const pv_timeline_table *t);

#endif
