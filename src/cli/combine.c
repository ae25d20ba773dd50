/* SPDX-License-Identifier: MIT */
/* Merging, --metric and the filter. */
#include "combine.h"

#include <stdio.h>

#include "estimate.h"
#include "filter.h"
#include "merge.h"

static bool fail_metric(const pv_profile *p, pv_str path, pv_str name,
                        pv_error *err)
{
    pv_place at = {.file = path};
    char list[200] = "";
    size_t n = 0;

    for (uint32_t i = 0; i < p->metrics.len; i++) {
        pv_str m = pv_profile_text(p, p->metrics.at[i].name);

        if (n + m.n + 3 < sizeof list)
            n += (size_t)snprintf(list + n, sizeof list - n, "%s%.*s",
                                  n ? ", " : "", (int)m.n, m.p);
    }
    return pv_fail(err, PV_E_USAGE, &at, "no metric '%s'; it has %s",
                   PV_QUOTE(name), n ? PV_QUOTE(pv_str_of(list)) : "none");
}

/* Profiles are plain data: a copy of the outer struct with another main
 * metric shares all the rest. */
static const pv_profile *with_metric(const pv_profile *p, pv_str path,
                                     pv_str name, pv_arena *a, pv_error *err)
{
    int m = pv_profile_metric(p, name);
    pv_profile *view;

    if (m < 0) {
        fail_metric(p, path, name, err);
        return NULL;
    }
    view = PV_NEW(a, pv_profile);
    if (!view) {
        pv_fail_nomem(err);
        return NULL;
    }
    *view = *p;
    view->metrics.main = (uint32_t)m;
    return view;
}

static bool choose_metric(pv_combined *c, const pv_loaded *l, pv_str name,
                          pv_arena *a, pv_error *err)
{
    for (size_t i = 0; i < c->count; i++) {
        c->inputs[i] = with_metric(c->inputs[i], l->paths[i], name, a, err);
        if (!c->inputs[i])
            return false;
    }
    return true;
}

static bool merge(pv_combined *c, const pv_loaded *l, pv_error *err)
{
    c->merged =
        pv_merge((const pv_profile *const *)l->profiles, l->paths, l->len, err);
    c->inputs[0] = c->merged;
    c->count = 1;
    return c->merged != NULL;
}

static bool estimate(pv_combined *c, pv_arena *a, pv_error *err)
{
    c->estimated = PV_NEW_N(a, pv_profile *, c->count);
    if (!c->estimated)
        return pv_fail_nomem(err);
    for (size_t i = 0; i < c->count; i++) {
        const pv_profile *p = c->inputs[i];

        if (p->has & PV_HAS_TREE || !(p->has & PV_HAS_CALLS))
            continue;
        c->estimated[i] = pv_estimate(p, PV_ESTIMATE_FRAMES, err);
        if (!c->estimated[i])
            return false;
        c->inputs[i] = c->estimated[i];
    }
    return true;
}

/* 100 % is what there would be without --focus and --ignore. */
static bool filter(pv_combined *c, const pv_filter_options *o, pv_arena *a,
                   pv_error *err)
{
    int64_t *whole = PV_NEW_N(a, int64_t, PV_METRICS_MAX);
    const pv_profile *p;
    bool same = false;

    if (!whole)
        return pv_fail_nomem(err);
    p = pv_filter(c->inputs[0], o, whole, &same, err);
    if (!p)
        return false;
    if (same)
        return true;
    c->filtered = (pv_profile *)(uintptr_t)p;
    c->inputs[0] = p;
    c->whole = whole;
    return true;
}

bool pv_combine(pv_combined *out, const pv_loaded *l, const pv_renderer *r,
                const void *own, pv_medium medium, const pv_shared *shared,
                pv_arena *a, pv_error *err)
{
    size_t at = 0;
    /* Sides that are compared are filtered one by one, by the renderer. */
    bool filters = pv_renderer_filters(r, &at) && !r->pairs;
    pv_filter_options mine;

    *out = (pv_combined){.inputs = PV_NEW_N(a, const pv_profile *, l->len),
                         .count = l->len};
    if (!out->inputs)
        return pv_fail_nomem(err);
    for (size_t i = 0; i < l->len; i++)
        out->inputs[i] = l->profiles[i];
    if (filters && l->len > 1 && !merge(out, l, err))
        return false;
    if (r->stacked & (unsigned)medium && !estimate(out, a, err))
        return false;
    if (shared->metric_given && !choose_metric(out, l, shared->metric, a, err))
        return false;
    if (!filters)
        return true;
    mine = *(const pv_filter_options *)(const void *)((const char *)own + at);
    mine.threads |= r->threads;
    if (r->folds & (unsigned)medium && !mine.collapse.len)
        mine.fold_recursion = false;
    return filter(out, &mine, a, err);
}

void pv_combined_done(pv_combined *c)
{
    pv_profile_free(c->filtered);
    for (size_t i = 0; c->estimated && i < c->count; i++)
        pv_profile_free(c->estimated[i]);
    pv_profile_free(c->merged);
    c->filtered = c->merged = NULL;
    c->estimated = NULL;
}
