/* SPDX-License-Identifier: MIT */
/* The state of the pickle machine, shared by its files.  Private. */
#ifndef PY_PICKLE_OPS_H
#define PY_PICKLE_OPS_H

#include "pickle.h"
#include "trace.h"

enum {
    PV_PICKLE_DEPTH_MAX = 64, /* nested containers, and marks */
    PV_PICKLE_STACK_MAX = 1 << 20
};

typedef struct pickler {
    pv_cursor *c;
    pv_py_data *d;
    PV_VEC(pv_py) stack;
    PV_VEC(uint32_t) marks; /* heights of the stack */
    PV_VEC(pv_py) memo;
    size_t ahead;    /* where traces were looked for beforehand */
    size_t memoized; /* entries stored: MEMOIZE's next number */
    size_t at;       /* offset of the opcode */
} pickler;

/* "opcode NAME: ..." at the opcode.  Each returns false. */
bool pv_pickle_fail(pickler *m, const char *fmt, ...) PV_PRINTF(2, 3);
bool pv_pickle_unsupported(pickler *m, const char *what);
const char *pv_pickle_opcode(uint8_t op);

bool pv_pickle_take(pickler *m, size_t n, const uint8_t **out);
bool pv_pickle_pop(pickler *m, pv_py *out);

bool pv_pickle_mark(pickler *m);
bool pv_pickle_pop_mark(pickler *m, size_t *base);
bool pv_pickle_pop_top(pickler *m);

/* ---- what every opcode does: inline ---- */

bool pv_pickle_push_slow(pickler *m, pv_py v);
bool pv_pickle_memo_slow(pickler *m, uint64_t i);

static inline bool pv_pickle_push(pickler *m, pv_py v)
{
    if (v.w == 0 || m->stack.len == m->stack.room ||
        m->stack.len >= PV_PICKLE_STACK_MAX)
        return pv_pickle_push_slow(m, v);
    m->stack.at[m->stack.len++] = v;
    return true;
}

static inline size_t pv_pickle_floor(const pickler *m)
{
    return m->marks.len ? m->marks.at[m->marks.len - 1] : 0;
}

/* Are `n` values there, above the last mark? */
static inline bool pv_pickle_want(pickler *m, size_t n)
{
    if (m->stack.len >= pv_pickle_floor(m) + n)
        return true;
    (void)pv_pickle_fail(m, "the stack holds too few values");
    return false;
}

/* What the memo holds, as it was put there. */
static inline pv_py pv_pickle_remembered(const pickler *m, uint64_t i)
{
    pv_py v = m->memo.at[i];

    return pv_py_is(v, PV_PY_PLACED)
               ? m->d->places.at[pv_py_trace_place(v)].traceback
               : v;
}

static inline bool pv_pickle_put(pickler *m, uint64_t i)
{
    if (m->stack.len == pv_pickle_floor(m))
        return pv_pickle_want(m, 1);
    if (i < m->memo.room && i == m->memo.len)
        m->memo.at[m->memo.len++].w = 0;
    else if (i >= m->memo.len && !pv_pickle_memo_slow(m, i))
        return false;
    m->memoized += m->memo.at[i].w == 0;
    m->memo.at[i] = m->stack.at[m->stack.len - 1];
    return true;
}

static inline bool pv_pickle_get(pickler *m, uint64_t i)
{
    if (i < m->memo.len && m->memo.at[i].w != 0)
        return pv_pickle_push(m, pv_pickle_remembered(m, i));
    return pv_pickle_fail(m, "memo index %llu was never stored",
                          (unsigned long long)i);
}

/* ---- numbers, strings, containers ---- */

/* A little-endian number of `n` bytes. */
static inline uint64_t pv_pickle_little(const uint8_t *p, int n)
{
    uint64_t v = 0;

    while (n-- > 0)
        v = v << 8 | p[n];
    return v;
}

bool pv_pickle_binfloat(pickler *m);
bool pv_pickle_binint(pickler *m);
bool pv_pickle_binstring(pickler *m);
bool pv_pickle_empty(pickler *m, pv_py_kind kind);
bool pv_pickle_extend_by(pickler *m, size_t n, pv_py_kind kind);
bool pv_pickle_extend_marked(pickler *m, pv_py_kind kind);
bool pv_pickle_gather(pickler *m, pv_py_kind kind);
bool pv_pickle_long1(pickler *m);
bool pv_pickle_long4(pickler *m);
bool pv_pickle_number(pickler *m, int size, uint64_t *out);
bool pv_pickle_string(pickler *m, int size, pv_py_kind kind);
bool pv_pickle_tuple_marked(pickler *m);
bool pv_pickle_tuple_of(pickler *m, size_t n);

/* (domain, size, known traceback[, frames]) and MEMOIZE, as millions of times
 * in a snapshot: does what these opcodes do one by one, or nothing at all. */
bool pv_pickle_trace(pickler *m);

/* Opcodes whose argument is a line of text. */
bool pv_pickle_text(pickler *m, uint8_t op);
bool pv_pickle_line(pickler *m, pv_str *out); /* up to LF */
/* LONG1 and LONG4: `n` bytes, two's complement. */
bool pv_pickle_long(pickler *m, size_t n);

/* Classes and objects: allow-listed, never called. */
bool pv_pickle_global(pickler *m);
bool pv_pickle_stack_global(pickler *m);
bool pv_pickle_reduce(pickler *m);
bool pv_pickle_newobj(pickler *m);
bool pv_pickle_build(pickler *m);

#endif
