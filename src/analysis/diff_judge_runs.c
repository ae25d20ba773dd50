/* SPDX-License-Identifier: MIT */
/* Medians, spans and verdicts of several runs. */
#include "diff_judge_runs.h"

#include <stdlib.h>

#include "chance.h"
#include "diff_stats.h"
#include "number.h"

static const double untested = 2; /* a chance that is none */

typedef struct judging {
    pv_run_table *t;
    pv_diff *d;
    double *chance; /* by cell; above 1: nothing there to test */
    pv_u_table orders;
    bool ranked;
    int64_t *room;
} judging;

bool pv_run_table_make(pv_run_table *t, const pv_diff *d, pv_arena *a)
{
    t->runs = (size_t)d->runs[0] + d->runs[1];
    t->cells = pv_run_total(d, d->width);
    t->value = PV_NEW_N(a, int64_t, t->cells * t->runs + 1);
    return t->value != NULL;
}

/* Of sorted values; halves are rounded up. */
static int64_t median(const int64_t *v, size_t n)
{
    int64_t low = v[(n - 1) / 2], high = v[n / 2];
    uint64_t gap = (uint64_t)high - (uint64_t)low;

    return low + (int64_t)(gap / 2 + gap % 2);
}

/* ---- chances ---- */

static bool varies(const int64_t *v, size_t n)
{
    for (size_t i = 1; i < n; i++)
        if (v[i] != v[0])
            return true;
    return false;
}

static double chance_of(const judging *j, const int64_t *v)
{
    pv_samples s = {{v, v + j->d->runs[0]}, {j->d->runs[0], j->d->runs[1]}};
    double welch, ranks;

    if (!varies(v, j->t->runs))
        return untested;
    welch = pv_welch(&s);
    if (!j->ranked)
        return welch;
    ranks = pv_mann_whitney(&s, &j->orders, j->room);
    welch = 2 * (ranks < welch ? ranks : welch);
    return welch < 1 ? welch : 1;
}

/* Is there such a value, and not tested already?  Totals of what calls nothing
 * are its selves. */
static bool is_new(const judging *j, size_t cell)
{
    const pv_diff *d = j->d;
    const pv_diff_metric *m;
    const int64_t *v = pv_run_value(j->t, 0, cell);

    if (cell >= pv_run_total(d, 0))
        return true;
    m = &d->metrics[cell / 2 % d->width];
    if (d->cumulative || cell % 2 == 0)
        return (cell % 2 == 1) == d->cumulative;
    return m->totals && memcmp(v, v - j->t->runs, j->t->runs * sizeof *v) != 0;
}

/* The bound that chances must keep to count; below 0: none does. */
static bool find_bound(judging *j, double *bound, pv_arena *a)
{
    double *tested = PV_NEW_N(a, double, j->t->cells + 1);
    size_t len = 0;

    if (!tested)
        return false;
    for (size_t i = 0; i < j->t->cells; i++) {
        bool new = is_new(j, i);

        j->chance[i] = new     ? chance_of(j, pv_run_value(j->t, 0, i))
                       : i % 2 ? j->chance[i - 1]
                               : untested;
        if (new && j->chance[i] <= 1)
            tested[len++] = j->chance[i];
    }
    *bound = pv_chance_bound(tested, len);
    return true;
}

/* ---- what rows come to ---- */

static uint8_t verdict(const judging *j, size_t cell, double bound,
                       int64_t before, int64_t after)
{
    if (before == after)
        return PV_VERDICT_SAME;
    return j->chance[cell] <= bound ? PV_VERDICT_CLEAR : PV_VERDICT_NOISE;
}

/* Sorts the runs of each side. */
static void sum_up(judging *j, size_t cell, int64_t *mid, pv_span *span)
{
    int64_t *v = pv_run_value(j->t, 0, cell);

    for (int s = 0; s < 2; s++) {
        size_t n = j->d->runs[s];

        qsort(v, n, sizeof *v, pv_by_i64);
        mid[s] = median(v, n);
        span[s] = (pv_span){v[0], v[n - 1]};
        v += n;
    }
}

static bool is_anything(const pv_span *span)
{
    return span->least != 0 || span->most != 0;
}

static void fill_row(judging *j, uint32_t row, double bound)
{
    pv_diff *d = j->d;
    pv_diff_row *r = &d->rows[row];
    bool there[2] = {false, false}, same = true, clear = false;

    for (uint32_t i = 0; i < d->width * 2; i++) {
        size_t cell = pv_run_cell(d, row, i / 2, i % 2);
        int64_t *mid = d->value + 2 * cell;
        pv_span *span = d->span + 2 * cell;

        sum_up(j, cell, mid, span);
        d->judged[cell] = verdict(j, cell, bound, mid[0], mid[1]);
        there[0] = there[0] || is_anything(&span[0]);
        there[1] = there[1] || is_anything(&span[1]);
        same = same && mid[0] == mid[1];
        if (i / 2 == d->main)
            clear = clear || d->judged[cell] == PV_VERDICT_CLEAR;
    }
    r->status = same        ? PV_DIFF_SAME
                : !there[0] ? PV_DIFF_ADDED
                : !there[1] ? PV_DIFF_REMOVED
                            : PV_DIFF_CHANGED;
    r->verdict = clear  ? PV_VERDICT_CLEAR
                 : same ? PV_VERDICT_SAME
                        : PV_VERDICT_NOISE;
    d->changed += !same;
}

static void fill_metric(judging *j, uint32_t metric, double bound)
{
    pv_diff_metric *m = &j->d->metrics[metric];
    size_t cell = pv_run_total(j->d, metric);
    int64_t mid[2];

    sum_up(j, cell, mid, m->span);
    m->before = mid[0];
    m->after = mid[1];
    m->verdict = verdict(j, cell, bound, mid[0], mid[1]);
}

static void fill(judging *j, double bound)
{
    pv_diff *d = j->d;
    bool clear = false, same;

    d->changed = 0;
    for (uint32_t r = 0; r < d->len; r++) {
        fill_row(j, r, bound);
        clear = clear || d->rows[r].verdict == PV_VERDICT_CLEAR;
    }
    same = d->changed == 0;
    for (uint32_t m = 0; m < d->width; m++) {
        fill_metric(j, m, bound);
        clear = clear || d->metrics[m].verdict == PV_VERDICT_CLEAR;
        same = same && d->metrics[m].before == d->metrics[m].after;
    }
    d->verdict = clear  ? PV_VERDICT_CLEAR
                 : same ? PV_VERDICT_SAME
                        : PV_VERDICT_NOISE;
}

bool pv_run_judge(pv_run_table *t, pv_diff *d, pv_arena *a)
{
    judging j = {.t = t, .d = d};
    double bound;

    j.ranked = d->runs[0] >= PV_RANKED_RUNS && d->runs[1] >= PV_RANKED_RUNS;
    j.chance = PV_NEW_N(a, double, t->cells + 1);
    j.room = PV_NEW_N(a, int64_t, t->runs);
    d->judged = PV_NEW_N(a, uint8_t, t->cells + 1);
    d->span = PV_NEW_N(a, pv_span, 2 * t->cells + 2);
    if (a->failed || !pv_u_table_make(&j.orders, d->runs[0], d->runs[1], a) ||
        !find_bound(&j, &bound, a))
        return false;
    fill(&j, bound);
    return true;
}
