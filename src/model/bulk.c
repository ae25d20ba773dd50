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
    cut_costs(&b->call_cost, to.calls, to.metrics);
    b->metrics_len = to.metrics;
}

/* Room for the values of `row` and those before it, which are zero. */
static int64_t *cells(pv_builder *b, cost_vec *v, size_t row)
{
    size_t at = row * b->metrics_len, want = at + b->metrics_len;

    if (v->len < want) {
        if (!PV_VEC_GROW(v, want - v->len)) {
            (void)pv_fail_nomem(&b->err);
            return NULL;
        }
        if (v->len < at)
            memset(v->at + v->len, 0, (at - v->len) * sizeof *v->at);
        v->len = want;
    }
    return v->at + at;
}

static void put_values(pv_builder *b, cost_vec *v, size_t row,
                       const int64_t *values)
{
    int64_t *to = cells(b, v, row);

    for (uint32_t i = 0; to && i < b->metrics_len; i++)
        to[i] = values[i];
}

pv_fn pv_build_function_new(pv_builder *b, pv_function f, const int64_t *values)
{
    size_t row = b->functions.len;

    if (b->err.code != PV_OK || !pv_builder_room_function(b))
        return (pv_fn){0};
    b->functions.at[b->functions.len++] = f;
    put_values(b, &b->function_cost, row, values);
    return (pv_fn){(uint32_t)row};
}

void pv_build_call_costs(pv_builder *b, pv_call call, const int64_t *values)
{
    size_t row = b->calls.len;

    if (b->err.code != PV_OK || !pv_builder_room_call(b))
        return;
    b->calls.at[b->calls.len++] = call;
    put_values(b, &b->call_cost, row, values);
}

pv_call *pv_build_calls(pv_builder *b, uint32_t *len)
{
    *len = (uint32_t)b->calls.len;
    return b->calls.at;
}
