/* SPDX-License-Identifier: MIT */
/* Strings become small integers: each distinct text is kept once.
 *
 * The hash is XXH3 under a seed that differs in every process, so names in a
 * file cannot be chosen to collide; numbers are given in order of arrival, so
 * the seed never shows.
 */
#ifndef SYMTAB_H
#define SYMTAB_H

#include "arena.h"
#include "profviz/profile.h"

pv_symtab *pv_symtab_new(pv_arena *text); /* `text` keeps the strings */
void pv_symtab_free(pv_symtab *t);
pv_sym pv_symtab_add(pv_symtab *t, pv_str s);        /* 0 when memory ran out */
pv_sym pv_symtab_find(const pv_symtab *t, pv_str s); /* 0: not there (or "") */
pv_str pv_symtab_text(const pv_symtab *t, pv_sym s);
uint32_t pv_symtab_len(const pv_symtab *t); /* "" counts */
bool pv_symtab_failed(const pv_symtab *t);

/* The same in two steps, for many that are far apart: between them, what the
 * lookup needs is asked for in steps 0 to 2, some time after one another. */
uint32_t pv_symtab_hash(pv_str s);
void pv_symtab_ahead(const pv_symtab *t, uint32_t hash, unsigned step);
pv_sym pv_symtab_add_hashed(pv_symtab *t, pv_str s, uint32_t hash);

/* Seeded 64-bit and 128-bit hashes (XXH3) for tables over untrusted bytes. */
typedef struct pv_hash128 {
    uint64_t low, high;
} pv_hash128;
uint64_t pv_hash(const void *p, size_t n);
pv_hash128 pv_hash_wide(const void *p, size_t n);
/* Unseeded and stable for ever: colours of packages, permalinks. */
uint32_t pv_fnv1a(pv_str s);
uint32_t pv_fnv1a_more(uint32_t h, pv_str s);
#define PV_FNV1A_INIT UINT32_C(2166136261)

#endif
