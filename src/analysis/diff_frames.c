/* SPDX-License-Identifier: MIT */
/* What changed on every frame of a differential profile. */
#include "diff_frames.h"

#include "chance.h"
#include "number.h"
#include "total.h"

/* 0..8: of a change, as a share of a whole. */
static uint8_t change_step(int64_t change, int64_t whole)
{
    static const unsigned from[] = {2, 10, 30, 80}; /* thousandths */
    uint64_t size = change < 0 ? 0 - (uint64_t)change : (uint64_t)change;
    unsigned step = 0;

    if (whole <= 0 || change == 0)
        return PV_STEP_NONE;
    while (step < 4 && (pv_u128)size * 1000 >= (pv_u128)whole * from[step])
        step++;
    return (uint8_t)(change < 0 ? PV_STEP_NONE - step : PV_STEP_NONE + step);
}

/* One side's value of a frame that steps are made of. */
static int64_t value_of(const pv_frame_changes *c, const pv_profile *p,
                        const pv_frame_judging *how, uint32_t i, int side)
{
    return how->by_self ? pv_frame_self(p, i, c->metric[side])
                        : c->total[side][i];
}

static double chance_of(const pv_frame_changes *c, const pv_profile *p,
                        const pv_frame_judging *how, uint32_t i)
{
    double v[2];

    for (int s = 0; s < 2; s++)
        v[s] = (double)value_of(c, p, how, i, s) /
               (double)pv_pow10(p->metrics.at[c->metric[s]].exponent);
    return pv_chance_of_rates(v[0], v[1], how->ratio, how->rate);
}

static bool find_noise(pv_frame_changes *c, const pv_profile *p,
                       const pv_frame_judging *how, pv_arena *a)
{
    size_t n = p->frames.len;
    double *chances = PV_NEW_N(a, double, n + 1), bound;

    c->noise = PV_NEW_N(a, bool, n + 1);
    if (!chances || !c->noise)
        return false;
    for (uint32_t i = 0; i < n; i++)
        chances[i] = chance_of(c, p, how, i);
    bound = pv_chance_bound(chances, n);
    for (uint32_t i = 0; i < n; i++)
        c->noise[i] = chance_of(c, p, how, i) > bound;
    return true;
}

/* Of several runs each frame is judged with its function. */
static bool take_noise(pv_frame_changes *c, const pv_profile *p,
                       const pv_frame_judging *how, pv_arena *a)
{
    c->noise = PV_NEW_N(a, bool, p->frames.len + 1);
    for (uint32_t i = 0; c->noise && i < p->frames.len; i++)
        c->noise[i] = how->noise[p->frames.at[i].fn.i];
    return c->noise != NULL;
}

static bool judge(pv_frame_changes *c, const pv_profile *p,
                  const pv_frame_judging *how, pv_arena *a)
{
    if (how->noise)
        return take_noise(c, p, how, a);
    return !how->sampled || find_noise(c, p, how, a);
}

bool pv_frame_changes_of(pv_frame_changes *c, const pv_profile *p,
                         uint32_t before, uint32_t after,
                         const pv_frame_judging *how, pv_arena *a,
                         pv_error *err)
{
    *c = (pv_frame_changes){.metric = {before, after}};
    for (int s = 0; s < 2; s++) {
        c->total[s] = pv_frame_totals(p, c->metric[s], a, err);
        if (!c->total[s])
            return false;
        c->whole[s] = c->total[s][0];
    }
    c->step = PV_NEW_N(a, uint8_t, p->frames.len + 1);
    if (!c->step || !judge(c, p, how, a))
        return pv_fail_nomem(err);
    for (uint32_t i = 0; i < p->frames.len; i++) {
        int64_t change = value_of(c, p, how, i, 1) - value_of(c, p, how, i, 0);

        c->step[i] = c->noise && c->noise[i]
                         ? PV_STEP_NONE
                         : change_step(change, c->whole[0] > 0 ? c->whole[0]
                                                               : c->whole[1]);
    }
    return true;
}
