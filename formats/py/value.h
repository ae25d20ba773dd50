/* SPDX-License-Identifier: MIT */
/* Python data as a tree of small words: what marshal and pickle read into.
 *
 * Nothing is ever run: a class is a number in an allow-list, an object is its
 * class and its state.  A value is one word (a kind and an index); containers
 * live in one growing pool and are reached by index, so cycles and shared
 * parts cost nothing, and all of it is freed at once.  Every container knows
 * the offset of the byte it began at, for messages, and how deep it is.
 *
 * word: payload << 12 | depth of a tuple << 5 | kind; an int is v << 5 | kind.
 */
#ifndef PY_VALUE_H
#define PY_VALUE_H

#include "arena.h"
#include "cursor.h"
#include "vec.h"

typedef enum pv_py_kind {
    PV_PY_UNSET,  /* no value: an empty memo slot, marshal's NULL */
    PV_PY_UNDONE, /* marshal: a container that is still being read */
    PV_PY_NONE,
    PV_PY_BOOL,
    PV_PY_INT,  /* fits a word */
    PV_PY_LONG, /* 64 bits, in the pool */
    PV_PY_WIDE, /* an integer beyond 64 bits; only its sign is kept */
    PV_PY_FLOAT,
    PV_PY_BYTES,
    PV_PY_STR, /* UTF-8, lone surrogates as they were */
    PV_PY_TUPLE,
    PV_PY_LIST,
    PV_PY_DICT,
    PV_PY_SET,
    PV_PY_CODE,  /* a tuple (name, file, first line) */
    PV_PY_CLASS, /* index into the pickle allow-list */
    PV_PY_OBJECT,
    PV_PY_TRACE,  /* tracemalloc: a tuple in one word, see trace.h */
    PV_PY_PLACED, /* in a memo: a traceback that has a place */
    PV_PY_OTHER   /* Ellipsis, complex, slice ...: nothing a profile holds */
} pv_py_kind;

typedef struct pv_py {
    uint64_t w;
} pv_py;

enum {
    PV_PY_DEPTH_MAX = 127,
    PV_PY_TUPLE_MAX = (1 << 23) - 1 /* items of one tuple */
};

/* Where traces of a tracemalloc snapshot were made. */
typedef struct pv_py_place {
    pv_py traceback;
    int64_t domain;
    uint64_t offset; /* of the first such trace */
    uint32_t frames; /* before truncation; 0: not known */
    uint32_t fields; /* of the trace's tuple */
} pv_py_place;

typedef struct pv_py_place_slot {
    uint32_t traceback, frames;
    int32_t domain;
    uint32_t place; /* index + 1; 0: free */
} pv_py_place_slot;

typedef struct pv_py_data {
    PV_VEC(uint64_t) pool;
    PV_VEC(pv_str) strs;
    PV_VEC(uint32_t) cons; /* hash table of shared small tuples */
    size_t shared;         /* tuples in `cons` */
    PV_VEC(pv_py_place) places;
    PV_VEC(pv_py_place_slot) place_slots; /* hash table of `places` */
    pv_arena text;                        /* strings that had to be decoded */
    uint64_t limit;                       /* bytes; 0 = none */
    bool limited;                         /* it was the limit that refused */
} pv_py_data;

void pv_py_init(pv_py_data *d, uint64_t limit);
/* So many bytes are about to be read: sets room aside in proportion, so that
 * tables need not move as they grow.  May fail without harm. */
void pv_py_expect(pv_py_data *d, size_t bytes);
void pv_py_done(pv_py_data *d);

static inline pv_py pv_py_of(pv_py_kind kind, uint64_t payload)
{
    return (pv_py){payload << 12 | (uint64_t)kind};
}

static inline pv_py_kind pv_py_kind_of(pv_py v)
{
    return (pv_py_kind)(v.w & 31);
}

static inline uint64_t pv_py_payload(pv_py v)
{
    return v.w >> 12;
}

static inline bool pv_py_is(pv_py v, pv_py_kind kind)
{
    return pv_py_kind_of(v) == kind;
}

/* ---- making: each is PV_PY_UNSET when memory or the limit ran out ---- */

pv_py pv_py_long(pv_py_data *d, int64_t v);

/* Any integer of 64 bits. */
static inline pv_py pv_py_int(pv_py_data *d, int64_t v)
{
    if (v >= -(INT64_C(1) << 57) && v < INT64_C(1) << 57)
        return (pv_py){(uint64_t)v << 5 | (uint64_t)PV_PY_INT};
    return pv_py_long(d, v);
}

