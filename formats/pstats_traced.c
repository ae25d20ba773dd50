/* SPDX-License-Identifier: MIT */
/* A traced pstats file as a profile: functions in the file's order with their
 * calls and times, and who called whom. */
#include "pstats_rows.h"

#include "mem.h"

enum { CALLS, PRIMITIVE, SELF, TOTAL }; /* metrics */

/* Functions by the word of the pool that their key tuple begins at. */
typedef struct known {
    uint32_t *slots; /* by a quarter of it: handle | its last two bits << 30 */
    uint32_t *seen;  /* by function: the row that it was a caller of, + 1 */
    size_t rows;
} known;

enum { HANDLE_MAX = (1 << 30) - 1 };

/* A key of three takes four words, so no two share a slot; anything else that
 * does differs in the two bits.  0: not yet known. */
static pv_fn known_function(const known *k, pv_py key)
{
    uint64_t at = pv_py_payload(key);
    uint32_t slot = pv_py_is(key, PV_PY_TUPLE) ? k->slots[at / 4] : 0;

    return (pv_fn){slot >> 30 == (at & 3) ? slot & HANDLE_MAX : 0};
}

static pv_fn new_function(pstats_file *f, known *k, const pstats_place *at,
                          uint64_t key)
{
    pv_fn fn =
        pv_build_function(f->b, at->name, at->file, at->line, PV_FN_CODE);

    if (fn.i <= HANDLE_MAX)
        k->slots[key / 4] = fn.i | (uint32_t)(key & 3) << 30;
    return fn;
}

static void cost_call(pv_builder *b, uint32_t row, const pstats_edge *e)
{
    pv_cost_call_row(b, row, CALLS, e->nc);
    pv_cost_call_row(b, row, PRIMITIVE, e->cc);
    pv_cost_call_row(b, row, SELF, e->tt);
    pv_cost_call_row(b, row, TOTAL, e->ct);
}

/* A caller stands once in a dict; in forged ones its calls add up. */
static uint32_t call_row(pstats_file *f, known *k, pv_fn caller, pv_fn callee)
{
    if (caller.i > k->rows || k->seen[caller.i] == f->entry)
        return pv_build_call(f->b, caller, callee);
    k->seen[caller.i] = (uint32_t)f->entry;
    return pv_build_call_new(f->b, caller, callee);
}

static bool build_calls(pstats_file *f, known *k, const pstats_row *row,
                        pv_fn fn)
{
    pstats_edges e;

    if (!pstats_callers(f, row, &e))
        return false;
    for (; e.at < e.end; e.at++) {
        pv_fn caller = known_function(k, e.at->key);
        pstats_place at;

        if (caller.i == 0) {
            if (!pstats_read_key(f, e.at->key, row->callers, &at))
                return false;
            caller = new_function(f, k, &at, pv_py_payload(e.at->key));
        }
        cost_call(f->b, call_row(f, k, caller, fn), e.at);
    }
    return true;
}

static void build_costs(pstats_file *f, const pstats_row *row, pv_fn fn)
{
    pv_cost_function(f->b, fn, CALLS, row->nc);
    pv_cost_function(f->b, fn, PRIMITIVE, row->cc);
    pv_cost_function(f->b, fn, SELF, row->tt);
    pv_cost_function(f->b, fn, TOTAL, row->ct);
    if (row->tt_residue)
        pv_function_residue(f->b, fn, SELF, row->tt_residue);
    if (row->ct_residue)
        pv_function_residue(f->b, fn, TOTAL, row->ct_residue);
}

/* Functions first, so that they stand in the order of the file; a key that is
 * there twice (forged files) counts once, the last time. */
static bool build_rows(pstats_file *f, known *k, pv_fn *fns, size_t *last)
{
    for (size_t i = 0; i < k->rows; i++) {
        fns[i] = new_function(f, k, &f->rows.at[i].at, f->rows.at[i].key);
        last[fns[i].i] = i;
    }
    for (size_t i = 0; i < k->rows; i++) {
        const pstats_row *row = &f->rows.at[i];

        if (last[fns[i].i] != i)
            continue;
        f->entry = i + 1;
        build_costs(f, row, fns[i]);
        if (!build_calls(f, k, row, fns[i]))
            return false;
    }
    return true;
}

static bool build_all(pstats_file *f)
{
    known k = {.rows = f->rows.len};
    pv_fn *fns = pv_mem_alloc(k.rows, sizeof *fns);
    size_t *last = pv_mem_alloc(k.rows + 1, sizeof *last);
    bool ok;

    k.slots = pv_mem_alloc(f->data.pool.len / 4 + 1, sizeof *k.slots);
    k.seen = pv_mem_alloc(k.rows + 1, sizeof *k.seen);
    ok = fns && last && k.slots && k.seen;
    if (ok)
        ok = build_rows(f, &k, fns, last);
    else
        (void)pv_fail_nomem(f->c.src->err);
    pv_mem_free(fns);
    pv_mem_free(last);
    pv_mem_free(k.slots);
    pv_mem_free(k.seen);
    return ok;
}

void pstats_describe(pstats_file *f)
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

void pstats_traced_metrics(pv_builder *b)
{
    (void)pv_build_metric(b, PV_STR("calls"), PV_COUNT, false);
    (void)pv_build_metric(b, PV_STR("primitive_calls"), PV_COUNT, false);
    (void)pv_build_metric(b, PV_STR("time"), PV_NANOSECONDS, false);
    (void)pv_build_metric(b, PV_STR("time"), PV_NANOSECONDS, true);
    pv_builder_main_metric(b, SELF);
}

bool pstats_build_traced(pstats_file *f)
{
    bool ok;

    pstats_traced_metrics(f->b);
    ok = build_all(f);
    pstats_describe(f);
    return ok;
}
