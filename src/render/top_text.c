/* SPDX-License-Identifier: MIT */
/* `top` for people: a headline, the hottest rows, what is not shown. */
#include "headline.h"
#include "label.h"
#include "least.h"
#include "number.h"
#include "table.h"
#include "top.h"

typedef struct text {
    const pv_job *job;
    const pv_ranking *rows;
    const uint8_t *origins; /* by function */
    const bool *least;      /* by row: the one repeat that counts */
    int64_t whole;          /* 100 % of the main measure */
    int64_t longest;        /* what the longest bar stands for */
    uint32_t main;          /* measure */
    int calls, primitive;   /* measures; -1 */
    pv_buf work;
} text;

/* Totals of the metrics, out of the measures' sums. */
static void metric_totals(const pv_ranking *rows, int64_t *totals)
{
    for (uint32_t i = 0; i < rows->width; i++)
        if (rows->measures[i].role != PV_TOTAL)
            totals[rows->measures[i].index] = rows->measures[i].sum;
}

static int find_measure(const pv_ranking *rows, const char *name)
{
    for (uint32_t i = 0; i < rows->width; i++)
        if (pv_str_equal(rows->measures[i].name, pv_str_of(name)))
            return (int)i;
    return -1;
}

/* Measures that stand in a column of their own beside the main ones. */
static bool beside(const text *t, uint32_t i)
{
    return i != t->main && (int)i != t->rows->total && (int)i != t->primitive &&
           t->rows->measures[i].role != PV_TOTAL && !t->rows->measures[i].empty;
}

static void figure(pv_table *table, pv_str title, pv_yield yield)
{
    pv_table_column(table,
                    (pv_column){.title = title, .right = true, .yield = yield});
}

/* Do places say more than names?  Files and lines are their own. */
static bool has_places(const text *t)
{
    const pv_top_options *o = t->job->options;

    return t->rows->places && o->filter.by != PV_BY_FILE &&
           o->filter.by != PV_BY_LINE &&
           !(t->rows->p->flags & PV_FILE_LINE_FRAMES &&
             o->filter.by == PV_BY_FUNCTION);
}

/* What a row is. */
static pv_str row_title(const text *t)
{
    const pv_top_options *o = t->job->options;

    if (t->rows->p->has & PV_HAS_TOTALS && !t->rows->places)
        return PV_STR("name");
    switch ((pv_group_by)o->filter.by) {
    case PV_BY_FUNCTION: break;
    case PV_BY_FILE: return PV_STR("file");
    case PV_BY_LINE: return PV_STR("line");
    case PV_BY_MODULE: return PV_STR("module");
    case PV_BY_PACKAGE: return PV_STR("package");
    }
    return t->rows->p->flags & PV_FILE_LINE_FRAMES ? PV_STR("line")
                                                   : PV_STR("function");
}

static void make_columns(const text *t, pv_table *table)
{
    const pv_ranking *r = t->rows;
    bool pair = r->total >= 0;

    figure(table, pair ? PV_STR("self") : r->measures[t->main].metric,
           PV_YIELD_NEVER);
    figure(table, PV_STR("%"), PV_YIELD_FIGURE);
    pv_table_column(table, (pv_column){.title = pv_glyph_text(
                                           PV_G_BARS, t->job->style.unicode),
                                       .yield = PV_YIELD_BAR});
    if (pair) {
        figure(table, PV_STR("total"), PV_YIELD_FIGURE);
        figure(table, PV_STR("%"), PV_YIELD_SHARE);
    }
    for (uint32_t i = 0; i < r->width; i++)
        if (beside(t, i))
            figure(table, r->measures[i].metric, PV_YIELD_FIGURE);
    pv_table_column(table, (pv_column){.title = row_title(t),
                                       .name = true,
                                       .yield = PV_YIELD_NAME});
    if (has_places(t))
        pv_table_column(table, (pv_column){.title = PV_STR("defined at"),
                                           .name = true,
                                           .yield = PV_YIELD_PLACE});
}

