/* SPDX-License-Identifier: MIT */
/* The tables of functions that Python prints, by the line: headings, rows,
 * and the cells that tables of who called whom have, too. */
#ifndef CPROFILE_ROWS_H
#define CPROFILE_ROWS_H

#include "printed.h"

/* Which of the tables it is, and where it stands. */
typedef struct cprofile_heading {
    bool sampled; /* Python 3.15: counts are samples */
    bool shares;  /* ... as its sampler prints them, with shares and units */
    size_t left;  /* column of the table in its lines */
    unsigned own_places, total_places; /* of time cells: 9 for seconds */
} cprofile_heading;

typedef struct cprofile_row {
    int64_t calls, primitive; /* sampled: anywhere on the stack, on its top */
    int64_t self_ns, total_ns;
    int64_t share; /* `shares`: of all samples those on top, 0 to 1000 */
    pv_str where;
} cprofile_row;

/* Is this line such a table's heading? */
bool cprofile_heading_of(pv_str line, cprofile_heading *h);
bool cprofile_row_of(pv_str line, const cprofile_heading *h, cprofile_row *row);

/* "57313/1" or "12" */
bool cprofile_calls(pv_str word, int64_t *calls, int64_t *primitive);
/* "0.123": what a time cell looks like and no function does */
bool cprofile_time(pv_str word, unsigned places, int64_t *ns);
/* "file:12(name)" or "{built-in method x}" */
pv_fn cprofile_function(pv_builder *b, pv_str where);

#endif
