/* SPDX-License-Identifier: MIT */
/* A snapshot's traces, one at a time instead of opcode by opcode. */
#include "pickle_ops.h"

#include "ahead.h"
#include "trace.h"

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
        *out = (int32_t)pv_pickle_little(*p + 1, 4);
        *p += 5;
        return true;
    default: return false;
    }
}

static inline bool peek_get(const pickler *m, const uint8_t **p, size_t *out)
{
    if (**p == 'j') {
        *out = (size_t)pv_pickle_little(*p + 1, 4);
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
    p->traceback = pv_pickle_remembered(m, i);
    if (!pv_py_is(p->traceback, PV_PY_TUPLE) ||
        pv_py_depth(m->d, p->traceback) != 2)
        return UINT32_MAX;
    place = pv_py_place_of(m->d, p);
    if (place != UINT32_MAX)
        m->memo.at[i] = pv_py_placed(place, p);
    return place;
}

/* Tracebacks are remembered at random places of a large memo: asks for those
 * of some traces to come.  What only looks like a trace does no harm. */
static void look_ahead(pickler *m)
{
    enum { REACH = 256, LONGEST = 32, TRIES = 3 };
    size_t end = m->c->pos + REACH;

    if (m->c->all.n < REACH + LONGEST || end > m->c->all.n - LONGEST)
        return;
    if (m->ahead < m->c->pos)
        m->ahead = m->c->pos;
    for (int i = 0; i < TRIES && m->ahead < end; i++) {
        const uint8_t *at = m->c->all.p + m->ahead, *p = at;
        int64_t domain, size; /* only passed over */
        size_t known;

        p += *p == '(';
        if (!peek_int(&p, &domain) || !peek_int(&p, &size) ||
            !peek_get(m, &p, &known)) {
            m->ahead++;
            continue;
        }
        pv_ahead(&m->memo.at[known]);
        m->ahead += (size_t)(p - at) + (*at == '(' ? 4 : 2);
    }
}

/* (domain, size, known traceback[, frames]) and MEMOIZE, as millions of times
 * in a snapshot: does what these opcodes do one by one, or nothing at all. */
bool pv_pickle_trace(pickler *m)
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
    if (!pv_py_trace_fits(number, size) ||
        m->stack.len >= PV_PICKLE_STACK_MAX || !PV_VEC_GROW(&m->stack, 1) ||
        !PV_VEC_GROW(&m->memo, 1))
        return false;
    m->c->pos = (size_t)(p - m->c->all.p);
    look_ahead(m);
    m->stack.at[m->stack.len++] = pv_py_trace_of(number, size);
    return pv_pickle_put(m, m->memoized);
}
