/* SPDX-License-Identifier: MIT */
/* Finding a row of a table by its key of up to four numbers. */
#ifndef ROWS_H
#define ROWS_H

#include "profviz/str.h"

typedef struct pv_row_key {
    uint32_t part[4];
} pv_row_key;

/* Open addressing over rows that live elsewhere. */
typedef struct pv_rows {
    uint64_t *slots; /* hash << 32 | row + 1, 0 = free */
    uint32_t mask;
    uint32_t used;
    pv_row_key (*key)(const void *table, uint32_t row);
} pv_rows;

void pv_rows_done(pv_rows *r);
uint32_t pv_rows_hash(pv_row_key key);
/* The row, or UINT32_MAX; `hash` is that of the key. */
uint32_t pv_rows_find(const pv_rows *r, const void *table, pv_row_key key,
                      uint32_t hash);
/* Room for so many rows in all; false when memory ran out. */
bool pv_rows_expect(pv_rows *r, size_t rows);
/* Asks for the slot of a hash that is looked for soon. */
void pv_rows_ahead(const pv_rows *r, uint32_t hash);
/* Adds a row that is not there; false when memory ran out. */
bool pv_rows_add(pv_rows *r, uint32_t row, uint32_t hash);

#endif