static const pv_metric *metric_of(const text *t, uint32_t measure)
{
    return &t->rows->p->metrics.at[t->rows->measures[measure].index];
}

static int64_t value(const text *t, uint32_t row, uint32_t measure)
{
    return t->rows->value[(size_t)row * t->rows->width + measure];
}

static void value_cell(text *t, pv_table *table, uint32_t row, uint32_t measure)
{
    pv_buf_clear(&t->work);
    pv_text_value(&t->work, value(t, row, measure), metric_of(t, measure),
                  t->job->style.unicode);
    if ((int)measure == t->calls && t->primitive >= 0 &&
        value(t, row, measure) != value(t, row, (uint32_t)t->primitive)) {
        pv_buf_char(&t->work, '/');
        pv_text_value(&t->work, value(t, row, (uint32_t)t->primitive),
                      metric_of(t, measure), t->job->style.unicode);
    }
    pv_table_text(table, pv_buf_text(&t->work), PV_INK_PLAIN);
}

static void share_cell(const text *t, pv_table *table, int64_t v)
{
    char share[PV_NUMBER_MAX];
    size_t n = v == PV_NONE ? 0 : pv_write_share(share, v, t->whole);

    pv_table_text(table, (pv_str){share, n}, PV_INK_PLAIN);
}

static void place_cell(text *t, pv_table *table, uint32_t at)
{
    pv_row whole = pv_ranking_row(t->rows, at);
    const pv_row *row = &whole;

    pv_buf_clear(&t->work);
    if (row->fn.i != 0 && !pv_str_equal(row->name, row->file) &&
        t->rows->p->functions.at[row->fn.i].name.i != 0)
        pv_label_place(&t->work, t->rows->p, row->fn, row->line);
    pv_table_name(table, pv_buf_text(&t->work), PV_INK_DIM);
}

static void name_cell(text *t, pv_table *table, uint32_t at)
{
    pv_row whole = pv_ranking_row(t->rows, at);
    const pv_row *row = &whole;
    pv_ink ink = pv_ink_origin(t->origins[row->fn.i]);

    pv_buf_clear(&t->work);
    if (row->fn.i != 0)
        pv_label_function(&t->work, t->rows->p, row->fn);
    else
        pv_buf_str(&t->work, row->name);
    if (t->least[at])
        pv_buf_puts(&t->work, " (least)");
    pv_table_name(table, pv_buf_text(&t->work), ink);
}

static void put_row(text *t, pv_table *table, uint32_t row)
{
    const pv_ranking *r = t->rows;
    int64_t main = value(t, row, t->main);

    value_cell(t, table, row, t->main);
    share_cell(t, table, main);
    pv_table_bar(table, main == PV_NONE ? 0 : main, t->longest);
    if (r->total >= 0) {
        value_cell(t, table, row, (uint32_t)r->total);
        share_cell(t, table, value(t, row, (uint32_t)r->total));
    }
    for (uint32_t i = 0; i < r->width; i++)
        if (beside(t, i))
            value_cell(t, table, row, i);
    name_cell(t, table, row);
    if (has_places(t))
        place_cell(t, table, row);
}

static void measure_bars(text *t, uint32_t shown)
{
    for (uint32_t i = 0; i < shown; i++) {
        int64_t v = value(t, t->rows->order[i], t->main);

        if (v > t->longest)
            t->longest = v;
    }
}

static bool put_table(text *t, uint32_t shown, pv_sink *out, pv_error *err)
{
    pv_table table;
    bool ok;

    pv_table_init(&table, &t->job->style, t->job->medium);
    make_columns(t, &table);
    measure_bars(t, shown);
    for (uint32_t i = 0; i < shown; i++)
        put_row(t, &table, t->rows->order[i]);
    table.failed |= t->work.failed;
    ok = pv_table_write(&table, out, err);
    pv_table_done(&table);
    return ok;
}

