/* SPDX-License-Identifier: MIT */
/* What source lines cost: CSV, JSON, and text beside the source.
 *
 * Inputs of one kind are merged; inputs of several kinds stand one after the
 * other, in CSV and JSON with a leading column `input`.
 */
#include "annotate.h"

#include "grid.h"
#include "merge.h"
#include "number.h"
#include "profviz/format.h"
#include "source_page.h"
#include "theme.h"

static const char *const embedding[] = {"auto", "none", NULL};

static const pv_opt source_options[] = {
    {.kind = PV_OPT_LIST,
     .name = "source-path",
     .arg = "DIR",
     .help = "read sources below DIR only (repeatable; default: the working "
             "directory)",
     .offset = offsetof(pv_annotate_options, source_path)},
    {.kind = PV_OPT_LIST,
     .name = "path-map",
     .arg = "FROM=TO",
     .help = "look for files of the profile below FROM below TO (repeatable)",
     .offset = offsetof(pv_annotate_options, path_map)},
    {.kind = PV_OPT_LIST,
     .name = "trim-path",
     .arg = "DIR",
     .help = "show paths below DIR without it (repeatable)",
     .offset = offsetof(pv_annotate_options, trim_path)},
    {.kind = PV_OPT_CHOICE,
     .name = "embed-source",
     .arg = "WHEN",
     .help = "show source lines where they may be read, or none",
     .offset = offsetof(pv_annotate_options, embed_source),
     .choices = embedding},
    {.kind = PV_OPT_FLAG,
     .name = "cumulative",
     .help = "tracemalloc: count every frame of a traceback, not its last",
     .offset = offsetof(pv_annotate_options, cumulative)},
    {0},
};

static const pv_opt lprof_options[] = {
    {.kind = PV_OPT_FLAG,
     .letter = 'z',
     .name = "skip-zero",
     .help = "leave out functions that were not called",
     .offset = offsetof(pv_annotate_options, skip_zero)},
    {.kind = PV_OPT_FLAG,
     .letter = 't',
     .name = "sort",
     .help = "order functions by their time, the dearest last",
     .offset = offsetof(pv_annotate_options, sort)},
    {.kind = PV_OPT_FLAG,
     .letter = 'm',
     .name = "summarize",
     .help = "add a line a function with its time",
     .offset = offsetof(pv_annotate_options, summarize)},
    {.kind = PV_OPT_TEXT,
     .letter = 'u',
     .name = "unit",
     .arg = "SECONDS",
     .help = "unit of times in text (default: 1e-6)",
     .offset = offsetof(pv_annotate_options, unit)},
    {0},
};

static const pv_opt page_options[] = {
    {.kind = PV_OPT_TEXT,
     .name = "title",
     .arg = "TEXT",
     .help = "heading of the page",
     .offset = offsetof(pv_annotate_options, title)},
    {.kind = PV_OPT_CHOICE,
     .name = "theme",
     .arg = "NAME",
     .help = "colours of pages",
     .offset = offsetof(pv_annotate_options, theme),
     .choices = pv_theme_names},
    {.kind = PV_OPT_FLAG,
     .name = "no-js",
     .help = "leave the script out of pages",
     .offset = offsetof(pv_annotate_options, no_js)},
    {0},
};

static const pv_opt_group option_groups[] = {
    {"Sources", source_options, 0},
    {"Pages", page_options, 0},
    {"Line profiles", lprof_options, 0},
    {0},
};

/* ---- CSV and JSON ---- */

typedef struct sheet {
    pv_str columns[PV_LINE_MEASURES_MAX + 6];
    size_t len;
    bool input;
} sheet;

static void add_column(sheet *s, pv_str name)
{
    for (size_t i = 0; i < s->len; i++)
        if (pv_str_equal(s->columns[i], name))
            return;
    if (s->len < sizeof s->columns / sizeof *s->columns)
        s->columns[s->len++] = name;
}

static bool has_functions(const pv_line_table *t)
{
    return t->kind == PV_LINES_OF_FUNCTIONS || t->kind == PV_LINES_OF_CALLS ||
           t->kind == PV_LINES_OF_PROFILE;
}

/* Adds a table's columns to those that are there. */
static void add_columns(sheet *s, const pv_line_table *t)
{
    add_column(s, PV_STR("file"));
    if (has_functions(t))
        add_column(s, PV_STR("function"));
    if (t->kind == PV_LINES_OF_CALLS)
        add_column(s, PV_STR("call"));
    else if (has_functions(t))
        add_column(s, PV_STR("function_line"));
    add_column(s, PV_STR("line"));
    for (uint32_t c = 0; c < t->width; c++)
        add_column(s, t->measures[c].name);
}

