/* SPDX-License-Identifier: MIT */
/* pstats as cProfile writes it: what the scanner of its bytes reads piece by
 * piece, and hands to the part that finds out who called whom. */
#ifndef PSTATS_QUICK_H
#define PSTATS_QUICK_H

#include "bulk.h"
#include "pstats_rows.h"
#include "vec.h"
#include "window.h"

/* What a reference stands for: payload << 3 | kind. */
enum {
    QUICK_OTHER,
    QUICK_INT,
    QUICK_FLOAT, /* index into `floats` */
    QUICK_TEXT,  /* name */
    QUICK_KEY    /* index into `keys` */
};

/* A caller is a reference until all are read; with this bit it is a key. */
#define QUICK_IS_KEY (UINT32_C(1) << 31)

typedef struct quick_key {
    pv_function place;
    uint32_t fn; /* 0: no entry of its own so far */
} quick_key;

typedef struct quick_tables {
    PV_VEC(uint64_t) refs;
    PV_VEC(double) floats;
    PV_VEC(uint32_t) strings; /* Python 2's table */
    PV_VEC(quick_key) keys;   /* in the file's order, some more than once */
    uint32_t functions;       /* of the builder */
} quick_tables;

/* A text of a key, on its way to being a name. */
typedef struct quick_name {
    pv_str text; /* in the window */
    uint32_t hash;
    uint32_t key;
    bool file; /* else the function's */
} quick_name;

enum { QUICK_NAMES = 16, QUICK_METRICS = 4, QUICK_BATCH = 64 };

typedef struct quick_scanner {
    pv_window w;
    pv_builder *b;
    quick_tables t;
    pstats_odd odd;
    uint32_t entries;
    bool rows_alone;          /* calls are checked, not kept */
    bool odd_times, residues; /* met; kept since then */
    quick_name names[QUICK_NAMES];
    uint32_t names_in, names_out;   /* counted; what is between waits */
    size_t rows_len, calls_len;     /* not yet in the builder */
    uint32_t row_keys[QUICK_BATCH]; /* of the rows, as callers are kept */
    pv_function rows[QUICK_BATCH];
    int64_t row_costs[QUICK_BATCH * QUICK_METRICS];
    double row_times[QUICK_BATCH * 2]; /* tt and ct before rounding */
    pv_call calls[QUICK_BATCH];
    int64_t call_costs[QUICK_BATCH * QUICK_METRICS];
    int64_t call_sums[QUICK_METRICS]; /* magnitudes of calls not kept */
} quick_scanner;

/* ---- bytes: the window has zeros behind its end, which are no type ---- */

static inline uint32_t quick_u32(quick_scanner *s)
{
    uint32_t v = pv_u32_at(s->w.p);

    s->w.p += 4;
    return v;
}

static inline double quick_double_at(const uint8_t *p)
{
    uint64_t bits = (uint64_t)pv_u32_at(p + 4) << 32 | pv_u32_at(p);
    double v;

    memcpy(&v, &bits, sizeof v);
    return v;
}

/* The type byte, without the bit that asks for a reference. */
static inline uint8_t quick_type(quick_scanner *s, bool *flag)
{
    uint8_t byte = *s->w.p++;

    *flag = byte & 0x80;
    return byte & 0x7f;
}

static inline bool quick_add_ref(quick_scanner *s, unsigned kind,
                                 uint64_t payload)
{
    if (!PV_VEC_GROW(&s->t.refs, 1))
        return false;
    s->t.refs.at[s->t.refs.len++] = payload << 3 | kind;
    return true;
}

/* A tuple of so many items begins. */
static inline bool quick_tuple(quick_scanner *s, uint32_t items)
{
    bool flag;
    uint8_t type = quick_type(s, &flag);

    if (type == '(')
        return quick_u32(s) == items &&
               (!flag || quick_add_ref(s, QUICK_OTHER, 0));
    return type == ')' && *s->w.p++ == items &&
           (!flag || quick_add_ref(s, QUICK_OTHER, 0));
}

/* ---- each false when it is not what nearly all files hold there ---- */

bool quick_other_int(quick_scanner *s, int64_t *out);
bool quick_other_float(quick_scanner *s, double *out);
/* Rows that the builder has from `first` on: what rounding took from times. */
void quick_residues(quick_scanner *s, uint32_t first, size_t n);
/* A file or a function of a key. */
bool quick_text(quick_scanner *s, uint32_t key, bool file);
/* Texts that wait become names, before the window moves or keys are used. */
void quick_settle(quick_scanner *s);

static inline bool quick_count(quick_scanner *s, int64_t *out)
{
    if (*s->w.p != 'i')
        return quick_other_int(s, out);
    *out = (int32_t)pv_u32_at(s->w.p + 1);
    s->w.p += 5;
    return *out >= 0;
}

void quick_tables_done(quick_tables *t);

/* All keys become functions, and the callers of all calls from `first` on.
 * False when that is not possible: a key is none, has two entries or calls
 * twice. */
bool quick_resolve(quick_tables *t, pv_builder *b, uint32_t first);

#endif
