/* SPDX-License-Identifier: MIT */
/* The texts of one row of a page's table.
 *
 * They are made when the template asks for the row and live until it asks for
 * the next one, so that long tables cost no memory.
 */
#ifndef CELLS_H
#define CELLS_H

#include "buf.h"
#include "record.h"

void pv_cells_clear(pv_buf *cells, size_t n);
/* `cells` may be NULL. */
bool pv_cells_failed(const pv_buf *cells, size_t n);
void pv_cells_done(pv_buf *cells, size_t n);

/* Leaves as much of a name as a table shows. */
void pv_cell_clip(pv_buf *cell);

/* Defines the field that is cell `which` of a row. */
#define PV_CELL(field, which)                                                  \
    static pv_datum field(const void *record)                                  \
    {                                                                          \
        return pv_datum_text(pv_buf_text((const pv_buf *)record + (which)));   \
    }

#endif
