/* SPDX-License-Identifier: MIT */
/* A comparison for programs: CSV, JSON and folded stacks with two counts.
 *
 * Every row that differs, and exact values.
 */
#include "diff_view.h"
#include "grid.h"
#include "label.h"
#include "number.h"
#include "profviz/format.h"
#include "total.h"

enum {
    HEAD = 4,                   /* name, file, line, status */
    FIGURES = 6,                /* before, after, delta; self and total */
    SPANS = 2 * PV_DIFF_VALUES, /* the least and the greatest of runs */
    COLUMNS_MAX = HEAD + 1 + (FIGURES + SPANS) * PV_METRICS_MAX / 2
};

static const char *const statuses[] = {"same", "changed", "added", "removed"};
static const char *const verdicts[] = {"same", "noise", "clear", "untested"};

static size_t list_columns(const pv_diff *d, pv_str *columns, pv_arena *a)
{
    static const char *const heads[FIGURES] = {"before_self_", "after_self_",
                                               "delta_self_",  "before_total_",
                                               "after_total_", "delta_total_"};
    size_t n = 0;

    columns[n++] = PV_STR("name");
    columns[n++] = PV_STR("file");
    columns[n++] = PV_STR("line");
    columns[n++] = PV_STR("status");
    for (uint32_t m = 0; m < d->width; m++)
        for (int i = 0; i < FIGURES; i++)
            columns[n++] =
                pv_arena_join(a, pv_str_of(heads[i]), d->metrics[m].name);
    return n;
}

/* What several runs have beside it. */
static size_t list_spans(const pv_diff *d, pv_str *columns, pv_arena *a)
{
    static const char *const heads[SPANS] = {
        "least_before_self_", "most_before_self_",   "least_after_self_",
        "most_after_self_",   "least_before_total_", "most_before_total_",
        "least_after_total_", "most_after_total_"};
    size_t n = 0;

    for (uint32_t m = 0; m < d->width; m++)
        for (int i = 0; i < SPANS; i++)
            columns[n++] =
                pv_arena_join(a, pv_str_of(heads[i]), d->metrics[m].name);
    return n;
}

static void put_spans(pv_grid *g, const pv_diff *d, uint32_t row)
{
    for (uint32_t i = 0; i < d->width; i++) {
        const pv_diff_metric *m = &d->metrics[i];
        const pv_span *span = d->span + (pv_diff_values(d, row, i) - d->value);

        for (int k = 0; k < PV_DIFF_VALUES; k++) {
            bool there = k < PV_BEFORE_TOTAL ? !d->cumulative : m->totals;

            pv_grid_value(g, there ? span[k].least : PV_NONE, m->unit,
                          m->exponent);
            pv_grid_value(g, there ? span[k].most : PV_NONE, m->unit,
                          m->exponent);
        }
    }
}

static void put_figures(pv_grid *g, const pv_diff_metric *m, bool there,
                        int64_t before, int64_t after)
{
    const int64_t v[3] = {before, after, after - before};

    for (int i = 0; i < 3; i++)
        pv_grid_value(g, there ? v[i] : PV_NONE, m->unit, m->exponent);
}

static void put_row(pv_grid *g, const pv_diff *d, uint32_t row)
{
    const pv_diff_row *r = &d->rows[row];

    pv_grid_text(g, r->name);
    pv_grid_text(g, r->file);
    if (r->has_line)
        pv_grid_int(g, r->line);
    else
        pv_grid_none(g);
    pv_grid_text(g, pv_str_of(statuses[r->status]));
    for (uint32_t i = 0; i < d->width; i++) {
        const pv_diff_metric *m = &d->metrics[i];
        const int64_t *v = pv_diff_values(d, row, i);

        put_figures(g, m, !d->cumulative, v[PV_BEFORE_SELF], v[PV_AFTER_SELF]);
        put_figures(g, m, m->totals, v[PV_BEFORE_TOTAL], v[PV_AFTER_TOTAL]);
    }
    if (g->medium == PV_M_JSON || d->span)
        pv_grid_text(g, pv_str_of(verdicts[r->verdict]));
    if (d->span)
        put_spans(g, d, row);
}

/* ---- JSON around the rows ---- */

static void put_number(pv_json *j, const char *key, const pv_diff_metric *m,
                       int64_t v)
{
    char digits[PV_NUMBER_MAX];

    pv_json_key(j, key);
    pv_json_number(
        j, (pv_str){digits, pv_write_exact(digits, v, m->unit, m->exponent)});
}

static void put_metric_spans(pv_json *j, const pv_diff_metric *m)
{
    put_number(j, "least_before", m, m->span[0].least);
    put_number(j, "most_before", m, m->span[0].most);
    put_number(j, "least_after", m, m->span[1].least);
    put_number(j, "most_after", m, m->span[1].most);
    pv_json_key(j, "verdict");
    pv_json_text(j, pv_str_of(verdicts[m->verdict]));
}

static void put_metrics(pv_json *j, const pv_diff *d)
{
    pv_json_line(j);
    pv_json_key(j, "metrics");
    pv_json_array(j);
    for (uint32_t i = 0; i < d->width; i++) {
        const pv_diff_metric *m = &d->metrics[i];

        pv_json_object(j);
        pv_json_key(j, "name");
        pv_json_text(j, m->name);
        pv_json_key(j, "unit");
        pv_json_text(j, pv_str_of(pv_unit_name(m->unit)));
        put_number(j, "before", m, m->before);
        put_number(j, "after", m, m->after);
        put_number(j, "delta", m, m->after - m->before);
        if (d->span)
            put_metric_spans(j, m);
        pv_json_end(j);
    }
    pv_json_end(j);
}

