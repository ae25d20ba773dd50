/* SPDX-License-Identifier: MIT */
/* CSV into a sink: RFC 4180 with LF, UTF-8; a text cell that a spreadsheet
 * would run as a formula gets a leading quote. */
#ifndef CSV_H
#define CSV_H

#include "profviz/sink.h"

typedef struct pv_csv {
    pv_sink *out;
    bool some; /* the row has a cell */
} pv_csv;
#define PV_CSV(sink) ((pv_csv){.out = (sink)})

/* Bytes that are not UTF-8 become U+FFFD.  False when memory ran out. */
bool pv_csv_text(pv_csv *c, pv_str text);
void pv_csv_number(pv_csv *c, pv_str digits);
void pv_csv_row(pv_csv *c); /* ends the row */

#endif
