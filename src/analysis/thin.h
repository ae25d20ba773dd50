/* SPDX-License-Identifier: MIT */
/* Fewer points that look the same: of each pixel column the first, the least,
 * the greatest and the last, then without those that lie on a straight line.
 *
 * Points come one at a time, so a run of any length costs the memory of the
 * columns.  The greatest value of all is kept exactly.  Sticky: `failed` is
 * set when memory ran out.
 */
#ifndef THIN_H
#define THIN_H

#include "profviz/profile.h"
#include "vec.h"

typedef struct pv_kept {
    int64_t t, value;
    bool begins; /* nothing leads here from the point before */
} pv_kept;

typedef struct pv_thinner {
    int64_t from;
    uint64_t span; /* up to 2^64 - 1 */
    uint32_t columns;
    PV_VEC(pv_kept) kept;
    uint64_t seen;
    pv_point peak; /* the first of the greatest */
    bool failed;

    /* the column being gathered; first to last in the order of arrival */
    struct {
        pv_point first, least, greatest, last;
        uint64_t least_at, greatest_at; /* which point of all */
        int64_t end;                    /* of the column */
        bool any, begins;
    } now;
} pv_thinner;

/* Points lie in from..to and come in order of time. */
void pv_thin_init(pv_thinner *t, int64_t from, int64_t to, uint32_t columns);
void pv_thin_add(pv_thinner *t, pv_point p);
/* The next point begins another line. */
void pv_thin_break(pv_thinner *t);
/* Ends the last column and drops points that a line between two others passes
 * within `tolerance`. */
void pv_thin_end(pv_thinner *t, int64_t tolerance);
void pv_thin_done(pv_thinner *t);

#endif
