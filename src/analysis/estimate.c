/* SPDX-License-Identifier: MIT */
/* A call tree estimated from caller tables: whole numbers for its frames, and
 * the profile that holds it. */
#include "estimate.h"

#include "apportion.h"
#include "buf.h"
#include "estimate_bounds.h"
#include "mem.h"
#include "number.h"
#include "worktree.h"

typedef struct estimate {
    const pv_profile *p;
    pv_flow flow;
    pv_guess_tree tree;
    uint32_t *by_fn; /* nodes, sorted by function; aggregates last */
    uint32_t *first; /* by function: its first place in by_fn */
    uint32_t metrics;
    int64_t *self;  /* [node * metrics + m] */
    int64_t *total; /* of the metric the tree was made by */
    pv_bounds *bounds;
    uint64_t *weight; /* as many as nodes, for one function at a time */
    int64_t *part;
    int64_t *pool; /* by function: what goes to the aggregates */
} estimate;

static uint32_t nodes(const estimate *e)
{
    return (uint32_t)e->tree.nodes.len;
}

static const pv_guess_node *node(const estimate *e, uint32_t i)
{
    return &e->tree.nodes.at[i];
}

/* ---- frames by function ------------------------------------------------------ */

/* Aggregates are sorted behind the last function, the root behind these. */
static uint32_t bin(const estimate *e, uint32_t i)
{
    uint32_t functions = e->p->functions.len;

    if (!i)
        return functions + 1;
    return node(e, i)->pruned ? functions : node(e, i)->fn;
}

static bool sort_nodes(estimate *e)
{
    uint32_t bins = e->p->functions.len + 2;
    uint32_t *at;

    e->first = pv_mem_alloc((size_t)bins + 1, sizeof *e->first);
    e->by_fn = pv_mem_alloc(nodes(e), sizeof *e->by_fn);
    at = pv_mem_alloc((size_t)bins + 1, sizeof *at);
    if (!e->first || !e->by_fn || !at) {
        pv_mem_free(at);
        return false;
    }
    for (uint32_t i = 0; i < nodes(e); i++)
        e->first[bin(e, i) + 1]++;
    for (uint32_t b = 0; b < bins; b++)
        e->first[b + 1] += e->first[b];
    memcpy(at, e->first, ((size_t)bins + 1) * sizeof *at);
    for (uint32_t i = 0; i < nodes(e); i++)
        e->by_fn[at[bin(e, i)]++] = i;
    pv_mem_free(at);
    return true;
}

/* ---- weights -------------------------------------------------------------------- */

enum { FRACTION = 30 }; /* bits */

__extension__ typedef unsigned __int128 wide;

static int64_t call_value(const estimate *e, uint32_t call, uint32_t m)
{
    return e->p->calls.cost ? e->p->calls.cost[(size_t)call * e->metrics + m]
                            : 0;
}

static int64_t function_value(const estimate *e, uint32_t fn, uint32_t m)
{
    int64_t v = e->p->functions.cost[(size_t)fn * e->metrics + m];

    return v == PV_NONE ? 0 : v;
}

static bool calls_measure(const estimate *e, uint32_t m)
{
    for (uint32_t c = 0; c < e->p->calls.len; c++)
        if (call_value(e, c, m) > 0)
            return true;
    return false;
}

/* Which part of its edge a frame is, in 2^-FRACTION. */
static uint64_t part_of_edge(const estimate *e, const pv_guess_node *n)
{
    uint64_t all = n->edge == PV_NO_EDGE ? e->flow.fn[n->fn].from_root
                                         : e->flow.edge[n->edge].total;
    wide part;

    if (!all)
        return UINT64_C(1) << FRACTION;
    part = ((wide)n->mass << FRACTION) / ((wide)all << e->tree.shift);
    return part >> FRACTION ? UINT64_C(1) << FRACTION : (uint64_t)part;
}

/* What the table says of the frame's edge in another metric, times its part. */
static uint64_t counted(const estimate *e, const pv_guess_node *n, uint32_t m,
                        int64_t from_root)
{
    int64_t all = n->edge == PV_NO_EDGE
                      ? from_root
                      : call_value(e, e->flow.edge[n->edge].call, m);
    uint64_t v = all > 0 ? (uint64_t)all : 0;

    if (v >> (63 - FRACTION))
        v = UINT64_C(1) << (63 - FRACTION);
    return v * part_of_edge(e, n);
}

static int64_t calls_from_root(const estimate *e, uint32_t fn, uint32_t m,
                               const int64_t *called)
{
    int64_t v = function_value(e, fn, m);

    return v > called[fn] ? v - called[fn] : 0;
}

