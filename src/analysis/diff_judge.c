/* SPDX-License-Identifier: MIT */
/* What is noise and what is not, and the order of rows.
 *
 * Counts of samples: z = (after - r before) / sqrt(after + r^2 before), r the
 * ratio of the totals where before was scaled to after, else that of the
 * recorded lengths, else 1.  Of all
 * changes of self and total together those stand out that the step-up rule of
 * Benjamini and Hochberg lets through at q = 0.01.  A single run of anything
 * else cannot be tested.
 */
#include <stdlib.h>

#include "chance.h"
#include "diff_parts.h"
#include "number.h"

/* The chance of a difference that large where nothing changed. */
static double chance(const pv_diff *d, int64_t before, int64_t after)
{
    const pv_diff_metric *m = &d->metrics[d->main];
    double unit = (double)pv_pow10(m->exponent);

    return pv_chance_of_rates((double)before / unit, (double)after / unit,
                              m->ratio, m->rate);
}

static double row_chance(const pv_diff *d, uint32_t row, int which)
{
    const int64_t *v = pv_diff_values(d, row, d->main);

    return chance(d, v[which], v[which + 1]);
}

static uint8_t verdict(double p, double bound)
{
    return p <= bound ? PV_VERDICT_CLEAR : PV_VERDICT_NOISE;
}

static bool judge_samples(pv_diff *d, pv_arena *a)
{
    pv_diff_metric *m = &d->metrics[d->main];
    size_t len = 2 * (size_t)d->len + 1;
    double *all = PV_NEW_N(a, double, len), bound;

    if (!all)
        return false;
    for (uint32_t r = 0; r < d->len; r++) {
        all[2 * r] = row_chance(d, r, PV_BEFORE_SELF);
        all[2 * r + 1] = row_chance(d, r, PV_BEFORE_TOTAL);
    }
    all[len - 1] = chance(d, m->before, m->after);
    bound = pv_chance_bound(all, len);
    d->bound = bound;
    d->verdict = PV_VERDICT_NOISE;
    for (uint32_t r = 0; r < d->len; r++) {
        double self = row_chance(d, r, PV_BEFORE_SELF);
        double total = row_chance(d, r, PV_BEFORE_TOTAL);

        d->rows[r].verdict = verdict(self < total ? self : total, bound);
        if (d->rows[r].verdict == PV_VERDICT_CLEAR)
            d->verdict = PV_VERDICT_CLEAR;
    }
    m->verdict = verdict(chance(d, m->before, m->after), bound);
    if (m->verdict == PV_VERDICT_CLEAR)
        d->verdict = PV_VERDICT_CLEAR;
    return true;
}

static void judge_rest(pv_diff *d)
{
    for (uint32_t m = 0; m < d->width; m++) {
        if (d->metrics[m].before == d->metrics[m].after)
            d->metrics[m].verdict = PV_VERDICT_SAME;
        else if (!d->sampled || m != d->main)
            d->metrics[m].verdict = PV_VERDICT_UNTESTED;
    }
    for (uint32_t r = 0; r < d->len; r++)
        if (d->rows[r].status == PV_DIFF_SAME)
            d->rows[r].verdict = PV_VERDICT_SAME;
        else if (!d->sampled)
            d->rows[r].verdict = PV_VERDICT_UNTESTED;
}

bool pv_diff_judge(pv_diff *d, pv_arena *a)
{
    d->verdict = PV_VERDICT_UNTESTED;
    if (d->sampled && !judge_samples(d, a))
        return false;
    judge_rest(d);
    if (d->changed == 0)
        d->verdict = PV_VERDICT_SAME;
    return true;
}

