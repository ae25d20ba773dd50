/* SPDX-License-Identifier: MIT */
/* The table "functions by self" of a page, row by row. */
#ifndef FLAME_TABLE_H
#define FLAME_TABLE_H

#include "flame_picture.h"
#include "rank.h"
#include "record.h"
#include "site.h"

enum {
    PV_TABLE_FIRST = 100, /* rows that are seen at once */
    PV_TABLE_MORE = 100   /* and folded away behind them */
};

typedef struct pv_flame_table {
    pv_picture *p;
    pv_ranking rows;
    uint32_t first, more; /* how many rows of each */
    int64_t rest;         /* own value of what `more` holds */
    int64_t others;       /* and of what the page leaves out */
    int64_t most;
    struct pv_flame_line *line; /* the row asked for last */
} pv_flame_table;

bool pv_flame_table_init(pv_flame_table *t, pv_picture *p);
void pv_flame_table_done(pv_flame_table *t);
/* Lists of rows; `self` is the pv_flame_table. */
pv_datum pv_flame_table_first(const pv_flame_table *t);
pv_datum pv_flame_table_more(const pv_flame_table *t);
bool pv_flame_table_failed(const pv_flame_table *t);

extern const pv_record_type pv_flame_row_type;

#endif
