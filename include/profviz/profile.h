/* SPDX-License-Identifier: MIT */
/* The model: what every reader makes and every renderer draws.
 *
 * Plain data, read-only once built.  Rows are reached by handles (an index in
 * a struct); row 0 of each table is a valid nothing, so a handle is never
 * tested before use.  All values are int64_t in base units (nanoseconds,
 * bytes, counts) times 10^exponent of their metric: sums and differences are
 * exact.
 */
#ifndef PROFVIZ_PROFILE_H
#define PROFVIZ_PROFILE_H

#include "profviz/str.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct pv_sym {
    uint32_t i;
} pv_sym; /* 0 is the empty string */
typedef struct pv_fn {
    uint32_t i;
} pv_fn; /* 0 = unknown */
typedef struct pv_node {
    uint32_t i;
} pv_node; /* 0 = the root */

typedef enum pv_unit { PV_COUNT, PV_NANOSECONDS, PV_BYTES } pv_unit;

enum {                          /* what a profile has; what a renderer needs */
       PV_HAS_TREE = 1u << 0,   /* call stacks */
       PV_HAS_CALLS = 1u << 1,  /* caller -> callee totals, no stacks */
       PV_HAS_LINES = 1u << 2,  /* costs per source line */
       PV_HAS_SERIES = 1u << 3, /* values over time */
       PV_HAS_TOTALS =
           1u << 4 /* functions (or types) with costs of their own */
};

enum {                         /* what else is true of a profile */
       PV_SAMPLED = 1u << 0,   /* counts are samples, never calls */
       PV_ESTIMATED = 1u << 1, /* the tree was estimated from caller tables */
       PV_TIME_ORDERED = 1u << 2,    /* siblings stand in the order of time */
       PV_DIFFERENTIAL = 1u << 3,    /* metrics 0 and 1 are before and after */
       PV_LEAF_LINES = 1u << 4,      /* frames' lines are the executing ones */
       PV_FILE_LINE_FRAMES = 1u << 5 /* frames have no names, only file:line */
};

/* A missing value in a table that has the column (types without a size). */
#define PV_NONE INT64_MIN

/* Names of metrics, which become column names (self_<name>, total_<name>):
 *   stacks          samples, time, idle, memory, size, blocks ...
 *   call profiles   calls, primitive_calls, time, and time once more, inclusive
 *   sampled ones    samples, samples (inclusive), time, time (inclusive)
 *   line costs      hits, time; memory (inclusive), increment, occurrences
 *   type tables     count, size, delta
 *   timers          time; of memit peak (inclusive), increment
 * An inclusive metric after one of the same name is its total.  A call profile
 * has the costs of PV_HAS_CALLS in `functions` and in `calls`; a printed table
 * of one has PV_HAS_TOTALS and the same metrics. */
typedef struct pv_metric {
    pv_sym name; /* "samples", "time", "size": suffix of self_<name> */
    pv_unit unit;
    uint8_t exponent; /* the true value is v / 10^exponent; 0..9 */
    bool inclusive;   /* already holds its callees; never summed over rows */
} pv_metric;

typedef enum pv_fn_kind {
    PV_FN_CODE,    /* a function */
    PV_FN_THREAD,  /* a thread's frame; `name` as the dialect shows it */
    PV_FN_PROCESS, /* a process's frame */
    PV_FN_LINE,    /* file:line without a name (tracemalloc) */
    PV_FN_TYPE,    /* a type in an object table */
    PV_FN_MARK     /* an aggregate or sign of the tool: "[pruned]", "(idle)" */
} pv_fn_kind;

typedef struct pv_function {
    pv_sym name;   /* without file, line, thread or address where known */
    pv_sym file;   /* "" when not known */
    uint32_t line; /* of the definition; 0 when not known */
    uint8_t kind;  /* pv_fn_kind */
} pv_function;

typedef enum pv_certainty {
    PV_EXACT,   /* the file says so */
    PV_BOUNDED, /* within an interval that the file gives */
    PV_GUESSED  /* shared out in proportion */
} pv_certainty;

