/* SPDX-License-Identifier: MIT */
/* What the caller table says for certain about each frame of an estimate.
 *
 * A function with one way in, from the root on, has one frame, and all that
 * its callees cost through it is in the table: they are exact.  Where a
 * function has several frames, what an edge carries is split among them: none
 * can have more than the edge or than its own frame, and each has at least
 * what the others cannot take.
 */
#include "estimate_bounds.h"

#include "mem.h"

enum { ROUNDING = 64 }; /* nanoseconds that sums of whole ones may be off */

typedef struct limits {
    pv_guess_tree *t;
    pv_bounds *bounds;
    bool *single;      /* by function: one way in, from the root on */
    uint64_t *highest; /* by function: what its frames may have together */
} limits;

static uint64_t add(uint64_t a, uint64_t b)
{
    return a > UINT64_MAX - b ? UINT64_MAX : a + b;
}

static int64_t as_value(uint64_t v)
{
    return v > INT64_MAX ? INT64_MAX : (int64_t)v;
}

static const pv_flow_edge *edge_of(const limits *l, const pv_guess_node *n)
{
    return n->edge == PV_NO_EDGE ? NULL : &l->t->flow->edge[n->edge];
}

static pv_certainty judge(const limits *l, const pv_guess_node *n)
{
    const pv_flow_fn *fn = &l->t->flow->fn[n->fn];
    const pv_flow_edge *e = edge_of(l, n);

    if (n->pruned)
        return PV_GUESSED;
    if (!e)
        return fn->root_guessed || (fn->in_cycle && fn->callers) || !fn->is_root
                   ? PV_GUESSED
                   : PV_EXACT;
    if (e->guessed || e->inside || l->t->flow->fn[e->from].in_cycle)
        return PV_GUESSED;
    return l->single[e->from] ? PV_EXACT : PV_BOUNDED;
}

/* The most that a frame can have. */
static uint64_t most(const limits *l, const pv_guess_node *n)
{
    const pv_flow_fn *fn = &l->t->flow->fn[n->fn];
    const pv_flow_edge *e = edge_of(l, n);
    uint64_t up = (uint64_t)l->bounds[n->parent].high, own;

    if (n->pruned)
        return up;
    if (!e)
        return fn->root_guessed ? fn->total : fn->from_root;
    own = e->guessed || e->inside ? fn->total : e->total;
    return own < up ? own : up;
}

static void set_high(limits *l, uint32_t i)
{
    pv_guess_node *n = &l->t->nodes.at[i];
    const pv_flow_fn *fn = &l->t->flow->fn[n->fn];
    uint64_t high = most(l, n);

    n->certainty = (uint8_t)judge(l, n);
    l->bounds[i].high = as_value(high);
    if (n->pruned)
        return;
    l->highest[n->fn] = add(l->highest[n->fn], high);
    if (!fn->in_cycle && fn->callers + fn->is_root == 1)
        l->single[n->fn] =
            !n->parent || l->single[l->t->nodes.at[n->parent].fn];
}

static void set_low(limits *l, uint32_t i)
{
    const pv_guess_node *n = &l->t->nodes.at[i];
    const pv_flow_edge *e = edge_of(l, n);
    uint64_t others;

    if (n->certainty == PV_EXACT) {
        l->bounds[i].low = l->bounds[i].high;
    } else if (n->certainty == PV_BOUNDED && !l->t->pruned) {
        others = l->highest[e->from] - (uint64_t)l->bounds[n->parent].high;
        l->bounds[i].low = e->total > others ? as_value(e->total - others) : 0;
    }
}

/* Tables contradict themselves by rounding, threads and clocks: a frame that
 * cannot have what the table says for certain is not exact. */
static void hold(pv_guess_node *n, pv_bounds *b, int64_t value)
{
    int64_t slack = ROUNDING + b->high / 1000000;

    if (n->certainty == PV_EXACT &&
        (value < b->low - slack || value > b->high + slack))
        n->certainty = PV_BOUNDED;
    if (value < b->low)
        b->low = value;
    if (value > b->high)
        b->high = value;
}

bool pv_guess_bounds(pv_guess_tree *t, const int64_t *total, pv_bounds *bounds)
{
    uint32_t n = t->flow->p->functions.len;
    limits l = {.t = t,
                .bounds = bounds,
                .single = pv_mem_alloc(n, sizeof *l.single),
                .highest = pv_mem_alloc(n, sizeof *l.highest)};
    bool ok = l.single && l.highest;

    if (ok) {
        bounds[0] = (pv_bounds){total[0], total[0] < 0 ? 0 : INT64_MAX};
        for (uint32_t i = 1; i < t->nodes.len; i++)
            set_high(&l, i);
        for (uint32_t i = 1; i < t->nodes.len; i++)
            set_low(&l, i);
        bounds[0].high = total[0];
        for (uint32_t i = 1; i < t->nodes.len; i++)
            hold(&t->nodes.at[i], &bounds[i], total[i]);
    }
    pv_mem_free(l.single);
    pv_mem_free(l.highest);
    return ok;
}
