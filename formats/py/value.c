/* SPDX-License-Identifier: MIT */
/* The pool behind Python data.
 *
 * tuple, code:      [offset << 23 | items] item...
 * list, dict, set:  [head] [count] [first chunk] [last chunk]
 * chunk:            [items] [next chunk] item...
 * object:           [head] [class] [state]
 * head:             offset << 23 | depth
 *
 * Word 0 of the pool is not used, so that 0 is no chunk.
 */
#include "value.h"

#include <math.h>
#include <string.h>

enum { OFFSET_SHIFT = 23 };
static const uint64_t offset_max = (UINT64_C(1) << 41) - 1;

_Static_assert(PV_PY_OTHER < 32, "a kind takes five bits");

void pv_py_init(pv_py_data *d, uint64_t limit)
{
    memset(d, 0, sizeof *d);
    d->limit = limit;
    pv_arena_init(&d->text, (size_t)limit);
}

void pv_py_expect(pv_py_data *d, size_t bytes)
{
    size_t words = bytes / 4; /* pstats take 2.2 bytes for one of the file */

    if (d->limit == 0 || words * sizeof(uint64_t) <= d->limit)
        (void)PV_VEC_GROW(&d->pool, words + 1);
}

void pv_py_done(pv_py_data *d)
{
    PV_VEC_DONE(&d->pool);
    PV_VEC_DONE(&d->strs);
    PV_VEC_DONE(&d->cons);
    PV_VEC_DONE(&d->places);
    PV_VEC_DONE(&d->place_slots);
    pv_arena_done(&d->text);
}

/* Bytes that would be held with room for `words` and `strs` more. */
bool pv_py_within(pv_py_data *d, size_t words, size_t strs)
{
    uint64_t bytes = (uint64_t)(d->pool.len + words) * sizeof(uint64_t) +
                     (uint64_t)(d->strs.len + strs) * sizeof(pv_str) +
                     (uint64_t)d->cons.room * sizeof(uint32_t) + d->text.used;

    d->limited = d->limit != 0 && bytes > d->limit;
    return !d->limited;
}

static bool grow_pool(pv_py_data *d, size_t words)
{
    if (!pv_py_within(d, words, 0))
        return false;
    if (d->pool.len == 0)
        words++;
    if (!PV_VEC_GROW(&d->pool, words))
        return false;
    if (d->pool.len == 0)
        d->pool.at[d->pool.len++] = 0;
    return true;
}

/* Room for `words`; 0 when there is none. */
static inline uint64_t take_pool(pv_py_data *d, size_t words)
{
    uint64_t at;

    if ((d->pool.room - d->pool.len < words || d->pool.len == 0) &&
        !grow_pool(d, words))
        return 0;
    at = d->pool.len;
    d->pool.len += words;
    return at;
}

bool pv_py_refused(const pv_py_data *d, pv_cursor *c)
{
    if (d->limited)
        return pv_source_fail_at(c->src, PV_E_LIMIT, c->pos,
                                 "the data takes more memory than the limit "
                                 "memory=%llu allows; raise it by --limits "
                                 "memory=N",
                                 (unsigned long long)d->limit);
    return pv_fail_nomem(c->src->err);
}

/* ---- making ---- */

/* `low`: the items of a tuple or the depth of any other container. */
static uint64_t head_of(uint64_t offset, uint32_t low)
{
    if (offset > offset_max)
        offset = offset_max;
    return offset << OFFSET_SHIFT | low;
}

static bool has_head(pv_py v)
{
    pv_py_kind kind = pv_py_kind_of(v);

    return kind >= PV_PY_TUPLE && kind <= PV_PY_OBJECT && kind != PV_PY_CLASS;
}

unsigned pv_py_depth_of(const pv_py_data *d, pv_py v)
{
    if (pv_py_is(v, PV_PY_TUPLE) || pv_py_is(v, PV_PY_CODE))
        return (unsigned)(v.w >> 5) & PV_PY_DEPTH_MAX;
    if (pv_py_is(v, PV_PY_TRACE))
        return 3;
    return has_head(v)
               ? (unsigned)(d->pool.at[pv_py_payload(v)] & PV_PY_TUPLE_MAX)
               : 0;
}

