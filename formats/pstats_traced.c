/* SPDX-License-Identifier: MIT */
/* A traced pstats file as a profile: functions in the file's order with their
 * calls and times, and who called whom. */
#include "pstats_rows.h"

#include "mem.h"

typedef struct metrics {
    uint32_t calls, primitive, self, total;
} metrics;

/* Functions by the word of the pool that their key tuple begins at: a key of
 * three takes four words, so a quarter of it tells them apart. */
typedef struct known {
    uint32_t *fn; /* handle, 0 = not yet */
} known;

static pv_fn function_of(pstats_file *f, known *k, const pstats_place *at,
                         uint64_t key)
{
    uint32_t *slot = &k->fn[key / 4];

    if (*slot == 0)
        *slot =
            pv_build_function(f->b, at->name, at->file, at->line, PV_FN_CODE).i;
    return (pv_fn){*slot};
}

static void cost_call(pv_builder *b, const metrics *m, pv_fn caller,
                      pv_fn callee, const pstats_edge *e)
{
    uint32_t row = pv_build_call(b, caller, callee);

    pv_cost_call_row(b, row, m->calls, e->nc);
    pv_cost_call_row(b, row, m->primitive, e->cc);
    pv_cost_call_row(b, row, m->self, e->tt);
    pv_cost_call_row(b, row, m->total, e->ct);
}

static bool build_calls(pstats_file *f, known *k, const metrics *m,
                        const pstats_row *row, pv_fn fn)
{
    pstats_edge e;
    pv_py_walk w;
    bool ok;

    pv_py_walk_init(&f->data, row->callers, &w);
    while (pstats_next_edge(f, row, &w, &e, &ok))
        cost_call(f->b, m, function_of(f, k, &e.at, e.key), fn, &e);
    return ok;
}

static void build_costs(pstats_file *f, const metrics *m, const pstats_row *row,
                        pv_fn fn)
{
    pv_cost_function(f->b, fn, m->calls, row->nc);
    pv_cost_function(f->b, fn, m->primitive, row->cc);
    pv_cost_function(f->b, fn, m->self, row->tt);
    pv_cost_function(f->b, fn, m->total, row->ct);
}

/* Functions first, so that they stand in the order of the file; a key that is
 * there twice (forged files) counts once, the last time. */
static bool build_rows(pstats_file *f, known *k, const metrics *m)
{
    size_t *last = pv_mem_alloc(f->rows.len + 1, sizeof *last);
    bool ok = last != NULL;

    if (!last)
        return pv_fail_nomem(f->c.src->err);
    for (size_t i = 0; i < f->rows.len; i++)
        last[function_of(f, k, &f->rows.at[i].at, f->rows.at[i].key).i] = i;
    for (size_t i = 0; ok && i < f->rows.len; i++) {
        const pstats_row *row = &f->rows.at[i];
        pv_fn fn = function_of(f, k, &row->at, row->key);

        if (last[fn.i] != i)
            continue;
        f->entry = i + 1;
        build_costs(f, m, row, fn);
        ok = build_calls(f, k, m, row, fn);
    }
    pv_mem_free(last);
    return ok;
}

static void describe(pstats_file *f)
{
    bool with = f->edges_with_times, without = f->edges_without;

    pv_builder_has(f->b, PV_HAS_CALLS | PV_HAS_TOTALS);
    pv_builder_producer(f->b, with && without ? PV_STR("pstats, merged")
                              : without       ? PV_STR("profile")
                                              : PV_STR("cProfile"));
    pv_build_note(f->b, PV_STR("callers"),
                  with && without ? PV_STR("some without times")
                  : without       ? PV_STR("without times")
                                  : PV_STR("with times"));
}

bool pstats_build_traced(pstats_file *f)
{
    known k = {pv_mem_alloc(f->data.pool.len / 4 + 1, sizeof *k.fn)};
    pv_builder *b = f->b;
    metrics m;
    bool ok;

    if (!k.fn)
        return pv_fail_nomem(f->c.src->err);
    m.calls = pv_build_metric(b, PV_STR("calls"), PV_COUNT, false);
    m.primitive =
        pv_build_metric(b, PV_STR("primitive_calls"), PV_COUNT, false);
    m.self = pv_build_metric(b, PV_STR("time"), PV_NANOSECONDS, false);
    m.total = pv_build_metric(b, PV_STR("time"), PV_NANOSECONDS, true);
    pv_builder_main_metric(b, m.self);
    ok = build_rows(f, &k, &m);
    pv_mem_free(k.fn);
    describe(f);
    return ok;
}
