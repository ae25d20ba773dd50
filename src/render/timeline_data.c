/* SPDX-License-Identifier: MIT */
/* What a timeline draws: processes in layers, thinned to what can be seen. */
#include <stdlib.h>

#include "facts.h"
#include "process_sweep.h"
#include "timeline_chart.h"
#include "number.h"

enum { GAP_INTERVALS = 5, INTERVAL_SAMPLES = 4096 };

/* ---- which processes ---- */

typedef struct ranked {
    pv_child *child;
    int64_t peak;
} ranked;

static int by_peak(const void *pa, const void *pb)
{
    const ranked *a = pa, *b = pb;

    if (a->peak != b->peak)
        return a->peak > b->peak ? -1 : 1;
    return (a->child > b->child) - (a->child < b->child);
}

/* Children by their first record, each with its layer: the largest ones have
 * one of their own, in that order, the rest has the last. */
static pv_child *find_children(pv_chart *c)
{
    pv_child *all = PV_NEW_N(&c->arena, pv_child, c->children + 1);
    ranked *rank = PV_NEW_N(&c->arena, ranked, c->children + 1);
    uint32_t n = 0, layer = 1;

    if (!all || !rank)
        return NULL;
    for (uint32_t i = 0; i < c->p->series.len; i++) {
        const pv_series *s = &c->p->series.at[i];

        if (s->run == c->run && s->pid >= 0 && s->len)
            all[n++].s = s;
    }
    pv_sweep_sort(all, n);
    for (uint32_t i = 0; i < n; i++)
        rank[i] = (ranked){&all[i], pv_series_peak(all[i].s)->value};
    qsort(rank, n, sizeof *rank, by_peak);
    for (uint32_t i = 0; i < n; i++)
        rank[i].child->layer = i < PV_TIMELINE_CHILDREN ? 0 : UINT32_MAX;
    for (uint32_t i = 0; i < n; i++)
        if (all[i].layer == 0)
            all[i].layer = layer++;
    for (uint32_t i = 0; i < n; i++)
        if (all[i].layer == UINT32_MAX)
            all[i].layer = layer;
    return all;
}

/* ---- layers ---- */

static void add_layer(pv_chart *c, pv_str name)
{
    size_t i = c->layers_len++;
    bool rest = i > PV_TIMELINE_CHILDREN;

    c->layers[i] =
        (pv_layer){.name = name,
                   .area = c->area[i],
                   .line = rest ? c->ink3 : c->line[i % PV_TIMELINE_COLOURS],
                   .dash = (uint8_t)(i % 4)};
    pv_thin_init(&c->layers[i].thin, c->from, c->to,
                 (uint32_t)(c->plot.w / 100));
}

static void name_layers(pv_chart *c, const pv_child *child)
{
    uint32_t rest = c->children > PV_TIMELINE_CHILDREN
                        ? c->children - PV_TIMELINE_CHILDREN
                        : 0;
    pv_buf t = {0};

    add_layer(c, c->snapshots ? PV_STR("traced memory")
                 : c->children && c->o->children == PV_CHILDREN_SUM
                     ? PV_STR("all processes")
                     : PV_STR("main process"));
    if (c->o->children == PV_CHILDREN_SUM)
        return;
    for (uint32_t i = 0; i < c->children; i++)
        if (child[i].layer == c->layers_len && c->layers_len <= 5)
            add_layer(c, pv_profile_text(c->p, child[i].s->name));
    if (rest) {
        pv_buf_format(&t, "%u %s", rest, rest == 1 ? "other" : "others");
        add_layer(c, pv_chart_keep(c, &t));
    }
}

/* ---- the time between samples ---- */

int64_t pv_chart_interval(const pv_series *s)
{
    int64_t some[INTERVAL_SAMPLES];
    uint32_t pairs = s->len ? s->len - 1 : 0;
    uint32_t step = pairs / INTERVAL_SAMPLES + 1, n = 0;

    for (uint32_t i = 1; i < s->len && n < INTERVAL_SAMPLES; i += step)
        some[n++] = s->at[i].t - s->at[i - 1].t;
    if (n == 0)
        return 0;
    qsort(some, n, sizeof *some, pv_by_i64);
    return some[n / 2];
}

