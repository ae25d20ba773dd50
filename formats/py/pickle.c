/* SPDX-License-Identifier: MIT */
/* The pickle machine: stack, marks, memo. */
#include "pickle.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "pickle_ops.h"
#include "py_text.h"
#include "trace.h"

enum {
    DEPTH_MAX = 64, /* nested containers, and marks */
    STACK_MAX = 1 << 20,
    PROTOCOL_MAX = 5
};

/* ---- stack, marks, memo ---- */

bool pv_pickle_fail(pickler *m, const char *fmt, ...)
{
    char text[300];
    va_list args;

    va_start(args, fmt);
    (void)vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    return pv_source_fail_at(m->c->src, PV_E_FORMAT, m->at, "opcode %s: %s",
                             pv_pickle_opcode(m->c->all.p[m->at]), text);
}

bool pv_pickle_unsupported(pickler *m, const char *what)
{
    return pv_source_fail_at(m->c->src, PV_E_UNSUPPORTED, m->at,
                             "opcode %s: %s",
                             pv_pickle_opcode(m->c->all.p[m->at]), what);
}

bool pv_pickle_take(pickler *m, size_t n, const uint8_t **out)
{
    size_t left = pv_cursor_left(m->c);

    if (left < n) {
        (void)pv_pickle_fail(m,
                             "the file ends inside it (%zu bytes needed, "
                             "%zu left); truncated?",
                             n, left);
        return false;
    }
    *out = m->c->all.p + m->c->pos;
    m->c->pos += n;
    return true;
}

static bool nomem(pickler *m)
{
    return pv_fail_nomem(m->c->src->err);
}

static bool push_slow(pickler *m, pv_py v)
{
    if (v.w == 0)
        return pv_py_refused(m->d, m->c);
    if (m->stack.len >= STACK_MAX)
        return pv_pickle_fail(m, "more than %d values on the stack", STACK_MAX);
    if (!PV_VEC_GROW(&m->stack, 1))
        return nomem(m);
    m->stack.at[m->stack.len++] = v;
    return true;
}

/* The hot paths of this file push inline. */
static inline bool push(pickler *m, pv_py v)
{
    if (v.w == 0 || m->stack.len == m->stack.room || m->stack.len >= STACK_MAX)
        return push_slow(m, v);
    m->stack.at[m->stack.len++] = v;
    return true;
}

bool pv_pickle_push(pickler *m, pv_py v)
{
    return push(m, v);
}

static size_t floor_of(const pickler *m)
{
    return m->marks.len ? m->marks.at[m->marks.len - 1] : 0;
}

/* Are `n` values there, above the last mark? */
static inline bool want(pickler *m, size_t n)
{
    if (m->stack.len >= floor_of(m) + n)
        return true;
    (void)pv_pickle_fail(m, "the stack holds too few values");
    return false;
}

bool pv_pickle_pop(pickler *m, pv_py *out)
{
    if (!want(m, 1))
        return false;
    *out = m->stack.at[--m->stack.len];
    return true;
}

static bool mark(pickler *m)
{
    if (m->marks.len >= DEPTH_MAX)
        return pv_pickle_fail(m, "nested deeper than %d levels", DEPTH_MAX);
    if (!PV_VEC_GROW(&m->marks, 1))
        return nomem(m);
    m->marks.at[m->marks.len++] = (uint32_t)m->stack.len;
    return true;
}

static bool pop_mark(pickler *m, size_t *base)
{
    if (m->marks.len == 0) {
        (void)pv_pickle_fail(m, "no MARK to go back to");
        return false;
    }
    *base = m->marks.at[--m->marks.len];
    return true;
}

static bool pop_top(pickler *m)
{
    size_t base;
    pv_py v;

    if (m->marks.len > 0 && m->stack.len == floor_of(m))
        return pop_mark(m, &base);
    return pv_pickle_pop(m, &v);
}

static bool memo_slow(pickler *m, uint64_t i)
{
    if (i > 2 * (uint64_t)m->c->pos + 16)
        return pv_pickle_fail(m, "memo index %llu out of range",
                              (unsigned long long)i);
    if (!PV_VEC_GROW(&m->memo, (size_t)i + 1 - m->memo.len))
        return nomem(m);
    memset(m->memo.at + m->memo.len, 0,
           ((size_t)i + 1 - m->memo.len) * sizeof *m->memo.at);
    m->memo.len = (size_t)i + 1;
    return true;
}