pv_verdict pv_diff_verdict(const pv_diff *d, uint32_t row, uint32_t metric,
                           bool total)
{
    int which = total ? PV_BEFORE_TOTAL : PV_BEFORE_SELF;
    const int64_t *v = pv_diff_values(d, row, metric) + which;

    if (d->judged)
        return (pv_verdict)
            d->judged[((size_t)row * d->width + metric) * 2 + total];
    if (v[0] == v[1])
        return PV_VERDICT_SAME;
    if (!d->sampled || metric != d->main)
        return PV_VERDICT_UNTESTED;
    return (pv_verdict)verdict(chance(d, v[0], v[1]), d->bound);
}

/* ---- order ---- */

typedef struct item {
    const pv_diff *d;
    uint32_t row;
    bool total, heap;
} item;

static int descending(int64_t a, int64_t b)
{
    return (a < b) - (a > b);
}

static int64_t magnitude(int64_t v)
{
    return v < 0 ? -v : v; /* sides are 0 or above, or all is refused */
}

static int by_place(const pv_diff *d, pv_fn x, pv_fn y)
{
    const pv_profile *p = d->both;
    const pv_function *f = &p->functions.at[x.i], *g = &p->functions.at[y.i];
    int order = pv_str_compare(pv_profile_text(p, f->file),
                               pv_profile_text(p, g->file));

    return order ? order : descending(g->line, f->line);
}

/* As Python compares tuples. */
static int by_path(const pv_diff *d, const pv_diff_row *x, const pv_diff_row *y)
{
    for (uint32_t i = 0; i < x->path_len && i < y->path_len; i++) {
        int order = by_place(d, x->path[i], y->path[i]);

        if (order)
            return order;
    }
    return descending(y->path_len, x->path_len);
}

static int by_name(const pv_diff_row *x, const pv_diff_row *y)
{
    int order = pv_str_compare(x->name, y->name);

    if (!order)
        order = pv_str_compare(x->file, y->file);
    return order ? order : descending(y->line, x->line);
}

/* compare_to: (|size_diff|, size, |count_diff|, count, traceback), the
 * greatest first. */
static int by_heap(const item *i, const item *k)
{
    const pv_diff *d = i->d;
    const pv_diff_row *x = &d->rows[i->row], *y = &d->rows[k->row];
    int side = i->total ? PV_BEFORE_TOTAL : PV_BEFORE_SELF, order = 0;

    for (uint32_t m = 0; m < d->width && !order; m++) {
        const int64_t *v = pv_diff_values(d, i->row, m) + side;
        const int64_t *w = pv_diff_values(d, k->row, m) + side;

        order = descending(magnitude(v[1] - v[0]), magnitude(w[1] - w[0]));
        if (!order)
            order = descending(v[1], w[1]);
    }
    if (!order)
        order = x->path ? -by_path(d, x, y) : 0;
    if (!order)
        order = -pv_str_compare(x->file, y->file);
    return order ? order : descending(x->line, y->line);
}

static int by_change(const void *p, const void *q)
{
    const item *i = p, *k = q;
    const pv_diff *d = i->d;
    int order = i->heap ? by_heap(i, k) : 0;

    for (int t = 0; t < 2 && !order; t++) {
        bool total = (t == 0) == i->total;

        order = descending(magnitude(pv_diff_change(d, i->row, total)),
                           magnitude(pv_diff_change(d, k->row, total)));
    }
    if (!order)
        order = by_name(&d->rows[i->row], &d->rows[k->row]);
    return order ? order : descending(k->row, i->row);
}

bool pv_diff_order(pv_diff *d, bool by_total, bool heap, pv_arena *a)
{
    item *items = PV_NEW_N(a, item, d->len + 1);

    d->order = PV_NEW_N(a, uint32_t, d->len + 1);
    if (a->failed)
        return false;
    for (uint32_t i = 0; i < d->len; i++)
        items[i] = (item){d, i, by_total, heap};
    if (d->len > 1)
        qsort(items, d->len, sizeof *items, by_change);
    for (uint32_t i = 0; i < d->len; i++)
        d->order[i] = items[i].row;
    return true;
}
