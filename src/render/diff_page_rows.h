/* SPDX-License-Identifier: MIT */
/* The tables of a comparison's page, row by row. */
#ifndef DIFF_PAGE_ROWS_H
#define DIFF_PAGE_ROWS_H

#include "diff_view.h"
#include "origin.h"
#include "record.h"
#include "site.h"

enum {
    PV_DIFF_PAGE_ROWS = 20, /* of the first table */
    PV_DIFF_PAGE_REST = 500 /* rows that are folded away, at most */
};

typedef struct pv_diff_table {
    const pv_diff_view *v;
    const pv_whence *whence;
    uint32_t *rows;      /* that changed: those that matter first */
    uint32_t len, first; /* all; those in the first table */
    uint32_t rest;       /* those in the second */
    int64_t most;        /* the largest change */
    bool totals, beside;
    struct pv_diff_line *line; /* the row asked for last */
} pv_diff_table;

bool pv_diff_table_init(pv_diff_table *t, const pv_diff_view *v, uint32_t limit,
                        pv_arena *a, pv_error *err);
void pv_diff_table_done(pv_diff_table *t);
bool pv_diff_table_failed(const pv_diff_table *t);
pv_datum pv_diff_table_first(const pv_diff_table *t);
pv_datum pv_diff_table_rest(const pv_diff_table *t);
/* The totals of every metric, as rows. */
pv_datum pv_diff_table_totals(const pv_diff_table *t);

extern const pv_record_type pv_diff_row_type;
extern const pv_record_type pv_diff_total_type;

#endif
