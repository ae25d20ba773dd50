/* SPDX-License-Identifier: MIT */
/* What `top` lists: one row a function, type or group, with its measures, in a
 * total order.
 *
 * Works on every profile that has stacks, call totals, line costs or totals of
 * functions; a profile that was grouped by pv_filter has its groups as
 * functions.  Stacks: a function counts once in each stack's total, however
 * deep it recurses.
 */
#ifndef RANK_H
#define RANK_H

#include "arena.h"
#include "profviz/error.h"
#include "profviz/profile.h"

typedef enum pv_role {
    PV_SELF,  /* self_<metric> */
    PV_TOTAL, /* total_<metric> */
    PV_PLAIN  /* calls, hits, count: neither */
} pv_role;

typedef struct pv_measure {
    pv_str name;   /* the column: "self_time", "calls" */
    pv_str metric; /* "time", "calls" */
    pv_role role;
    pv_unit unit;
    uint8_t exponent;
    bool inclusive; /* never summed over rows: the greatest counts */
    uint32_t index; /* of the metric its values come from */
    bool empty;     /* no row has a value: the input has no such column */
    int64_t sum;    /* of all rows; inclusive: the greatest */
} pv_measure;

enum { PV_MEASURES_MAX = 32 };

typedef struct pv_row {
    pv_str name, file;
    uint32_t line;
    bool has_line; /* `line` is as the file has it, 0 included */
    pv_fn fn;
} pv_row;

typedef struct pv_ranking {
    const pv_profile *p;
    pv_measure measures[PV_MEASURES_MAX];
    uint32_t width;  /* measures */
    int self, total; /* of the main metric, into measures; -1: there is none */
    uint32_t len;
    const pv_fn *fn;      /* of each row */
    const pv_str *spelt;  /* of each row without a name; NULL: all have one */
    bool calls;           /* lines are as the file has them, 0 included */
    const int64_t *value; /* [row * width + measure]; PV_NONE: empty */
    uint32_t *order;      /* rows as ranked */
    uint32_t sorted; /* so many are enough, the others in any order; 0: all */
    bool places;     /* rows have files and lines (else names alone) */
} pv_ranking;

/* Rows in the arena, ordered as by pv_rank with no key.  False and *err when
 * memory ran out, a sum left int64 or the profile has nothing to list. */
bool pv_ranking_make(pv_ranking *rows, const pv_profile *p, pv_arena *a,
                     pv_error *err);
/* What stands in a row: the rows of a large profile are made as they are
 * needed. */
pv_row pv_ranking_row(const pv_ranking *rows, uint32_t row);
/* The same, of which only the `sorted` first rows need be in order. */
bool pv_ranking_first(pv_ranking *rows, const pv_profile *p, uint32_t sorted,
                      pv_arena *a, pv_error *err);

/* Orders by `keys`, separated by commas: our own (self, total, calls, name,
 * file, line and each column), pstats' with their prefixes, py-spy's.  Ties:
 * name, file, line; in call profiles the order of the file, as pstats does.
 * Without keys: dearest self first.  PV_E_USAGE on a key that is not known or
 * that the profile has no values for. */
bool pv_rank(pv_ranking *rows, pv_str keys, pv_arena *a, pv_error *err);

#endif
