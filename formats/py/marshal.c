/* SPDX-License-Identifier: MIT */
/* The marshal machine: a stack of values and one of unfinished containers.
 *
 * A container takes its reference before its children are read and may only be
 * referred to when it is done.  Announced sizes are checked against the bytes
 * left; nothing is allocated for them.
 */
#include "marshal.h"

#include "marshal_code.h"

enum { DEPTH_MAX = 200 };

/* ---- references ---- */

static pv_py read_string_ref(machine *m, size_t at)
{
    int32_t i;

    if (!pv_marshal_i32(m, "a string reference", &i))
        return (pv_py){0};
    if (i >= 0 && (size_t)i < m->strings.len)
        return m->strings.at[i];
    (void)pv_source_fail_at(m->c->src, PV_E_FORMAT, at,
                            "string reference #%ld but only %zu so far",
                            (long)i, m->strings.len);
    return (pv_py){0};
}

static pv_py read_ref(machine *m, size_t at)
{
    int32_t i;

    if (!pv_marshal_i32(m, "a reference", &i))
        return (pv_py){0};
    if (i < 0 || (size_t)i >= m->refs.len)
        (void)pv_source_fail_at(m->c->src, PV_E_FORMAT, at,
                                "reference #%ld but only %zu object%s so far",
                                (long)i, m->refs.len,
                                m->refs.len == 1 ? "" : "s");
    else if (pv_py_is(m->refs.at[i], PV_PY_UNDONE))
        (void)pv_source_fail_at(m->c->src, PV_E_FORMAT, at,
                                "reference #%ld to an object that is not "
                                "complete",
                                (long)i);
    else
        return m->refs.at[i];
    return (pv_py){0};
}

static bool add_ref(machine *m, pv_py v)
{
    if (!PV_VEC_GROW(&m->refs, 1))
        return pv_fail_nomem(m->c->src->err);
    m->refs.at[m->refs.len++] = v;
    return true;
}

/* ---- containers ---- */

static const char *container_name(uint8_t type)
{
    switch (type) {
    case '(':
    case ')': return "tuple";
    case '[': return "list";
    case '<':
    case '>': return "set";
    case 'c': return "code object";
    default: return "dict";
    }
}

static bool open_container(machine *m, uint8_t type, bool flag, size_t at,
                           uint32_t need)
{
    unfinished *f;

    if (m->open.len >= DEPTH_MAX)
        return pv_source_fail_at(m->c->src, PV_E_FORMAT, at,
                                 "nested deeper than %d levels", DEPTH_MAX);
    if (need > pv_cursor_left(m->c) || need > PV_PY_TUPLE_MAX)
        return pv_source_fail_at(
            m->c->src, PV_E_FORMAT, at, "%s of %lu items but %zu bytes left",
            container_name(type), (unsigned long)need, pv_cursor_left(m->c));
    if (!PV_VEC_GROW(&m->open, 1))
        return pv_fail_nomem(m->c->src->err);
    f = &m->open.at[m->open.len++];
    *f = (unfinished){.type = type,
                      .need = need,
                      .ref = NO_REF,
                      .base = m->stack.len,
                      .offset = at};
    if (!flag)
        return true;
    f->ref = m->refs.len;
    return add_ref(m, pv_py_of(PV_PY_UNDONE, 0));
}

static bool open_sized(machine *m, uint8_t type, bool flag, size_t at)
{
    const uint8_t *p;
    int32_t n;

    if (type == ')') {
        if (!pv_marshal_take(m, 1, "a tuple", &p))
            return false;
        return open_container(m, type, flag, at, *p);
    }
    if (!pv_marshal_i32(m, "the size of a container", &n))
        return false;
    if (n < 0)
        return pv_source_fail_at(m->c->src, PV_E_FORMAT, at, "%s of %ld items",
                                 container_name(type), (long)n);
    return open_container(m, type, flag, at, (uint32_t)n);
}

