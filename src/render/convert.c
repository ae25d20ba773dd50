/* SPDX-License-Identifier: MIT */
/* Another file kind: folded stacks, the tree as CSV, the whole model as JSON.
 *
 * Folded stacks are written by their format; CSV has one row a frame in
 * preorder; JSON is as docs/profile.schema.json says.
 */
#include "filter.h"
#include "grid.h"
#include "label.h"
#include "model_json.h"
#include "profviz/format.h"
#include "total.h"

enum { PLACE_COLUMNS = 5 };

/* The totals of every metric, one array each. */
static bool all_totals(const pv_profile *p, const int64_t **totals, pv_arena *a,
                       pv_error *err)
{
    for (uint32_t m = 0; m < p->metrics.len; m++) {
        totals[m] = pv_frame_totals(p, m, a, err);
        if (!totals[m])
            return false;
    }
    return true;
}

static size_t list_columns(const pv_profile *p, pv_str *columns, pv_arena *a)
{
    static const pv_str places[PLACE_COLUMNS] = {
        {"id", 2}, {"parent", 6}, {"name", 4}, {"file", 4}, {"line", 4}};
    size_t n = PLACE_COLUMNS;

    memcpy(columns, places, sizeof places);
    for (uint32_t m = 0; m < p->metrics.len; m++) {
        pv_str name = pv_profile_text(p, p->metrics.at[m].name);

        if (p->metrics.at[m].inclusive)
            continue;
        columns[n++] = pv_arena_join(a, PV_STR("self_"), name);
        columns[n++] = pv_arena_join(a, PV_STR("total_"), name);
    }
    return n;
}

static void put_name(pv_grid *g, const pv_profile *p, uint32_t frame,
                     pv_buf *work)
{
    pv_fn fn = p->frames.at[frame].fn;
    pv_str name = pv_profile_text(p, p->functions.at[fn.i].name);

    pv_buf_clear(work);
    if (frame == 0)
        name = PV_STR("all");
    if (name.n == 0) {
        pv_label_function(work, p, fn);
        name = pv_buf_text(work);
    }
    pv_grid_text(g, name);
    g->failed |= work->failed;
}

static void put_frame(pv_grid *g, const pv_profile *p, uint32_t i,
                      const int64_t *const *totals, pv_buf *work)
{
    const pv_frame *f = &p->frames.at[i];
    const pv_function *fn = &p->functions.at[f->fn.i];
    uint32_t line = f->line ? f->line : fn->line;

    pv_grid_int(g, i);
    pv_grid_int(g, i ? (int64_t)f->parent.i : -1);
    put_name(g, p, i, work);
    pv_grid_text(g, pv_profile_text(p, fn->file));
    if (line)
        pv_grid_int(g, line);
    else
        pv_grid_none(g);
    for (uint32_t m = 0; m < p->metrics.len; m++) {
        const pv_metric *metric = &p->metrics.at[m];

        if (metric->inclusive)
            continue;
        pv_grid_value(g, pv_frame_self(p, i, m), metric->unit,
                      metric->exponent);
        pv_grid_value(g, totals[m][i], metric->unit, metric->exponent);
    }
}

static bool put_csv(const pv_profile *p, pv_sink *out, pv_arena *a,
                    pv_error *err)
{
    const int64_t *totals[PV_METRICS_MAX];
    pv_str columns[PLACE_COLUMNS + 2 * PV_METRICS_MAX];
    size_t len = list_columns(p, columns, a);
    pv_buf work = {0};
    pv_grid g;

    if (a->failed)
        return pv_fail_nomem(err);
    if (!all_totals(p, totals, a, err))
        return false;
    pv_grid_begin(&g, out, PV_M_CSV);
    pv_grid_rows(&g, columns, len);
    for (uint32_t i = 0; i < p->frames.len; i++)
        put_frame(&g, p, i, totals, &work);
    pv_buf_done(&work);
    return pv_grid_end(&g, err);
}

static bool nothing_left(const pv_profile *p)
{
    for (uint32_t m = 0; p->frames.cost && m < p->metrics.len; m++)
        if (p->frames.cost[m])
            return false;
    return p->frames.len <= 1;
}

static bool put_folded(const pv_job *job, pv_sink *out, pv_error *err)
{
    const pv_format *folded = pv_format_find(PV_STR("folded"));
    const pv_profile *p = job->inputs[0];

    if (nothing_left(p)) /* no line of the output can say so */
        pv_log_say(&job->log, NULL,
                   job->whole
                       ? "no stack is left of the input: the output is empty"
                       : "there is no stack: the output is empty");
    if (!folded || !folded->write)
        return pv_fail(err, PV_E_BUG, NULL, "nothing writes folded stacks");
    return folded->write(p, out, err);
}

static bool no_stacks(const pv_job *job, const pv_profile *p, pv_error *err)
{
    const pv_format *f = pv_format_find(pv_str_of(p->format));
    pv_place at = {.file = job->paths_len ? job->paths[0] : PV_STR("")};

    return pv_fail(err, PV_E_FORMAT, &at,
                   "%s%s hold no call stacks; try `profviz convert --format "
                   "json`%s%s",
                   f && f->noun ? f->noun : p->format,
                   f && f->noun ? "" : " files", f && f->stacks ? "; " : "",
                   f && f->stacks ? f->stacks : "");
}

static bool render(const pv_job *job, pv_sink *out, pv_error *err)
{
    const pv_profile *p = job->inputs[0];
    pv_arena a;
    bool ok;

    if (job->medium == PV_M_JSON)
        return pv_model_json(p, out, err);
    if (!(p->has & PV_HAS_TREE))
        return no_stacks(job, p, err);
    if (job->medium == PV_M_FOLDED)
        return put_folded(job, out, err);
    pv_arena_init(&a, 0);
    ok = put_csv(p, out, &a, err);
    pv_arena_done(&a);
    return ok;
}

static const pv_opt_group option_groups[] = {
    {"Which stacks", pv_filter_opts, 0},
    {"Grouping", pv_grouping_opts, 0},
    {0},
};

const pv_renderer pv_renderer_convert = {
    .name = "convert",
    .title = "another file kind: folded stacks, tree as CSV, model as JSON",
    .needs = PV_HAS_TREE | PV_HAS_CALLS | PV_HAS_LINES | PV_HAS_SERIES |
             PV_HAS_TOTALS,
    .stacked = PV_M_CSV | PV_M_FOLDED,
    .media = PV_M_FOLDED | PV_M_CSV | PV_M_JSON,
    .options = option_groups,
    .options_size = sizeof(pv_filter_options),
    .threads = true, /* stacks go out as they came in */
    .render = render,
};
