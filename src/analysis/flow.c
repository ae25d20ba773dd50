/* SPDX-License-Identifier: MIT */
/* Who called whom for how long, out of a caller table. */
#include "flow.h"

#include <stdlib.h>

#include "mem.h"

bool pv_flow_partners(const pv_profile *p, uint32_t self, uint32_t total)
{
    pv_str a = pv_profile_text(p, p->metrics.at[self].name);
    pv_str b = pv_profile_text(p, p->metrics.at[total].name);

    if (!p->metrics.at[total].inclusive ||
        p->metrics.at[self].unit != p->metrics.at[total].unit)
        return false;
    if (pv_str_starts(b, PV_STR("total_")) && !pv_str_equal(a, b))
        b = pv_str_slice(b, 6, b.n);
    return pv_str_equal(a, b);
}

/* The main metric and its inclusive one, else the first such pair. */
static bool find_metrics(pv_flow *f)
{
    const pv_profile *p = f->p;

    for (uint32_t i = 0; i <= p->metrics.len; i++) {
        uint32_t self = i ? i - 1 : p->metrics.main;

        if (self >= p->metrics.len || p->metrics.at[self].inclusive)
            continue;
        for (uint32_t k = 0; k < p->metrics.len; k++) {
            if (pv_flow_partners(p, self, k)) {
                f->self = self;
                f->total = k;
                return true;
            }
        }
    }
    return false;
}

static uint64_t positive(int64_t v)
{
    return v > 0 ? (uint64_t)v : 0;
}

static uint64_t function_value(const pv_flow *f, uint32_t fn, uint32_t metric)
{
    return positive(
        f->p->functions.cost[(size_t)fn * f->p->metrics.len + metric]);
}

static uint64_t call_value(const pv_flow *f, uint32_t call, uint32_t metric)
{
    return f->p->calls.cost
               ? positive(f->p->calls
                              .cost[(size_t)call * f->p->metrics.len + metric])
               : 0;
}

/* How often: the first metric of the calls that is a count and has values. */
static uint32_t count_metric(const pv_flow *f)
{
    for (uint32_t m = 0; m < f->p->metrics.len; m++) {
        if (f->p->metrics.at[m].unit != PV_COUNT)
            continue;
        for (uint32_t c = 0; c < f->p->calls.len; c++)
            if (call_value(f, c, m))
                return m;
    }
    return f->self;
}

static uint64_t add(uint64_t a, uint64_t b)
{
    return a > UINT64_MAX - b ? UINT64_MAX : a + b;
}

static uint64_t minus(uint64_t a, uint64_t b)
{
    return a > b ? a - b : 0;
}

__extension__ typedef unsigned __int128 wide;

static uint64_t share(uint64_t all, uint64_t part, uint64_t of)
{
    return of ? (uint64_t)((wide)all * (part < of ? part : of) / of) : 0;
}

/* ---- edges ------------------------------------------------------------------ */

static bool load_edges(pv_flow *f, pv_arena *a)
{
    const pv_profile *p = f->p;

    f->edge = PV_NEW_N(a, pv_flow_edge, (size_t)p->calls.len + 1);
    if (!f->edge)
        return false;
    for (uint32_t c = 0; c < p->calls.len; c++) {
        uint32_t from = p->calls.at[c].caller.i, to = p->calls.at[c].callee.i;
        uint64_t self = call_value(f, c, f->self);

        f->timed = f->timed || call_value(f, c, f->total) != 0;
        if (from == to) {
            f->fn[to].into_cycle = add(f->fn[to].into_cycle, self);
            continue;
        }
        f->edge[f->edges++] = (pv_flow_edge){
            .from = from,
            .to = to,
            .call = c,
            .total = call_value(f, c, f->total),
            .self = self,
        };
        f->fn[to].callers++;
    }
    return true;
}