/* What the rows that are not shown come to. */
static bool put_rest(text *t, uint32_t shown, pv_sink *out, pv_error *err)
{
    const pv_ranking *r = t->rows;
    char share[PV_NUMBER_MAX];
    int64_t sum = 0;

    if (shown >= r->len)
        return true;
    for (uint32_t i = shown; i < r->len; i++) {
        int64_t v = value(t, r->order[i], t->main);

        sum += v == PV_NONE ? 0 : v; /* part of a sum that fits */
    }
    pv_buf_clear(&t->work);
    pv_sink_puts(out, t->job->medium == PV_M_MD ? "\n" : "");
    pv_buf_str(&t->work, pv_glyph_text(PV_G_ELLIPSIS, t->job->style.unicode));
    pv_buf_format(&t->work, " %u more", r->len - shown);
    if (!r->measures[t->main].inclusive) {
        pv_buf_puts(&t->work, ", ");
        pv_buf_add(&t->work, share, pv_write_share(share, sum, t->whole));
        pv_buf_puts(&t->work, " together");
    }
    if (t->job->style.width == 0 || t->job->style.width >= 72)
        pv_buf_puts(&t->work, " (profviz top --limit 0 for all)");
    t->work.failed |= !pv_ink_fitted(out, &t->job->style, 0, PV_INK_PLAIN,
                                     pv_buf_text(&t->work));
    pv_sink_puts(out, "\n");
    return !t->work.failed || pv_fail_nomem(err);
}

static void put_origins(const text *t, pv_sink *out)
{
    int64_t self[PV_ORIGINS] = {0};

    if (t->rows->measures[t->main].role != PV_SELF || !t->rows->places)
        return;
    for (uint32_t i = 0; i < t->rows->len; i++) {
        int64_t v = value(t, i, t->main);

        if (v != PV_NONE)
            self[t->origins[t->rows->fn[i].i]] += v;
    }
    pv_origin_line(t->job, self, t->whole, out);
}

/* The one sentence about a profile without values; false: it has some. */
static bool put_nothing(const text *t, pv_sink *out)
{
    bool empty = t->rows->len == 0;

    if (!empty && t->whole != 0)
        return false;
    pv_sink_puts(out, empty ? "There is nothing to list.\n"
                            : "The total is 0: nothing to rank.\n");
    return true;
}

static bool put_all(text *t, pv_sink *out, pv_error *err)
{
    const pv_top_options *o = t->job->options;
    uint32_t shown = pv_top_shown(t->job, o->limit, t->rows->len);
    int64_t totals[PV_MEASURES_MAX] = {0};

    metric_totals(t->rows, totals);
    if (!pv_headline(t->job, totals, out, err))
        return false;
    if (put_nothing(t, out))
        return true;
    put_origins(t, out);
    if (t->job->medium != PV_M_MD)
        pv_sink_puts(out, "\n");
    return put_table(t, shown, out, err) && put_rest(t, shown, out, err);
}

bool pv_top_text(const pv_job *job, const pv_ranking *rows, pv_sink *out,
                 pv_error *err)
{
    const pv_top_options *o = job->options;
    pv_origin_rules rules = {o->filter.own.at, o->filter.own.len,
                             o->filter.origin.at, o->filter.origin.len};
    pv_job plain = *job;
    text t = {.job = &plain, .rows = rows};
    pv_arena a;
    bool ok;

    if (job->medium == PV_M_MD) /* a file: no locale, width or colour in it */
        plain.style = (pv_text_style){.unicode = true};
    if (rows->width == 0 || rows->self < 0)
        return pv_fail(err, PV_E_FORMAT, NULL, "there is nothing to rank by");
    pv_arena_init(&a, 0);
    t.main = (uint32_t)rows->self;
    t.calls = find_measure(rows, "calls");
    t.primitive = find_measure(rows, "primitive_calls");
    t.whole = pv_job_whole(job, rows->measures[t.main].sum);
    t.origins = pv_origin_kinds(rows->p, &rules, &a, err);
    t.least = t.origins ? pv_least_repeats(rows, &a, err) : NULL;
    ok = t.least && put_all(&t, out, err);
    pv_buf_done(&t.work);
    pv_arena_done(&a);
    return ok;
}
