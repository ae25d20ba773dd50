/* SPDX-License-Identifier: MIT */
/* Memory that is given back all at once.
 *
 * Sticky: a refused request sets `failed` and returns NULL; the owner asks
 * once at the end.  Arena memory is zeroed and never freed piece by piece.
 */
#ifndef ARENA_H
#define ARENA_H

#include "profviz/str.h"

typedef struct pv_arena {
    struct pv_chunk *head;
    size_t used;  /* bytes handed out */
    size_t limit; /* refuses to pass this; 0 = none */
    bool failed;
    bool full; /* it failed at the limit */
} pv_arena;

void pv_arena_init(pv_arena *a, size_t limit);
void pv_arena_done(pv_arena *a);
void *pv_arena_alloc(pv_arena *a, size_t count, size_t size);
/* A copy with a NUL behind it; the empty slice when memory ran out. */
pv_str pv_arena_copy(pv_arena *a, pv_str s);
/* Both texts, one behind the other. */
pv_str pv_arena_join(pv_arena *a, pv_str head, pv_str tail);
#define PV_NEW(arena, T)      ((T *)pv_arena_alloc((arena), 1, sizeof(T)))
#define PV_NEW_N(arena, T, n) ((T *)pv_arena_alloc((arena), (n), sizeof(T)))

#endif
