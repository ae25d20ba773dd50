/* SPDX-License-Identifier: MIT */
/* Stacks as a picture needs them. */
#include "flame_stacks.h"

#include "number.h"
#include "total.h"

/* Negative values have no width; they are summed up and left out. */
static bool copy_self(pv_stacks *s, int64_t factor, pv_arena *a, pv_error *err)
{
    uint32_t n = s->p->frames.len;
    int64_t *self = PV_NEW_N(a, int64_t, n);

    if (!self)
        return pv_fail_nomem(err);
    for (uint32_t i = 0; i < n; i++) {
        int64_t v = pv_frame_self(s->p, i, s->metric);

        if (v < 0 && !pv_add64(s->left_out, v, &s->left_out))
            return pv_fail_sum(err, s->p, s->metric);
        if (v > 0 && !pv_mul64(v, factor, &self[i]))
            return pv_fail_sum(err, s->p, s->metric);
    }
    s->self = self;
    return true;
}

static bool has_negative(const pv_stacks *s)
{
    for (uint32_t i = 0; i < s->p->frames.len; i++)
        if (pv_frame_self(s->p, i, s->metric) < 0)
            return true;
    return false;
}

/* Parents precede children, so one backward sweep turns self into total. */
static bool add_up(pv_stacks *s, pv_arena *a, pv_error *err)
{
    uint32_t n = s->p->frames.len;
    const pv_frame *at = s->p->frames.at;

    s->total = PV_NEW_N(a, int64_t, n);
    s->fn_self = PV_NEW_N(a, int64_t, s->p->functions.len);
    if (!s->total || !s->fn_self)
        return pv_fail_nomem(err);
    for (uint32_t i = n; i-- > 0;) {
        int64_t self = pv_stacks_self(s, i);
        int64_t *up = &s->total[at[i].parent.i];

        if (!pv_add64(s->total[i], self, &s->total[i]) ||
            (i && !pv_add64(*up, s->total[i], up)))
            return pv_fail_sum(err, s->p, s->metric);
        s->fn_self[at[i].fn.i] += self; /* at most the total */
    }
    return true;
}

bool pv_stacks_init(pv_stacks *s, const pv_profile *p, uint32_t metric,
                    int64_t factor, pv_arena *a, pv_error *err)
{
    *s = (pv_stacks){.p = p, .metric = metric};
    if ((factor != 1 || has_negative(s)) && !copy_self(s, factor, a, err))
        return false;
    return add_up(s, a, err);
}

bool pv_stacks_larger(pv_stacks *s, const pv_profile *p, const uint32_t of[2],
                      int64_t factor, pv_arena *a, pv_error *err)
{
    int64_t *self = PV_NEW_N(a, int64_t, p->frames.len);

    *s = (pv_stacks){.p = p, .metric = of[1], .self = self};
    if (!self)
        return pv_fail_nomem(err);
    for (uint32_t i = 0; i < p->frames.len; i++) {
        int64_t v = pv_frame_self(p, i, of[0]), w = pv_frame_self(p, i, of[1]);

        if (w > v)
            v = w;
        if (v > 0 && !pv_mul64(v, factor, &self[i]))
            return pv_fail_sum(err, p, of[1]);
    }
    return add_up(s, a, err);
}

pv_tree pv_stacks_tree(const pv_stacks *s)
{
    return (pv_tree){&s->p->frames.at[0].end, sizeof *s->p->frames.at, s->total,
                     s->p->frames.len};
}