typedef struct pv_frame {
    pv_node parent; /* of the root: the root */
    uint32_t end;   /* one past the last frame of this subtree */
    pv_fn fn;
    uint32_t line;      /* executing line; 0 when not known */
    pv_sym text;        /* as the input spelled it; 0: made from fn and line */
    uint32_t certainty; /* pv_certainty */
} pv_frame;

typedef struct pv_call {
    pv_fn caller, callee;
} pv_call;

typedef struct pv_line {
    pv_sym file;
    uint32_t line;
    pv_fn fn;
    uint32_t call; /* blocks of one function: 1, 2, ...; else 0 */
    pv_sym source; /* the line's text, where the input carries it */
} pv_line;

typedef struct pv_point {
    int64_t t, value; /* ns since the run's first record, base units */
} pv_point;

typedef struct pv_series {
    pv_sym name;
    pv_unit unit;
    int64_t pid;  /* -1: the main process */
    uint32_t run; /* appended runs of one file: 0, 1, ... */
    const pv_point *at;
    uint32_t len;
} pv_series;

typedef struct pv_mark {
    pv_sym label;
    int64_t begin, end;             /* ns */
    int64_t begin_value, end_value; /* base units of series 0 */
    uint32_t level;                 /* nesting depth, outermost 0 */
    uint32_t run;                   /* as in pv_series */
} pv_mark;

typedef struct pv_note {
    pv_sym key, value; /* "command", "mode", "python": as the file says */
} pv_note;

/* Lower and upper bound of a frame's total (estimated trees), of the metric
 * that the tree was estimated by: the first that has an inclusive one. */
typedef struct pv_bounds {
    int64_t low, high;
} pv_bounds;

typedef struct pv_symtab pv_symtab;

/* A table of rows and, beside it, one int64 column per metric:
 * the value of metric m in row r is  cost[r * metrics.len + m].
 * `cost` is NULL where the rows carry no values. */
#define PV_TABLE(T)                                                            \
    struct {                                                                   \
        const T *at;                                                           \
        const int64_t *cost;                                                   \
        uint32_t len;                                                          \
    }

typedef struct pv_profile {
    const char *format; /* name of the reader; static */
    uint32_t has;       /* PV_HAS_* */
    uint32_t flags;     /* PV_SAMPLED ... */
    pv_sym producer;    /* the tool that wrote it, as far as can be told */
    const pv_symtab *names;
    struct {
        const pv_metric *at;
        uint32_t len;
        uint32_t main; /* the one that pictures show unless asked otherwise */
    } metrics;
    /* [0] = unknown; cost is set with PV_HAS_CALLS and PV_HAS_TOTALS */
    PV_TABLE(pv_function) functions;
    /* what rounding took from the costs of functions, in the same cells: of
     * equal costs the one with the greater residue was greater; else NULL */
    const int64_t *residues;
    /* preorder, [0] = root; cost is self; siblings in canonical order: by the
     * bytes of (text or label) followed by ';', then by fn and line (in order
     * of time with PV_TIME_ORDERED) */
    PV_TABLE(pv_frame) frames;
    const pv_bounds *bounds; /* per frame, or NULL */
    PV_TABLE(pv_call) calls;
    PV_TABLE(pv_line) lines; /* sorted by file, line, fn, call */
    struct {
        const pv_series *at;
        uint32_t len;
    } series;
    struct {
        const pv_mark *at;
        uint32_t len;
    } marks;
    struct {
        const pv_note *at;
        uint32_t len;
    } notes;
    int64_t stacks;  /* distinct stacks read; 0 when the input has none */
    int64_t records; /* valid records (lines, traces) read */
} pv_profile;

PV_API void pv_profile_free(pv_profile *p); /* accepts NULL */

/* Text of a symbol; lives as long as the profile. */
PV_API pv_str pv_profile_text(const pv_profile *p, pv_sym s);

/* The value of a note, or an empty slice. */
PV_API pv_str pv_profile_note(const pv_profile *p, pv_str key);

/* Index of the metric of that name, or -1. */
PV_API int pv_profile_metric(const pv_profile *p, pv_str name);

#ifdef __cplusplus
}
#endif
#endif
