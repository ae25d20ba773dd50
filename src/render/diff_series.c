/* SPDX-License-Identifier: MIT */
/* Recordings of memory over time, compared: one row a measure; pictures are
 * those of timelines, one run over the other. */
#include "diff_graph.h"
#include "diff_view.h"
#include "grid.h"
#include "series_totals.h"
#include "timeline.h"

enum { WIDTH = 1200 };

bool pv_diff_is_series(const pv_job *job)
{
    for (size_t i = 0; i < job->count; i++)
        if (!(job->inputs[i]->has & PV_HAS_SERIES))
            return false;
    return job->count > 1; /* else they cannot be compared */
}

pv_str pv_diff_label(const pv_diff_view *v, const pv_diff_metric *m)
{
    bool area = v->series && pv_str_equal(m->name, PV_STR(PV_SERIES_AREA));

    return area ? PV_STR("area (x s)") : m->name;
}

static const char *unit_of(const pv_diff_metric *m)
{
    if (pv_str_equal(m->name, PV_STR(PV_SERIES_AREA)))
        return "bytes*s";
    return pv_unit_name(m->unit);
}

bool pv_diff_series_rows(const pv_diff_view *v, pv_grid *g)
{
    static const char *const heads[] = {"metric", "unit", "before", "after",
                                        "delta"};
    pv_str columns[5];

    for (size_t i = 0; i < 5; i++)
        columns[i] = pv_str_of(heads[i]);
    pv_grid_rows(g, columns, 5);
    for (uint32_t i = 0; i < v->d->width; i++) {
        const pv_diff_metric *m = &v->d->metrics[i];
        int64_t change = m->after - m->before;

        if (!v->o->all && change == 0)
            continue;
        pv_grid_text(g, m->name);
        pv_grid_text(g, pv_str_of(unit_of(m)));
        pv_grid_value(g, m->before, m->unit, m->exponent);
        pv_grid_value(g, m->after, m->unit, m->exponent);
        pv_grid_value(g, change, m->unit, m->exponent);
    }
    return !g->failed;
}

bool pv_diff_series_picture(const pv_diff_view *v, pv_sink *out, pv_error *err)
{
    const pv_diff_settings *o = v->o;
    pv_timeline_options options = {.compare = true,
                                   .width = o->width >= 320 ? o->width : WIDTH,
                                   .scale = o->scale,
                                   .theme = o->theme};
    pv_job job = *v->job;
    pv_arena a;
    bool ok;

    pv_arena_init(&a, 0);
    options.title = pv_diff_title(v, &a);
    options.verdict = pv_diff_told(v, &a);
    options.verdict.n -= pv_str_ends(options.verdict, PV_STR("."));
    job.options = &options;
    if (a.failed)
        ok = pv_fail_nomem(err);
    else
        ok = job.medium == PV_M_HTML ? pv_timeline_page(&job, out, err)
                                     : pv_timeline_picture(&job, out, err);
    pv_arena_done(&a);
    return ok;
}
