/* SPDX-License-Identifier: MIT */
/* Folded stacks: one file while it is read. */
#ifndef FOLDED_READER_H
#define FOLDED_READER_H

#include "folded.h"
#include "folded_ahead.h"

enum { PV_FOLDED_COLUMNS = 3, PV_FOLDED_SHOWN = 5 };

/* One value that lines carry.  Cells are in 10^-exponent of the text's unit;
 * `sum` bounds the magnitude of every sum of them. */
typedef struct pv_folded_column {
    int64_t sum;
    uint8_t exponent;
    bool micro;      /* microseconds in the text, nanoseconds in the model */
    bool soft;       /* a value beyond int64 only spoils this column */
    uint64_t spoilt; /* the line that did, or 0 */
} pv_folded_column;

typedef struct pv_folded_bad {
    uint64_t line;
    char reason[80];
} pv_folded_bad;

typedef struct pv_folded_reader {
    pv_source *src;
    pv_builder *b;
    const pv_read_options *o;
    pv_folded_sniff kind;
    bool in_order;     /* by time */
    bool differential; /* two counts: before, after */
    bool named;        /* the builder knows the producer */
    pv_folded_ahead lines;
    pv_str line;                /* the one at hand */
    const pv_folded_cell *cell; /* what is known of it */
    pv_folded_tree tree;
    pv_folded_emit emit;
    PV_VEC(pv_node) nodes; /* of each stack, where in_order */
    PV_VEC(int64_t) cost;  /* columns_len a stack */
    pv_folded_column columns[PV_FOLDED_COLUMNS];
    unsigned columns_len;
    pv_buf key; /* a stack as it is kept, where that is not as it came */

    uint64_t valid, two, first_two, forked, rounded, first_rounded;
    int64_t forked_sum;
    int64_t stray; /* the greatest count of a line with one frame */
    uint64_t stray_line;
    pv_buf stray_text;
    uint64_t bad_len, negative;
    pv_folded_bad bad[PV_FOLDED_SHOWN];
} pv_folded_reader;

/* Adds to a stack's cell; false and the source's error beyond int64. */
bool pv_folded_add(pv_folded_reader *r, uint32_t stack, unsigned column,
                   pv_folded_count n);
/* Makes a column's exponent at least `exponent`; false when it does not fit. */
bool pv_folded_align(pv_folded_reader *r, unsigned column, uint8_t exponent);
/* A cell as the model has it, and the exponent that goes with it. */
int64_t pv_folded_value(const pv_folded_reader *r, uint32_t stack,
                        unsigned column);
uint8_t pv_folded_exponent(const pv_folded_reader *r, unsigned column);

/* The next line that is not blank, without CR, blanks at its end and a byte
 * order mark; false at the end and on an error. */
bool pv_folded_next(pv_folded_reader *r, pv_str *line);
/* Counts a line that is left out; false where that is an error. */
bool pv_folded_reject(pv_folded_reader *r, pv_folded_fault fault, pv_str line,
                      pv_str word);
/* A stack with its values. */
bool pv_folded_record(pv_folded_reader *r, pv_str stack,
                      const pv_folded_count *n, unsigned len);
/* `pyflame --flamechart`: all lines. */
bool pv_folded_read_chart(pv_folded_reader *r);
/* "# key: value" of austin. */
void pv_folded_metadata(pv_folded_reader *r, pv_str line);
/* What was read goes into the builder; warnings about the whole. */
bool pv_folded_finish(pv_folded_reader *r);

#endif
