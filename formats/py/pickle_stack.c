/* SPDX-License-Identifier: MIT */
/* The pickle machine's stack, marks and memo: what is not hot. */
#include "pickle_ops.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

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

static bool pickle_nomem(pickler *m)
{
    return pv_fail_nomem(m->c->src->err);
}

bool pv_pickle_push_slow(pickler *m, pv_py v)
{
    if (v.w == 0)
        return pv_py_refused(m->d, m->c);
    if (m->stack.len >= PV_PICKLE_STACK_MAX)
        return pv_pickle_fail(m, "more than %d values on the stack",
                              PV_PICKLE_STACK_MAX);
    if (!PV_VEC_GROW(&m->stack, 1))
        return pickle_nomem(m);
    m->stack.at[m->stack.len++] = v;
    return true;
}

bool pv_pickle_pop(pickler *m, pv_py *out)
{
    if (!pv_pickle_want(m, 1))
        return false;
    *out = m->stack.at[--m->stack.len];
    return true;
}

bool pv_pickle_mark(pickler *m)
{
    if (m->marks.len >= PV_PICKLE_DEPTH_MAX)
        return pv_pickle_fail(m, "nested deeper than %d levels",
                              PV_PICKLE_DEPTH_MAX);
    if (!PV_VEC_GROW(&m->marks, 1))
        return pickle_nomem(m);
    m->marks.at[m->marks.len++] = (uint32_t)m->stack.len;
    return true;
}

bool pv_pickle_pop_mark(pickler *m, size_t *base)
{
    if (m->marks.len == 0) {
        (void)pv_pickle_fail(m, "no MARK to go back to");
        return false;
    }
    *base = m->marks.at[--m->marks.len];
    return true;
}

bool pv_pickle_pop_top(pickler *m)
{
    size_t base;
    pv_py v;

    if (m->marks.len > 0 && m->stack.len == pv_pickle_floor(m))
        return pv_pickle_pop_mark(m, &base);
    return pv_pickle_pop(m, &v);
}

bool pv_pickle_memo_slow(pickler *m, uint64_t i)
{
    if (i > 2 * (uint64_t)m->c->pos + 16)
        return pv_pickle_fail(m, "memo index %llu out of range",
                              (unsigned long long)i);
    if (!PV_VEC_GROW(&m->memo, (size_t)i + 1 - m->memo.len))
        return pickle_nomem(m);
    memset(m->memo.at + m->memo.len, 0,
           ((size_t)i + 1 - m->memo.len) * sizeof *m->memo.at);
    m->memo.len = (size_t)i + 1;
    return true;
}
