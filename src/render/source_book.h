/* SPDX-License-Identifier: MIT */
/* All source files that the inputs of `annotate` have something to say about.
 *
 * A page a file is made from it by source_page.h; the report makes the same
 * pages.  Files that several inputs name differently are one when they are
 * the same file on disk.
 */
#ifndef SOURCE_BOOK_H
#define SOURCE_BOOK_H

#include "annotate.h"
#include "arena.h"
#include "origin.h"
#include "rank.h"
#include "roots.h"
#include "source_calls.h"
#include "source_index.h"

typedef struct pv_book_input {
    const pv_profile *p;
    pv_str path; /* as the user spelled it */
    const pv_line_table *t;
    uint32_t main;        /* the measure that shares and heat are of */
    int64_t whole;        /* its 100 % */
    pv_ranking functions; /* of stacks and call profiles */
    pv_file_index index;  /* of its rows; of line costs: the functions */
    pv_calls calls;
} pv_book_input;

typedef struct pv_book_row {
    uint32_t file;             /* while the book is made */
    uint32_t line, input, row; /* row: in the input's table */
} pv_book_row;

typedef struct pv_book_file {
    pv_str name;         /* as the first input spells it */
    pv_str shown;        /* without what --trim-path names */
    pv_str slug;         /* "shop-orders.py": apart from all others */
    uint32_t begin, end; /* in rows, by line, input, row */
    uint32_t input;      /* the first one that has it */
    int64_t cost;        /* in that input's main measure */
    uint32_t number;     /* before they were put in order */
    uint32_t lines;      /* with costs */
    uint32_t hottest;    /* line, and its cost */
    int64_t most;
    pv_origin origin;
} pv_book_file;

enum { PV_BOOK_INPUTS = 8 };

struct pv_book {
    const pv_job *job;
    const pv_annotate_options *o;
    pv_book_input inputs[PV_BOOK_INPUTS];
    uint32_t inputs_len;
    pv_book_row *rows;
    uint32_t rows_len;
    pv_book_file *files;        /* own code first, the dearest first */
    struct pv_book_name *names; /* to find them by */
    uint32_t files_len;
    pv_roots roots;
    pv_arena *a;
};

/* `profiles` (with their tables) may be fewer than job->inputs, when those
 * were merged.  All of them, and the arena, must outlive the book. */
bool pv_book_make(pv_book *b, const pv_job *job,
                  const pv_profile *const *profiles,
                  const pv_line_table *tables, size_t count, pv_arena *a,
                  pv_error *err);
/* What a row costs in its input's main measure: 0 where that says nothing of
 * the line itself (memory that was there before). */
int64_t pv_book_cost(const pv_book *b, const pv_book_row *row);
/* The file that an input calls so; UINT32_MAX: it has no page. */
uint32_t pv_book_find(const pv_book *b, pv_str name);

#endif