unsigned pv_py_deepest(const pv_py_data *d, const pv_py *items, size_t n)
{
    unsigned depth = 0;

    for (size_t i = 0; i < n; i++) {
        unsigned below = pv_py_depth(d, items[i]);

        if (below > depth)
            depth = below;
    }
    return depth;
}

pv_py pv_py_long(pv_py_data *d, int64_t v)
{
    uint64_t at = take_pool(d, 1);

    if (at == 0)
        return (pv_py){0};
    d->pool.at[at] = (uint64_t)v;
    return pv_py_of(PV_PY_LONG, at);
}

pv_py pv_py_float(pv_py_data *d, double v)
{
    uint64_t at = take_pool(d, 1);

    if (at == 0)
        return (pv_py){0};
    memcpy(&d->pool.at[at], &v, sizeof v);
    return pv_py_of(PV_PY_FLOAT, at);
}

pv_py pv_py_text(pv_py_data *d, pv_py_kind kind, pv_str s)
{
    if (!pv_py_within(d, 0, 1) || !PV_VEC_GROW(&d->strs, 1))
        return (pv_py){0};
    d->strs.at[d->strs.len] = s;
    return pv_py_of(kind, d->strs.len++);
}

pv_py pv_py_tuple(pv_py_data *d, pv_py_kind kind, const pv_py *items,
                  uint32_t n, uint64_t offset)
{
    uint64_t at = take_pool(d, (size_t)n + 1);
    unsigned depth;

    if (at == 0)
        return (pv_py){0};
    depth = 1 + pv_py_deepest(d, items, n);
    if (depth > PV_PY_DEPTH_MAX)
        depth = PV_PY_DEPTH_MAX;
    d->pool.at[at] = head_of(offset, n);
    for (uint32_t i = 0; i < n; i++)
        d->pool.at[at + 1 + i] = items[i].w;
    return (pv_py){at << 12 | (uint64_t)depth << 5 | (uint64_t)kind};
}

pv_py pv_py_container(pv_py_data *d, pv_py_kind kind, uint64_t offset)
{
    uint64_t at = take_pool(d, 4);

    if (at == 0)
        return (pv_py){0};
    d->pool.at[at] = head_of(offset, 1);
    d->pool.at[at + 1] = d->pool.at[at + 2] = d->pool.at[at + 3] = 0;
    return pv_py_of(kind, at);
}

bool pv_py_extend(pv_py_data *d, pv_py container, const pv_py *items, size_t n)
{
    uint64_t at = pv_py_payload(container);
    unsigned depth = 1 + pv_py_deepest(d, items, n);
    uint64_t chunk;

    if (n == 0)
        return true;
    chunk = take_pool(d, n + 2);
    if (chunk == 0)
        return false;
    d->pool.at[chunk] = n;
    d->pool.at[chunk + 1] = 0;
    memcpy(&d->pool.at[chunk + 2], items, n * sizeof *items);
    if (depth > pv_py_depth(d, container))
        d->pool.at[at] = head_of(d->pool.at[at] >> OFFSET_SHIFT, depth);
    d->pool.at[at + 1] += n;
    if (d->pool.at[at + 3] != 0)
        d->pool.at[d->pool.at[at + 3] + 1] = chunk;
    else
        d->pool.at[at + 2] = chunk;
    d->pool.at[at + 3] = chunk;
    return true;
}

pv_py pv_py_object(pv_py_data *d, unsigned klass, uint64_t offset)
{
    uint64_t at = take_pool(d, 3);

    if (at == 0)
        return (pv_py){0};
    d->pool.at[at] = head_of(offset, 1);
    d->pool.at[at + 1] = klass;
    d->pool.at[at + 2] = 0;
    return pv_py_of(PV_PY_OBJECT, at);
}