static inline bool put(pickler *m, uint64_t i)
{
    if (m->stack.len == floor_of(m))
        return want(m, 1);
    if (i < m->memo.room && i == m->memo.len)
        m->memo.at[m->memo.len++].w = 0;
    else if (i >= m->memo.len && !memo_slow(m, i))
        return false;
    m->memoized += m->memo.at[i].w == 0;
    m->memo.at[i] = m->stack.at[m->stack.len - 1];
    return true;
}

/* What the memo holds, as it was put there. */
static inline pv_py remembered(const pickler *m, uint64_t i)
{
    pv_py v = m->memo.at[i];

    return pv_py_is(v, PV_PY_PLACED)
               ? m->d->places.at[pv_py_trace_place(v)].traceback
               : v;
}

static inline bool get(pickler *m, uint64_t i)
{
    if (i < m->memo.len && m->memo.at[i].w != 0)
        return push(m, remembered(m, i));
    return pv_pickle_fail(m, "memo index %llu was never stored",
                          (unsigned long long)i);
}

bool pv_pickle_put(pickler *m, uint64_t i)
{
    return put(m, i);
}

bool pv_pickle_get(pickler *m, uint64_t i)
{
    return get(m, i);
}

/* ---- numbers and strings ---- */

static uint64_t little(const uint8_t *p, int n)
{
    uint64_t v = 0;

    while (n-- > 0)
        v = v << 8 | p[n];
    return v;
}

/* A little-endian length or index of `size` bytes. */
static bool number(pickler *m, int size, uint64_t *out)
{
    const uint8_t *p;

    if (!pv_pickle_take(m, (size_t)size, &p))
        return false;
    *out = little(p, size);
    return true;
}

static bool binint(pickler *m)
{
    uint64_t v;

    return number(m, 4, &v) && push(m, pv_py_int(m->d, (int32_t)v));
}

static bool binfloat(pickler *m)
{
    const uint8_t *p;
    uint64_t bits = 0;
    double v;

    if (!pv_pickle_take(m, 8, &p))
        return false;
    for (int i = 0; i < 8; i++)
        bits = bits << 8 | p[i];
    memcpy(&v, &bits, sizeof v);
    return push(m, pv_py_float(m->d, v));
}

/* A string whose length takes `size` bytes. */
static bool string(pickler *m, int size, pv_py_kind kind)
{
    const uint8_t *p;
    uint64_t n;
    pv_str text;

    if (!number(m, size, &n))
        return false;
    if (n > pv_cursor_left(m->c))
        return pv_pickle_fail(m, "%llu bytes announced, %zu left; truncated?",
                              (unsigned long long)n, pv_cursor_left(m->c));
    if (!pv_pickle_take(m, (size_t)n, &p))
        return false;
    text = (pv_str){(const char *)p, (size_t)n};
    if (kind == PV_PY_STR && !pv_py_utf8(text))
        return pv_pickle_fail(m, "'%s' is not UTF-8", PV_QUOTE(text));
    return push(m, pv_py_text(m->d, kind, text));
}

/* BINSTRING and LONG4 have signed lengths. */
static bool signed_size(pickler *m, size_t *out)
{
    uint64_t v;

    if (!number(m, 4, &v))
        return false;
    if ((int32_t)v < 0) {
        (void)pv_pickle_fail(m, "length %ld", (long)(int32_t)v);
        return false;
    }
    *out = (size_t)v;
    return true;
}

static bool binstring(pickler *m)
{
    const uint8_t *p;
    size_t n;

    return signed_size(m, &n) && pv_pickle_take(m, n, &p) &&
           push(m, pv_py_text(m->d, PV_PY_BYTES, (pv_str){(const char *)p, n}));
}

static bool long1(pickler *m)
{
    uint64_t n;

    return number(m, 1, &n) && pv_pickle_long(m, (size_t)n);
}

static bool long4(pickler *m)
{
    size_t n;

    return signed_size(m, &n) && pv_pickle_long(m, n);
}

/* ---- containers ---- */

static bool too_deep(pickler *m)
{
    return pv_pickle_fail(m, "nested deeper than %d levels", DEPTH_MAX);
}

/* Small tuples are shared where they are a frame (a text and a line) or hold
 * tuples (a traceback); traces become one word. */
