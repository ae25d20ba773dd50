/* SPDX-License-Identifier: MIT */
/* What changed between two profiles: text, Markdown, CSV, JSON and folded
 * stacks with two counts.
 *
 * CSV and JSON hold every row that differs and exact values; text and Markdown
 * what matters.
 */
#include "diff_runs.h"
#include "diff_view.h"
#include "grid.h"
#include "label.h"
#include "number.h"
#include "profviz/format.h"
#include "total.h"

enum {
    HEAD = 4,    /* name, file, line, status */
    FIGURES = 6, /* before, after, delta; self and total */
    COLUMNS_MAX = HEAD + 1 + FIGURES * PV_METRICS_MAX / 2
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
    if (g->medium == PV_M_JSON)
        pv_grid_text(g, pv_str_of(verdicts[r->verdict]));
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

static bool put_grid(const pv_diff_view *v, pv_sink *out, pv_arena *a,
                     pv_error *err)
{
    const pv_diff *d = v->d;
    pv_str columns[COLUMNS_MAX];
    size_t len = list_columns(d, columns, a);
    bool json = v->job->medium == PV_M_JSON, ok = true;
    uint32_t shown = 0;
    pv_grid g;

    if (json)
        columns[len++] = PV_STR("verdict");
    pv_grid_begin(&g, out, v->job->medium);
    if (json)
        ok = put_top(&g.json, v);
    pv_grid_rows(&g, columns, len);
    for (uint32_t i = 0; i < d->len; i++)
        if (pv_diff_wanted(v, d->order[i]) &&
            (v->o->limit <= 0 || shown++ < v->o->limit))
            put_row(&g, d, d->order[i]);
    if (json)
        pv_json_end(&g.json);
    if (json && !put_tree(&g.json, d, columns, a, err))
        return false;
    return pv_grid_end(&g, err) && ((ok && !a->failed) || pv_fail_nomem(err));
}

/* ---- the whole ---- */

static bool put_folded(const pv_diff *d, pv_sink *out, pv_error *err)
{
    const pv_format *folded = pv_format_find(PV_STR("folded"));

    if (!(d->both->has & PV_HAS_TREE))
        return pv_fail(err, PV_E_FORMAT, NULL,
                       "these profiles hold no call stacks; try `profviz diff "
                       "--format csv`");
    if (!folded || !folded->write)
        return pv_fail(err, PV_E_BUG, NULL, "nothing writes folded stacks");
    return folded->write(d->both, out, err);
}

static bool put(pv_diff_view *v, pv_sink *out, pv_arena *a, pv_error *err)
{
    if (!pv_diff_floor(v, err))
        return false;
    if (v->job->medium == PV_M_FOLDED)
        return put_folded(v->d, out, err);
    if (v->job->medium & (PV_M_TXT | PV_M_MD))
        return pv_diff_text(v, out, err);
    return put_grid(v, out, a, err);
}

/* Frames become groups on both sides; tracemalloc's lines and files are sums
 * over rows, which keep the stacks. */
static bool wants_groups(const pv_job *job, int by)
{
    uint32_t flags = job->inputs[0]->flags;

    if (by == PV_BY_FUNCTION || by == PV_DIFF_BY_STACK)
        return false;
    if (flags & PV_FILE_LINE_FRAMES)
        return by != PV_BY_FILE && by != PV_BY_LINE;
    return job->inputs[0]->has & PV_HAS_TREE;
}

static bool render(const pv_job *job, pv_sink *out, pv_error *err)
{
    pv_diff_settings o = *(const pv_diff_settings *)job->options;
    pv_filter_options group = {
        .threads = true, .by = o.how.by, .own = o.own, .origin = o.origin};
    const pv_profile **sides;
    bool *kept, ok;
    size_t made = 0;
    pv_diff d = {0};
    pv_diff_view v = {.job = job, .o = &o, .d = &d};
    pv_arena a;

    o.how.by_total = o.delta;
    pv_arena_init(&a, 0);
    sides = PV_NEW_N(&a, const pv_profile *, job->count);
    kept = PV_NEW_N(&a, bool, job->count);
    ok = !a.failed || pv_fail_nomem(err);
    for (; ok && made < job->count; made += ok) {
        sides[made] = job->inputs[made];
        kept[made] = true;
        if (wants_groups(job, o.how.by))
            sides[made] =
                pv_filter(sides[made], &group, NULL, &kept[made], err);
        ok = sides[made] != NULL;
    }
    ok = ok && pv_diff_of_runs(&d, sides, job->paths, job->count, job->old,
                               &o.how, &a, err);
    ok = ok && put(&v, out, &a, err);
    pv_diff_done(&d);
    for (size_t s = 0; s < made; s++)
        if (!kept[s])
            pv_profile_free((pv_profile *)(uintptr_t)sides[s]);
    pv_arena_done(&a);
    return ok;
}

static const char *const bys[] = {"function", "file",  "line", "module",
                                  "package",  "stack", NULL};
static const char *const deltas[] = {"self", "total", NULL};
static const char *const onlys[] = {"all", "worse", "better", NULL};

#define AT(field) offsetof(pv_diff_settings, field)

static const pv_opt own_options[] = {
    {.kind = PV_OPT_FLAG,
     .letter = 'n',
     .name = "normalize",
     .help = "scale the old side to the new one's total, by the exact ratio",
     .offset = AT(how.normalize)},
    {.kind = PV_OPT_CHOICE,
     .name = "by",
     .help = "what rows are: functions (tracemalloc: lines), files, lines, "
             "modules, packages or whole stacks",
     .offset = AT(how.by),
     .choices = bys},
    {.kind = PV_OPT_FLAG,
     .name = "cumulative",
     .help = "tracemalloc: count a block for every frame of its traceback, as "
             "Python's cumulative statistics do",
     .offset = AT(how.cumulative)},
    {.kind = PV_OPT_TEXT,
     .name = "min-change",
     .arg = "N",
     .help = "in text, pass over smaller changes: seconds, or 5ms, 64KiB, 100 "
             "(default: 1ms, 64KiB; never below 0.5% of the old total)",
     .offset = AT(min_change)},
    {.kind = PV_OPT_CHOICE,
     .name = "delta",
     .help = "rows are judged and ordered by their change of self or of total",
     .offset = AT(delta),
     .choices = deltas},
    {.kind = PV_OPT_CHOICE,
     .name = "only",
     .help = "rows that got worse (more), or better (less)",
     .offset = AT(only),
     .choices = onlys},
    {.kind = PV_OPT_FLAG,
     .name = "all",
     .help = "list the rows that are the same, too",
     .offset = AT(all)},
    {.kind = PV_OPT_FLAG,
     .name = "negate",
     .help = "swap the colours of more and less",
     .offset = AT(negate)},
    {.kind = PV_OPT_INT,
     .name = "limit",
     .arg = "N",
     .help = "show N rows; 0 shows all (default: text 20, csv and json all)",
     .offset = AT(limit),
     .min = 0,
     .max = UINT32_MAX,
     .preset = -1},
    {.kind = PV_OPT_LIST,
     .name = "own",
     .arg = "PREFIX",
     .help = "your own code's packages are below this path (--by)",
     .offset = AT(own)},
    {0},
};

static const pv_opt_group groups[] = {
    {.title = "Comparing", .options = own_options},
    {0},
};

const pv_renderer pv_renderer_diff = {
    .name = "diff",
    .title = "what changed between two profiles",
    .needs = PV_HAS_TREE | PV_HAS_CALLS | PV_HAS_LINES | PV_HAS_TOTALS,
    .media = PV_M_TXT | PV_M_MD | PV_M_CSV | PV_M_JSON | PV_M_FOLDED,
    .preset = PV_M_TXT,
    .options = groups,
    .options_size = sizeof(pv_diff_settings),
    .pairs = true,
    .render = render,
};