static bool put_top(pv_json *j, const pv_diff_view *v)
{
    pv_buf b = {0};
    bool ok;

    pv_diff_sentence(&b, v, PV_M_JSON);
    pv_json_key(j, "verdict");
    pv_json_text(j, pv_str_of(verdicts[v->d->verdict]));
    pv_json_line(j);
    pv_json_key(j, "sentence");
    pv_json_text(j, pv_buf_text(&b));
    put_metrics(j, v->d);
    ok = !b.failed;
    pv_buf_done(&b);
    return ok;
}

static void put_node(pv_json *j, const pv_diff *d, uint32_t i, pv_buf *name)
{
    const pv_profile *p = d->both;
    const pv_frame *f = &p->frames.at[i];
    const pv_function *fn = &p->functions.at[f->fn.i];
    uint32_t line = f->line ? f->line : fn->line;

    pv_buf_clear(name);
    pv_json_line(j);
    pv_json_object(j);
    pv_json_key(j, "parent");
    pv_json_int(j, i ? (int64_t)f->parent.i : -1);
    if (i == 0)
        pv_buf_puts(name, "all");
    else if (fn->name.i)
        pv_buf_str(name, pv_profile_text(p, fn->name));
    else
        pv_label_function(name, p, f->fn);
    pv_json_key(j, "name");
    pv_json_text(j, pv_buf_text(name));
    pv_json_key(j, "file");
    pv_json_text(j, pv_profile_text(p, fn->file));
    pv_json_key(j, "line");
    if (line)
        pv_json_int(j, line);
    else
        pv_json_null(j);
}

/* The six values of one metric; `columns` begins at its names. */
static void put_node_values(pv_json *j, const pv_diff *d, uint32_t i,
                            uint32_t metric, int64_t *const *totals,
                            const pv_str *columns)
{
    const pv_diff_metric *m = &d->metrics[metric];
    int64_t before = pv_frame_self(d->both, i, 2 * m->pair);
    int64_t after = pv_frame_self(d->both, i, 2 * m->pair + 1);
    const int64_t v[FIGURES] = {before,         after,
                                after - before, totals[0][i],
                                totals[1][i],   totals[1][i] - totals[0][i]};

    for (int k = 0; k < FIGURES; k++) {
        char digits[PV_NUMBER_MAX];

        pv_json_key_str(j, columns[k]);
        pv_json_number(j, (pv_str){digits, pv_write_exact(digits, v[k], m->unit,
                                                          m->exponent)});
    }
}

static bool put_tree(pv_json *j, const pv_diff *d, const pv_str *columns,
                     pv_arena *a, pv_error *err)
{
    bool tree = d->both->has & PV_HAS_TREE;
    int64_t *totals[PV_METRICS_MAX];
    pv_buf name = {0};
    bool ok;

    for (uint32_t m = 0; tree && m < d->width; m++)
        for (uint32_t s = 0; s < 2; s++) {
            uint32_t at = 2 * d->metrics[m].pair + s;

            totals[2 * m + s] = pv_frame_totals(d->both, at, a, err);
            if (!totals[2 * m + s])
                return false;
        }
    pv_json_line(j);
    pv_json_key(j, "tree");
    pv_json_array(j);
    for (uint32_t i = 0; tree && i < d->both->frames.len; i++) {
        put_node(j, d, i, &name);
        for (uint32_t m = 0; m < d->width; m++)
            put_node_values(j, d, i, m, totals + 2 * m,
                            columns + HEAD + (size_t)m * FIGURES);
        pv_json_end(j);
    }
    pv_json_end(j);
    ok = !name.failed;
    pv_buf_done(&name);
    return ok || pv_fail_nomem(err);
}

bool pv_diff_grid(const pv_diff_view *v, pv_sink *out, pv_arena *a,
                  pv_error *err)
{
    const pv_diff *d = v->d;
    pv_str columns[COLUMNS_MAX];
    size_t len = list_columns(d, columns, a);
    bool json = v->job->medium == PV_M_JSON, ok = true;
    uint32_t shown = 0;
    pv_grid g;

    if (json || d->span)
        columns[len++] = PV_STR("verdict");
    if (d->span)
        len += list_spans(d, columns + len, a);
    pv_grid_begin(&g, out, v->job->medium);
    if (json)
        ok = put_top(&g.json, v);
    if (v->series)
        ok = pv_diff_series_rows(v, &g) && ok;
    else
        pv_grid_rows(&g, columns, len);
    for (uint32_t i = 0; i < d->len && !v->series; i++)
        if (pv_diff_wanted(v, d->order[i]) &&
            (v->o->limit <= 0 || shown++ < v->o->limit))
            put_row(&g, d, d->order[i]);
    if (json)
        pv_json_end(&g.json);
    if (json && !put_tree(&g.json, d, columns, a, err))
        return false;
    return pv_grid_end(&g, err) && ((ok && !a->failed) || pv_fail_nomem(err));
}

/* ---- folded stacks ---- */

bool pv_diff_folded(const pv_diff_view *v, pv_sink *out, pv_error *err)
{
    const pv_diff *d = v->d;
    const pv_format *folded = pv_format_find(PV_STR("folded"));

    if (!(d->both->has & PV_HAS_TREE))
        return pv_fail(err, PV_E_FORMAT, NULL,
                       "these profiles hold no call stacks; try `profviz diff "
                       "--format csv`");
    if (!folded || !folded->write)
        return pv_fail(err, PV_E_BUG, NULL, "nothing writes folded stacks");
    return folded->write(d->both, out, err);
}