/* Sums of the calls' values by callee. */
static void sum_calls(const estimate *e, uint32_t m, int64_t *called)
{
    memset(called, 0, e->p->functions.len * sizeof *called);
    for (uint32_t c = 0; c < e->p->calls.len; c++) {
        int64_t *sum = &called[e->p->calls.at[c].callee.i];

        if (!pv_add64(*sum, call_value(e, c, m), sum))
            *sum = INT64_MAX;
    }
}

/* ---- one metric ------------------------------------------------------------------ */

/* The weights of one function's frames; their sum as a value of the metric. */
static uint64_t weigh(estimate *e, uint32_t fn, uint32_t m,
                      const int64_t *called)
{
    uint32_t begin = e->first[fn], len = e->first[fn + 1] - begin;
    bool by_calls = called && m != e->flow.self;
    unsigned scale = by_calls ? FRACTION : e->tree.shift;
    int64_t from_root = by_calls ? calls_from_root(e, fn, m, called) : 0;
    wide sum = 0;

    for (uint32_t k = 0; k < len; k++) {
        const pv_guess_node *n = node(e, e->by_fn[begin + k]);

        e->weight[k] = by_calls ? counted(e, n, m, from_root) : n->self;
        sum += e->weight[k];
    }
    if (!sum) /* nothing is known of their own parts: by all they hold */
        for (uint32_t k = 0; k < len; k++)
            e->weight[k] = node(e, e->by_fn[begin + k])->mass;
    sum >>= scale;
    return sum > INT64_MAX ? INT64_MAX : (uint64_t)sum;
}

/* What of a function is not in its frames, where some were left out. */
static int64_t left_out(const estimate *e, uint32_t fn, int64_t value,
                        uint64_t weighed)
{
    if (e->first[fn] == e->first[fn + 1])
        return value;
    if (!e->tree.pruned || value <= 0 || weighed >= (uint64_t)value)
        return 0;
    return value - (int64_t)weighed;
}

static bool spread_function(estimate *e, uint32_t fn, uint32_t m,
                            const int64_t *called)
{
    uint32_t begin = e->first[fn], len = e->first[fn + 1] - begin;
    int64_t value = function_value(e, fn, m);

    e->pool[fn] = 0;
    if (!value)
        return true;
    e->pool[fn] = left_out(e, fn, value, weigh(e, fn, m, called));
    if (!len)
        return true;
    if (!pv_apportion(value - e->pool[fn], e->weight, len, e->part))
        return false;
    for (uint32_t k = 0; k < len; k++)
        e->self[(size_t)e->by_fn[begin + k] * e->metrics + m] = e->part[k];
    return true;
}

static bool spread_pool(estimate *e, uint32_t m)
{
    uint32_t begin = e->first[e->p->functions.len];
    uint32_t len = e->first[e->p->functions.len + 1] - begin;
    int64_t sum = 0;

    for (uint32_t fn = 0; fn < e->p->functions.len; fn++)
        sum += e->pool[fn];
    if (!len || !sum)
        return true;
    for (uint32_t k = 0; k < len; k++)
        e->weight[k] = node(e, e->by_fn[begin + k])->mass;
    if (!pv_apportion(sum, e->weight, len, e->part))
        return false;
    for (uint32_t k = 0; k < len; k++)
        e->self[(size_t)e->by_fn[begin + k] * e->metrics + m] = e->part[k];
    return true;
}

static bool spread_metric(estimate *e, uint32_t m, int64_t *called)
{
    bool measured = m != e->flow.self && calls_measure(e, m);

    if (measured)
        sum_calls(e, m, called);
    for (uint32_t fn = 0; fn < e->p->functions.len; fn++)
        if (!spread_function(e, fn, m, measured ? called : NULL))
            return false;
    return spread_pool(e, m);
}

static bool spread_all(estimate *e)
{
    uint32_t functions = e->p->functions.len;
    int64_t *called = pv_mem_alloc(functions, sizeof *called);
    bool ok;

    e->self = pv_mem_alloc((size_t)nodes(e) * e->metrics, sizeof *e->self);
    e->weight = pv_mem_alloc(nodes(e), sizeof *e->weight);
    e->part = pv_mem_alloc(nodes(e), sizeof *e->part);
    e->pool = pv_mem_alloc(functions, sizeof *e->pool);
    ok = called && e->self && e->weight && e->part && e->pool;
    for (uint32_t m = 0; ok && m < e->metrics; m++)
        if (!e->p->metrics.at[m].inclusive)
            ok = spread_metric(e, m, called);
    pv_mem_free(called);
    return ok;
}

static bool bound_all(estimate *e)
{
    e->total = pv_mem_alloc(nodes(e), sizeof *e->total);
    e->bounds = pv_mem_alloc(nodes(e), sizeof *e->bounds);
    if (!e->total || !e->bounds)
        return false;
    for (uint32_t i = nodes(e); i-- > 0;) {
        e->total[i] += e->self[(size_t)i * e->metrics + e->flow.self];
        if (i)
            e->total[node(e, i)->parent] += e->total[i];
    }
    return pv_guess_bounds(&e->tree, e->total, e->bounds);
}

