/* SPDX-License-Identifier: MIT */
/* Several runs become one of average size. */
#include "mean.h"

#include "merge.h"
#include "number.h"
#include "profviz/builder.h"

enum { PLACES = 3, PLACES_MAX = 9 };

typedef struct mean {
    pv_profile *p;
    int64_t runs;
    int64_t times[PV_METRICS_MAX]; /* for the decimals of counts; 0: a level */
} mean;

static void choose_places(mean *m)
{
    for (uint32_t i = 0; i < m->p->metrics.len; i++) {
        /* The profile was made here and is nobody else's yet. */
        pv_metric *metric = (pv_metric *)(uintptr_t)&m->p->metrics.at[i];

        m->times[i] = 1;
        if (metric->inclusive && metric->unit == PV_BYTES)
            m->times[i] = 0;
        if (metric->unit != PV_COUNT || metric->exponent > PLACES_MAX - PLACES)
            continue;
        metric->exponent = (uint8_t)(metric->exponent + PLACES);
        m->times[i] = pv_pow10(PLACES);
    }
}

static bool divide(const mean *m, const int64_t *cost, uint32_t rows,
                   pv_error *err)
{
    uint32_t width = m->p->metrics.len;

    for (size_t i = 0; cost && i < (size_t)rows * width; i++) {
        int64_t *v = (int64_t *)(uintptr_t)&cost[i];
        int64_t times = m->times[i % width], scaled;

        if (*v == PV_NONE || times == 0)
            continue;
        if (times > m->runs && !pv_mul64(*v, times / m->runs + 1, &scaled))
            return pv_fail(err, PV_E_LIMIT, NULL,
                           "a count is too large for the mean of %lld runs",
                           (long long)m->runs);
        *v = pv_muldiv(*v, times, m->runs);
    }
    return true;
}

pv_profile *pv_mean(const pv_profile *const *runs, const pv_str *paths,
                    size_t len, pv_error *err)
{
    mean m = {.runs = (int64_t)len};
    const pv_profile *p;

    if (!len) {
        pv_fail(err, PV_E_BUG, NULL, "a mean of no runs");
        return NULL;
    }
    p = m.p = pv_merge(runs, paths, len, err);
    if (!p)
        return NULL;
    choose_places(&m);
    if (divide(&m, p->functions.cost, p->functions.len, err) &&
        divide(&m, p->frames.cost, p->frames.len, err) &&
        divide(&m, p->calls.cost, p->calls.len, err) &&
        divide(&m, p->lines.cost, p->lines.len, err))
        return m.p;
    pv_profile_free(m.p);
    return NULL;
}