static pv_py tuple_value(pickler *m, const pv_py *items, uint32_t n)
{
    pv_py v;

    if (n >= 2 && n <= 4 && pv_py_is(items[n == 2 ? 1 : 2], PV_PY_TUPLE) &&
        pv_py_trace(m->d, items, n, m->at, &v))
        return v;
    if (n > 0 && (pv_py_is(items[0], PV_PY_TUPLE) ||
                  (n == 2 && pv_py_is(items[0], PV_PY_STR))))
        return pv_py_shared(m->d, items, n, m->at);
    return pv_py_tuple(m->d, PV_PY_TUPLE, items, n, m->at);
}

/* A tuple of all from `base`. */
static bool tuple(pickler *m, size_t base)
{
    pv_py v =
        tuple_value(m, m->stack.at + base, (uint32_t)(m->stack.len - base));

    m->stack.len = base;
    if (v.w != 0 && pv_py_depth(m->d, v) > DEPTH_MAX)
        return too_deep(m);
    return push(m, v);
}

static bool tuple_of(pickler *m, size_t n)
{
    return want(m, n) && tuple(m, m->stack.len - n);
}

static bool tuple_marked(pickler *m)
{
    size_t base;

    return pop_mark(m, &base) && tuple(m, base);
}

static bool keys_fit(pickler *m, size_t base)
{
    if ((m->stack.len - base) % 2 != 0)
        return pv_pickle_fail(m, "a key without a value");
    for (size_t i = base; i < m->stack.len; i += 2)
        if (!pv_py_hashable(m->stack.at[i]))
            return pv_pickle_fail(m, "%s cannot be a dict key",
                                  pv_py_kind_name(m->stack.at[i]));
    return true;
}

/* All from `base` goes into the container below it. */
static bool extend(pickler *m, size_t base, pv_py_kind kind)
{
    pv_py target;

    if (base <= floor_of(m))
        return want(m, m->stack.len - floor_of(m) + 1);
    target = m->stack.at[base - 1];
    if (!pv_py_is(target, kind))
        return pv_pickle_fail(m, "the target is %s", pv_py_kind_name(target));
    if (kind == PV_PY_DICT && !keys_fit(m, base))
        return false;
    if (!pv_py_extend(m->d, target, m->stack.at + base, m->stack.len - base))
        return pv_py_refused(m->d, m->c);
    m->stack.len = base;
    return pv_py_depth(m->d, target) <= DEPTH_MAX || too_deep(m);
}

static bool extend_by(pickler *m, size_t n, pv_py_kind kind)
{
    return want(m, n + 1) && extend(m, m->stack.len - n, kind);
}

static bool extend_marked(pickler *m, pv_py_kind kind)
{
    size_t base;

    return pop_mark(m, &base) && extend(m, base, kind);
}

static bool empty(pickler *m, pv_py_kind kind)
{
    return push(m, pv_py_container(m->d, kind, m->at));
}

/* LIST, DICT and FROZENSET: a new container of all above the mark. */
static bool gather(pickler *m, pv_py_kind kind)
{
    size_t base;
    pv_py v;

    if (!pop_mark(m, &base))
        return false;
    if (kind == PV_PY_DICT && !keys_fit(m, base))
        return false;
    v = pv_py_container(m->d, kind, m->at);
    if (v.w == 0 ||
        !pv_py_extend(m->d, v, m->stack.at + base, m->stack.len - base))
        return pv_py_refused(m->d, m->c);
    m->stack.len = base;
    if (pv_py_depth(m->d, v) > DEPTH_MAX)
        return too_deep(m);
    return push(m, v);
}

/* ---- the machine ---- */

static bool protocol(pickler *m)
{
    uint64_t v;

    if (!number(m, 1, &v))
        return false;
    if (v <= PROTOCOL_MAX)
        return true;
    return pv_source_fail_at(m->c->src, PV_E_UNSUPPORTED, m->at,
                             "opcode PROTO: pickle protocol %u is not "
                             "supported (0 to %d are)",
                             (unsigned)v, PROTOCOL_MAX);
}

static bool frame(pickler *m)
{
    uint64_t n;

    if (!number(m, 8, &n))
        return false;
    if (n <= pv_cursor_left(m->c))
        return true;
    return pv_pickle_fail(m,
                          "frame of %llu bytes announced, %zu left; "
                          "truncated?",
                          (unsigned long long)n, pv_cursor_left(m->c));
}

static bool duplicate(pickler *m)
{
    return want(m, 1) && push(m, m->stack.at[m->stack.len - 1]);
}

