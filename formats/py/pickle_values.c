/* SPDX-License-Identifier: MIT */
/* Pickle's opcodes that make numbers, strings and containers. */
#include "pickle_ops.h"

#include <string.h>

#include "py_text.h"
#include "trace.h"

/* ---- numbers and strings ---- */

/* A little-endian length or index of `size` bytes. */
bool pv_pickle_number(pickler *m, int size, uint64_t *out)
{
    const uint8_t *p;

    if (!pv_pickle_take(m, (size_t)size, &p))
        return false;
    *out = pv_pickle_little(p, size);
    return true;
}

bool pv_pickle_binint(pickler *m)
{
    uint64_t v;

    return pv_pickle_number(m, 4, &v) &&
           pv_pickle_push(m, pv_py_int(m->d, (int32_t)v));
}

bool pv_pickle_binfloat(pickler *m)
{
    const uint8_t *p;
    uint64_t bits = 0;
    double v;

    if (!pv_pickle_take(m, 8, &p))
        return false;
    for (int i = 0; i < 8; i++)
        bits = bits << 8 | p[i];
    memcpy(&v, &bits, sizeof v);
    return pv_pickle_push(m, pv_py_float(m->d, v));
}

/* A string whose length takes `size` bytes. */
bool pv_pickle_string(pickler *m, int size, pv_py_kind kind)
{
    const uint8_t *p;
    uint64_t n;
    pv_str text;

    if (!pv_pickle_number(m, size, &n))
        return false;
    if (n > pv_cursor_left(m->c))
        return pv_pickle_fail(m, "%llu bytes announced, %zu left; truncated?",
                              (unsigned long long)n, pv_cursor_left(m->c));
    if (!pv_pickle_take(m, (size_t)n, &p))
        return false;
    text = (pv_str){(const char *)p, (size_t)n};
    if (kind == PV_PY_STR && !pv_py_utf8(text))
        return pv_pickle_fail(m, "'%s' is not UTF-8", PV_QUOTE(text));
    return pv_pickle_push(m, pv_py_text(m->d, kind, text));
}

/* BINSTRING and LONG4 have signed lengths. */
static bool signed_size(pickler *m, size_t *out)
{
    uint64_t v;

    if (!pv_pickle_number(m, 4, &v))
        return false;
    if ((int32_t)v < 0) {
        (void)pv_pickle_fail(m, "length %ld", (long)(int32_t)v);
        return false;
    }
    *out = (size_t)v;
    return true;
}

bool pv_pickle_binstring(pickler *m)
{
    const uint8_t *p;
    size_t n;

    return signed_size(m, &n) && pv_pickle_take(m, n, &p) &&
           pv_pickle_push(
               m, pv_py_text(m->d, PV_PY_BYTES, (pv_str){(const char *)p, n}));
}

bool pv_pickle_long1(pickler *m)
{
    uint64_t n;

    return pv_pickle_number(m, 1, &n) && pv_pickle_long(m, (size_t)n);
}

bool pv_pickle_long4(pickler *m)
{
    size_t n;

    return signed_size(m, &n) && pv_pickle_long(m, n);
}

/* ---- containers ---- */

static bool too_deep(pickler *m)
{
    return pv_pickle_fail(m, "nested deeper than %d levels",
                          PV_PICKLE_DEPTH_MAX);
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
    if (v.w != 0 && pv_py_depth(m->d, v) > PV_PICKLE_DEPTH_MAX)
        return too_deep(m);
    return pv_pickle_push(m, v);
}

bool pv_pickle_tuple_of(pickler *m, size_t n)
{
    return pv_pickle_want(m, n) && tuple(m, m->stack.len - n);
}

bool pv_pickle_tuple_marked(pickler *m)
{
    size_t base;

    return pv_pickle_pop_mark(m, &base) && tuple(m, base);
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

    if (base <= pv_pickle_floor(m))
        return pv_pickle_want(m, m->stack.len - pv_pickle_floor(m) + 1);
    target = m->stack.at[base - 1];
    if (!pv_py_is(target, kind))
        return pv_pickle_fail(m, "the target is %s", pv_py_kind_name(target));
    if (kind == PV_PY_DICT && !keys_fit(m, base))
        return false;
    if (!pv_py_extend(m->d, target, m->stack.at + base, m->stack.len - base))
        return pv_py_refused(m->d, m->c);
    m->stack.len = base;
    return pv_py_depth(m->d, target) <= PV_PICKLE_DEPTH_MAX || too_deep(m);
}

bool pv_pickle_extend_by(pickler *m, size_t n, pv_py_kind kind)
{
    return pv_pickle_want(m, n + 1) && extend(m, m->stack.len - n, kind);
}

bool pv_pickle_extend_marked(pickler *m, pv_py_kind kind)
{
    size_t base;

    return pv_pickle_pop_mark(m, &base) && extend(m, base, kind);
}

bool pv_pickle_empty(pickler *m, pv_py_kind kind)
{
    return pv_pickle_push(m, pv_py_container(m->d, kind, m->at));
}

/* LIST, DICT and FROZENSET: a new container of all above the mark. */
bool pv_pickle_gather(pickler *m, pv_py_kind kind)
{
    size_t base;
    pv_py v;

    if (!pv_pickle_pop_mark(m, &base))
        return false;
    if (kind == PV_PY_DICT && !keys_fit(m, base))
        return false;
    v = pv_py_container(m->d, kind, m->at);
    if (v.w == 0 ||
        !pv_py_extend(m->d, v, m->stack.at + base, m->stack.len - base))
        return pv_py_refused(m->d, m->c);
    m->stack.len = base;
    if (pv_py_depth(m->d, v) > PV_PICKLE_DEPTH_MAX)
        return too_deep(m);
    return pv_pickle_push(m, v);
}
