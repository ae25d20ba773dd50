/* SPDX-License-Identifier: MIT */
/* The pickle machine: every opcode of protocols 0 to 5, none of them runs. */
#include "pickle.h"

#include "pickle_ops.h"

enum { PROTOCOL_MAX = 5 };

static bool protocol(pickler *m)
{
    uint64_t v;

    if (!pv_pickle_number(m, 1, &v))
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

    if (!pv_pickle_number(m, 8, &n))
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
    return pv_pickle_want(m, 1) &&
           pv_pickle_push(m, m->stack.at[m->stack.len - 1]);
}

static bool put_number(pickler *m, int size)
{
    uint64_t i;

    return pv_pickle_number(m, size, &i) && pv_pickle_put(m, i);
}

static bool get_number(pickler *m, int size)
{
    uint64_t i;

    return pv_pickle_number(m, size, &i) && pv_pickle_get(m, i);
}

static bool int_of(pickler *m, int size)
{
    uint64_t v;

    return pv_pickle_number(m, size, &v) &&
           pv_pickle_push(m, pv_py_int(m->d, (int64_t)v));
}

static bool drop_marked(pickler *m)
{
    size_t base;

    if (!pv_pickle_pop_mark(m, &base))
        return false;
    m->stack.len = base;
    return true;
}

static bool unknown(pickler *m, uint8_t op)
{
    return pv_source_fail_at(m->c->src, PV_E_FORMAT, m->at,
                             "unknown pickle opcode 0x%02x", (unsigned)op);
}

/* Opcodes with text, classes, and those that are refused. */
static bool rare_step(pickler *m, uint8_t op)
{
    switch (op) {
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

/* Everything but STOP. */
static bool step(pickler *m, uint8_t op)
{
    switch (op) {
    case 0x80: return protocol(m);
    case 0x95: return frame(m);
    case '(': return pv_pickle_mark(m);
    case '0': return pv_pickle_pop_top(m);
    case '1': return drop_marked(m);
    case '2': return duplicate(m);
    case 'N': return pv_pickle_push(m, pv_py_of(PV_PY_NONE, 0));
    case 0x88: return pv_pickle_push(m, pv_py_of(PV_PY_BOOL, 1));
    case 0x89: return pv_pickle_push(m, pv_py_of(PV_PY_BOOL, 0));
    case 'J': return pv_pickle_binint(m);
    case 'K': return int_of(m, 1);
    case 'M': return int_of(m, 2);
    case 0x8a: return pv_pickle_long1(m);
    case 0x8b: return pv_pickle_long4(m);
    case 'G': return pv_pickle_binfloat(m);
    case 'T': return pv_pickle_binstring(m);
    case 'U': return pv_pickle_string(m, 1, PV_PY_BYTES);
    case 'X': return pv_pickle_string(m, 4, PV_PY_STR);
    case 0x8c: return pv_pickle_string(m, 1, PV_PY_STR);
    case 0x8d: return pv_pickle_string(m, 8, PV_PY_STR);
    case 'B': return pv_pickle_string(m, 4, PV_PY_BYTES);
    case 'C': return pv_pickle_string(m, 1, PV_PY_BYTES);
    case 0x8e:
    case 0x96: return pv_pickle_string(m, 8, PV_PY_BYTES);
    case ']': return pv_pickle_empty(m, PV_PY_LIST);
    case 'l': return pv_pickle_gather(m, PV_PY_LIST);
    case 'a': return pv_pickle_extend_by(m, 1, PV_PY_LIST);
    case 'e': return pv_pickle_extend_marked(m, PV_PY_LIST);
    case '}': return pv_pickle_empty(m, PV_PY_DICT);
    case 'd': return pv_pickle_gather(m, PV_PY_DICT);
    case 's': return pv_pickle_extend_by(m, 2, PV_PY_DICT);
    case 'u': return pv_pickle_extend_marked(m, PV_PY_DICT);
    case ')': return pv_pickle_tuple_of(m, 0);
    case 't': return pv_pickle_tuple_marked(m);
    case 0x85: return pv_pickle_tuple_of(m, 1);
    case 0x86: return pv_pickle_tuple_of(m, 2);
    case 0x87: return pv_pickle_tuple_of(m, 3);
    case 0x8f: return pv_pickle_empty(m, PV_PY_SET);
    case 0x90: return pv_pickle_extend_marked(m, PV_PY_SET);
    case 0x91: return pv_pickle_gather(m, PV_PY_SET);
    case 'q': return put_number(m, 1);
    case 'r': return put_number(m, 4);
    case 0x94: return pv_pickle_put(m, m->memoized);
    case 'h': return get_number(m, 1);
    case 'j': return get_number(m, 4);
    default: return rare_step(m, op);
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

static bool run(pickler *m, pv_py *out)
{
    uint8_t op;

    while (m->c->pos < m->c->all.n) {
        m->at = m->c->pos++;
        op = m->c->all.p[m->at];
        if ((op == '(' || op == 'K') && m->d->places.len > 0 &&
            pv_pickle_trace(m))
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
    /* the stack is somewhere even while it is empty */
    bool ok =
        PV_VEC_GROW(&m.stack, 1) ? run(&m, out) : pv_fail_nomem(c->src->err);

    PV_VEC_DONE(&m.stack);
    PV_VEC_DONE(&m.marks);
    PV_VEC_DONE(&m.memo);
    return ok;
}
