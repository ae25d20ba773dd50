/* SPDX-License-Identifier: MIT */
/* What changed between two profiles: rows and, of stacks, a tree.
 *
 * Both sides become one profile whose metrics come in pairs, before and after,
 * so that every frame's change of total is its change of self and its
 * children's changes of total, exactly.  Code that only one side has is kept.
 *
 * Functions are the same by name, file and line, addresses in names aside; in
 * tables of calls and lines also by what follows the library's directory, then
 * by name and file, then by name and the file's last part, where that leaves
 * no choice: functions move.  Lines then move with their function.
 */
#ifndef DIFF_H
#define DIFF_H

#include "arena.h"
#include "filter.h"
#include "profviz/builder.h"

enum { PV_DIFF_BY_STACK = PV_BY_PACKAGE + 1 };

typedef struct pv_diff_options {
    int by;          /* pv_group_by or PV_DIFF_BY_STACK */
    bool normalize;  /* before x after total / before total */
    bool cumulative; /* totals count a frame as often as it is there */
    bool by_total;   /* rows are ordered by their totals' change */
    bool verbatim;   /* names, files and lines as they stand: nothing moves */
    bool functions;  /* lines are summed up by function */
} pv_diff_options;

typedef enum pv_diff_status {
    PV_DIFF_SAME,
    PV_DIFF_CHANGED,
    PV_DIFF_ADDED,
    PV_DIFF_REMOVED
} pv_diff_status;

typedef enum pv_verdict {
    PV_VERDICT_SAME,
    PV_VERDICT_NOISE,   /* within what sampling alone explains */
    PV_VERDICT_CLEAR,   /* beyond it */
    PV_VERDICT_UNTESTED /* one run a side, not sampled */
} pv_verdict;

enum { PV_DIFF_CAUTIONS = 5 };

/* Where a metric's values stand among the four of a row. */
enum {
    PV_BEFORE_SELF,
    PV_AFTER_SELF,
    PV_BEFORE_TOTAL,
    PV_AFTER_TOTAL,
    PV_DIFF_VALUES
};

/* The least and the greatest of several runs. */
typedef struct pv_span {
    int64_t least, most;
} pv_span;

typedef struct pv_diff_metric {
    pv_str name;
    pv_unit unit;
    uint8_t exponent;
    bool inclusive; /* a level: never summed */
    bool totals;    /* rows have totals */
    bool self;      /* rows have selves */
    uint32_t pair;  /* metrics 2 x pair and 2 x pair + 1 of the union */
    int32_t twin;   /* the pair that holds the totals; -1: they are sums */
    double ratio;   /* what before was scaled by; else 1 */
    double rate;    /* after's length / before's where counts of samples are
                       tested and both were recorded; else 1 */
    int64_t before, after; /* of the whole profile */
    uint8_t verdict;       /* pv_verdict */
    pv_span span[2];       /* of before and after, with several runs */
} pv_diff_metric;

typedef struct pv_diff_row {
    pv_str name, file;
    uint32_t line;
    bool has_line;
    uint8_t status, verdict;
    bool moved;      /* it was elsewhere before: */
    pv_str was_file; /* empty: the same */
    uint32_t was_line;
    pv_fn fn;
    const pv_fn *path; /* by stack: oldest call first */
    uint32_t path_len;
} pv_diff_row;

typedef struct pv_diff {
    pv_profile *both; /* owned; before and after side by side */
    pv_diff_metric metrics[PV_METRICS_MAX / 2];
    uint32_t width, main;
    bool sampled; /* the main metric counts samples */
    bool places;  /* rows have files and lines */
    bool cumulative;
    pv_diff_row *rows;
    uint32_t len, changed; /* rows, and those that differ */
    uint32_t *order;
    int64_t *value; /* [(row * width + metric) * PV_DIFF_VALUES + which] */
    uint8_t verdict;
    const char *cautions[PV_DIFF_CAUTIONS]; /* not measured alike: how */
    uint32_t cautions_len;
    double bound;     /* chances above it are noise */
    uint32_t runs[2]; /* of each side where one has several; else 0 */
    pv_span *span;    /* beside `value`, with several runs; else NULL */
    uint8_t *judged;  /* verdicts of [(row * width + metric) * 2 + total], the
                         same; else NULL */
} pv_diff;

/* `inputs` are old and new, or one differential profile.  All but `both` is
 * in the arena.  PV_E_FORMAT when they cannot be compared, PV_E_USAGE when the
 * options do not suit them.  *d is to be given to pv_diff_done in any case. */
bool pv_diff_make(pv_diff *d, const pv_profile *const *inputs,
                  const pv_str *paths, size_t len, const pv_diff_options *o,
                  pv_arena *a, pv_error *err);
void pv_diff_done(pv_diff *d);

static inline const int64_t *pv_diff_values(const pv_diff *d, uint32_t row,
                                            uint32_t metric)
{
    return d->value + ((size_t)row * d->width + metric) * PV_DIFF_VALUES;
}

/* after - before of the main metric, self or total. */
static inline int64_t pv_diff_change(const pv_diff *d, uint32_t row, bool total)
{
    const int64_t *v = pv_diff_values(d, row, d->main);

    return total ? v[PV_AFTER_TOTAL] - v[PV_BEFORE_TOTAL]
                 : v[PV_AFTER_SELF] - v[PV_BEFORE_SELF];
}

/* The verdict on one value of a row. */
pv_verdict pv_diff_verdict(const pv_diff *d, uint32_t row, uint32_t metric,
                           bool total);

#endif
