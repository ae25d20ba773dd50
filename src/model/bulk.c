/* SPDX-License-Identifier: MIT */
/* New rows without looking, and the way back. */
#include "bulk.h"

#include "builder_private.h"

pv_build_mark_at pv_build_here(const pv_builder *b)
{
    return (pv_build_mark_at){(uint32_t)b->functions.len,
                              (uint32_t)b->calls.len, b->metrics_len};
}

static void cut_costs(cost_vec *v, size_t rows, size_t metrics)
{
    if (v->len > rows * metrics)
        v->len = rows * metrics;
}

/* Only rows that no index knows can go. */
void pv_build_undo(pv_builder *b, pv_build_mark_at to)
{
    if (b->functions_indexed > to.functions || b->calls_indexed > to.calls) {
        (void)pv_fail(&b->err, PV_E_BUG, NULL,
                      "rows that can be found cannot be taken back");
        return;
    }
    b->functions.len = to.functions;
    b->calls.len = to.calls;
    cut_costs(&b->function_cost, to.functions, to.metrics);
    cut_costs(&b->residues, to.functions, to.metrics);
    cut_costs(&b->call_cost, to.calls, to.metrics);
    b->metrics_len = to.metrics;
}

/* Values of `n` rows from `row` on; those before without any are zero. */
static void put_values(pv_builder *b, cost_vec *v, size_t row, size_t n,
                       const int64_t *values)
{
    size_t at = row * b->metrics_len, more = n * b->metrics_len;

    if (!PV_VEC_GROW(v, at + more - v->len)) {
        (void)pv_fail_nomem(&b->err);
        return;
    }
    if (v->len < at)
        memset(v->at + v->len, 0, (at - v->len) * sizeof *v->at);
    memcpy(v->at + at, values, more * sizeof *values);
    v->len = at + more;
}

pv_fn pv_build_functions_new(pv_builder *b, const pv_function *f, size_t n,
                             const int64_t *values)
{
    size_t row = b->functions.len;

    if (n == 0 || b->err.code != PV_OK || !pv_builder_room_functions(b, n))
        return (pv_fn){0};
    memcpy(b->functions.at + row, f, n * sizeof *f);
    b->functions.len += n;
    put_values(b, &b->function_cost, row, n, values);
    return (pv_fn){(uint32_t)row};
}

const int64_t *pv_build_function_values(const pv_builder *b, uint32_t fn)
{
    size_t at = (size_t)fn * b->metrics_len;

    return at + b->metrics_len <= b->function_cost.len
               ? b->function_cost.at + at
               : NULL;
}

void pv_build_residues(pv_builder *b, uint32_t fn, size_t n,
                       const int64_t *values)
{
    if (n == 0 || b->err.code != PV_OK)
        return;
    if (b->function_cost.room * sizeof *values >= PV_MEM_MAPPED)
        PV_VEC_LARGE(&b->residues);
    put_values(b, &b->residues, fn, n, values);
}

void pv_build_calls_new(pv_builder *b, const pv_call *calls, size_t n,
                        const int64_t *values)
{
    size_t row = b->calls.len;

    if (n == 0 || b->err.code != PV_OK || !pv_builder_room_calls(b, n))
        return;
    memcpy(b->calls.at + row, calls, n * sizeof *calls);
    b->calls.len += n;
    put_values(b, &b->call_cost, row, n, values);
}

pv_call *pv_build_calls(pv_builder *b, uint32_t *len)
{
    *len = (uint32_t)b->calls.len;
    return b->calls.at;
}

/* Without the memory for it they grow as they always do, or fail then. */
void pv_build_expect(pv_builder *b, size_t functions, size_t frames)
{
    (void)pv_rows_expect(&b->function_rows, b->functions.len + functions);
    (void)pv_rows_expect(&b->frame_rows, b->frames.len + frames);
}

enum { MEMORY_MIN = 256 << 20 };

/* With little memory to spare tables grow step by step. */
void pv_build_large(pv_builder *b, bool calls)
{
    if (b->memory > 0 && b->memory < MEMORY_MIN)
        return;
    PV_VEC_LARGE(&b->functions);
    PV_VEC_LARGE(&b->function_cost);
    if (calls) {
        PV_VEC_LARGE(&b->calls);
        PV_VEC_LARGE(&b->call_cost);
    }
}

bool pv_build_failed(const pv_builder *b)
{
    return b->err.code != PV_OK;
}
