/* SPDX-License-Identifier: MIT */
/* Columns of text: on a terminal within its width, or as a Markdown table.
 *
 * Where room is short the columns give way in the order of pv_yield: bars go,
 * then places, then names are cut in the middle to 24 columns, then shares of
 * totals go, then further figures, and at last names are cut as far as it
 * takes.  Figures are never cut.
 */
#ifndef TABLE_H
#define TABLE_H

#include "arena.h"
#include "ink.h"
#include "vec.h"

typedef enum pv_yield {
    PV_YIELD_NEVER,
    PV_YIELD_BAR,
    PV_YIELD_PLACE,
    PV_YIELD_NAME, /* one column; shrinks, never goes */
    PV_YIELD_SHARE,
    PV_YIELD_FIGURE
} pv_yield;

typedef struct pv_column {
    pv_str title; /* not copied */
    bool right;
    bool name; /* cells are names: code spans in Markdown */
    pv_yield yield;
    bool gone;
    int width;
} pv_column;

enum { PV_COLUMNS_MAX = 2 * 16 + 8 };

typedef struct pv_cell {
    pv_str text;
    pv_ink ink;
} pv_cell;

typedef struct pv_table {
    pv_text_style style;
    pv_medium medium; /* PV_M_TXT or PV_M_MD */
    pv_column columns[PV_COLUMNS_MAX];
    size_t len;
    pv_arena text;
    pv_buf work;
    PV_VEC(pv_cell) cells; /* row by row */
    bool failed;
} pv_table;

void pv_table_init(pv_table *t, const pv_text_style *style, pv_medium medium);
void pv_table_done(pv_table *t);
void pv_table_column(pv_table *t, pv_column column);
/* The next cell, copied.  `text` is our own; names go the other way. */
void pv_table_text(pv_table *t, pv_str text, pv_ink ink);
/* Any bytes: made fit for the medium. */
void pv_table_name(pv_table *t, pv_str name, pv_ink ink);
/* A bar of part/whole. */
void pv_table_bar(pv_table *t, int64_t part, int64_t whole);
/* Writes heading and rows; false when memory ran out. */
bool pv_table_write(pv_table *t, pv_sink *out, pv_error *err);

#endif
