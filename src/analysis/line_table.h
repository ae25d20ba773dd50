/* SPDX-License-Identifier: MIT */
/* What each source line costs: the rows of `annotate`.
 *
 *   line costs      as the file has them, a row each line of each function
 *   stacks          by file and line: self, and total once a stack
 *   tracemalloc     as its statistics("lineno"), or cumulative ones, which
 *                   count a block once for each frame that stands there
 *   sampled pstats  by file and line
 *   call profiles   a row a function, at its first line
 */
#ifndef LINE_TABLE_H
#define LINE_TABLE_H

#include "arena.h"
#include "profviz/error.h"
#include "profviz/profile.h"

typedef enum pv_line_kind {
    PV_LINES_OF_FUNCTIONS, /* line_profiler: function, first line, line */
    PV_LINES_OF_CALLS,     /* memory_profiler: function, call, line */
    PV_LINES_OF_STACKS,    /* file, line */
    PV_LINES_OF_BLOCKS,    /* tracemalloc */
    PV_LINES_OF_PROFILE    /* pstats: functions at their first line */
} pv_line_kind;

typedef struct pv_line_measure {
    pv_str name; /* the column: "hits", "self_time" */
    pv_unit unit;
    uint8_t exponent;
    bool total; /* of a self: not to be summed */
} pv_line_measure;

typedef struct pv_line_row {
    pv_str file;
    uint32_t line;
    pv_fn fn;      /* 0 in stacks */
    uint32_t call; /* blocks of one function: 1, 2, ...; else 0 */
    pv_str source; /* where the input carries it */
} pv_line_row;

enum { PV_LINE_MEASURES_MAX = 32 };

typedef struct pv_line_table {
    pv_line_kind kind;
    pv_line_measure measures[PV_LINE_MEASURES_MAX];
    uint32_t width;
    pv_line_row *at; /* by file, line, function, call; blocks: dearest first */
    int64_t *value;  /* [row * width + measure]; PV_NONE: empty */
    uint32_t len;
} pv_line_table;

/* Can it be annotated at all?  (Types and timers cannot.) */
bool pv_has_line_table(const pv_profile *p);
/* Printed reports also have lines that were not run, without any value. */
bool pv_line_has_data(const pv_line_table *t, uint32_t row);
/* In the arena. */
bool pv_line_table_make(pv_line_table *t, const pv_profile *p, bool cumulative,
                        pv_arena *a, pv_error *err);

#endif
