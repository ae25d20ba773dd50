/* SPDX-License-Identifier: MIT */
/* The differential flame graph of a comparison. */
#include "diff_graph.h"

#include "estimate.h"
#include "mean.h"
#include "flame_svg.h"
#include "flame_words.h"

enum { WIDTH = 1200, LEAST_WIDTH = 100 };

bool pv_diff_has_graph(const pv_diff_view *v)
{
    const pv_job *job = v->job;

    if (v->d->both->has & PV_HAS_TREE)
        return true;
    return job->count == 2 && v->sides[0]->has & PV_HAS_CALLS &&
           v->sides[1]->has & PV_HAS_CALLS;
}

/* ---- words ---- */

pv_str pv_diff_title(const pv_diff_view *v, pv_arena *a)
{
    const pv_job *job = v->job;
    const pv_diff_metric *m = &v->d->metrics[v->d->main];
    pv_buf t = {0};
    pv_str title;

    if (v->o->title.n)
        return v->o->title;
    for (size_t i = job->paths_len; i-- > 0 && job->paths_len <= 2;) {
        pv_buf_str(&t, pv_job_name(job, i));
        pv_buf_puts(&t, i ? " against " : "");
    }
    pv_buf_puts(&t, t.n ? " \xe2\x80\x94 what changed, " : "What changed, ");
    pv_buf_str(&t, v->series ? PV_STR("memory over time") : m->name);
    title = pv_arena_copy(a, pv_buf_text(&t));
    a->failed |= t.failed;
    pv_buf_done(&t);
    return title;
}

pv_str pv_diff_told(const pv_diff_view *v, pv_arena *a)
{
    pv_buf t = {0};
    pv_str told;

    pv_diff_sentence(&t, v, PV_M_HTML);
    told = pv_arena_copy(a, pv_buf_text(&t));
    a->failed |= t.failed;
    pv_buf_done(&t);
    return told;
}

/* ---- what is drawn ---- */

/* The runs of a side as one: its mean, *mean if there are several. */
static const pv_profile *side_of(const pv_diff_view *v, int s,
                                 pv_profile **mean, pv_error *err)
{
    const pv_diff *d = v->d;
    size_t from = s ? 1 : 0, n = 1;

    if (d->judged) {
        from = s ? d->runs[0] : 0;
        n = d->runs[s];
    }
    if (n < 2)
        return v->sides[from];
    *mean = pv_mean(v->sides + from, v->job->paths + from, n, err);
    return *mean;
}

/* Stacks of both sides from their tables of callers, compared anew. */
static bool estimate(pv_diff_graph *g, const pv_diff_view *v, pv_arena *a,
                     pv_error *err)
{
    const pv_profile *sides[2];
    pv_diff_options how = v->o->how;

    for (int s = 0; s < 2; s++) {
        pv_profile *mean = NULL;
        const pv_profile *side = side_of(v, s, &mean, err);

        if (side)
            g->guess[s] = pv_estimate(side, PV_ESTIMATE_FRAMES, err);
        pv_profile_free(mean);
        if (!g->guess[s])
            return false;
        sides[s] = g->guess[s];
    }
    how.by = PV_BY_FUNCTION;
    g->estimated = true;
    return pv_diff_make(&g->both, sides, v->job->paths, 2, &how, a, err);
}

/* By function of d->both: is its change within what runs differ by? */
static const bool *noise_of(const pv_diff_view *v, const pv_profile *drawn,
                            pv_arena *a)
{
    const pv_diff *d = v->d;
    bool *noise = NULL;

    if (!d->judged || drawn != d->both || v->o->how.by != PV_BY_FUNCTION)
        return NULL;
    noise = PV_NEW_N(a, bool, (size_t)drawn->functions.len + 1);
    for (uint32_t i = 0; noise && i < d->len; i++)
        noise[d->rows[i].fn.i] = d->rows[i].verdict != PV_VERDICT_CLEAR;
    if (noise)
        noise[0] = d->metrics[d->main].verdict != PV_VERDICT_CLEAR;
    return noise;
}

static void set_options(pv_diff_graph *g, const pv_diff_view *v)
{
    const pv_diff_settings *o = v->o;
    int64_t width = o->width ? o->width : WIDTH;

    g->options = (pv_flame_options){
        .filter = {.own = o->filter.own, .origin = o->filter.origin},
        .width = width < LEAST_WIDTH ? LEAST_WIDTH : width,
        .scale = o->scale,
        .flame = o->flame,
        .theme = o->theme,
        .no_js = o->no_js,
    };
}

bool pv_diff_graph_begin(pv_diff_graph *g, const pv_diff_view *v, pv_str title,
                         pv_str sentence, pv_arena *a, pv_error *err)
{
    const pv_diff *d = v->d;

    *g = (pv_diff_graph){.job = *v->job};
    if (!(d->both->has & PV_HAS_TREE)) {
        if (!estimate(g, v, a, err))
            return false;
        d = &g->both;
    }
    set_options(g, v);
    g->input[0] = d->both;
    g->job.inputs = g->input;
    g->job.count = 1;
    g->job.options = &g->options;
    g->job.whole = NULL;
    g->how = (pv_differential){
        .judging = {.sampled = d->sampled && !v->d->judged,
                    .noise = noise_of(v, d->both, a),
                    .ratio = d->metrics[d->main].ratio,
                    .rate = d->metrics[d->main].rate,
                    .by_self = v->o->delta_given && !v->o->delta},
        .widths = v->o->widths,
        .negate = v->o->negate,
        .title = title,
        .sentence = sentence};
    g->begun = true;
    return pv_flame_begin(&g->picture, &g->job, &g->how, err);
}

void pv_diff_graph_end(pv_diff_graph *g)
{
    if (g->begun)
        pv_flame_end(&g->picture);
    pv_diff_done(&g->both);
    for (int s = 0; s < 2; s++)
        pv_profile_free(g->guess[s]);
}

bool pv_diff_picture(const pv_diff_view *v, pv_sink *out, pv_error *err)
{
    pv_diff_graph g = {0};
    pv_arena a;
    bool ok;

    if (!pv_diff_has_graph(v))
        return pv_fail(err, PV_E_FORMAT, NULL,
                       "these profiles hold no call stacks to draw; try "
                       "`profviz diff --format html`");
    pv_arena_init(&a, 0);
    ok = pv_diff_graph_begin(&g, v, pv_diff_title(v, &a), pv_diff_told(v, &a),
                             &a, err) &&
         (!a.failed || pv_fail_nomem(err)) && pv_flame_encode(&g.picture, out);
    pv_diff_graph_end(&g);
    pv_arena_done(&a);
    return ok;
}