/* Does the container hold all its parts?  A dict is closed by its NULL. */
static bool complete(const machine *m, const unfinished *f)
{
    switch (f->type) {
    case '{':
    case '}': return f->done;
    case 'c': return pv_marshal_code_complete(m, f);
    default: return m->stack.len - f->base == f->need;
    }
}

static pv_py filled(machine *m, pv_py_kind kind, const unfinished *f)
{
    pv_py v = pv_py_container(m->d, kind, f->offset);

    if (v.w != 0 &&
        !pv_py_extend(m->d, v, m->stack.at + f->base, m->stack.len - f->base))
        v.w = 0;
    return v;
}

static pv_py finished(machine *m, const unfinished *f)
{
    const pv_py *items = m->stack.at + f->base;

    switch (f->type) {
    case '(':
    case ')': return pv_py_tuple(m->d, PV_PY_TUPLE, items, f->need, f->offset);
    case '[': return filled(m, PV_PY_LIST, f);
    case '{':
    case '}': return filled(m, PV_PY_DICT, f);
    case '<':
    case '>': return filled(m, PV_PY_SET, f);
    case 'c': return pv_marshal_code_value(m, f);
    default: return pv_py_of(PV_PY_OTHER, 0);
    }
}

static bool push(machine *m, pv_py v)
{
    if (!PV_VEC_GROW(&m->stack, 1))
        return pv_fail_nomem(m->c->src->err);
    m->stack.at[m->stack.len++] = v;
    return true;
}

/* The value on top became part of `f`. */
static bool part_fits(machine *m, unfinished *f)
{
    pv_py v = m->stack.at[m->stack.len - 1];

    if (f->type == 'c')
        return pv_marshal_code_field(m, f);
    if ((f->type != '{' && f->type != '}') || pv_py_hashable(v) ||
        (m->stack.len - f->base) % 2 == 0)
        return true;
    return pv_source_fail_at(m->c->src, PV_E_FORMAT,
                             pv_py_offset(m->d, v, m->c->pos),
                             "%s cannot be a dict key", pv_py_kind_name(v));
}

/* A value is complete, and so may be what it stands in. */
static bool accept(machine *m, pv_py v)
{
    if (!push(m, v))
        return false;
    while (m->open.len > 0) {
        unfinished *f = &m->open.at[m->open.len - 1];

        if (!part_fits(m, f))
            return false;
        if (!complete(m, f))
            return true;
        v = finished(m, f);
        if (v.w == 0)
            return pv_py_refused(m->d, m->c);
        if (f->ref != NO_REF)
            m->refs.at[f->ref] = v;
        m->stack.len = f->base;
        if (f->type == 'c')
            pv_marshal_code_done(m);
        m->open.len--;
        if (!push(m, v))
            return false;
    }
    return true;
}

/* NULL ends a dict where a key could stand, and is nothing else. */
static bool accept_null(machine *m, size_t at)
{
    unfinished *f = m->open.len ? &m->open.at[m->open.len - 1] : NULL;
    pv_py v;

    if (!f || (f->type != '{' && f->type != '}'))
        return pv_source_fail_at(m->c->src, PV_E_FORMAT, at,
                                 "NULL where a value should be");
    if ((m->stack.len - f->base) % 2 != 0)
        return pv_source_fail_at(m->c->src, PV_E_FORMAT, at,
                                 "dict ends after a key without its value");
    f->done = true;
    v = finished(m, f);
    if (v.w == 0)
        return pv_py_refused(m->d, m->c);
    if (f->ref != NO_REF)
        m->refs.at[f->ref] = v;
    m->stack.len = f->base;
    m->open.len--;
    return accept(m, v);
}

/* ---- the machine ---- */

