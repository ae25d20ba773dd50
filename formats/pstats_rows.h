/* SPDX-License-Identifier: MIT */
/* What a pstats file holds, row by row, before it becomes a profile: shared by
 * the reader of traced profiles and that of sampled ones. */
#ifndef PSTATS_ROWS_H
#define PSTATS_ROWS_H

#include "profviz/builder.h"
#include "value.h"

typedef struct pstats_place {
    pv_sym name, file;
    uint32_t line;
} pstats_place;

/* One caller of a row. */
typedef struct pstats_edge {
    pv_py key;
    int64_t nc, cc, tt, ct;
} pstats_edge;

typedef struct pstats_row {
    pstats_place at;
    uint64_t key; /* of the tuple: equal keys written once have the same */
    int64_t cc, nc;
    int64_t tt, ct; /* ns */
    int64_t tt_residue, ct_residue;
    pv_py callers; /* a dict */
} pstats_row;

/* Things that are odd but readable, counted and said once. */
typedef struct pstats_odd {
    uint64_t number; /* NaN, infinite */
    uint64_t negative_count, negative_time;
    uint64_t fewer_calls; /* nc < cc */
    uint64_t own_above_total;
    uint64_t wide_edge;
    uint64_t line;
} pstats_odd;

typedef struct pstats_file {
    pv_cursor c;
    pv_builder *b;
    pv_py_data data;
    PV_VEC(pstats_row) rows;
    PV_VEC(pstats_edge) edges; /* of the row being built */
    PV_VEC(uint32_t) syms;     /* symbol + 1 of each string of `data` */
    size_t entry;              /* being read, from 1; for messages */
    size_t entries;            /* when all are read */
    bool sampled;
    bool edges_with_times, edges_without;
    pstats_odd odd;
} pstats_file;

bool pstats_read_key(pstats_file *f, pv_py key, pv_py holder, pstats_place *at);
/* One more of `rows`; false with an error. */
bool pstats_read_row(pstats_file *f, pv_py key, pv_py value, pv_py holder);

typedef struct pstats_edges {
    const pstats_edge *at, *end;
} pstats_edges;

/* The callers of a row of `rows`; false with an error.  Valid until asked for
 * those of another row. */
bool pstats_callers(pstats_file *f, const pstats_row *row, pstats_edges *out);

typedef struct pstats_tail {
    uint64_t at, bytes;
} pstats_tail;

/* The whole file, straight into the builder: for all files as cProfile writes
 * them.  `all`: its bytes; NULL: they are pulled from the source.  `tail`: what
 * follows the profile.  False, without an error and with nothing built but
 * names, for any other. */
bool pstats_read_quick(pstats_file *f, const pv_bytes *all, pstats_tail *tail);

/* calls, primitive_calls, time, time inclusive: metrics 0 to 3. */
void pstats_traced_metrics(pv_builder *b);
/* Who wrote a traced profile, and what its callers hold. */
void pstats_describe(pstats_file *f);

/* Fill the builder from the rows. */
bool pstats_build_traced(pstats_file *f);
bool pstats_build_sampled(pstats_file *f);

#endif
