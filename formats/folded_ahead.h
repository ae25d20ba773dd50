/* SPDX-License-Identifier: MIT */
/* Folded stacks, the lines: read and cut by a second thread where the input is
 * long and another processor may work, else in place.
 *
 * What comes out is the same either way.
 */
#ifndef FOLDED_AHEAD_H
#define FOLDED_AHEAD_H

#include <pthread.h>

#include "input.h"
#include "symtab.h"

enum { PV_FOLDED_BATCHES = 3, PV_FOLDED_CELLS = 8192 };

/* A line without its LF and what stands behind its count; its stack, up to
 * the blank before the count and without ';' at the end, and that one's hash. */
typedef struct pv_folded_cell {
    uint32_t begin, len;
    uint32_t stack;
    pv_hash128 hash;
} pv_folded_cell;

typedef struct pv_folded_batch {
    char *p;
    size_t room, held; /* bytes there */
    size_t used;       /* of them: in the cells */
    pv_folded_cell *cells;
    size_t len, cells_room;
    pv_error err; /* what comes behind the cells, where not PV_OK */
    bool last;
} pv_folded_batch;

typedef struct pv_folded_ahead {
    pv_input *in;
    bool classic;
    unsigned jobs;
    uint64_t number; /* of the line handed out last */
    pv_folded_batch batches[PV_FOLDED_BATCHES];
    uint64_t filled, done;      /* how many batches, ever */
    uint64_t cut, bytes;        /* lines in those filled, and their bytes */
    const pv_folded_batch *now; /* number `done`, or NULL */
    size_t at;                  /* its next cell */
    bool threaded, stop;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t change;
} pv_folded_ahead;

/* `jobs` 0: as many threads as processors. */
void pv_folded_ahead_init(pv_folded_ahead *a, pv_input *in, bool classic,
                          unsigned jobs);
void pv_folded_ahead_done(pv_folded_ahead *a);
/* The next line, valid until the next call; false at the end and on an
 * error. */
bool pv_folded_ahead_next(pv_folded_ahead *a, pv_str *line,
                          const pv_folded_cell **cell, pv_error *err);

#endif