static bool put_number(pickler *m, int size)
{
    uint64_t i;

    return number(m, size, &i) && put(m, i);
}

static bool get_number(pickler *m, int size)
{
    uint64_t i;

    return number(m, size, &i) && get(m, i);
}

static bool int_of(pickler *m, int size)
{
    uint64_t v;

    return number(m, size, &v) && push(m, pv_py_int(m->d, (int64_t)v));
}

static bool drop_marked(pickler *m)
{
    size_t base;

    if (!pop_mark(m, &base))
        return false;
    m->stack.len = base;
    return true;
}

static bool unknown(pickler *m, uint8_t op)
{
    return pv_source_fail_at(m->c->src, PV_E_FORMAT, m->at,
                             "unknown pickle opcode 0x%02x", (unsigned)op);
}

/* Everything but STOP. */
static bool step(pickler *m, uint8_t op)
{
    switch (op) {
    case 0x80: return protocol(m);
    case 0x95: return frame(m);
    case '(': return mark(m);
    case '0': return pop_top(m);
    case '1': return drop_marked(m);
    case '2': return duplicate(m);
    case 'N': return push(m, pv_py_of(PV_PY_NONE, 0));
    case 0x88: return push(m, pv_py_of(PV_PY_BOOL, 1));
    case 0x89: return push(m, pv_py_of(PV_PY_BOOL, 0));
    case 'J': return binint(m);
    case 'K': return int_of(m, 1);
    case 'M': return int_of(m, 2);
    case 0x8a: return long1(m);
    case 0x8b: return long4(m);
    case 'G': return binfloat(m);
    case 'T': return binstring(m);
    case 'U': return string(m, 1, PV_PY_BYTES);
    case 'X': return string(m, 4, PV_PY_STR);
    case 0x8c: return string(m, 1, PV_PY_STR);
    case 0x8d: return string(m, 8, PV_PY_STR);
    case 'B': return string(m, 4, PV_PY_BYTES);
    case 'C': return string(m, 1, PV_PY_BYTES);
    case 0x8e:
    case 0x96: return string(m, 8, PV_PY_BYTES);
    case ']': return empty(m, PV_PY_LIST);
    case 'l': return gather(m, PV_PY_LIST);
    case 'a': return extend_by(m, 1, PV_PY_LIST);
    case 'e': return extend_marked(m, PV_PY_LIST);
    case '}': return empty(m, PV_PY_DICT);
    case 'd': return gather(m, PV_PY_DICT);
    case 's': return extend_by(m, 2, PV_PY_DICT);
    case 'u': return extend_marked(m, PV_PY_DICT);
    case ')': return tuple_of(m, 0);
    case 't': return tuple_marked(m);
    case 0x85: return tuple_of(m, 1);
    case 0x86: return tuple_of(m, 2);
    case 0x87: return tuple_of(m, 3);
    case 0x8f: return empty(m, PV_PY_SET);
    case 0x90: return extend_marked(m, PV_PY_SET);
    case 0x91: return gather(m, PV_PY_SET);
    case 'q': return put_number(m, 1);
    case 'r': return put_number(m, 4);
    case 0x94: return put(m, m->memoized);
    case 'h': return get_number(m, 1);
    case 'j': return get_number(m, 4);
    case 'I':
    case 'L':
    case 'F':
    case 'S':
    case 'V':
    case 'p':
    case 'g': return pv_pickle_text(m, op);
    case 'c': return pv_pickle_global(m);
    case 0x93: return pv_pickle_stack_global(m);
    case 'R': return pv_pickle_reduce(m);
    case 0x81: return pv_pickle_newobj(m);
    case 'b': return pv_pickle_build(m);
    case 'i':
    case 'o':
    case 0x92: return pv_pickle_unsupported(m, "refusing to make an object");
    case 0x82:
    case 0x83:
    case 0x84:
        return pv_pickle_unsupported(m, "extension registry codes are not "
                                        "supported");
    case 'P':
    case 'Q':
        return pv_pickle_unsupported(m, "persistent ids are not supported");
    case 0x97:
    case 0x98:
        return pv_pickle_unsupported(m, "out-of-band buffers are not "
                                        "supported");
    default: return unknown(m, op);
    }
}

