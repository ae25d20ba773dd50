/* SPDX-License-Identifier: MIT */
/* Figures of a column in one unit with one number of decimals, so that they
 * line up; the unit stands in the column's head. */
#ifndef SOURCE_SCALE_H
#define SOURCE_SCALE_H

#include "buf.h"
#include "profviz/profile.h"

typedef struct pv_scale {
    const char *unit; /* "ms", "KiB"; "" for counts */
    int64_t divisor;  /* base units in one of it, times 10^exponent */
    unsigned decimals;
    bool sign; /* "+3.0" */
} pv_scale;

/* For values up to `most` (of either sign), of 10^-exponent base units. */
pv_scale pv_scale_for(pv_unit unit, unsigned exponent, int64_t most);
/* Nothing for PV_NONE; "<0.1" for what is above 0 and too small. */
void pv_scale_put(pv_buf *out, const pv_scale *s, int64_t v);
/* "12.5", "<0.1": of a hundred; nothing for PV_NONE, 0 and no whole. */
void pv_scale_share(pv_buf *out, int64_t part, int64_t whole);

#endif
