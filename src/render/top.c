/* SPDX-License-Identifier: MIT */
/* The hottest functions, lines, files or modules, as tables.
 *
 * CSV and JSON hold every row and exact values; text and Markdown the first
 * 20, for people.
 */
#include "top.h"

#include "grid.h"

static const pv_opt table_options[] = {
    {.kind = PV_OPT_TEXT,
     .letter = 's',
     .name = "sort",
     .arg = "KEY",
     .help = "order rows by self, total, calls, name, file, line, a column, "
             "or a key of pstats or py-spy; several with commas",
     .offset = offsetof(pv_top_options, sort)},
    {.kind = PV_OPT_INT,
     .name = "limit",
     .arg = "N",
     .help = "show N rows; 0 shows all (default: 20, csv and json all)",
     .offset = offsetof(pv_top_options, limit),
     .min = 0,
     .max = UINT32_MAX,
     .preset = -1},
    {0},
};

static const pv_opt_group option_groups[] = {
    {"Tables", table_options, 0},
    {"Which stacks", pv_filter_opts, offsetof(pv_top_options, filter)},
    {"Which stacks", pv_thread_opts, offsetof(pv_top_options, filter)},
    {"Grouping", pv_grouping_opts, offsetof(pv_top_options, filter)},
    {0},
};

uint32_t pv_top_shown(const pv_job *job, int64_t limit, uint32_t len)
{
    bool people = job->medium & (PV_M_TXT | PV_M_MD | PV_M_HTML);

    if (limit < 0)
        limit = people ? 20 : 0;
    return limit == 0 || limit > len ? len : (uint32_t)limit;
}

static void list_metrics(pv_json *j, const pv_ranking *rows)
{
    pv_json_line(j);
    pv_json_key(j, "metrics");
    pv_json_array(j);
    for (uint32_t i = 0; i < rows->width; i++) {
        const pv_measure *m = &rows->measures[i];

        if (m->role == PV_TOTAL)
            continue;
        pv_json_object(j);
        pv_json_metric(j, m->metric, &rows->p->metrics.at[m->index],
                       m->empty ? PV_NONE : m->sum);
        pv_json_end(j);
    }
    pv_json_end(j);
}

static size_t list_columns(const pv_ranking *rows, pv_str *columns)
{
    size_t n = 0;

    columns[n++] = PV_STR("name");
    if (rows->places) {
        columns[n++] = PV_STR("file");
        columns[n++] = PV_STR("line");
    }
    for (uint32_t i = 0; i < rows->width; i++)
        columns[n++] = rows->measures[i].name;
    return n;
}

static void put_row(pv_grid *g, const pv_ranking *rows, uint32_t at)
{
    pv_row whole = pv_ranking_row(rows, at);
    const pv_row *row = &whole;

    pv_grid_text(g, row->name);
    if (rows->places) {
        pv_grid_text(g, row->file);
        if (row->has_line)
            pv_grid_int(g, row->line);
        else
            pv_grid_none(g);
    }
    for (uint32_t i = 0; i < rows->width; i++)
        pv_grid_value(g, rows->value[(size_t)at * rows->width + i],
                      rows->measures[i].unit, rows->measures[i].exponent);
}

static bool put_grid(const pv_job *job, const pv_ranking *rows, uint32_t shown,
                     pv_sink *out, pv_error *err)
{
    pv_str columns[PV_MEASURES_MAX + 3];
    pv_grid g;

    pv_grid_begin(&g, out, job->medium);
    if (job->medium == PV_M_JSON)
        list_metrics(&g.json, rows);
    pv_grid_rows(&g, columns, list_columns(rows, columns));
    for (uint32_t i = 0; i < shown; i++)
        put_row(&g, rows, rows->order[i]);
    return pv_grid_end(&g, err);
}

static bool render(const pv_job *job, pv_sink *out, pv_error *err)
{
    const pv_top_options *o = job->options;
    pv_arena a;
    pv_ranking rows;
    bool ok;

    pv_arena_init(&a, 0);
    ok = pv_ranking_first(&rows, job->inputs[0],
                          pv_top_shown(job, o->limit, UINT32_MAX), &a, err) &&
         (o->sort.n == 0 || pv_rank(&rows, o->sort, &a, err));
    if (ok && (job->medium & (PV_M_TXT | PV_M_MD)))
        ok = pv_top_text(job, &rows, out, err);
    else if (ok && job->medium == PV_M_HTML)
        ok = pv_top_page(job, &rows, pv_top_shown(job, o->limit, rows.len), &a,
                         out, err);
    else if (ok)
        ok = put_grid(job, &rows, pv_top_shown(job, o->limit, rows.len), out,
                      err);
    pv_arena_done(&a);
    return ok;
}

const pv_renderer pv_renderer_top = {
    .name = "top",
    .title = "hottest functions, lines, files, modules as a table",
    .needs = PV_HAS_TREE | PV_HAS_CALLS | PV_HAS_LINES | PV_HAS_TOTALS,
    .media = PV_M_TXT | PV_M_MD | PV_M_CSV | PV_M_JSON | PV_M_HTML,
    .preset = PV_M_TXT,
    .rows_alone = true,
    .options = option_groups,
    .options_size = sizeof(pv_top_options),
    .render = render,
};