static bool note_gap(pv_chart *c, int64_t begin, int64_t end)
{
    if (!PV_VEC_GROW(&c->gaps, 1))
        return pv_fail_nomem(c->err);
    c->gaps.at[c->gaps.len++] = (pv_gap){begin, end};
    return true;
}

bool pv_chart_apart(int64_t interval, const pv_point *a, const pv_point *b)
{
    return interval > 0 && interval < INT64_MAX / GAP_INTERVALS &&
           b->t - a->t > GAP_INTERVALS * interval;
}

/* ---- samples into layers ---- */

static bool shown(const pv_chart *c, int64_t t)
{
    return t >= c->from && t <= c->to;
}

/* The children of a moment: sums from the bottom up in a stack. */
static bool add_moment(pv_chart *c, pv_sweep *w, const pv_point *at)
{
    int64_t values[PV_TIMELINE_LAYERS] = {at->value}, sum = 0;

    if (w && !pv_sweep_to(w, at->t, values))
        return false;
    for (size_t i = 0; i < c->layers_len; i++) {
        if (!pv_add64(sum, values[i], &sum))
            return false;
        pv_thin_add(&c->layers[i].thin, (pv_point){at->t, sum});
    }
    c->last = (pv_point){at->t, sum};
    return sum <= PV_AXIS_MOST;
}

static bool add_samples(pv_chart *c, pv_sweep *w)
{
    const pv_series *s = c->own;

    for (uint32_t i = 0; i < s->len; i++) {
        if (!shown(c, s->at[i].t))
            continue;
        if (i > 0 && shown(c, s->at[i - 1].t) &&
            pv_chart_apart(c->interval, &s->at[i - 1], &s->at[i])) {
            if (!note_gap(c, s->at[i - 1].t, s->at[i].t))
                return false;
            for (size_t k = 0; k < c->layers_len; k++)
                pv_thin_break(&c->layers[k].thin);
        }
        if (!add_moment(c, w, &s->at[i]))
            return pv_fail(c->err, PV_E_LIMIT, NULL,
                           "more memory than a picture's axis can show; `-f "
                           "csv` has the numbers");
    }
    return true;
}

/* Each child as it was recorded; the rest where the main process was. */
static bool add_lines(pv_chart *c, const pv_child *child)
{
    size_t own = c->layers_len, most = PV_TIMELINE_CHILDREN;

    c->layers_len = 1;
    if (!add_samples(c, NULL))
        return false;
    c->layers_len = own;
    for (uint32_t i = 0; i < c->children; i++) {
        const pv_series *s = child[i].s;

        for (uint32_t k = 0; child[i].layer <= most && k < s->len; k++) {
            if (s->at[k].value > PV_AXIS_MOST)
                return pv_fail(c->err, PV_E_LIMIT, NULL,
                               "more memory than a picture's axis can show; "
                               "`-f csv` has the numbers");
            if (shown(c, s->at[k].t))
                pv_thin_add(&c->layers[child[i].layer].thin, s->at[k]);
        }
    }
    return true;
}

/* "12 others" of --children lines: their sum. */
static bool add_rest(pv_chart *c, pv_child *child)
{
    uint32_t n = 0;
    pv_sweep w = {.child = PV_NEW_N(&c->arena, pv_child, c->children + 1),
                  .live = PV_NEW_N(&c->arena, uint32_t, c->children + 1)};
    const pv_series *s = c->own;

    if (!w.child || !w.live)
        return pv_fail_nomem(c->err);
    for (uint32_t i = 0; i < c->children; i++)
        if (child[i].layer > PV_TIMELINE_CHILDREN)
            w.child[n++] = (pv_child){child[i].s, 0, 0};
    w.len = n;
    for (uint32_t i = 0; n && i < s->len; i++) {
        int64_t sum = 0;

        if (!pv_sweep_to(&w, s->at[i].t, &sum) || sum > PV_AXIS_MOST)
            return pv_fail(c->err, PV_E_LIMIT, NULL,
                           "more memory than a picture's axis can show; `-f "
                           "csv` has the numbers");
        if (w.live_len == 0)
            pv_thin_break(&c->layers[PV_TIMELINE_CHILDREN + 1].thin);
        else if (shown(c, s->at[i].t))
            pv_thin_add(&c->layers[PV_TIMELINE_CHILDREN + 1].thin,
                        (pv_point){s->at[i].t, sum});
    }
    return true;
}