/* ---- the profile ------------------------------------------------------------------- */

static void build_table(const estimate *e, pv_builder *b, pv_fn *fn)
{
    const pv_profile *p = e->p;

    for (uint32_t i = 0; i < p->functions.len; i++) {
        const pv_function *f = &p->functions.at[i];

        if (i)
            fn[i] = pv_build_function(
                b, pv_build_name(b, pv_profile_text(p, f->name)),
                pv_build_name(b, pv_profile_text(p, f->file)), f->line,
                (pv_fn_kind)f->kind);
        for (uint32_t m = 0; m < e->metrics; m++)
            pv_cost_function(b, fn[i], m,
                             p->functions.cost[(size_t)i * e->metrics + m]);
    }
    for (uint32_t c = 0; c < p->calls.len; c++)
        for (uint32_t m = 0; m < e->metrics; m++)
            pv_cost_call(b, fn[p->calls.at[c].caller.i],
                         fn[p->calls.at[c].callee.i], m, call_value(e, c, m));
}

static pv_fn pruned_fn(pv_builder *b, uint32_t frames)
{
    char number[PV_NUMBER_MAX];
    pv_buf name = {0};
    pv_fn fn;

    pv_buf_puts(&name, "[pruned] ");
    pv_buf_add(&name, number, pv_write_grouped(number, frames, 0));
    pv_buf_puts(&name, frames == 1 ? " frame" : " frames");
    fn = pv_build_function(b, pv_build_name(b, pv_buf_text(&name)), (pv_sym){0},
                           0, PV_FN_MARK);
    pv_buf_done(&name);
    return fn;
}

/* Aggregates that hold nothing are not shown. */
static bool is_empty(const estimate *e, uint32_t i)
{
    for (uint32_t m = 0; m < e->metrics; m++)
        if (e->self[(size_t)i * e->metrics + m])
            return false;
    return node(e, i)->pruned != 0;
}

static void build_frames(const estimate *e, pv_builder *b, const pv_fn *fn,
                         pv_node *made)
{
    for (uint32_t i = 0; i < nodes(e); i++) {
        const pv_guess_node *n = node(e, i);

        if (i && is_empty(e, i))
            continue;
        if (i)
            made[i] = pv_build_frame_new(b, made[n->parent],
                                         n->pruned ? pruned_fn(b, n->pruned)
                                                   : fn[n->fn],
                                         0, (pv_sym){0});
        for (uint32_t m = 0; m < e->metrics; m++)
            pv_cost_frame(b, made[i], m, e->self[(size_t)i * e->metrics + m]);
        pv_builder_certainty(b, made[i], (pv_certainty)n->certainty,
                             e->bounds[i].low, e->bounds[i].high);
    }
}

static pv_profile *build(const estimate *e, pv_error *err)
{
    pv_builder *b = pv_builder_like(e->p, 0, err);
    pv_fn *fn = pv_mem_alloc(e->p->functions.len, sizeof *fn);
    pv_node *made = pv_mem_alloc(nodes(e), sizeof *made);
    pv_profile *p = NULL;

    if (b && fn && made) {
        pv_builder_has(b, (e->p->has & (PV_HAS_CALLS | PV_HAS_TOTALS)) |
                              PV_HAS_TREE);
        pv_builder_flags(b, PV_ESTIMATED);
        build_table(e, b, fn);
        build_frames(e, b, fn, made);
        p = pv_builder_finish(b, err);
    } else {
        pv_fail_nomem(err);
    }
    pv_builder_free(b);
    pv_mem_free(fn);
    pv_mem_free(made);
    return p;
}

pv_profile *pv_estimate(const pv_profile *p, uint32_t max_frames, pv_error *err)
{
    estimate e = {.p = p, .metrics = p->metrics.len};
    pv_profile *made = NULL;
    pv_arena a;

    pv_arena_init(&a, 0);
    if (pv_flow_make(&e.flow, p, &a, err)) {
        if (pv_guess_grow(&e.tree, &e.flow, max_frames) &&
            pv_guess_complete(&e.tree) && sort_nodes(&e) && spread_all(&e) &&
            bound_all(&e))
            made = build(&e, err);
        else
            pv_fail_nomem(err);
    }
    pv_guess_done(&e.tree);
    pv_mem_free(e.by_fn);
    pv_mem_free(e.first);
    pv_mem_free(e.self);
    pv_mem_free(e.total);
    pv_mem_free(e.bounds);
    pv_mem_free(e.weight);
    pv_mem_free(e.part);
    pv_mem_free(e.pool);
    pv_arena_done(&a);
    return made;
}
