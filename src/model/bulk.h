/* SPDX-License-Identifier: MIT */
/* The builder for readers of large files: rows that are known to be new, with
 * all their values at once, and a way back.  Sticky as builder.h is. */
#ifndef BULK_H
#define BULK_H

#include "profviz/builder.h"

/* How far a builder got: its functions, calls and metrics. */
typedef struct pv_build_mark_at {
    uint32_t functions, calls, metrics;
} pv_build_mark_at;

pv_build_mark_at pv_build_here(const pv_builder *b);
/* Takes back what was added since, but for names. */
void pv_build_undo(pv_builder *b, pv_build_mark_at to);

/* `n` functions that are not there yet, with a value for each metric of each.
 * The first of them; the others follow it. */
pv_fn pv_build_functions_new(pv_builder *b, const pv_function *f, size_t n,
                             const int64_t *values);
/* The values of a function, until the next one is added; NULL: it has none. */
const int64_t *pv_build_function_values(const pv_builder *b, uint32_t fn);
/* What rounding took from the values of `n` functions from `fn` on, those before
 * it being done. */
void pv_build_residues(pv_builder *b, uint32_t fn, size_t n,
                       const int64_t *values);
/* `n` calls that are not there yet.  Their callers may be any numbers until
 * they are replaced through pv_build_calls. */
void pv_build_calls_new(pv_builder *b, const pv_call *calls, size_t n,
                        const int64_t *values);
pv_call *pv_build_calls(pv_builder *b, uint32_t *len);
/* pv_build_name in the two steps of symtab.h. */
uint32_t pv_build_name_hash(pv_str text);
void pv_build_name_ahead(const pv_builder *b, uint32_t hash, unsigned step);
pv_sym pv_build_name_hashed(pv_builder *b, pv_str text, uint32_t hash);

/* About so many functions and frames are to be found or added: tables that need
 * not grow are filled faster. */
void pv_build_expect(pv_builder *b, size_t functions, size_t frames);
/* There will be many functions, and calls if `calls`. */
void pv_build_large(pv_builder *b, bool calls);
bool pv_build_failed(const pv_builder *b);

#endif
