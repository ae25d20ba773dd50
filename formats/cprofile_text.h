/* SPDX-License-Identifier: MIT */
/* What pstats prints of who called whom, beside its tables of functions. */
#ifndef CPROFILE_TEXT_H
#define CPROFILE_TEXT_H

#include "cprofile_rows.h"
#include "vec.h"

/* Where the four values stand among the metrics. */
typedef struct cprofile_metrics {
    uint32_t calls, primitive, time, total;
} cprofile_metrics;

typedef struct cprofile_edge {
    pv_fn caller, callee;
    int64_t nc, cc, tt, ct;
    /* without: `ct` is the total of the table's other function */
    bool with_times;
    bool callees; /* of a table of print_callees */
    bool again;   /* an earlier table says so, too */
    uint32_t table;
} cprofile_edge;

/* "List reduced from OF to LISTED", over several tables. */
typedef struct cprofile_reduced {
    uint64_t listed, of;
} cprofile_reduced;

/* The tables of print_callers and print_callees of one log. */
typedef struct cprofile_edges {
    PV_VEC(cprofile_edge) at;
    bool inside, callees;
    size_t left; /* what stands left of the table, in every line */
    pv_fn of;    /* whose callers or callees are being listed */
    uint32_t tables, runs;
    uint64_t line; /* of the first table */
    cprofile_reduced reduced;
    bool whole;    /* a table lists all functions */
    bool nameless; /* the last row was cut */
    bool failed;   /* memory ran out */
} cprofile_edges;

/* Does such a table begin at this line? */
bool cprofile_opens_edges(pv_str line);
/* Takes a line that begins a table or belongs to one; false: neither.
 * `noted` stands above the table that begins. */
bool cprofile_edges_line(cprofile_edges *e, pv_builder *b, pv_str line,
                         const pv_printed *report, cprofile_reduced *noted);
/* What was noted goes to the table that it stands above. */
void cprofile_reduce(cprofile_reduced *table, cprofile_reduced *noted);
/* Calls, and the sums of functions that no table of functions lists (those
 * of `listed` are, by handle).  False when memory ran out. */
bool cprofile_edges_build(cprofile_edges *e, pv_builder *b,
                          const cprofile_metrics *m, const bool *listed,
                          size_t listed_len);
/* Warnings.  `alone`: there was no table of functions. */
bool cprofile_edges_say(const cprofile_edges *e, pv_source *src, bool alone);
void cprofile_edges_done(cprofile_edges *t);

#endif
