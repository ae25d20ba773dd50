/* SPDX-License-Identifier: MIT */
/* What one line of an mprof .dat says, and what spans come to. */
#ifndef MPROF_H
#define MPROF_H

#include "profviz/builder.h"
#include "vec.h"

typedef enum mprof_kind {
    MPROF_BLANK,
    MPROF_CMDLINE,
    MPROF_MEM,
    MPROF_CHLD,
    MPROF_FUNC,
    MPROF_UNKNOWN, /* another word in capitals */
    MPROF_BAD      /* `why` says what is wrong */
} mprof_kind;

typedef struct mprof_record {
    mprof_kind kind;
    pv_str text;      /* command line, function, or unknown word */
    const char *why;  /* static text */
    int64_t pid;      /* CHLD */
    int64_t t, bytes; /* MEM, CHLD; FUNC: at entry.  t in ns since 1970 */
    int64_t t_end, bytes_end; /* FUNC */
    int64_t level;            /* FUNC: as written; -1 where there is none */
} mprof_record;

mprof_record mprof_parse(pv_str line);

typedef struct mprof_span {
    int64_t begin, end, begin_value, end_value, level;
    pv_sym label;
    uint32_t run, row;
} mprof_span;
typedef PV_VEC(mprof_span) mprof_spans;

typedef struct mprof_run {
    int64_t first, last; /* times of its samples; first > last: none */
} mprof_run;
typedef PV_VEC(mprof_run) mprof_runs;

/* False when memory ran out. */
bool mprof_span_take(mprof_spans *spans, pv_builder *b,
                     const mprof_record *rec);
/* Each into its run, which begins with it; sorted. */
void mprof_spans_place(mprof_spans *spans, const mprof_runs *runs);
/* A mark for each, nested.  False when memory ran out. */
bool mprof_spans_build(const mprof_spans *spans, const mprof_runs *runs,
                       pv_builder *b);

#endif