static bool unknown_type(machine *m, uint8_t byte, size_t at)
{
    if (byte == '?')
        return pv_source_fail_at(m->c->src, PV_E_FORMAT, at,
                                 "'?': an object that Python could not write");
    return pv_source_fail_at(m->c->src, PV_E_FORMAT, at,
                             "unknown marshal type 0x%02x", (unsigned)byte);
}

/* One type byte and what follows it. */
static bool step(machine *m)
{
    size_t at = m->c->pos;
    const uint8_t *p;
    bool flag;
    uint8_t type;
    pv_py v;

    if (!pv_marshal_take(m, 1, "an object", &p))
        return false;
    flag = (*p & 0x80) != 0;
    type = *p & 0x7f;
    switch (type) {
    case '0': return accept_null(m, at);
    case 'N': return accept(m, pv_py_of(PV_PY_NONE, 0));
    case 'F': return accept(m, pv_py_of(PV_PY_BOOL, 0));
    case 'T': return accept(m, pv_py_of(PV_PY_BOOL, 1));
    case '.':
    case 'S': return accept(m, pv_py_of(PV_PY_OTHER, 0));
    case 'i': v = pv_marshal_int(m); break;
    case 'I': v = pv_marshal_int64(m); break;
    case 'l': v = pv_marshal_long(m, at); break;
    case 'f': v = pv_marshal_float(m, true); break;
    case 'g': v = pv_marshal_float(m, false); break;
    case 'x': v = pv_marshal_complex(m, true); break;
    case 'y': v = pv_marshal_complex(m, false); break;
    case 's': v = pv_marshal_string(m, PV_PY_BYTES, false, at); break;
    case 't': v = pv_marshal_interned(m, flag, at); break;
    case 'u': v = pv_marshal_unicode(m, at); break;
    case 'a':
    case 'A': v = pv_marshal_ascii(m, false, at); break;
    case 'z':
    case 'Z': v = pv_marshal_ascii(m, true, at); break;
    case 'R':
        v = read_string_ref(m, at);
        flag = false;
        break;
    case 'r':
        v = read_ref(m, at);
        flag = false;
        break;
    case '(':
    case ')':
    case '[':
    case '<':
    case '>':
        return open_sized(m, type, flag, at) &&
               (m->open.at[m->open.len - 1].need > 0 || pv_marshal_empty(m));
    case '{':
    case '}': return open_container(m, type, flag, at, 0);
    case ':': return open_container(m, type, flag, at, 3);
    case 'c':
        return open_container(m, type, flag, at, 0) && pv_marshal_code_open(m);
    default: return unknown_type(m, *p, at);
    }
    return v.w != 0 && (!flag || add_ref(m, v)) && accept(m, v);
}

/* The container on top has no items: it is complete as it is. */
bool pv_marshal_empty(machine *m)
{
    unfinished f = m->open.at[--m->open.len];
    pv_py v = finished(m, &f);

    if (v.w == 0)
        return pv_py_refused(m->d, m->c);
    if (f.ref != NO_REF)
        m->refs.at[f.ref] = v;
    return accept(m, v);
}

static bool run(machine *m, pv_py *out)
{
    bool ok = true;

    do {
        ok = step(m) || pv_marshal_code_retry(m);
    } while (ok && (m->open.len > 0 || m->stack.len == 0));
    if (ok)
        *out = m->stack.at[0];
    pv_marshal_code_end(m);
    return ok;
}

bool pv_marshal_read(pv_cursor *c, pv_py_data *d, pv_py *out)
{
    machine m = {.c = c, .d = d};
    bool ok;

    pv_py_expect(d, pv_cursor_left(c));
    /* the stack is somewhere even while it is empty */
    ok = PV_VEC_GROW(&m.stack, 1) ? run(&m, out) : pv_fail_nomem(c->src->err);
    PV_VEC_DONE(&m.stack);
    PV_VEC_DONE(&m.open);
    PV_VEC_DONE(&m.refs);
    PV_VEC_DONE(&m.strings);
    return ok;
}
