/* SPDX-License-Identifier: MIT */
/* How fast a series grows. */
#include "slope.h"

#include <math.h>
#include <stdlib.h>

#include "arena.h"
#include "number.h"

typedef struct work {
    pv_arena arena;
    double *t, *v; /* ns and units since the first point */
    size_t len;
    double *pair; /* slopes of all pairs, per ns */
    size_t pairs;
} work;

static int by_value(const void *pa, const void *pb)
{
    double a = *(const double *)pa, b = *(const double *)pb;

    return (a > b) - (a < b);
}

/* ---- points, or blocks of them ---- */

static bool take_points(work *w, const pv_point *at, size_t len)
{
    w->t = PV_NEW_N(&w->arena, double, len);
    w->v = PV_NEW_N(&w->arena, double, len);
    if (!w->t || !w->v)
        return false;
    for (size_t i = 0; i < len; i++) {
        w->t[i] = (double)((pv_i128)at[i].t - at[0].t);
        w->v[i] = (double)((pv_i128)at[i].value - at[0].value);
    }
    w->len = len;
    return true;
}

/* Each block's middle time and median value. */
static bool take_blocks(work *w, const pv_point *at, size_t len)
{
    pv_point *block = PV_NEW_N(&w->arena, pv_point, PV_SLOPE_BLOCKS);
    int64_t *value = PV_NEW_N(&w->arena, int64_t, len / PV_SLOPE_BLOCKS + 1);

    if (!block || !value)
        return false;
    for (size_t b = 0; b < PV_SLOPE_BLOCKS; b++) {
        size_t from = b * len / PV_SLOPE_BLOCKS;
        size_t n = (b + 1) * len / PV_SLOPE_BLOCKS - from;

        for (size_t i = 0; i < n; i++)
            value[i] = at[from + i].value;
        qsort(value, n, sizeof *value, pv_by_i64);
        block[b] = (pv_point){at[from + n / 2].t, value[n / 2]};
    }
    return take_points(w, block, PV_SLOPE_BLOCKS);
}

static bool make_pairs(work *w)
{
    w->pair = PV_NEW_N(&w->arena, double, w->len *(w->len - 1) / 2 + 1);
    if (!w->pair)
        return false;
    for (size_t i = 0; i < w->len; i++)
        for (size_t k = i + 1; k < w->len; k++)
            if (w->t[k] > w->t[i])
                w->pair[w->pairs++] = (w->v[k] - w->v[i]) / (w->t[k] - w->t[i]);
    if (w->pairs)
        qsort(w->pair, w->pairs, sizeof *w->pair, by_value);
    return true;
}

static double median(const double *sorted, size_t n)
{
    return n % 2 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
}

/* ---- the interval ---- */

static double tie_term(const double *sorted, size_t n)
{
    double sum = 0;

    for (size_t i = 0, run; i < n; i += run) {
        for (run = 1; i + run < n && sorted[i + run] <= sorted[i]; run++)
            ;
        sum += (double)run * ((double)run - 1) * (2 * (double)run + 5);
    }
    return sum;
}

static double median_of(double *some, size_t n)
{
    qsort(some, n, sizeof *some, by_value);
    return median(some, n);
}

/* (1 + r) / (1 - r) of the residuals' first autocorrelation, at least 1. */
static double inflation(const work *w, double slope, double level)
{
    double sum = 0, lagged = 0, before = 0, r;

    for (size_t i = 0; i < w->len; i++) {
        double off = w->v[i] - level - slope * w->t[i];

        sum += off * off;
        if (i > 0)
            lagged += off * before;
        before = off;
    }
    r = sum > 0 ? lagged / sum : 0;
    if (r <= 0)
        return 1;
    return r > .99 ? 199 : (1 + r) / (1 - r);
}

static double kendall_variance(const work *w, double *scratch)
{
    double n = (double)w->len, sum = n * (n - 1) * (2 * n + 5);

    memcpy(scratch, w->v, w->len * sizeof *scratch);
    qsort(scratch, w->len, sizeof *scratch, by_value);
    sum -= tie_term(scratch, w->len) + tie_term(w->t, w->len);
    return sum > 0 ? sum / 18 : 0;
}

/* Thousandths a second of a slope per ns. */
static int64_t rate_of(double slope)
{
    double rate = slope * 1e12;

    return rate >= 9e18    ? INT64_MAX
           : rate <= -9e18 ? -INT64_MAX
                           : (int64_t)llrint(rate);
}

static void measure(work *w, double *scratch, pv_slope *out)
{
    double slope = median(w->pair, w->pairs), half, n = (double)w->pairs;
    double low, high, level;

    for (size_t i = 0; i < w->len; i++)
        scratch[i] = w->v[i] - slope * w->t[i];
    level = median_of(scratch, w->len);
    half = 1.959963984540054 *
           sqrt(kendall_variance(w, scratch) * inflation(w, slope, level));
    low = nearbyint((n - half) / 2) - 1;
    high = nearbyint((n + half) / 2);
    out->rate = rate_of(slope);
    out->low = rate_of(w->pair[low < 0 ? 0 : (size_t)low]);
    out->high = rate_of(w->pair[high > n - 1 ? w->pairs - 1 : (size_t)high]);
    out->level += (int64_t)llrint(level);
    out->known = true;
}

bool pv_slope_of(const pv_series *s, int64_t from, int64_t to, pv_slope *out,
                 pv_error *err)
{
    const pv_point *at = s->at;
    size_t len = s->len;
    work w = {0};
    bool ok;

    *out = (pv_slope){0};
    for (; len && at->t < from; at++)
        len--;
    while (len && at[len - 1].t > to)
        len--;
    if (len < PV_SLOPE_LEAST)
        return true;
    pv_arena_init(&w.arena, 0);
    out->from = at[0].t;
    out->to = at[len - 1].t;
    out->level = at[0].value;
    ok = (len > PV_SLOPE_POINTS ? take_blocks(&w, at, len)
                                : take_points(&w, at, len)) &&
         make_pairs(&w);
    if (ok && w.pairs) {
        double *scratch = PV_NEW_N(&w.arena, double, w.len);

        if (scratch)
            measure(&w, scratch, out);
        ok = scratch;
    }
    pv_arena_done(&w.arena);
    return ok || pv_fail_nomem(err);
}

int pv_slope_sign(const pv_slope *s)
{
    return !s->known ? 0 : s->low > 0 ? 1 : s->high < 0 ? -1 : 0;
}

int64_t pv_slope_at(const pv_slope *s, int64_t t)
{
    double v =
        (double)s->level + (double)(t - s->from) * (double)s->rate / 1e12;

    return v <= -9e18 ? -INT64_MAX : v >= 9e18 ? INT64_MAX : (int64_t)v;
}
