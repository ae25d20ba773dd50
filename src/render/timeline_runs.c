/* SPDX-License-Identifier: MIT */
/* Which runs a timeline shows, and the lines of those that are not its
 * subject, aligned at their start. */
#include "flame_words.h"
#include "process_sweep.h"
#include "timeline_chart.h"

uint32_t pv_timeline_runs(const pv_profile *p)
{
    uint32_t runs = 0;

    for (uint32_t i = 0; i < p->series.len; i++)
        if (p->series.at[i].run >= runs)
            runs = p->series.at[i].run + 1;
    return runs;
}

const pv_series *pv_timeline_own(const pv_profile *p, uint32_t run)
{
    for (uint32_t i = 0; i < p->series.len; i++) {
        const pv_series *s = &p->series.at[i];

        if (s->run == run && s->pid < 0 && s->len)
            return s;
    }
    return NULL;
}

bool pv_timeline_slope(const pv_series *s, const pv_series_facts *f,
                       pv_slope *out, pv_error *err)
{
    int64_t from = f->len ? s->at[f->first].t : 0;

    return pv_slope_of(s, from + f->duration / 5, from + f->duration, out, err);
}

/* ---- which runs ---- */

static uint32_t count_children(const pv_profile *p, uint32_t run)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < p->series.len; i++)
        n += p->series.at[i].run == run && p->series.at[i].pid >= 0 &&
             p->series.at[i].len;
    return n;
}

static void add_run(pv_chart *c, size_t input, uint32_t run)
{
    const pv_profile *p = c->job->inputs[input];
    const pv_series *own = pv_timeline_own(p, run);
    size_t i = c->runs_len;
    pv_buf t = {0};

    if (!own)
        return;
    if (c->job->count == 1 && pv_timeline_runs(p) > 1) {
        pv_buf_format(&t, "run %u", run + 1);
    } else {
        pv_buf_str(&t, pv_job_name(c->job, input));
        if (pv_timeline_runs(p) > 1)
            pv_buf_format(&t, " (run %u)", run + 1);
    }
    c->run_at[c->runs_len++] = (pv_chart_run){
        .p = p,
        .run = run,
        .name = pv_chart_keep(c, &t),
        .own = own,
        .children = count_children(p, run),
        .included = pv_profile_note(p, PV_STR("includes_children")).n > 0,
        /* not that of the limit, if it can be helped */
        .paint = c->line[(i + 1) % PV_TIMELINE_COLOURS],
        .dash = (uint8_t)(i ? 1 + (i - 1) % 3 : 0)};
}

bool pv_chart_runs(pv_chart *c)
{
    size_t most = 0;

    for (size_t i = 0; i < c->job->count; i++)
        most += pv_timeline_runs(c->job->inputs[i]);
    c->run_at = PV_NEW_N(&c->arena, pv_chart_run, most + 1);
    for (size_t i = 0; c->run_at && i < c->job->count; i++)
        for (uint32_t k = 0; k < pv_timeline_runs(c->job->inputs[i]); k++)
            add_run(c, i, k);
    if (c->arena.failed)
        return pv_fail_nomem(c->err);
    if (c->runs_len == 0)
        return pv_fail(c->err, PV_E_FORMAT, NULL,
                       "the main process has no sample");
    c->p = c->run_at[0].p;
    c->run = c->run_at[0].run;
    c->own = c->run_at[0].own;
    c->children = c->run_at[0].children;
    c->included = c->run_at[0].included && c->children;
    return true;
}

/* ---- lines ---- */

static bool make_sweep(pv_chart *c, const pv_chart_run *r, pv_sweep *w)
{
    w->child = PV_NEW_N(&c->arena, pv_child, r->children + 1);
    w->live = PV_NEW_N(&c->arena, uint32_t, r->children + 1);
    if (!w->child || !w->live)
        return pv_fail_nomem(c->err);
    for (uint32_t i = 0; i < r->p->series.len; i++) {
        const pv_series *s = &r->p->series.at[i];

        if (s->run == r->run && s->pid >= 0 && s->len)
            w->child[w->len++].s = s;
    }
    pv_sweep_sort(w->child, w->len);
    return true;
}

bool pv_chart_sweep(pv_chart *c, const pv_chart_run *r, pv_sweep *w,
                    size_t *layers)
{
    bool subject = r == c->run_at, lines = c->o->children == PV_CHILDREN_LINES;

    *w = (pv_sweep){0};
    *layers = subject ? c->layers_len : 1;
    if (!r->children || (r->included && *layers == 1) || (lines && !subject))
        return true;
    if (!make_sweep(c, r, w))
        return false;
    for (size_t i = 0; subject && i < w->len; i++)
        w->child[i].layer = c->child[i].layer; /* in the same order */
    return true;
}

/* As the line on top of the subject: all processes, or the main one. */
static bool draw_line(pv_chart *c, pv_chart_run *r)
{
    int64_t interval = pv_chart_interval(r->own);
    const pv_point *before = NULL;
    size_t layers;
    pv_sweep w;

    pv_thin_init(&r->thin, c->from, c->to, (uint32_t)(c->plot.w / 100));
    if (!pv_chart_sweep(c, r, &w, &layers))
        return false;
    for (uint32_t i = 0; i < r->facts.len; i++) {
        const pv_point *p = &r->own->at[r->facts.first + i];
        int64_t value = p->value;

        if ((w.len && !pv_sweep_to(&w, p->t, &value)) || value > PV_AXIS_MOST)
            return pv_fail(c->err, PV_E_LIMIT, NULL,
                           "more memory than a picture's axis can show");
        if (before && pv_chart_apart(interval, before, p))
            pv_thin_break(&r->thin);
        pv_thin_add(&r->thin, (pv_point){p->t, value});
        r->last = (pv_point){p->t, value};
        before = p;
    }
    return true;
}

const pv_thinner *pv_chart_line_of(const pv_chart *c, size_t run)
{
    return run ? &c->run_at[run].thin : &c->layers[c->top].thin;
}

bool pv_chart_has_sum(const pv_chart *c)
{
    for (size_t i = 0; i < c->runs_len; i++)
        if (c->run_at[i].children && !c->run_at[i].included &&
            c->o->children != PV_CHILDREN_LINES)
            return true;
    return false;
}

bool pv_chart_overlays(pv_chart *c)
{
    for (size_t i = 0; i < c->runs_len; i++) {
        pv_chart_run *r = &c->run_at[i];

        if (c->o->slope &&
            !pv_timeline_slope(r->own, &r->facts, &r->slope, c->err))
            return false;
        if (i > 0 && !draw_line(c, r))
            return false;
    }
    return true;
}
