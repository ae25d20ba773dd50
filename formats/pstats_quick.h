/* SPDX-License-Identifier: MIT */
/* pstats as cProfile writes it: what the scanner of its bytes hands to the
 * part that finds out who called whom. */
#ifndef PSTATS_QUICK_H
#define PSTATS_QUICK_H

#include "bulk.h"
#include "vec.h"

/* What a reference stands for: payload << 3 | kind. */
enum {
    QUICK_OTHER,
    QUICK_INT,
    QUICK_FLOAT, /* index into `floats` */
    QUICK_TEXT,  /* name */
    QUICK_KEY    /* index into `keys` */
};

/* A caller is a reference until all are read; with this bit it is a key. */
#define QUICK_IS_KEY (UINT32_C(1) << 31)

typedef struct quick_key {
    pv_function place;
    uint32_t fn; /* 0: no entry of its own so far */
} quick_key;

typedef struct quick_tables {
    PV_VEC(uint64_t) refs;
    PV_VEC(double) floats;
    PV_VEC(uint32_t) strings; /* Python 2's table */
    PV_VEC(quick_key) keys;   /* in the file's order, some more than once */
    uint32_t functions;       /* of the builder */
} quick_tables;

void quick_tables_done(quick_tables *t);

/* The callers of all calls from `first` on become functions.  False when that
 * is not possible: a key is none, has two entries or calls twice. */
bool quick_resolve(quick_tables *t, pv_builder *b, uint32_t first);

#endif
