/* SPDX-License-Identifier: MIT */
/* A recording of memory over time as a table of one row. */
#include "series_totals.h"

#include "number.h"
#include "series_facts.h"

typedef struct totals {
    int64_t peak, end, area, duration;
    bool any;
} totals;

static bool add_run(totals *t, const pv_series *s)
{
    pv_series_facts f = pv_series_facts_of(s, INT64_MIN, INT64_MAX);

    if (!t->any || f.peak.value > t->peak)
        t->peak = f.peak.value;
    t->end = f.end;
    t->any = true;
    return pv_add64(t->area, f.area, &t->area) &&
           pv_add64(t->duration, f.duration, &t->duration);
}

pv_profile *pv_series_totals(const pv_profile *p, pv_error *err)
{
    pv_builder *b;
    pv_profile *out;
    totals t = {0};
    bool fits = true;
    pv_fn fn;

    for (uint32_t i = 0; i < p->series.len && fits; i++)
        if (p->series.at[i].pid < 0 && p->series.at[i].len)
            fits = add_run(&t, &p->series.at[i]);
    if (!fits) {
        pv_fail(err, PV_E_LIMIT, NULL, "a sum is larger than 2^63-1");
        return NULL;
    }
    if (!t.any) {
        pv_fail(err, PV_E_FORMAT, NULL, "the main process has no sample");
        return NULL;
    }
    b = pv_builder_new(p->format, 0);
    if (!b) {
        pv_fail_nomem(err);
        return NULL;
    }
    pv_build_metric(b, PV_STR("peak"), PV_BYTES, true);
    pv_build_metric(b, PV_STR("end"), PV_BYTES, true);
    pv_build_metric(b, PV_STR(PV_SERIES_AREA), PV_BYTES, true);
    pv_build_metric(b, PV_STR("duration"), PV_NANOSECONDS, true);
    pv_builder_has(b, PV_HAS_TOTALS);
    fn = pv_build_function(b, pv_build_name(b, PV_STR("main process")),
                           pv_build_name(b, PV_STR("")), 0, PV_FN_CODE);
    pv_cost_function(b, fn, 0, t.peak);
    pv_cost_function(b, fn, 1, t.end);
    pv_cost_function(b, fn, 2, t.area);
    pv_cost_function(b, fn, 3, t.duration);
    out = pv_builder_finish(b, err);
    pv_builder_free(b);
    return out;
}
