/* SPDX-License-Identifier: MIT */
/* What each source line costs: which kind of table, its columns, its rows. */
#include "line_table.h"

#include <stdlib.h>

#include "buf.h"
#include "line_stacks.h"
#include "number.h"
#include "total.h"

static bool has_metric(const pv_profile *p, const char *name)
{
    return pv_profile_metric(p, pv_str_of(name)) >= 0;
}

static bool is_sampled(const pv_profile *p)
{
    return (p->flags & PV_SAMPLED) && (p->has & PV_HAS_LINES) && p->lines.cost;
}

static bool is_calls(const pv_profile *p)
{
    return p->functions.cost && has_metric(p, "calls");
}

static bool is_blocks(const pv_profile *p)
{
    return (p->flags & PV_FILE_LINE_FRAMES) && has_metric(p, "size") &&
           has_metric(p, "blocks");
}

bool pv_has_line_table(const pv_profile *p)
{
    return (p->has & PV_HAS_TREE) || is_calls(p) || (p->has & PV_HAS_LINES);
}

static pv_line_kind kind_of(const pv_profile *p)
{
    if (is_sampled(p))
        return PV_LINES_OF_STACKS;
    if (is_calls(p))
        return PV_LINES_OF_PROFILE;
    if (p->has & PV_HAS_LINES)
        return has_metric(p, "memory") ? PV_LINES_OF_CALLS
                                       : PV_LINES_OF_FUNCTIONS;
    return is_blocks(p) ? PV_LINES_OF_BLOCKS : PV_LINES_OF_STACKS;
}

/* ---- columns ---- */

static void add_measure(pv_line_table *t, const pv_profile *p, uint32_t metric,
                        const char *head, bool total, pv_arena *a)
{
    const pv_metric *m = &p->metrics.at[metric];
    pv_str name = pv_profile_text(p, m->name);

    t->measures[t->width++] = (pv_line_measure){
        .name = pv_arena_join(a, pv_str_of(head), name),
        .unit = m->unit,
        .exponent = m->exponent,
        .total = total,
    };
}

static bool is_count_of_calls(pv_str name)
{
    return pv_str_equal(name, PV_STR("calls"));
}

/* Columns that are metrics of the file, one each. */
static void own_measures(pv_line_table *t, const pv_profile *p, pv_arena *a)
{
    for (uint32_t m = 0; m < p->metrics.len; m++) {
        const pv_metric *metric = &p->metrics.at[m];
        pv_str name = pv_profile_text(p, metric->name);
        const char *head = metric->inclusive ? "total_" : "self_";
        bool plain = t->kind == PV_LINES_OF_FUNCTIONS ||
                     t->kind == PV_LINES_OF_CALLS || is_count_of_calls(name);

        add_measure(t, p, m, plain ? "" : head, metric->inclusive, a);
    }
}

static void find_measures(pv_line_table *t, const pv_profile *p, pv_arena *a)
{
    if (t->kind == PV_LINES_OF_BLOCKS) {
        for (uint32_t m = 0; m < p->metrics.len; m++)
            add_measure(t, p, m, "", false, a);
    } else if (t->kind != PV_LINES_OF_STACKS || is_sampled(p)) {
        own_measures(t, p, a);
    } else {
        for (uint32_t m = 0; m < p->metrics.len; m++) {
            add_measure(t, p, m, "self_", false, a);
            add_measure(t, p, m, "total_", true, a);
        }
    }
}

/* ---- rows that the file has ---- */

static bool room_for(pv_line_table *t, uint32_t rows, pv_arena *a)
{
    t->at = PV_NEW_N(a, pv_line_row, (size_t)rows + 1);
    t->value = PV_NEW_N(a, int64_t, (size_t)rows * t->width + 1);
    return !a->failed;
}

static bool rows_of_lines(pv_line_table *t, const pv_profile *p, pv_arena *a)
{
    if (!room_for(t, p->lines.len, a))
        return false;
    for (uint32_t i = 0; i < p->lines.len; i++) {
        const pv_line *l = &p->lines.at[i];

        t->at[i] = (pv_line_row){pv_profile_text(p, l->file), l->line, l->fn,
                                 l->call, pv_profile_text(p, l->source)};
    }
    if (p->lines.len)
        memcpy(t->value, p->lines.cost,
               (size_t)p->lines.len * t->width * sizeof *t->value);
    t->len = p->lines.len;
    return true;
}

/* A function on its way through qsort. */
typedef struct item {
    const pv_profile *p;
    uint32_t fn;
} item;

