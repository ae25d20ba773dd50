/* SPDX-License-Identifier: MIT */
/* The flame graph's geometry.
 *
 * An explicit stack of frames still to place stands in for recursion; the
 * children of a frame go onto it the last one first, so that boxes come out in
 * preorder whatever the order of siblings.
 */
#include "layout.h"

#include <stdlib.h>

#include "number.h"

/* A frame or an aggregate that will be placed. */
typedef struct pending {
    uint32_t node, depth, small;
    int64_t start, value;
} pending;

typedef PV_VEC(pending) pendings;

typedef struct work {
    pv_layout *l;
    const pv_tree *t;
    const pv_layout_spec *s;
    pendings todo;
    pendings kin; /* the children of one frame */
} work;

pv_cpx pv_flame_cpx(int64_t v, pv_cpx width, int64_t whole)
{
    if (whole <= 0)
        return 0;
    return (pv_cpx)(10 * pv_muldiv(v, width / 10, whole));
}

int64_t pv_flame_value(pv_cpx cpx, pv_cpx width, int64_t whole)
{
    int64_t v = width > 0 ? pv_muldiv(cpx, whole, width) : 0;

    if (v < whole && width > 0 &&
        (long double)v * width < (long double)cpx * whole)
        v++;
    return v > 0 ? v : 1;
}

static int by_value_then_node(const void *a, const void *b)
{
    const pending *x = a, *y = b;

    if (x->value != y->value)
        return x->value < y->value ? 1 : -1;
    return x->node < y->node ? -1 : x->node > y->node;
}

static bool push(pendings *v, pending one)
{
    if (!PV_VEC_GROW(v, 1))
        return false;
    v->at[v->len++] = one;
    return true;
}

static bool gather_children(work *w, pending of)
{
    uint32_t end = pv_tree_end(w->t, of.node), child = of.node + 1;

    w->kin.len = 0;
    for (; child < end; child = pv_tree_end(w->t, child)) {
        pending one = {child, of.depth + 1, 0, 0, w->t->total[child]};

        if (one.value > 0 && !push(&w->kin, one))
            return false;
    }
    if (w->s->by_total && w->kin.len > 1)
        qsort(w->kin.at, w->kin.len, sizeof *w->kin.at, by_value_then_node);
    return true;
}

static uint32_t frames_in(const work *w, uint32_t node)
{
    return pv_tree_end(w->t, node) - node;
}

/* Gives every child its start; runs of narrow ones become one aggregate or,
 * together still too narrow, nothing.  Keeps the result in `kin`. */
static void place_children(work *w, int64_t start)
{
    pending *at = w->kin.at;
    size_t kept = 0, n = w->kin.len;

    for (size_t i = 0; i < n;) {
        pending one = at[i++];

        one.start = start;
        if (one.value < w->l->min_value) {
            one.small = frames_in(w, one.node);
            for (; i < n && at[i].value < w->l->min_value; i++) {
                one.value += at[i].value;
                one.small += frames_in(w, at[i].node);
            }
        }
        start += one.value;
        if (!one.small || (one.value >= w->l->min_value && !w->s->lone))
            at[kept++] = one;
    }
    w->kin.len = kept;
}

static bool place(work *w, pending p)
{
    pv_layout *l = w->l;
    const pv_layout_spec *s = w->s;
    pv_cpx x = pv_flame_cpx(p.start, s->width, s->whole);
    pv_cpx end = pv_flame_cpx(p.start + p.value, s->width, s->whole);

    if (!PV_VEC_GROW(&l->boxes, 1))
        return false;
    l->boxes.at[l->boxes.len++] =
        (pv_flame_box){p.node, p.depth, p.small, s->x + x, end - x, p.value};
    if (p.depth >= l->levels)
        l->levels = p.depth + 1;
    return true;
}

static bool place_below(work *w, pending p)
{
    if (p.small || p.node + 1 == pv_tree_end(w->t, p.node))
        return true;
    if (!gather_children(w, p))
        return false;
    if (p.depth >= w->s->max_depth) {
        for (size_t i = 0; i < w->kin.len; i++)
            w->l->deeper += w->kin.at[i].value;
        return true;
    }
    place_children(w, p.start);
    for (size_t i = w->kin.len; i > 0; i--)
        if (!push(&w->todo, w->kin.at[i - 1]))
            return false;
    return true;
}

/* One try; *full when there were too many boxes. */
static bool place_all(work *w, bool *full)
{
    w->l->boxes.len = 0;
    w->l->levels = 0;
    w->l->deeper = 0;
    w->todo.len = 0;
    *full = false;
    if (!push(&w->todo, (pending){0, 0, 0, 0, w->t->total[0]}))
        return false;
    while (w->todo.len) {
        pending p = w->todo.at[--w->todo.len];

        if (w->l->boxes.len == w->s->max_boxes) {
            *full = true;
            return true;
        }
        if (!place(w, p) || !place_below(w, p))
            return false;
    }
    return true;
}

bool pv_layout_flame(pv_layout *l, const pv_tree *t, const pv_layout_spec *s)
{
    work w = {.l = l, .t = t, .s = s};
    bool full = true, ok = true;

    *l = (pv_layout){.min_value = s->min_value};
    while (ok && full) {
        ok = place_all(&w, &full);
        if (ok && full && l->min_value > s->whole)
            break;
        if (full)
            l->min_value *= l->min_value <= INT64_MAX / 2 ? 2 : 1;
    }
    PV_VEC_DONE(&w.todo);
    PV_VEC_DONE(&w.kin);
    return ok;
}

void pv_layout_done(pv_layout *l)
{
    PV_VEC_DONE(&l->boxes);
}
