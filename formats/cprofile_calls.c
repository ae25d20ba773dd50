/* SPDX-License-Identifier: MIT */
/* What printed callers and callees come to: calls, each once, and the costs
 * of functions that no table of functions lists. */
#include "cprofile_text.h"

#include "mem.h"

enum { LISTED = 1, CALLED = 2, STATED = 4 };

typedef struct sums {
    pv_builder *b;
    const cprofile_metrics *m;
    uint8_t *known; /* by function */
} sums;

static void cost_call(const sums *s, uint32_t row, const cprofile_edge *e)
{
    pv_cost_call_row(s->b, row, s->m->calls, e->nc);
    pv_cost_call_row(s->b, row, s->m->primitive, e->cc);
    if (!e->with_times)
        return;
    pv_cost_call_row(s->b, row, s->m->time, e->tt);
    pv_cost_call_row(s->b, row, s->m->total, e->ct);
}

/* Of each row of calls the edges that it came from, the last first: index + 1,
 * and of each edge the one before. */
typedef struct origins {
    PV_VEC(size_t) last;
    size_t *before;
} origins;

static bool same_row(const cprofile_edge *a, const cprofile_edge *b)
{
    return a->nc == b->nc && a->cc == b->cc && a->tt == b->tt &&
           (a->ct == b->ct || (!a->with_times && a->callees != b->callees));
}

/* Has an earlier table the very same line? */
static bool is_known(const cprofile_edges *t, const origins *o, uint32_t row,
                     const cprofile_edge *e)
{
    for (size_t i = o->last.at[row]; i; i = o->before[i - 1])
        if (same_row(&t->at.at[i - 1], e))
            return true;
    return false;
}

static bool note_origin(origins *o, uint32_t row, size_t edge)
{
    if (row >= o->last.len) {
        if (!PV_VEC_GROW(&o->last, row + 1 - o->last.len))
            return false;
        memset(o->last.at + o->last.len, 0,
               (row + 1 - o->last.len) * sizeof *o->last.at);
        o->last.len = row + 1;
    }
    o->before[edge] = o->last.at[row];
    o->last.at[row] = edge + 1;
    return true;
}

/* Do the rows `from` to `to`, a table, tell of another run?  All that earlier
 * tables list, too, is then not all the same. */
static bool is_another_run(const cprofile_edges *t, pv_builder *b,
                           const origins *o, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        const cprofile_edge *e = &t->at.at[i];
        uint32_t row = pv_build_call(b, e->caller, e->callee);

        if (row < o->last.len && o->last.at[row] && !is_known(t, o, row, e))
            return true;
    }
    return false;
}

/* A call that nothing more is said of than before is left out. */
static bool build_table(cprofile_edges *t, const sums *s, origins *o,
                        size_t from, size_t to)
{
    bool another = is_another_run(t, s->b, o, from, to);

    t->runs += another;
    for (size_t i = from; i < to; i++) {
        cprofile_edge *e = &t->at.at[i];
        uint32_t row = pv_build_call(s->b, e->caller, e->callee);

        e->again = !another && row < o->last.len && o->last.at[row];
        if (!e->again)
            cost_call(s, row, e);
    }
    for (size_t i = from; i < to; i++) {
        const cprofile_edge *e = &t->at.at[i];

        if (!note_origin(o, pv_build_call(s->b, e->caller, e->callee), i))
            return false;
    }
    return true;
}

/* The same call may stand in a table of callers, in one of callees and in
 * one of few functions: all of one profile. */
static bool build_calls(cprofile_edges *t, const sums *s)
{
    origins o = {.before = pv_mem_alloc(t->at.len, sizeof *o.before)};
    bool ok = o.before;

    t->runs = 1;
    for (size_t from = 0, to; ok && from < t->at.len; from = to) {
        to = from + 1;
        while (to < t->at.len && t->at.at[to].table == t->at.at[from].table)
            to++;
        ok = build_table(t, s, &o, from, to);
    }
    pv_mem_free(o.before);
    PV_VEC_DONE(&o.last);
    return ok;
}

static void know(const sums *s, pv_fn fn, uint8_t what)
{
    s->known[fn.i] |= what;
}

/* A function's total as a table without times has it, once. */
static void cost_stated(const sums *s, pv_fn fn, int64_t total)
{
    if (s->known[fn.i] & (LISTED | STATED))
        return;
    know(s, fn, STATED);
    pv_cost_function(s->b, fn, s->m->total, total);
}

/* Calls from itself are no primitive ones, and within its own total.  Of
 * what nobody is said to have called, the total is that of what it called. */
static void cost_functions(const sums *s, const cprofile_edge *e)
{
    bool itself = e->caller.i == e->callee.i;

    if (e->again)
        return;
    if (!e->with_times)
        cost_stated(s, e->callees ? e->callee : e->caller, e->ct);
    else if (!itself && !(s->known[e->caller.i] & (LISTED | CALLED)))
        pv_cost_function(s->b, e->caller, s->m->total, e->ct);
    if (s->known[e->callee.i] & LISTED)
        return;
    pv_cost_function(s->b, e->callee, s->m->calls, e->nc);
    pv_cost_function(s->b, e->callee, s->m->primitive, itself ? 0 : e->cc);
    if (!e->with_times)
        return;
    pv_cost_function(s->b, e->callee, s->m->time, e->tt);
    pv_cost_function(s->b, e->callee, s->m->total, itself ? 0 : e->ct);
}

static uint32_t highest(const cprofile_edges *t, size_t listed)
{
    uint32_t most = (uint32_t)listed;

    for (size_t i = 0; i < t->at.len; i++) {
        const cprofile_edge *e = &t->at.at[i];

        most = e->caller.i > most ? e->caller.i : most;
        most = e->callee.i > most ? e->callee.i : most;
    }
    return most;
}

bool cprofile_edges_build(cprofile_edges *t, pv_builder *b,
                          const cprofile_metrics *m, const bool *listed,
                          size_t listed_len)
{
    sums s = {b, m, pv_mem_alloc(highest(t, listed_len) + 1, 1)};
    bool ok;

    if (!s.known)
        return false;
    for (size_t i = 0; i < listed_len; i++)
        s.known[i] = listed[i] ? LISTED : 0;
    ok = build_calls(t, &s);
    for (size_t i = 0; i < t->at.len; i++)
        if (t->at.at[i].with_times)
            know(&s, t->at.at[i].callee, CALLED);
    for (size_t i = 0; i < t->at.len; i++)
        cost_functions(&s, &t->at.at[i]);
    pv_mem_free(s.known);
    return ok;
}
