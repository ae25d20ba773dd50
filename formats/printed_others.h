/* SPDX-License-Identifier: MIT */
/* What else is in a log: tables of other kinds than the one that is read. */
#ifndef PRINTED_OTHERS_H
#define PRINTED_OTHERS_H

#include "source.h"

typedef struct pv_printed_other {
    const pv_format *format;
    uint64_t line; /* where the first one begins */
} pv_printed_other;

enum { PV_PRINTED_OTHERS = 8 }; /* as many kinds as there are */

typedef struct pv_printed_others {
    pv_printed_other at[PV_PRINTED_OTHERS];
    size_t len;
} pv_printed_others;

/* Does this line open a table of a kind that was not seen before? */
void pv_printed_others_line(pv_printed_others *o, const pv_format *own,
                            pv_str line, uint64_t number);
/* Says what was found: up to four kinds in a warning. */
bool pv_printed_others_say(const pv_printed_others *o, pv_source *src);

#endif