pv_py pv_py_float(pv_py_data *d, double v);
/* Borrows the bytes: they live in the input or in d->text. */
pv_py pv_py_text(pv_py_data *d, pv_py_kind kind, pv_str s);
/* `kind`: PV_PY_TUPLE, PV_PY_CODE or PV_PY_OTHER.  n <= PV_PY_TUPLE_MAX. */
pv_py pv_py_tuple(pv_py_data *d, pv_py_kind kind, const pv_py *items,
                  uint32_t n, uint64_t offset);
/* As pv_py_tuple, but equal items give the same tuple: for frames and
 * tracebacks, of which files hold many copies. */
pv_py pv_py_shared(pv_py_data *d, const pv_py *items, uint32_t n,
                   uint64_t offset);
/* An empty list, dict or set; pv_py_extend adds items (keys and values in
 * turn).  False when memory ran out. */
pv_py pv_py_container(pv_py_data *d, pv_py_kind kind, uint64_t offset);
bool pv_py_extend(pv_py_data *d, pv_py container, const pv_py *items, size_t n);
pv_py pv_py_object(pv_py_data *d, unsigned klass, uint64_t offset);
void pv_py_set_state(pv_py_data *d, pv_py object, pv_py state);

/* Would the limit allow so much more? */
bool pv_py_within(pv_py_data *d, size_t words, size_t strs);
/* The greatest depth of the items. */
unsigned pv_py_deepest(const pv_py_data *d, const pv_py *items, size_t n);

/* Why the last making failed: an error at the cursor's place. False. */
bool pv_py_refused(const pv_py_data *d, pv_cursor *c);

/* ---- reading ---- */

/* Levels below and with the container; 0 for all else. */
unsigned pv_py_depth_of(const pv_py_data *d, pv_py v);
static inline unsigned pv_py_depth(const pv_py_data *d, pv_py v)
{
    if (pv_py_is(v, PV_PY_TUPLE))
        return (unsigned)(v.w >> 5) & PV_PY_DEPTH_MAX;
    return pv_py_kind_of(v) < PV_PY_TUPLE ? 0 : pv_py_depth_of(d, v);
}
/* Where the container began; `otherwise` for all else. */
uint64_t pv_py_offset(const pv_py_data *d, pv_py v, uint64_t otherwise);
/* Items of a tuple or code. */
static inline size_t pv_py_len(const pv_py_data *d, pv_py v)
{
    return (size_t)(d->pool.at[pv_py_payload(v)] & PV_PY_TUPLE_MAX);
}
/* Their values; valid until the next making. */
static inline const pv_py *pv_py_items(const pv_py_data *d, pv_py v)
{
    return (const pv_py *)&d->pool.at[pv_py_payload(v) + 1];
}

/* An integer of 64 bits. */
static inline bool pv_py_get_int(const pv_py_data *d, pv_py v, int64_t *out)
{
    if (pv_py_is(v, PV_PY_INT))
        *out = (int64_t)(v.w & ~UINT64_C(31)) / 32;
    else if (pv_py_is(v, PV_PY_LONG))
        *out = (int64_t)d->pool.at[pv_py_payload(v)];
    else
        return false;
    return true;
}
/* A float, or an integer as one (wide ones are infinite). */
bool pv_py_get_number(const pv_py_data *d, pv_py v, double *out);
/* Text of a str or bytes. */
bool pv_py_get_text(const pv_py_data *d, pv_py v, pv_str *out);
unsigned pv_py_class(const pv_py_data *d, pv_py object);
pv_py pv_py_state(const pv_py_data *d, pv_py object); /* UNSET: none */
/* The value of a text key, the last one when there are several. */
pv_py pv_py_find(const pv_py_data *d, pv_py dict, pv_str key);
/* May it be a dict's key? */
bool pv_py_hashable(pv_py v);
/* "a str", "a dict": for messages. */
const char *pv_py_kind_name(pv_py v);

/* Walks a list, or a dict's keys and values in turn. */
typedef struct pv_py_walk {
    const uint64_t *at, *end;
    uint64_t next; /* chunk */
} pv_py_walk;

void pv_py_walk_init(const pv_py_data *d, pv_py container, pv_py_walk *w);
bool pv_py_walk_chunk(const pv_py_data *d, pv_py_walk *w);

static inline bool pv_py_walk_next(const pv_py_data *d, pv_py_walk *w,
                                   pv_py *out)
{
    if (w->at == w->end && !pv_py_walk_chunk(d, w))
        return false;
    out->w = *w->at++;
    return true;
}

#endif
