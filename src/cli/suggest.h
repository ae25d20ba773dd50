/* SPDX-License-Identifier: MIT */
/* The nearest name to one that was mistyped. */
#ifndef SUGGEST_H
#define SUGGEST_H

#include "profviz/str.h"

/* Insertions, deletions, exchanges and swaps of neighbours that lead from `a`
 * to `b`; 99 where one is longer than 40 bytes. */
unsigned pv_edit_distance(pv_str a, pv_str b);

typedef struct pv_nearest {
    pv_str typed;
    const char *name; /* the best so far; NULL: none is near */
    unsigned distance;
} pv_nearest;

/* Takes `name` if it is nearer than what came before and near at all: at most
 * one mistake, and one more for each four letters typed; the beginning of a
 * name is one mistake. */
void pv_nearest_try(pv_nearest *n, const char *name);

#endif