static int by_caller(const void *x, const void *y)
{
    const pv_flow_edge *a = x, *b = y;

    if (a->from != b->from)
        return a->from < b->from ? -1 : 1;
    if (a->total != b->total)
        return a->total > b->total ? -1 : 1;
    return (a->to > b->to) - (a->to < b->to);
}

static void sort_edges(pv_flow *f)
{
    qsort(f->edge, f->edges, sizeof *f->edge, by_caller);
    for (uint32_t i = 0; i < f->p->functions.len; i++)
        f->fn[i].out_len = 0;
    for (uint32_t e = 0; e < f->edges; e++) {
        pv_flow_fn *from = &f->fn[f->edge[e].from];

        if (!from->out_len++)
            from->out = e;
    }
}

/* ---- what came from where ------------------------------------------------------ */

/* Sums over the in-edges of each function. */
typedef struct incoming {
    uint64_t total, self, outside, count;
} incoming;

static void sum_incoming(const pv_flow *f, incoming *in, uint32_t count)
{
    for (uint32_t c = 0; c < f->p->calls.len; c++) {
        uint32_t to = f->p->calls.at[c].callee.i;

        in[to].count = add(in[to].count, call_value(f, c, count));
    }
    for (uint32_t e = 0; e < f->edges; e++) {
        const pv_flow_edge *edge = &f->edge[e];
        incoming *to = &in[edge->to];

        to->total = add(to->total, edge->total);
        to->self = add(to->self, edge->self);
        if (f->fn[edge->from].cycle != f->fn[edge->to].cycle)
            to->outside = add(to->outside, edge->total);
    }
}

/* Calls that the table has no caller for came from outside of it. */
static uint64_t root_calls(const pv_flow *f, uint32_t fn, const incoming *in,
                           uint32_t count)
{
    uint32_t metric = count;

    if (f->p->metrics.at[count].inclusive || count == f->self)
        metric = f->total; /* samples: all that hold the function */
    return minus(function_value(f, fn, metric), in->count);
}

static void judge_root(pv_flow *f, uint32_t i, const incoming *in,
                       uint32_t count)
{
    pv_flow_fn *fn = &f->fn[i];
    uint64_t calls = root_calls(f, i, in, count);

    fn->is_root = fn->callers ? calls > 0 : fn->total || calls || fn->out_len;
    if (!fn->is_root)
        return;
    if (fn->callers && !in->total && fn->total) { /* callers without times */
        fn->root_guessed = true;
        fn->from_root = share(fn->total, calls, add(calls, in->count));
        fn->from_root_self = share(fn->self, calls, add(calls, in->count));
        return;
    }
    /* Edges of a cycle are nested in what came into it. */
    fn->from_root = minus(fn->total, fn->in_cycle ? in->outside : in->total);
    fn->from_root_self = minus(minus(fn->self, in->self), fn->into_cycle);
}

/* A cycle that nothing enters begins at its most expensive function. */
static bool open_closed_cycles(pv_flow *f)
{
    uint32_t n = f->p->functions.len;
    uint32_t *best = pv_mem_alloc(n, sizeof *best); /* fn + 1, by cycle */
    bool *entered = pv_mem_alloc(n, sizeof *entered);

    for (uint32_t i = 0; best && entered && i < n; i++) {
        const pv_flow_fn *fn = &f->fn[i];
        uint32_t *b = &best[fn->cycle];

        entered[fn->cycle] = entered[fn->cycle] || fn->is_root;
        if (fn->in_cycle && (!*b || fn->total > f->fn[*b - 1].total))
            *b = i + 1;
    }
    for (uint32_t e = 0; best && entered && e < f->edges; e++)
        if (f->fn[f->edge[e].from].cycle != f->fn[f->edge[e].to].cycle)
            entered[f->fn[f->edge[e].to].cycle] = true;
    for (uint32_t i = 0; best && entered && i < n; i++) {
        pv_flow_fn *fn = best[i] ? &f->fn[best[i] - 1] : NULL;

        if (fn && !entered[i]) {
            fn->is_root = fn->root_guessed = true;
            fn->from_root = fn->total;
            fn->from_root_self = fn->self;
        }
    }
    pv_mem_free(best);
    pv_mem_free(entered);
    return best && entered;
}

