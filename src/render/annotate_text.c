/* SPDX-License-Identifier: MIT */
/* Annotated source as text: a table a file, its lines beside their costs. */
#include <stdio.h>
#include <stdlib.h>

#include "headline.h"
#include "label.h"
#include "number.h"
#include "source_lines.h"
#include "table.h"

/* Lines without costs stand between lines that have some, up to this many. */
enum { GAP_MAX = 4 };

typedef struct item {
    const pv_line_table *t;
    uint32_t row;
} item;

typedef struct file {
    uint32_t begin, end; /* in page.rows */
    int64_t cost;
    pv_str name;
    uint32_t fn; /* memory_profiler: one table a call of a function */
    uint32_t call;
} file;

typedef struct page {
    const pv_job *job;
    const pv_profile *p;
    const pv_line_table *t;
    item *rows; /* by file, line, function, call */
    file *files;
    uint32_t files_len;
    int64_t whole; /* of the first measure */
    uint32_t main; /* the measure that shares are of */
    pv_sources sources;
    pv_buf work;
} page;

static int i64_compare(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static int by_place(const void *p, const void *q)
{
    const item *x = p, *y = q;
    const pv_line_row *a = &x->t->at[x->row], *b = &y->t->at[y->row];
    int order = pv_str_compare(a->file, b->file);

    if (!order && a->call)
        order = i64_compare(a->fn.i, b->fn.i);
    if (!order)
        order = i64_compare(a->call, b->call);
    if (!order)
        order = i64_compare(a->line, b->line);
    return order ? order : i64_compare(x->row, y->row);
}

/* Dearest first. */
static int by_cost(const void *p, const void *q)
{
    const file *x = p, *y = q;
    int order = i64_compare(y->cost, x->cost);

    if (!order)
        order = pv_str_compare(x->name, y->name);
    if (!order)
        order = i64_compare(x->fn, y->fn);
    return order ? order : i64_compare(x->call, y->call);
}

static int64_t value(const page *g, uint32_t row, uint32_t measure)
{
    return g->t->value[(size_t)row * g->t->width + measure];
}

/* Levels of memory, as memory_profiler has them, do not add up, and the first
 * line's is that of the whole process: they have no shares. */
static bool has_levels(const page *g)
{
    return g->t->kind == PV_LINES_OF_CALLS;
}

static void add_cost(const page *g, file *f, int64_t v)
{
    if (v == PV_NONE)
        return;
    if (has_levels(g))
        f->cost = v > f->cost ? v : f->cost;
    else if (!pv_add64(f->cost, v, &f->cost))
        f->cost = INT64_MAX;
}

static bool same_table(const file *f, const file *g)
{
    return f->fn == g->fn && f->call == g->call &&
           pv_str_equal(f->name, g->name);
}

static bool collect(page *g, pv_arena *a)
{
    uint32_t len = g->t->len;

    g->rows = PV_NEW_N(a, item, (size_t)len + 1);
    g->files = PV_NEW_N(a, file, (size_t)len + 1);
    if (a->failed)
        return false;
    for (uint32_t i = 0; i < len; i++)
        g->rows[i] = (item){g->t, i};
    if (len > 1)
        qsort(g->rows, len, sizeof *g->rows, by_place);
    for (uint32_t i = 0; i < len; i++) {
        const pv_line_row *row = &g->t->at[g->rows[i].row];
        file next = {.begin = i, .name = row->file, .call = row->call};
        int64_t v = value(g, g->rows[i].row, g->main);
        file *last = g->files_len ? &g->files[g->files_len - 1] : NULL;

        if (row->call)
            next.fn = row->fn.i;
        if (!last || !same_table(last, &next)) {
            last = &g->files[g->files_len++];
            *last = next;
        }
        last->end = i + 1;
        add_cost(g, last, v);
    }
    if (g->files_len > 1)
        qsort(g->files, g->files_len, sizeof *g->files, by_cost);
    return true;
}

/* ---- one file ---- */

static bool has_functions(const page *g)
{
    return g->t->kind == PV_LINES_OF_PROFILE;
}

static void make_columns(const page *g, pv_table *table)
{
    pv_table_column(table, (pv_column){.title = PV_STR("line"), .right = true});
    for (uint32_t c = 0; c < g->t->width; c++) {
        pv_table_column(table, (pv_column){.title = g->t->measures[c].name,
                                           .right = true,
                                           .yield = PV_YIELD_FIGURE});
        if (c == g->main && !has_levels(g))
            pv_table_column(table, (pv_column){.title = PV_STR("%"),
                                               .right = true,
                                               .yield = PV_YIELD_SHARE});
    }
    if (has_functions(g))
        pv_table_column(table, (pv_column){.title = PV_STR("function"),
                                           .yield = PV_YIELD_PLACE});
    pv_table_column(
        table, (pv_column){.title = PV_STR("source"), .yield = PV_YIELD_NAME});
}

static void number_cell(page *g, pv_table *table, uint32_t n)
{
    pv_buf_clear(&g->work);
    pv_buf_format(&g->work, "%u", n);
    pv_table_text(table, pv_buf_text(&g->work), PV_INK_PLAIN);
}

static void value_cells(page *g, pv_table *table, uint32_t row)
{
    for (uint32_t c = 0; c < g->t->width; c++) {
        const pv_line_measure *m = &g->t->measures[c];
        pv_metric metric = {.unit = m->unit, .exponent = m->exponent};
        int64_t v = value(g, row, c);
        char share[PV_NUMBER_MAX];
        size_t n = v == PV_NONE ? 0 : pv_write_share(share, v, g->whole);

        pv_buf_clear(&g->work);
        pv_text_value(&g->work, v, &metric, g->job->style.unicode);
        pv_table_text(table, pv_buf_text(&g->work), PV_INK_PLAIN);
        if (c == g->main && !has_levels(g))
            pv_table_text(table, (pv_str){share, n}, pv_ink_heat(v, g->whole));
    }
}

static void empty_cells(const page *g, pv_table *table)
{
    for (uint32_t c = has_levels(g) ? 1 : 0; c <= g->t->width; c++)
        pv_table_text(table, PV_STR(""), PV_INK_PLAIN);
    if (has_functions(g))
        pv_table_text(table, PV_STR(""), PV_INK_PLAIN);
}

static void source_cell(page *g, pv_table *table, uint32_t line, pv_str carried)
{
    pv_buf_clear(&g->work);
    pv_source_clean(&g->work,
                    carried.n ? carried : pv_sources_line(&g->sources, line),
                    false, g->job->style.unicode);
    pv_table_text(table, pv_buf_text(&g->work), PV_INK_PLAIN);
}

static void put_row(page *g, pv_table *table, uint32_t row)
{
    const pv_line_row *l = &g->t->at[row];

    number_cell(g, table, l->line);
    value_cells(g, table, row);
    if (has_functions(g))
        pv_table_name(table,
                      pv_profile_text(g->p, g->p->functions.at[l->fn.i].name),
                      PV_INK_PLAIN);
    source_cell(g, table, l->line, l->source);
}

/* The lines between two that have costs. */
static void put_gap(page *g, pv_table *table, uint32_t from, uint32_t to)
{
    if (from >= to || g->sources.text.len == 0)
        return;
    if (to - from > GAP_MAX) {
        pv_table_text(table,
                      pv_glyph_text(PV_G_ELLIPSIS, g->job->style.unicode),
                      PV_INK_PLAIN);
        empty_cells(g, table);
        pv_table_text(table, PV_STR(""), PV_INK_PLAIN);
        return;
    }
    for (; from < to; from++) {
        number_cell(g, table, from);
        empty_cells(g, table);
        source_cell(g, table, from, PV_STR(""));
    }
}

/* What cProfile names so is in no file. */
static bool is_builtin(const file *f)
{
    return pv_str_equal(f->name, PV_STR("~"));
}

/* "load  shop.py:12" */
static void add_function(page *g, uint32_t fn)
{
    pv_buf label = {0};

    pv_label_function(&label, g->p, (pv_fn){fn});
    if (g->p->functions.at[fn].name.i && g->p->functions.at[fn].file.i) {
        pv_buf_puts(&label, "  ");
        pv_label_place(&label, g->p, (pv_fn){fn}, g->p->functions.at[fn].line);
    }
    pv_ink_clean(&g->work, pv_buf_text(&label), g->job->style.unicode);
    g->work.failed |= label.failed;
    pv_buf_done(&label);
}

static void put_title(page *g, const file *f, pv_sink *out)
{
    const pv_line_measure *m = &g->t->measures[g->main];
    pv_metric metric = {.unit = m->unit, .exponent = m->exponent};
    int used;

    pv_buf_clear(&g->work);
    pv_text_value(&g->work, f->cost, &metric, g->job->style.unicode);
    pv_buf_puts(&g->work, "  ");
    used = (int)g->work.n;
    pv_ink_text(out, &g->job->style, PV_INK_BOLD, pv_buf_text(&g->work));
    pv_buf_clear(&g->work);
    if (f->fn)
        add_function(g, f->fn);
    else if (is_builtin(f))
        pv_buf_puts(&g->work, "built-in");
    else
        pv_ink_clean(&g->work, f->name, g->job->style.unicode);
    if (f->call)
        pv_buf_format(&g->work, ", call %u", f->call);
    g->work.failed |= !pv_ink_fitted(out, &g->job->style, used, PV_INK_PLAIN,
                                     pv_buf_text(&g->work));
    pv_sink_puts(out, "\n");
}

/* Why there is no source, where the input carries none itself. */
static void put_reason(page *g, const file *f, pv_found found, pv_sink *out)
{
    bool carried = false;

    for (uint32_t i = f->begin; i < f->end; i++)
        carried |= g->t->at[g->rows[i].row].source.n > 0;
    if (found == PV_FOUND || carried || g->sources.none || is_builtin(f))
        return;
    pv_buf_clear(&g->work);
    pv_buf_puts(&g->work, "without source: the file ");
    pv_buf_puts(&g->work, pv_found_reason(found));
    g->work.failed |= !pv_ink_fitted(out, &g->job->style, 0, PV_INK_PLAIN,
                                     pv_buf_text(&g->work));
    pv_sink_puts(out, "\n");
}

static bool put_file(page *g, const file *f, pv_sink *out, pv_error *err)
{
    uint32_t next = 0;
    pv_table table;
    bool ok;

    put_title(g, f, out);
    put_reason(g, f, pv_sources_hold(&g->sources, f->name), out);
    pv_table_init(&table, &g->job->style, PV_M_TXT);
    make_columns(g, &table);
    for (uint32_t i = f->begin; i < f->end; i++) {
        const pv_line_row *l = &g->t->at[g->rows[i].row];

        if (next > 0)
            put_gap(g, &table, next, l->line);
        put_row(g, &table, g->rows[i].row);
        next = l->line + 1;
    }
    table.failed |= g->work.failed || g->sources.failed;
    ok = pv_table_write(&table, out, err);
    pv_table_done(&table);
    return ok;
}

/* ---- all files ---- */

/* The first measure that adds up, times and sizes before counts, and what it
 * comes to. */
static void choose_main(page *g)
{
    bool found = has_levels(g); /* `memory` comes first */

    for (uint32_t c = 0; c < g->t->width && !has_levels(g); c++) {
        const pv_line_measure *m = &g->t->measures[c];

        if (m->total || (found && g->t->measures[g->main].unit != PV_COUNT) ||
            (found && m->unit == PV_COUNT))
            continue;
        g->main = c;
        found = true;
    }
    for (uint32_t i = 0; i < g->t->len; i++) {
        int64_t v = value(g, i, g->main);

        if (v != PV_NONE && !pv_add64(g->whole, v, &g->whole))
            g->whole = INT64_MAX;
    }
}

bool pv_annotate_text(const pv_job *job, const pv_profile *p,
                      const pv_line_table *t, pv_sink *out, pv_error *err)
{
    page g = {.job = job, .p = p, .t = t};
    pv_arena a;
    bool ok;

    if (t->len == 0) {
        pv_sink_puts(out, "There are no source lines to show.\n");
        return true;
    }
    pv_arena_init(&a, 0);
    pv_sources_init(&g.sources, job->options);
    choose_main(&g);
    ok = collect(&g, &a) || pv_fail_nomem(err);
    for (uint32_t i = 0; ok && i < g.files_len; i++) {
        if (i > 0)
            pv_sink_puts(out, "\n");
        ok = put_file(&g, &g.files[i], out, err);
    }
    pv_buf_done(&g.work);
    pv_sources_done(&g.sources);
    pv_arena_done(&a);
    return ok;
}