static bool fill(pv_chart *c, pv_child *child)
{
    pv_sweep w = {.child = child,
                  .len = c->children,
                  .live = PV_NEW_N(&c->arena, uint32_t, c->children + 1)};

    if (!w.live)
        return pv_fail_nomem(c->err);
    name_layers(c, child);
    if (!c->stacked && c->o->children != PV_CHILDREN_SUM)
        return add_lines(c, child) && add_rest(c, child);
    if (c->o->children == PV_CHILDREN_SUM)
        for (uint32_t i = 0; i < c->children; i++)
            child[i].layer = 0;
    c->top = c->layers_len - 1;
    return add_samples(c, c->included ? NULL : &w);
}

/* ---- the window ---- */

/* From the first sample of all runs within the window to the last. */
static bool clip_samples(pv_chart *c, int64_t from, int64_t to)
{
    for (size_t i = 0; i < c->runs_len; i++) {
        pv_chart_run *r = &c->run_at[i];
        int64_t first;

        r->facts = pv_series_facts_of(r->own, from, to);
        if (r->facts.len == 0 && i > 0)
            continue;
        if (r->facts.len == 0)
            return false;
        first = r->own->at[r->facts.first].t;
        if (i == 0 || first < c->from)
            c->from = first;
        if (i == 0 || first + r->facts.duration > c->to)
            c->to = first + r->facts.duration;
    }
    return true;
}

static bool fail_window(pv_chart *c)
{
    const pv_series *s = c->run_at[0].own;
    int64_t last = s->len ? s->at[s->len - 1].t / 1000000 : 0;

    return pv_fail(c->err, PV_E_USAGE, NULL,
                   "--window %s: no sample lies in it; the last is at "
                   "%lld.%03lld s",
                   PV_QUOTE(c->o->window), (long long)(last / 1000),
                   (long long)(last % 1000));
}

static bool clip_window(pv_chart *c)
{
    int64_t from, to;

    if (!pv_timeline_window(c->o->window, &from, &to, c->err))
        return false;
    if (!clip_samples(c, from, to))
        return fail_window(c);
    /* functions begin before the first sample and end after the last */
    if (from == INT64_MIN && c->from > 0)
        c->from = 0;
    for (uint32_t i = 0; to == INT64_MAX && i < c->p->marks.len; i++)
        if (c->p->marks.at[i].run == c->run && c->p->marks.at[i].end > c->to)
            c->to = c->p->marks.at[i].end;
    return true;
}

static void choose_axes(pv_chart *c)
{
    pv_cpx parts = c->plot.w / 9000;
    int64_t most = c->limit > 0 ? c->limit : 0;

    for (size_t i = 0; i < c->layers_len; i++)
        if (c->layers[i].thin.peak.value > most)
            most = c->layers[i].thin.peak.value;
    for (size_t i = 1; i < c->runs_len; i++)
        if (c->run_at[i].thin.peak.value > most)
            most = c->run_at[i].thin.peak.value;
    c->sizes = pv_size_axis_of(most);
    /* In two parts a step of 5 s is wider than a run of 4.5 s. */
    c->times = pv_time_axis_of(c->to > c->from ? c->to - c->from : 1000000000,
                               parts > 3 ? (unsigned)parts : 3);
    if (c->snapshots && c->times.step < 1000000000)
        c->times.step = 1000000000;
}

/* Points that a line passes within a third of a pixel are left out. */
static bool end_lines(pv_chart *c)
{
    int64_t tolerance = pv_muldiv(c->sizes.top, 33, c->plot.h);

    for (size_t i = 0; i < c->layers_len; i++) {
        pv_thin_end(&c->layers[i].thin, tolerance);
        c->arena.failed |= c->layers[i].thin.failed;
    }
    for (size_t i = 1; i < c->runs_len; i++) {
        pv_thin_end(&c->run_at[i].thin, tolerance);
        c->arena.failed |= c->run_at[i].thin.failed;
    }
    return !c->arena.failed || pv_fail_nomem(c->err);
}

bool pv_chart_data(pv_chart *c)
{
    c->stacked = c->o->children == PV_CHILDREN_STACK && !c->included;
    c->interval = pv_chart_interval(c->own);
    c->child = find_children(c);
    if (!c->child)
        return pv_fail_nomem(c->err);
    if (!clip_window(c) || !fill(c, c->child) || !pv_chart_overlays(c))
        return false;
    choose_axes(c);
    return end_lines(c);
}