/* Without times of its own an edge has its callee's, in proportion. */
static void guess_edge(pv_flow *f, pv_flow_edge *e, const incoming *in,
                       uint32_t count)
{
    const pv_flow_fn *to = &f->fn[e->to];
    uint64_t calls = add(root_calls(f, e->to, in, count), in->count);
    uint64_t own = call_value(f, e->call, count);

    e->guessed = to->callers > 1 || to->is_root;
    e->total = e->guessed ? share(to->total, own, calls) : to->total;
    e->self = e->guessed ? share(to->self, own, calls) : to->self;
}

/* Recursive calls' own part belongs to where the recursion was entered. */
static void spread_recursion(pv_flow *f, const incoming *in)
{
    for (uint32_t e = 0; e < f->edges; e++) {
        pv_flow_edge *edge = &f->edge[e];
        const pv_flow_fn *to = &f->fn[edge->to];
        uint64_t entered = add(in[edge->to].total, to->from_root);

        edge->inside = f->fn[edge->from].cycle == to->cycle;
        edge->self =
            add(edge->self, share(to->into_cycle, edge->total, entered));
        if (edge->self > edge->total)
            edge->self = edge->total;
    }
    for (uint32_t i = 0; i < f->p->functions.len; i++) {
        pv_flow_fn *fn = &f->fn[i];
        uint64_t entered = add(in[i].total, fn->from_root);

        fn->from_root_self = add(fn->from_root_self,
                                 share(fn->into_cycle, fn->from_root, entered));
        if (fn->from_root_self > fn->from_root)
            fn->from_root_self = fn->from_root;
    }
}

static bool fill(pv_flow *f, pv_arena *a)
{
    uint32_t n = f->p->functions.len, count = count_metric(f);
    incoming *in = PV_NEW_N(a, incoming, n);

    if (!in)
        return false;
    sum_incoming(f, in, count);
    for (uint32_t i = 0; i < n; i++)
        judge_root(f, i, &in[i], count);
    if (!open_closed_cycles(f))
        return false;
    for (uint32_t e = 0; e < f->edges; e++) {
        uint32_t to = f->edge[e].to;

        if (!in[to].total && f->fn[to].total)
            guess_edge(f, &f->edge[e], &in[to], count);
    }
    memset(in, 0, n * sizeof *in);
    sum_incoming(f, in, count);
    spread_recursion(f, in);
    sort_edges(f);
    for (uint32_t e = 0; e < f->edges; e++) {
        pv_flow_fn *from = &f->fn[f->edge[e].from];

        from->callees = add(from->callees, f->edge[e].total);
    }
    return true;
}

bool pv_flow_make(pv_flow *f, const pv_profile *p, pv_arena *a, pv_error *err)
{
    *f = (pv_flow){.p = p};
    if (!(p->has & PV_HAS_CALLS) || !p->functions.cost || !find_metrics(f))
        return pv_fail(err, PV_E_UNSUPPORTED, NULL,
                       "this holds no callers to estimate call stacks from");
    f->fn = PV_NEW_N(a, pv_flow_fn, p->functions.len);
    if (!f->fn || !load_edges(f, a))
        return pv_fail_nomem(err);
    for (uint32_t i = 0; i < p->functions.len; i++) {
        f->fn[i].total = function_value(f, i, f->total);
        f->fn[i].self = function_value(f, i, f->self);
        if (f->fn[i].total < f->fn[i].self) /* threads; clocks that step back */
            f->fn[i].total = f->fn[i].self;
    }
    sort_edges(f);
    if (!pv_flow_cycles(f) || !fill(f, a))
        return pv_fail_nomem(err);
    return true;
}