void pv_py_set_state(pv_py_data *d, pv_py object, pv_py state)
{
    uint64_t at = pv_py_payload(object);

    d->pool.at[at] =
        head_of(d->pool.at[at] >> OFFSET_SHIFT, 1 + pv_py_depth(d, state));
    d->pool.at[at + 2] = state.w;
}

/* ---- reading ---- */

uint64_t pv_py_offset(const pv_py_data *d, pv_py v, uint64_t otherwise)
{
    return has_head(v) ? d->pool.at[pv_py_payload(v)] >> OFFSET_SHIFT
                       : otherwise;
}

bool pv_py_get_number(const pv_py_data *d, pv_py v, double *out)
{
    int64_t i;

    if (pv_py_is(v, PV_PY_FLOAT)) {
        memcpy(out, &d->pool.at[pv_py_payload(v)], sizeof *out);
        return true;
    }
    if (pv_py_is(v, PV_PY_WIDE))
        *out = pv_py_payload(v) ? -HUGE_VAL : HUGE_VAL;
    else if (pv_py_get_int(d, v, &i))
        *out = (double)i;
    else
        return false;
    return true;
}

bool pv_py_get_text(const pv_py_data *d, pv_py v, pv_str *out)
{
    if (!pv_py_is(v, PV_PY_STR) && !pv_py_is(v, PV_PY_BYTES))
        return false;
    *out = d->strs.at[pv_py_payload(v)];
    return true;
}

unsigned pv_py_class(const pv_py_data *d, pv_py object)
{
    return (unsigned)d->pool.at[pv_py_payload(object) + 1];
}

pv_py pv_py_state(const pv_py_data *d, pv_py object)
{
    return (pv_py){d->pool.at[pv_py_payload(object) + 2]};
}

void pv_py_walk_init(const pv_py_data *d, pv_py container, pv_py_walk *w)
{
    w->at = w->end = NULL;
    w->next = d->pool.at[pv_py_payload(container) + 2];
}

bool pv_py_walk_chunk(const pv_py_data *d, pv_py_walk *w)
{
    const uint64_t *chunk;

    if (w->next == 0)
        return false;
    chunk = &d->pool.at[w->next];
    w->at = chunk + 2;
    w->end = w->at + chunk[0];
    w->next = chunk[1];
    return true;
}

pv_py pv_py_find(const pv_py_data *d, pv_py dict, pv_str key)
{
    pv_py found = {0}, k, v;
    pv_py_walk w;
    pv_str text;

    pv_py_walk_init(d, dict, &w);
    while (pv_py_walk_next(d, &w, &k) && pv_py_walk_next(d, &w, &v))
        if (pv_py_get_text(d, k, &text) && pv_str_equal(text, key))
            found = v;
    return found;
}

bool pv_py_hashable(pv_py v)
{
    return !pv_py_is(v, PV_PY_LIST) && !pv_py_is(v, PV_PY_DICT) &&
           !pv_py_is(v, PV_PY_SET);
}

const char *pv_py_kind_name(pv_py v)
{
    switch (pv_py_kind_of(v)) {
    case PV_PY_UNSET: return "nothing";
    case PV_PY_UNDONE: return "an unfinished object";
    case PV_PY_NONE: return "None";
    case PV_PY_BOOL: return "a bool";
    case PV_PY_INT:
    case PV_PY_LONG:
    case PV_PY_WIDE: return "an int";
    case PV_PY_FLOAT: return "a float";
    case PV_PY_BYTES: return "a bytes";
    case PV_PY_STR: return "a str";
    case PV_PY_TUPLE:
    case PV_PY_TRACE:
    case PV_PY_PLACED: return "a tuple";
    case PV_PY_LIST: return "a list";
    case PV_PY_DICT: return "a dict";
    case PV_PY_SET: return "a set";
    case PV_PY_CODE: return "a code object";
    case PV_PY_CLASS: return "a class";
    case PV_PY_OBJECT: return "an object";
    case PV_PY_OTHER: return "another object";
    }
    return "?";
}
