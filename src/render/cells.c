/* SPDX-License-Identifier: MIT */
/* Rows of texts. */
#include "cells.h"

enum { LONGEST = 1000 }; /* bytes of a name */

void pv_cells_clear(pv_buf *cells, size_t n)
{
    for (size_t i = 0; i < n; i++)
        pv_buf_clear(&cells[i]);
}

bool pv_cells_failed(const pv_buf *cells, size_t n)
{
    for (size_t i = 0; cells && i < n; i++)
        if (cells[i].failed)
            return true;
    return false;
}

void pv_cells_done(pv_buf *cells, size_t n)
{
    for (size_t i = 0; cells && i < n; i++)
        pv_buf_done(&cells[i]);
}

/* Names and places may be of any length; a table shows what can be read. */
void pv_cell_clip(pv_buf *cell)
{
    size_t n = LONGEST;

    if (cell->n <= LONGEST)
        return;
    while (n > 1 && ((unsigned char)cell->p[n] & 0xc0) == 0x80)
        n--;
    cell->n = n;
    pv_buf_puts(cell, "\xe2\x80\xa6");
}
