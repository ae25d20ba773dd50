/* SPDX-License-Identifier: MIT */
/* Merging functions and calls: sorted, so that the order of the inputs does
 * not show. */
#include <stdlib.h>

#include "mem.h"
#include "merge_private.h"
#include "number.h"

static bool fail_sum(pv_merging *m)
{
    return pv_fail(m->err, PV_E_LIMIT, NULL,
                   "a sum of the inputs is above 2^63-1, the most that is "
                   "counted");
}

bool pv_merge_scaled(pv_merging *m, const pv_merge_input *in, uint32_t metric,
                     int64_t v, int64_t *out)
{
    if (v == PV_NONE) {
        *out = v;
        return true;
    }
    return pv_mul64(v, in->factor[metric], out) || fail_sum(m);
}

pv_sym pv_merge_text(pv_merging *m, pv_merge_input *in, pv_sym s)
{
    if (s.i && !in->text[s.i].i)
        in->text[s.i] = pv_build_name(m->b, pv_profile_text(in->p, s));
    return in->text[s.i];
}

typedef struct function_ref {
    uint32_t input, fn;
} function_ref;

static int by_function(const void *x, const void *y, void *merging_)
{
    const pv_merging *m = merging_;
    const function_ref *a = x, *b = y;
    const pv_profile *p = m->in[a->input].p, *q = m->in[b->input].p;
    const pv_function *f = &p->functions.at[a->fn];
    const pv_function *g = &q->functions.at[b->fn];
    int order = pv_str_compare(pv_profile_text(p, f->file),
                               pv_profile_text(q, g->file));

    uint32_t i = f->line + m->in[a->input].shift;
    uint32_t k = g->line + m->in[b->input].shift;

    if (!order)
        order = (i > k) - (i < k);
    if (!order)
        order = pv_str_compare(pv_profile_text(p, f->name),
                               pv_profile_text(q, g->name));
    return order ? order : (f->kind > g->kind) - (f->kind < g->kind);
}

static bool add_function_costs(pv_merging *m, pv_merge_input *in, uint32_t i)
{
    const pv_profile *p = in->p;

    for (uint32_t k = 0; p->functions.cost && k < p->metrics.len; k++) {
        int64_t v;

        if (!pv_merge_scaled(m, in, k,
                             p->functions.cost[(size_t)i * p->metrics.len + k],
                             &v))
            return false;
        pv_cost_function(m->b, in->fn[i], in->metric[k], v);
    }
    return true;
}

bool pv_merge_functions(pv_merging *m)
{
    size_t n = 0;
    function_ref *refs;
    bool ok = true;

    for (size_t i = 0; i < m->len; i++)
        n += m->in[i].p->functions.len;
    refs = pv_mem_alloc(n, sizeof *refs);
    if (!refs)
        return pv_fail_nomem(m->err);
    n = 0;
    for (size_t i = 0; i < m->len; i++)
        for (uint32_t f = 1; f < m->in[i].p->functions.len; f++)
            refs[n++] = (function_ref){(uint32_t)i, f};
    qsort_r(refs, n, sizeof *refs, by_function, m);
    for (size_t i = 0; i < n && ok; i++) {
        pv_merge_input *in = &m->in[refs[i].input];
        const pv_function *f = &in->p->functions.at[refs[i].fn];

        in->fn[refs[i].fn] = pv_build_function(
            m->b, pv_merge_text(m, in, f->name), pv_merge_text(m, in, f->file),
            f->line + in->shift, (pv_fn_kind)f->kind);
        ok = add_function_costs(m, in, refs[i].fn);
    }
    for (size_t i = 0; i < m->len && ok; i++)
        ok = add_function_costs(m, &m->in[i], 0);
    pv_mem_free(refs);
    return ok;
}

typedef struct call_ref {
    uint32_t caller, callee, input, call;
} call_ref;

static int by_call(const void *x, const void *y)
{
    const call_ref *a = x, *b = y;

    if (a->caller != b->caller)
        return a->caller < b->caller ? -1 : 1;
    if (a->callee != b->callee)
        return a->callee < b->callee ? -1 : 1;
    if (a->input != b->input)
        return a->input < b->input ? -1 : 1;
    return (a->call > b->call) - (a->call < b->call);
}

static bool add_call(pv_merging *m, const call_ref *r)
{
    pv_merge_input *in = &m->in[r->input];
    const pv_profile *p = in->p;

    for (uint32_t k = 0; k < p->metrics.len; k++) {
        int64_t v = p->calls.cost
                        ? p->calls.cost[(size_t)r->call * p->metrics.len + k]
                        : 0;

        if (!pv_merge_scaled(m, in, k, v, &v))
            return false;
        pv_cost_call(m->b, (pv_fn){r->caller}, (pv_fn){r->callee},
                     in->metric[k], v);
    }
    return true;
}

bool pv_merge_calls(pv_merging *m)
{
    size_t n = 0;
    call_ref *refs;
    bool ok = true;

    for (size_t i = 0; i < m->len; i++)
        n += m->in[i].p->calls.len;
    refs = pv_mem_alloc(n, sizeof *refs);
    if (!refs)
        return pv_fail_nomem(m->err);
    n = 0;
    for (size_t i = 0; i < m->len; i++) {
        const pv_merge_input *in = &m->in[i];

        for (uint32_t c = 0; c < in->p->calls.len; c++)
            refs[n++] = (call_ref){in->fn[in->p->calls.at[c].caller.i].i,
                                   in->fn[in->p->calls.at[c].callee.i].i,
                                   (uint32_t)i, c};
    }
    qsort(refs, n, sizeof *refs, by_call);
    for (size_t i = 0; i < n && ok; i++)
        ok = add_call(m, &refs[i]);
    pv_mem_free(refs);
    return ok;
}