static bool stop(pickler *m, pv_py *out)
{
    if (!pv_pickle_pop(m, out))
        return false;
    if (m->stack.len > 0 &&
        !pv_source_warn_at(m->c->src, m->at,
                           "opcode STOP: %zu values are left on the stack",
                           m->stack.len))
        return false;
    return pv_cursor_left(m->c) == 0 ||
           pv_source_warn_at(m->c->src, m->c->pos,
                             "%zu bytes follow the pickle; ignored",
                             pv_cursor_left(m->c));
}

/* ---- a trace at a time ---- */

/* One of the opcodes of a small int. */
static inline bool peek_int(const uint8_t **p, int64_t *out)
{
    switch (**p) {
    case 'K':
        *out = (*p)[1];
        *p += 2;
        return true;
    case 'M':
        *out = (*p)[1] | (*p)[2] << 8;
        *p += 3;
        return true;
    case 'J':
        *out = (int32_t)little(*p + 1, 4);
        *p += 5;
        return true;
    default: return false;
    }
}

static inline bool peek_get(const pickler *m, const uint8_t **p, size_t *out)
{
    if (**p == 'j') {
        *out = (size_t)little(*p + 1, 4);
        *p += 5;
    } else if (**p == 'h') {
        *out = (*p)[1];
        *p += 2;
    } else {
        return false;
    }
    return *out < m->memo.len;
}

/* The place of a traceback in the memo; UINT32_MAX: it has none. */
static inline uint32_t place_in_memo(pickler *m, size_t i, pv_py_place *p)
{
    pv_py known = m->memo.at[i];
    uint32_t place = pv_py_trace_place(known);

    if (pv_py_is(known, PV_PY_PLACED) && known.w == pv_py_placed(place, p).w)
        return place;
    if (known.w == 0)
        return UINT32_MAX;
    p->traceback = remembered(m, i);
    if (!pv_py_is(p->traceback, PV_PY_TUPLE) ||
        pv_py_depth(m->d, p->traceback) != 2)
        return UINT32_MAX;
    place = pv_py_place_of(m->d, p);
    if (place != UINT32_MAX)
        m->memo.at[i] = pv_py_placed(place, p);
    return place;
}

/* (domain, size, known traceback[, frames]) and MEMOIZE, as millions of times
 * in a snapshot: does what these opcodes do one by one, or nothing at all. */
static bool take_trace(pickler *m)
{
    enum { LONGEST = 32 };
    const uint8_t *p = m->c->all.p + m->at;
    pv_py_place place = {.offset = m->at, .fields = *p == '(' ? 4 : 3};
    int64_t size, frames = 0;
    uint32_t number;
    size_t i;

    if (m->c->all.n - m->at < LONGEST)
        return false;
    p += place.fields == 4;
    if (!peek_int(&p, &place.domain) || !peek_int(&p, &size) ||
        !peek_get(m, &p, &i))
        return false;
    if (place.fields == 4 && (!peek_int(&p, &frames) || frames < 0))
        return false;
    if (*p++ != (place.fields == 4 ? 't' : 0x87) || *p++ != 0x94)
        return false;
    place.frames = (uint32_t)frames;
    number = place_in_memo(m, i, &place);
    if (!pv_py_trace_fits(number, size) || m->stack.len >= STACK_MAX ||
        !PV_VEC_GROW(&m->stack, 1) || !PV_VEC_GROW(&m->memo, 1))
        return false;
    m->c->pos = (size_t)(p - m->c->all.p);
    m->stack.at[m->stack.len++] = pv_py_trace_of(number, size);
    return put(m, m->memoized);
}

static bool run(pickler *m, pv_py *out)
{
    uint8_t op;

    while (m->c->pos < m->c->all.n) {
        m->at = m->c->pos++;
        op = m->c->all.p[m->at];
        if ((op == '(' || op == 'K') && m->d->places.len > 0 && take_trace(m))
            continue;
        if (op == '.')
            return stop(m, out);
        if (!step(m, op))
            return false;
    }
    return pv_source_fail_at(m->c->src, PV_E_FORMAT, m->c->pos,
                             "the file ends before the opcode STOP; "
                             "truncated?");
}

bool pv_pickle_read(pv_cursor *c, pv_py_data *d, pv_py *out)
{
    pickler m = {.c = c, .d = d};
    bool ok = run(&m, out);

    PV_VEC_DONE(&m.stack);
    PV_VEC_DONE(&m.marks);
    PV_VEC_DONE(&m.memo);
    return ok;
}