static int by_place(const void *a, const void *b)
{
    const item *x = a, *y = b;
    const pv_function *f = &x->p->functions.at[x->fn];
    const pv_function *g = &y->p->functions.at[y->fn];
    int order = pv_str_compare(pv_profile_text(x->p, f->file),
                               pv_profile_text(y->p, g->file));

    if (!order)
        order = (f->line > g->line) - (f->line < g->line);
    if (!order)
        order = pv_str_compare(pv_profile_text(x->p, f->name),
                               pv_profile_text(y->p, g->name));
    return order ? order : (x->fn > y->fn) - (x->fn < y->fn);
}

static item *functions_by_place(const pv_profile *p, pv_arena *a)
{
    item *items = PV_NEW_N(a, item, (size_t)p->functions.len + 1);

    for (uint32_t f = 0; items && f < p->functions.len; f++)
        items[f] = (item){p, f};
    if (items && p->functions.len > 2)
        qsort(items + 1, p->functions.len - 1, sizeof *items, by_place);
    return items;
}

/* The metric of each column; primitive calls have none. */
static void drop_primitive_calls(pv_line_table *t, const pv_profile *p,
                                 uint32_t *metric)
{
    uint32_t columns = 0;

    for (uint32_t m = 0; m < p->metrics.len; m++) {
        if (pv_str_equal(pv_profile_text(p, p->metrics.at[m].name),
                         PV_STR("primitive_calls")))
            continue;
        t->measures[columns] = t->measures[m];
        metric[columns++] = m;
    }
    t->width = columns;
}

static bool rows_of_functions(pv_line_table *t, const pv_profile *p,
                              pv_arena *a)
{
    uint32_t metric[PV_LINE_MEASURES_MAX];
    const item *items = functions_by_place(p, a);

    drop_primitive_calls(t, p, metric);
    if (!items || !room_for(t, p->functions.len, a))
        return false;
    for (uint32_t i = 1; i < p->functions.len; i++) {
        uint32_t f = items[i].fn;
        const pv_function *fn = &p->functions.at[f];

        t->at[t->len] = (pv_line_row){
            .file = pv_profile_text(p, fn->file), .line = fn->line, .fn = {f}};
        for (uint32_t c = 0; c < t->width; c++)
            t->value[(size_t)t->len * t->width + c] =
                p->functions.cost[(size_t)f * p->metrics.len + metric[c]];
        t->len++;
    }
    return true;
}

/* Lines of sampled profiles: what several functions have on one line is one
 * row.  `t` has the rows by file and line. */
static bool join_functions(pv_line_table *t, pv_error *err)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < t->len; i++) {
        pv_line_row *last = n ? &t->at[n - 1] : NULL;
        bool same = last && last->line == t->at[i].line &&
                    pv_str_equal(last->file, t->at[i].file);
        uint32_t to = same ? n - 1 : n++;

        if (!same)
            t->at[to] = t->at[i];
        t->at[to].fn = (pv_fn){0};
        for (uint32_t c = 0; c < t->width; c++) {
            int64_t v = t->value[(size_t)i * t->width + c];
            int64_t *sum = &t->value[(size_t)to * t->width + c];

            if (!same)
                *sum = v;
            else if (v != PV_NONE && !pv_add64(*sum, v, sum))
                return pv_fail(err, PV_E_LIMIT, NULL,
                               "a sum is larger than 2^63-1");
        }
    }
    t->len = n;
    return true;
}

bool pv_line_has_data(const pv_line_table *t, uint32_t row)
{
    for (uint32_t c = 0; c < t->width; c++)
        if (t->value[(size_t)row * t->width + c] != PV_NONE)
            return true;
    return false;
}

bool pv_line_table_make(pv_line_table *t, const pv_profile *p, bool cumulative,
                        pv_arena *a, pv_error *err)
{
    *t = (pv_line_table){.kind = kind_of(p)};
    find_measures(t, p, a);
    if (a->failed)
        return pv_fail_nomem(err);
    switch (t->kind) {
    case PV_LINES_OF_FUNCTIONS:
    case PV_LINES_OF_CALLS: return rows_of_lines(t, p, a) || pv_fail_nomem(err);
    case PV_LINES_OF_PROFILE:
        return rows_of_functions(t, p, a) || pv_fail_nomem(err);
    case PV_LINES_OF_BLOCKS: return pv_line_stacks(t, p, cumulative, a, err);
    case PV_LINES_OF_STACKS: break;
    }
    if (!is_sampled(p))
        return pv_line_stacks(t, p, false, a, err);
    return (rows_of_lines(t, p, a) || pv_fail_nomem(err)) &&
           join_functions(t, err);
}
