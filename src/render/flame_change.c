/* SPDX-License-Identifier: MIT */
/* A flame graph of two sides: geometry and colours. */
#include "flame_change.h"

#include "number.h"

enum {
    SHARE = 200,  /* what is gone is shown from 1/200 of all before on */
    LEAST = 360,  /* cpx of a sliver, ... */
    MOST = 4000,  /* ... and at most, where there is room */
    NARROW = 1000 /* of the room: narrower boxes have no sliver */
};

const char *const pv_width_names[] = {"after", "before", "max", NULL};

static bool choose_widths(pv_picture *p)
{
    const uint32_t *of = p->change.metric;
    const pv_profile *all = p->data.p;

    switch (p->diff->widths) {
    case PV_WIDTHS_BEFORE:
        p->shown = &p->view;
        return pv_stacks_init(&p->view, all, of[0], p->factor, &p->arena,
                              p->err);
    case PV_WIDTHS_MAX:
        p->shown = &p->view;
        return pv_stacks_larger(&p->view, all, of, p->factor, &p->arena,
                                p->err);
    }
    return true; /* after: the data */
}

bool pv_change_data(pv_picture *p)
{
    uint32_t after = p->data.metric;

    if (!pv_frame_changes_of(&p->change, p->data.p, after - 1, after,
                             &p->diff->judging, &p->arena, p->err) ||
        !choose_widths(p))
        return false;
    if (p->diff->negate)
        for (uint32_t i = 0; i < p->data.p->frames.len; i++)
            p->change.step[i] = (uint8_t)(PV_STEPS - 1 - p->change.step[i]);
    if (p->whole < p->shown->total[0])
        p->whole = p->shown->total[0];
    return true;
}

static bool is_sliver(const pv_picture *p, uint32_t node)
{
    return p->diff->widths == PV_WIDTHS_AFTER &&
           pv_frame_is_gone(&p->change, node);
}

uint16_t pv_change_paint(const pv_picture *p, const pv_flame_box *b)
{
    uint16_t own = p->data.paint[p->data.p->frames.at[b->node].fn.i];

    if (own == PV_P_PRUNED)
        return own;
    if (is_sliver(p, b->node) && b->node)
        return PV_P_GONE;
    return (uint16_t)(PV_P_DELTA + p->change.step[b->node]);
}

/* ---- what is gone ---- */

/* The largest callee of `of` that is gone; 0: none.  *sum of all of them. */
static uint32_t gone_below(const pv_picture *p, uint32_t of, int64_t *sum)
{
    const pv_frame *at = p->data.p->frames.at;
    const int64_t *before = p->change.total[0];
    uint32_t best = 0;

    *sum = 0;
    for (uint32_t k = of + 1; k < at[of].end; k = at[k].end) {
        if (!pv_frame_is_gone(&p->change, k))
            continue;
        *sum += before[k]; /* at most the total */
        if (best == 0 || before[k] > before[best])
            best = k;
    }
    return best;
}

/* At the right of the caller's other callees, as wide as it was where the
 * caller's own part has room for it. */
static pv_flame_box sliver_under(const pv_picture *p, const pv_flame_box *of,
                                 uint32_t node, int64_t sum,
                                 const pv_layout_spec *spec)
{
    int64_t whole = p->change.whole[1] > 0 ? p->change.whole[1] : sum;
    pv_cpx w = sum >= whole ? MOST : pv_flame_cpx(sum, spec->width, whole);
    pv_cpx gap = p->change.total[1][of->node]
                     ? pv_flame_cpx(pv_stacks_self(&p->data, of->node),
                                    spec->width, spec->whole)
                     : of->w;

    if (w > MOST)
        w = MOST;
    if (w > gap)
        w = gap;
    if (w < LEAST)
        w = LEAST;
    if (w > of->w)
        w = of->w;
    return (pv_flame_box){.node = node,
                          .depth = of->depth + 1,
                          .x = of->x + of->w - (gap > w ? gap : w),
                          .w = w,
                          .value = sum};
}

bool pv_change_slivers(pv_picture *p, pv_layout *l, const pv_layout_spec *spec)
{
    size_t n = l->boxes.len;

    if (p->diff->widths != PV_WIDTHS_AFTER)
        return true;
    for (size_t i = 0; i < n; i++) {
        pv_flame_box of = l->boxes.at[i];
        int64_t sum;
        uint32_t node = of.small ? 0 : gone_below(p, of.node, &sum);

        if (!node || of.w < NARROW || sum < p->change.whole[0] / SHARE ||
            of.depth >= spec->max_depth)
            continue;
        if (!PV_VEC_GROW(&l->boxes, 1))
            return pv_fail_nomem(p->err);
        l->boxes.at[l->boxes.len++] = sliver_under(p, &of, node, sum, spec);
        if (of.depth + 1 >= l->levels)
            l->levels = of.depth + 2;
    }
    return true;
}
