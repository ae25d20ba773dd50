/* SPDX-License-Identifier: MIT */
/* Old and new as they are compared: filtered, grouped. */
#include "diff_sides.h"

#include "series_totals.h"

/* Frames and rows become groups on both sides; tracemalloc's lines and files
 * are sums over rows, which keep the stacks, and lines of functions are lines
 * already. */
static bool wants_groups(const pv_profile *p, int by)
{
    if (by == PV_BY_FUNCTION || by == PV_DIFF_BY_STACK)
        return false;
    if (p->flags & PV_FILE_LINE_FRAMES)
        return by != PV_BY_FILE && by != PV_BY_LINE;
    return p->has & (PV_HAS_TREE | PV_HAS_CALLS) ||
           (p->has & PV_HAS_LINES && by != PV_BY_LINE);
}

static bool is_series(const pv_job *job, size_t i)
{
    return job->inputs[i]->has & PV_HAS_SERIES;
}

static bool all_or_none(const pv_job *job, pv_error *err)
{
    for (size_t i = 1; i < job->count; i++) {
        pv_place at = {.file = job->paths[is_series(job, i) ? i : 0]};
        pv_str other = job->paths[is_series(job, i) ? 0 : i];

        if (is_series(job, i) != is_series(job, 0))
            return pv_fail(err, PV_E_FORMAT, &at,
                           "this holds memory over time, and %s does not: "
                           "they cannot be compared",
                           PV_QUOTE(other));
    }
    return true;
}

bool pv_diff_sides_make(pv_diff_sides *s, const pv_job *job,
                        const pv_diff_settings *o, pv_arena *a, pv_error *err)
{
    pv_filter_options filter = o->filter;

    s->at = PV_NEW_N(a, const pv_profile *, job->count + 1);
    s->kept = PV_NEW_N(a, bool, job->count + 1);
    if (!s->at || !s->kept)
        return pv_fail_nomem(err);
    if (!all_or_none(job, err))
        return false;
    s->grouped = wants_groups(job->inputs[0], o->how.by);
    filter.by = s->grouped ? o->how.by : PV_BY_FUNCTION;
    if (job->medium == PV_M_FOLDED) /* as the files have them */
        filter.threads = true;
    for (size_t i = 0; i < job->count; i++) {
        const pv_profile *p = job->inputs[i];

        s->kept[i] = false;
        s->at[i] = p->has & PV_HAS_SERIES
                       ? pv_series_totals(p, err)
                       : pv_filter(p, &filter, NULL, &s->kept[i], err);
        if (!s->at[i])
            return false;
        s->len = i + 1;
    }
    return true;
}

void pv_diff_sides_done(pv_diff_sides *s)
{
    for (size_t i = 0; i < s->len; i++)
        if (!s->kept[i])
            pv_profile_free((pv_profile *)(uintptr_t)s->at[i]);
    s->len = 0;
}
