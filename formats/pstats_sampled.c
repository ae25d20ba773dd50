/* SPDX-License-Identifier: MIT */
/* A sampled pstats file (Python 3.15): counts are samples, never calls.
 *
 * A key's line is the one that was executing, so a function has several keys.
 * Functions are the keys' names and files, lines are kept beside them.  What a
 * function holds as a whole is not in the file where it calls itself: a sample
 * then shows up at several of its lines.  It has at most the samples that came
 * in from other functions, and that is what is taken.
 */
#include "pstats_rows.h"

#include <stdlib.h>

#include "mem.h"
#include "number.h"

typedef struct metrics {
    uint32_t self, total, self_time, total_time;
} metrics;

/* All lines of one function. */
typedef struct group {
    pstats_place at; /* its least line */
    pv_fn fn;
    int64_t most;    /* greatest nc of its rows */
    int64_t sum;     /* of its rows' nc */
    int64_t entered; /* samples that came in from outside */
    int64_t time;    /* of its rows' ct */
} group;

typedef struct groups {
    group *at;
    size_t len;
} groups;

static int compare_u32(uint32_t a, uint32_t b)
{
    return (a > b) - (a < b);
}

static int by_name_file(const void *a, const void *b)
{
    const group *x = a, *y = b;
    int order = compare_u32(x->at.name.i, y->at.name.i);

    return order ? order : compare_u32(x->at.file.i, y->at.file.i);
}

static int by_place(const void *a, const void *b)
{
    const group *x = a, *y = b;
    int order = by_name_file(a, b);

    return order ? order : compare_u32(x->at.line, y->at.line);
}

/* One group for each name and file; the least line comes first. */
static bool find_groups(pstats_file *f, groups *g)
{
    g->at = pv_mem_alloc(f->rows.len, sizeof *g->at);
    if (!g->at)
        return pv_fail_nomem(f->c.src->err);
    for (size_t i = 0; i < f->rows.len; i++)
        g->at[i].at = f->rows.at[i].at;
    qsort(g->at, f->rows.len, sizeof *g->at, by_place);
    g->len = 1;
    for (size_t i = 1; i < f->rows.len; i++)
        if (by_name_file(&g->at[g->len - 1], &g->at[i]) != 0)
            g->at[g->len++] = g->at[i];
    return true;
}

static group *group_of(const groups *g, const pstats_place *at)
{
    group key = {.at = *at};

    return bsearch(&key, g->at, g->len, sizeof key, by_name_file);
}

static pv_fn function_of(pstats_file *f, const groups *g,
                         const pstats_place *at)
{
    group *of = group_of(g, at);
    const pstats_place *where = of ? &of->at : at;

    return pv_build_function(f->b, where->name, where->file, where->line,
                             PV_FN_CODE);
}

static bool add(pstats_file *f, int64_t *sum, int64_t v)
{
    return pv_add64(*sum, v, sum) ||
           pv_source_fail(f->c.src, PV_E_LIMIT,
                          "a sum is above 2^63-1, the most that is read");
}

/* What came in along one edge. */
static bool build_edge(pstats_file *f, const groups *g, const metrics *m,
                       const pstats_row *row, group *of, const pstats_edge *e,
                       int64_t *known)
{
    pstats_place at;
    uint32_t call;

    if (!pstats_read_key(f, e->key, row->callers, &at))
        return false;
    call = pv_build_call(f->b, function_of(f, g, &at), of->fn);
    pv_cost_call_row(f->b, call, m->total, e->nc);
    if (row->nc > 0)
        pv_cost_call_row(
            f->b, call, m->total_time,
            pv_muldiv(row->ct, e->nc < row->nc ? e->nc : row->nc, row->nc));
    return add(f, known, e->nc) &&
           (group_of(g, &at) == of || add(f, &of->entered, e->nc));
}

static bool build_callers(pstats_file *f, const groups *g, const metrics *m,
                          const pstats_row *row, group *of)
{
    int64_t known = 0;
    pstats_edges e;

    if (!pstats_callers(f, row, &e))
        return false;
    for (; e.at < e.end; e.at++)
        if (!build_edge(f, g, m, row, of, e.at, &known))
            return false;
    /* what no caller accounts for came in at the root */
    return row->nc <= known || add(f, &of->entered, row->nc - known);
}

static bool build_row(pstats_file *f, const groups *g, const metrics *m,
                      const pstats_row *row)
{
    group *of = group_of(g, &row->at);
    uint32_t line;

    if (!of)
        return false;
    of->fn = function_of(f, g, &row->at);
    line = pv_build_line(f->b, of->fn, row->at.file, row->at.line, 0);
    pv_cost_line(f->b, line, m->self, row->cc);
    pv_cost_line(f->b, line, m->total, row->nc);
    pv_cost_line(f->b, line, m->self_time, row->tt);
    pv_cost_line(f->b, line, m->total_time, row->ct);
    pv_cost_function(f->b, of->fn, m->self, row->cc);
    pv_cost_function(f->b, of->fn, m->self_time, row->tt);
    if (row->nc > of->most)
        of->most = row->nc;
    return add(f, &of->sum, row->nc) && add(f, &of->time, row->ct) &&
           build_callers(f, g, m, row, of);
}

static void build_total(pstats_file *f, const metrics *m, const group *of)
{
    int64_t total = of->entered < of->sum ? of->entered : of->sum;

    if (total < of->most)
        total = of->most;
    pv_cost_function(f->b, of->fn, m->total, total);
    pv_cost_function(f->b, of->fn, m->total_time,
                     of->sum > 0 ? pv_muldiv(of->time, total, of->sum) : 0);
}

static bool build_rows(pstats_file *f, const groups *g, const metrics *m)
{
    for (size_t i = 0; i < f->rows.len; i++)
        (void)function_of(f, g, &f->rows.at[i].at); /* in the file's order */
    for (size_t i = 0; i < f->rows.len; i++) {
        f->entry = i + 1;
        if (!build_row(f, g, m, &f->rows.at[i]))
            return false;
    }
    for (size_t i = 0; i < g->len; i++)
        build_total(f, m, &g->at[i]);
    return true;
}

bool pstats_build_sampled(pstats_file *f)
{
    pv_builder *b = f->b;
    groups g = {0};
    metrics m;
    bool ok;

    m.self = pv_build_metric(b, PV_STR("samples"), PV_COUNT, false);
    m.total = pv_build_metric(b, PV_STR("samples"), PV_COUNT, true);
    m.self_time = pv_build_metric(b, PV_STR("time"), PV_NANOSECONDS, false);
    m.total_time = pv_build_metric(b, PV_STR("time"), PV_NANOSECONDS, true);
    pv_builder_main_metric(b, m.self);
    pv_builder_has(b, PV_HAS_CALLS | PV_HAS_TOTALS | PV_HAS_LINES);
    pv_builder_flags(b, PV_SAMPLED | PV_LEAF_LINES);
    pv_builder_producer(b, PV_STR("profiling.sampling"));
    pv_build_note(b, PV_STR("callers"), PV_STR("samples"));
    ok = find_groups(f, &g) && build_rows(f, &g, &m);
    pv_mem_free(g.at);
    return ok;
}