static void place_cell(pv_grid *g, pv_str column, const pv_profile *p,
                       const pv_line_row *row)
{
    const pv_function *fn = &p->functions.at[row->fn.i];

    if (pv_str_equal(column, PV_STR("file")))
        pv_grid_text(g, row->file);
    else if (pv_str_equal(column, PV_STR("line")))
        pv_grid_int(g, row->line);
    else if (row->fn.i == 0)
        pv_grid_none(g);
    else if (pv_str_equal(column, PV_STR("function")))
        pv_grid_text(g, pv_profile_text(p, fn->name));
    else if (pv_str_equal(column, PV_STR("function_line")))
        pv_grid_int(g, fn->line);
    else if (pv_str_equal(column, PV_STR("call")) && row->call)
        pv_grid_int(g, row->call);
    else
        pv_grid_none(g);
}

static int measure_of(const pv_line_table *t, pv_str column)
{
    for (uint32_t c = 0; c < t->width; c++)
        if (pv_str_equal(t->measures[c].name, column))
            return (int)c;
    return -1;
}

static void put_rows(pv_grid *g, const sheet *s, const pv_profile *p,
                     const pv_line_table *t, pv_str input)
{
    int measure[sizeof s->columns / sizeof *s->columns];

    for (size_t k = 0; k < s->len; k++)
        measure[k] = measure_of(t, s->columns[k]);
    for (uint32_t i = 0; i < t->len; i++)
        for (size_t k = 0; k < s->len && pv_line_has_data(t, i); k++) {
            int m = measure[k];

            if (s->input && k == 0)
                pv_grid_text(g, input);
            else if (m < 0)
                place_cell(g, s->columns[k], p, &t->at[i]);
            else
                pv_grid_value(g, t->value[(size_t)i * t->width + (size_t)m],
                              t->measures[m].unit, t->measures[m].exponent);
        }
}

/* ---- inputs ---- */

typedef struct subject {
    const pv_job *job;
    const pv_profile *const *inputs;
    size_t count;
    pv_line_table *tables; /* of each */
    pv_profile *merged;    /* owned */
    pv_arena a;
} subject;

static bool mergeable(const pv_profile *p, const pv_profile *q)
{
    if (p->has != q->has || p->metrics.len != q->metrics.len)
        return false;
    for (uint32_t m = 0; m < p->metrics.len; m++)
        if (!pv_str_equal(pv_profile_text(p, p->metrics.at[m].name),
                          pv_profile_text(q, q->metrics.at[m].name)) ||
            p->metrics.at[m].unit != q->metrics.at[m].unit)
            return false;
    return true;
}

static bool merge_inputs(subject *s, pv_error *err)
{
    for (size_t i = 1; i < s->count; i++)
        if (!mergeable(s->inputs[0], s->inputs[i]))
            return true;
    if (s->count < 2)
        return true;
    s->merged = pv_merge(s->inputs, s->job->paths, s->count, err);
    s->inputs = (const pv_profile *const *)&s->merged;
    s->count = 1;
    return s->merged != NULL;
}

static bool no_lines(const subject *s, size_t input, pv_error *err)
{
    const pv_format *f = pv_format_find(pv_str_of(s->inputs[input]->format));

    return pv_fail(err, PV_E_FORMAT, &(pv_place){.file = s->job->paths[input]},
                   "%s%s hold no source lines; try `profviz top`",
                   f && f->noun ? f->noun : s->inputs[input]->format,
                   f && f->noun ? "" : " files");
}

static bool make_tables(subject *s, pv_error *err)
{
    const pv_annotate_options *o = s->job->options;

    s->tables = PV_NEW_N(&s->a, pv_line_table, s->count + 1);
    if (!s->tables)
        return pv_fail_nomem(err);
    for (size_t i = 0; i < s->count; i++) {
        if (!pv_has_line_table(s->inputs[i]))
            return no_lines(s, i, err);
        if (!pv_line_table_make(&s->tables[i], s->inputs[i], o->cumulative,
                                &s->a, err))
            return false;
    }
    return true;
}

/* The sum of a column; PV_NONE when it is beyond int64. */
static int64_t column_sum(const pv_line_table *t, uint32_t column)
{
    int64_t sum = 0;

    for (uint32_t i = 0; i < t->len; i++) {
        int64_t v = t->value[(size_t)i * t->width + column];

        if (v != PV_NONE && !pv_add64(sum, v, &sum))
            return PV_NONE;
    }
    return sum;
}

/* The tables' metrics with their totals: of the measures that add up. */
static void list_metrics(pv_json *j, const pv_line_table *t)
{
    for (uint32_t c = 0; c < t->width; c++) {
        const pv_line_measure *m = &t->measures[c];
        pv_metric metric = {.unit = m->unit, .exponent = m->exponent};
        pv_str name = m->name;

        if (m->total)
            continue;
        if (pv_str_starts(name, PV_STR("self_")))
            name = pv_str_slice(name, 5, name.n);
        pv_json_object(j);
        pv_json_metric(j, name, &metric, column_sum(t, c));
        pv_json_end(j);
    }
}

