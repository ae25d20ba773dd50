/* SPDX-License-Identifier: MIT */
/* Stacks as a table of functions. */
#include "flatten.h"

#include "number.h"
#include "total.h"

typedef struct flattening {
    const pv_profile *p;
    pv_builder *b;
    pv_fn *fn;     /* in the table */
    uint32_t *end; /* where the outermost frame of a function ends */
    int64_t *total;
    pv_arena a;
    pv_error *err;
} flattening;

static void add_functions(flattening *f)
{
    const pv_profile *p = f->p;

    for (uint32_t i = 0; i < p->metrics.len; i++) {
        const pv_metric *m = &p->metrics.at[i];
        pv_str name = pv_profile_text(p, m->name);

        for (int all = 0; all < 2; all++)
            pv_builder_exponent(f->b,
                                pv_build_metric(f->b, name, m->unit, all == 1),
                                m->exponent);
    }
    pv_builder_main_metric(f->b, 2 * p->metrics.main);
    for (uint32_t i = 1; i < p->functions.len; i++) {
        const pv_function *at = &p->functions.at[i];

        f->fn[i] = pv_build_function(
            f->b, pv_build_name(f->b, pv_profile_text(p, at->name)),
            pv_build_name(f->b, pv_profile_text(p, at->file)), at->line,
            (pv_fn_kind)at->kind);
    }
}

static bool add_metric(flattening *f, uint32_t m)
{
    const pv_frame *at = f->p->frames.at;
    int64_t *totals = pv_frame_totals(f->p, m, &f->a, f->err);

    if (!totals)
        return false;
    memset(f->end, 0, f->p->functions.len * sizeof *f->end);
    memset(f->total, 0, f->p->functions.len * sizeof *f->total);
    for (uint32_t i = 0; i < f->p->frames.len; i++) {
        uint32_t fn = at[i].fn.i;

        pv_cost_function(f->b, f->fn[fn], 2 * m, pv_frame_self(f->p, i, m));
        if (i < f->end[fn] || fn == 0)
            continue;
        f->end[fn] = at[i].end;
        f->total[fn] += totals[i]; /* at most the profile's total */
    }
    for (uint32_t i = 1; i < f->p->functions.len; i++)
        pv_cost_function(f->b, f->fn[i], 2 * m + 1, f->total[i]);
    return true;
}

static bool add_all(flattening *f)
{
    uint32_t functions = f->p->functions.len;
    bool ok = true;

    if (2 * f->p->metrics.len > PV_METRICS_MAX)
        return pv_fail(f->err, PV_E_FORMAT, NULL, "%u metrics are too many",
                       f->p->metrics.len);
    f->fn = PV_NEW_N(&f->a, pv_fn, functions + 1);
    f->end = PV_NEW_N(&f->a, uint32_t, functions + 1);
    f->total = PV_NEW_N(&f->a, int64_t, functions + 1);
    if (f->a.failed)
        return pv_fail_nomem(f->err);
    add_functions(f);
    for (uint32_t m = 0; ok && m < f->p->metrics.len; m++)
        ok = add_metric(f, m);
    return ok;
}

pv_profile *pv_flatten(const pv_profile *p, pv_error *err)
{
    flattening f = {.p = p, .b = pv_builder_new(p->format, 0), .err = err};
    pv_profile *out = NULL;

    if (!f.b) {
        pv_fail_nomem(err);
        return NULL;
    }
    pv_arena_init(&f.a, 0);
    pv_builder_has(f.b, PV_HAS_TOTALS | PV_HAS_CALLS);
    if (add_all(&f))
        out = pv_builder_finish(f.b, err);
    pv_arena_done(&f.a);
    pv_builder_free(f.b);
    return out;
}
