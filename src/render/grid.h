/* SPDX-License-Identifier: MIT */
/* A table of exact values, written as CSV or as the rows of a JSON document:
 * both carry the same cells, so that neither can drift from the other.
 *
 *     pv_grid g;
 *     pv_grid_begin(&g, out, PV_M_CSV, columns, n);
 *     pv_grid_text(&g, name);
 *     pv_grid_value(&g, v, metric);
 *     ok = pv_grid_end(&g, err);
 *
 * Cells come row by row, as many as there are columns.  Times are seconds with
 * nine decimals, memory bytes, counts what the file had; PV_NONE is empty in
 * CSV and null in JSON.
 */
#ifndef GRID_H
#define GRID_H

#include "csv.h"
#include "json.h"
#include "profviz/profile.h"
#include "profviz/renderer.h"

typedef struct pv_grid {
    pv_medium medium; /* PV_M_CSV or PV_M_JSON */
    pv_csv csv;
    pv_json json;
    const pv_str *columns;
    size_t len, at;
    bool failed; /* memory ran out */
} pv_grid;

/* "s", "bytes" or "count". */
const char *pv_unit_name(pv_unit unit);
/* A value as machines read it; PV_NUMBER_MAX bytes suffice. */
size_t pv_write_exact(char *out, int64_t v, pv_unit unit, unsigned exponent);
/* The three members of a metric in a JSON object: name, unit, total. */
void pv_json_metric(pv_json *j, pv_str name, const pv_metric *m, int64_t total);

/* JSON: opens the document {"profviz": 1, ...; the caller adds members, then
 * says pv_grid_rows.  CSV: the header row is written by pv_grid_rows. */
void pv_grid_begin(pv_grid *g, pv_sink *out, pv_medium medium);
void pv_grid_rows(pv_grid *g, const pv_str *columns, size_t len);
void pv_grid_text(pv_grid *g, pv_str text);
void pv_grid_int(pv_grid *g, int64_t v);
void pv_grid_none(pv_grid *g);
void pv_grid_value(pv_grid *g, int64_t v, pv_unit unit, unsigned exponent);
bool pv_grid_end(pv_grid *g, pv_error *err);

#endif