static bool put_grid(const subject *s, pv_sink *out, pv_error *err)
{
    sheet all = {.input = s->count > 1};
    pv_grid g;

    if (all.input)
        add_column(&all, PV_STR("input"));
    for (size_t i = 0; i < s->count; i++)
        add_columns(&all, &s->tables[i]);
    pv_grid_begin(&g, out, s->job->medium);
    if (s->job->medium == PV_M_JSON) {
        pv_json_line(&g.json);
        pv_json_key(&g.json, "metrics");
        pv_json_array(&g.json);
        for (size_t i = 0; i < s->count; i++)
            list_metrics(&g.json, &s->tables[i]);
        pv_json_end(&g.json);
    }
    pv_grid_rows(&g, all.columns, all.len);
    for (size_t i = 0; i < s->count; i++)
        put_rows(&g, &all, s->inputs[i], &s->tables[i], s->job->paths[i]);
    return pv_grid_end(&g, err);
}

/* People who annotate want lines: what cProfile and kernprof without -l write
 * has none. */
static void tell_totals_only(const subject *s, size_t at)
{
    pv_log_say(&s->job->log, NULL,
               "%s holds functions' totals only; `kernprof -l` records lines",
               PV_QUOTE(s->job->paths[at]));
}

static bool put_text(const subject *s, pv_sink *out, pv_error *err)
{
    for (size_t i = 0; i < s->count; i++) {
        bool lprof = s->tables[i].kind == PV_LINES_OF_FUNCTIONS;

        if (s->tables[i].kind == PV_LINES_OF_PROFILE)
            tell_totals_only(s, i);
        if (lprof ? !pv_annotate_lprof(s->job, s->inputs[i], &s->tables[i], out,
                                       err)
                  : !pv_annotate_text(s->job, s->inputs[i], &s->tables[i], out,
                                      err))
            return false;
    }
    return true;
}

static bool load(subject *s, pv_error *err)
{
    return merge_inputs(s, err) && make_tables(s, err);
}

static bool make_book(subject *s, pv_book *book, pv_error *err)
{
    return load(s, err) && pv_book_make(book, s->job, s->inputs, s->tables,
                                        s->count, &s->a, err);
}

/* One page: the only file, or an index and all files below it. */
static bool put_page(subject *s, pv_sink *out, pv_error *err)
{
    pv_source_pages pages = {.job = s->job};
    pv_book book;

    if (!make_book(s, &book, err))
        return false;
    pages.book = &book;
    pages.index = book.files_len != 1;
    pages.end = book.files_len;
    return pv_source_page(&pages, out, err);
}

static bool put_medium(subject *s, pv_sink *out, pv_error *err)
{
    switch (s->job->medium) {
    case PV_M_HTML: return put_page(s, out, err);
    case PV_M_TXT: return load(s, err) && put_text(s, out, err);
    case PV_M_SVG:
    case PV_M_SVGZ:
    case PV_M_PNG:
    case PV_M_PDF:
    case PV_M_MD:
    case PV_M_CSV:
    case PV_M_JSON:
    case PV_M_PLAIN:
    case PV_M_FOLDED:
    case PV_M_JUNIT:
    case PV_M_GITHUB:
    case PV_M_BENCHMARK: break;
    }
    return load(s, err) && put_grid(s, out, err);
}

static void end(subject *s)
{
    pv_arena_done(&s->a);
    pv_profile_free(s->merged);
}

static bool render(const pv_job *job, pv_sink *out, pv_error *err)
{
    subject s = {.job = job, .inputs = job->inputs, .count = job->count};
    bool ok;

    pv_arena_init(&s.a, 0);
    ok = put_medium(&s, out, err);
    end(&s);
    return ok;
}

static bool render_folder(const pv_job *job, pv_folder *out, pv_error *err)
{
    subject s = {.job = job, .inputs = job->inputs, .count = job->count};
    pv_book book;
    bool ok;

    pv_arena_init(&s.a, 0);
    ok = make_book(&s, &book, err) && pv_annotate_folder(job, &book, out, err);
    end(&s);
    return ok;
}

const pv_renderer pv_renderer_annotate = {
    .name = "annotate",
    .title = "what source lines cost, beside the source",
    .needs = PV_HAS_TREE | PV_HAS_CALLS | PV_HAS_LINES | PV_HAS_TOTALS,
    .media = PV_M_TXT | PV_M_HTML | PV_M_CSV | PV_M_JSON,
    .preset = PV_M_TXT,
    .options = option_groups,
    .options_size = sizeof(pv_annotate_options),
    .render = render,
    .folder = render_folder,
};
