/* SPDX-License-Identifier: MIT */
/* What the parts of a comparison share. */
#ifndef DIFF_PARTS_H
#define DIFF_PARTS_H

#include "buf.h"
#include "diff.h"
#include "merge_fit.h"

/* One side; `metric` gives the profile's metric of each pair, -1: none. */
typedef struct pv_diff_side {
    const pv_profile *p;
    int32_t metric[PV_METRICS_MAX / 2];
    int64_t factor[PV_METRICS_MAX / 2];
} pv_diff_side;

/* Where functions were before, by what they are now. */
typedef struct pv_diff_place {
    pv_str file; /* empty: the same */
    uint32_t line;
} pv_diff_place;

typedef struct pv_diff_moves {
    pv_symtab *keys;
    pv_diff_place *was; /* by symbol */
    pv_buf key;
} pv_diff_moves;

typedef struct pv_diffing {
    pv_diff *d;
    const pv_diff_options *o;
    pv_diff_side side[2];
    pv_merge_metric pairs[PV_METRICS_MAX / 2];
    uint32_t pairs_len;
    /* with normalize, before is times of_after / of_before (0: as it is) */
    int64_t of_before[PV_METRICS_MAX / 2], of_after[PV_METRICS_MAX / 2];
    pv_diff_moves moves;
    double rate; /* of lengths: of pv_diff_metric */
    bool mapped; /* kinds differ: what both have is compared */
    pv_arena *a;
    pv_error *err;
} pv_diffing;

/* Addresses in a name become "0x...". */
void pv_diff_plain_name(pv_buf *out, pv_str name);
/* For each function of `old` that of `new` it is, UINT32_MAX: none.  In the
 * arena; NULL when memory ran out. */
uint32_t *pv_diff_match(const pv_profile *old, const pv_profile *new,
                        pv_arena *a);

/* What follows the directory of libraries, or the whole path. */
pv_str pv_diff_path_tail(pv_str file);
/* Those of the functions that `match` pairs which are elsewhere now. */
bool pv_diff_note_moves(pv_diff_moves *m, const pv_profile *old,
                        const pv_profile *new, const uint32_t *match,
                        pv_arena *a);
/* False when it is where it was.  `p` is the union. */
bool pv_diff_was(pv_diff_moves *m, const pv_profile *p, pv_fn fn,
                 pv_diff_place *out);
void pv_diff_moves_done(pv_diff_moves *m);

/* Where kinds differ but tell of the same, what is to be compared instead of
 * the inputs (NULL: the input itself); *other is false where they are of one
 * kind, or do not go together. */
bool pv_diff_map(const pv_profile *const *inputs, pv_profile *mapped[2],
                 bool *other, pv_error *err);
/* What must be said of how the sides were measured; and what their lengths are
 * to each other (`rate` of pv_diff_metric). */
void pv_diff_compare_records(pv_diffing *g, const pv_profile *const *inputs);

/* Lines by their text, of functions that are the same. */
typedef struct pv_diff_text_line {
    uint32_t count[2], line; /* how many on each side; the new one's number */
} pv_diff_text_line;

typedef struct pv_diff_texts {
    const uint32_t *match;
    pv_symtab *keys;
    pv_diff_text_line *seen;
    pv_buf key;
} pv_diff_texts;

bool pv_diff_texts_make(pv_diff_texts *t, const pv_profile *old,
                        const pv_profile *new, const uint32_t *match,
                        pv_arena *a);
/* Where an old line is now; 0: its text does not tell. */
uint32_t pv_diff_text_line_of(pv_diff_texts *t, const pv_profile *old,
                              const pv_line *l);
void pv_diff_texts_done(pv_diff_texts *t);

bool pv_diff_join(pv_diffing *g);
bool pv_diff_rows(pv_diffing *g);
/* The rows of pv_diff_rows where each is a whole stack. */
bool pv_diff_stacks(pv_diffing *g);
/* Verdicts of rows, metrics and the whole. */
bool pv_diff_judge(pv_diff *d, pv_arena *a);
/* Greatest change first; `heap`: as tracemalloc's compare_to has them. */
bool pv_diff_order(pv_diff *d, bool by_total, bool heap, pv_arena *a);

#endif
