/* SPDX-License-Identifier: MIT */
/* One source file with all that is known of its lines: what a page shows.
 *
 * Columns of figures per input, lines (all of the file, or those with figures
 * where its text is not at hand), functions, the hottest lines.
 */
#ifndef SOURCE_SHEET_H
#define SOURCE_SHEET_H

#include "outline.h"
#include "source_book.h"
#include "source_scale.h"

enum {
    PV_SHEET_COLUMNS = 48,
    PV_SHEET_CALLS = 4, /* of a function side by side; the last has the rest */
    PV_SHEET_HOT = 8,
    PV_SHEET_BLOCK = 200, /* lines of a block, in files above ... */
    PV_SHEET_LONG = 4000
};

typedef enum pv_column_kind {
    PV_COL_VALUE,
    PV_COL_PER_HIT, /* of a time, by the hits before it */
    PV_COL_SHARE,
    PV_COL_BAR
} pv_column_kind;

typedef struct pv_sheet_column {
    pv_column_kind kind;
    uint32_t input;
    uint32_t measure;
    uint32_t call;  /* 0: all; else 1 .. PV_SHEET_CALLS */
    uint32_t value; /* which of a line's values */
    pv_str head;
    const char *unit; /* beside the head */
    const char *style;
    pv_scale scale;
    int width; /* pixels */
} pv_sheet_column;

/* Columns of one input, or of one call, under one heading. */
typedef struct pv_sheet_group {
    pv_str title;
    uint32_t columns;
} pv_sheet_group;

typedef struct pv_sheet_line {
    uint32_t line;
    pv_str carried; /* its text, where the input has it */
    int64_t heat;   /* cost in the first input that has one; */
    uint32_t input; /* that input */
    bool known;     /* there is any figure */
} pv_sheet_line;

typedef struct pv_sheet_function {
    pv_str name;
    uint32_t line; /* where its heading stands: decorator or def */
    uint32_t def;  /* row of the outline, or 0 */
    int64_t calls; /* PV_NONE: not known */
    int64_t self;
    int64_t total;
    bool never; /* was not called */
    pv_fn fn;   /* of stacks; 0: not known */
    pv_str id;
} pv_sheet_function;

typedef enum pv_sheet_row_kind {
    PV_ROW_LINE,
    PV_ROW_HEAD, /* of a function */
    PV_ROW_GAP   /* lines that are not shown */
} pv_sheet_row_kind;

struct pv_sheet;
typedef struct pv_sheet_row {
    struct pv_sheet *sheet;
    pv_sheet_row_kind kind;
    uint32_t line; /* gaps: how many lines */
    uint32_t data; /* in `lines`; UINT32_MAX: none */
    uint32_t function;
    bool never; /* code that did not run */
} pv_sheet_row;

typedef struct pv_sheet_block {
    struct pv_sheet *sheet;
    uint32_t begin, end; /* in rows */
} pv_sheet_block;

typedef struct pv_sheet {
    const pv_book *book;
    const pv_book_file *file;
    pv_str prefix; /* of ids: "" or "s2-" */
    pv_arena a;
    pv_found found;
    bool changed; /* the file is not the one that was profiled */
    pv_source_text text;
    pv_language language;
    pv_outline outline;
    pv_sheet_column columns[PV_SHEET_COLUMNS];
    uint32_t columns_len;
    pv_sheet_group groups[PV_SHEET_COLUMNS];
    uint32_t groups_len;
    uint32_t values; /* of a line */
    pv_sheet_line *lines;
    int64_t *value;               /* [line * values + i] */
    int64_t *cost;                /* [line * inputs + input] */
    int64_t most[PV_BOOK_INPUTS]; /* the dearest line */
    uint32_t lines_len;
    pv_sheet_function *functions;
    uint32_t functions_len;
    uint32_t functions_input; /* whose they are */
    uint32_t code, ran;       /* lines of functions that were counted */
    pv_sheet_row *rows;
    uint32_t rows_len;
    pv_sheet_block *blocks;
    uint32_t blocks_len;
    uint32_t hot[PV_SHEET_HOT]; /* lines, the dearest first; in `lines` */
    uint32_t hot_len;
} pv_sheet;

bool pv_sheet_make(pv_sheet *s, const pv_book *b, uint32_t file, pv_str prefix,
                   pv_error *err);
void pv_sheet_done(pv_sheet *s);

/* The parts of it, in this order. */
bool pv_sheet_columns(pv_sheet *s);
bool pv_sheet_functions(pv_sheet *s, pv_error *err);
bool pv_sheet_rows(pv_sheet *s);

/* Index in `lines` of a line, or of the first one behind it. */
uint32_t pv_sheet_find(const pv_sheet *s, uint32_t line);
/* The first line from `line` on that has a row, or the last that has one. */
uint32_t pv_sheet_shown(const pv_sheet *s, uint32_t line);
/* Do inputs count every line, so that one without figures did not run? */
bool pv_sheet_counts(const pv_sheet *s);
/* 1 .. 6, or 0 for none. */
unsigned pv_heat_of(int64_t cost, int64_t whole);
unsigned pv_sheet_heat(const pv_sheet *s, uint32_t data);

#endif
