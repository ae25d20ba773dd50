/* SPDX-License-Identifier: MIT */
/* What an input has in a file, without a look at all that it has. */
#ifndef SOURCE_INDEX_H
#define SOURCE_INDEX_H

#include "arena.h"
#include "profviz/profile.h"
#include "rank.h"

typedef struct pv_filed {
    pv_str file;
    uint32_t item;
} pv_filed;

/* By file, then by item. */
typedef struct pv_file_index {
    pv_filed *at;
    uint32_t len;
} pv_file_index;

/* Rows of a ranking.  False when memory ran out. */
bool pv_index_ranking(pv_file_index *x, const pv_ranking *r, pv_arena *a);
/* A profile's functions, without the root. */
bool pv_index_functions(pv_file_index *x, const pv_profile *p, pv_arena *a);
/* The part of the index that is of one file. */
pv_file_index pv_index_of(const pv_file_index *x, pv_str file);
/* Where in such a part an item stands; its `len`: it does not. */
uint32_t pv_index_item(const pv_file_index *part, uint32_t item);

#endif
