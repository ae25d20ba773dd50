/* SPDX-License-Identifier: MIT */
/* Snapshots of tracemalloc, taken in series, as one run. */
#include "number.h"
#include "profviz/builder.h"
#include "timeline.h"
#include "total.h"

static bool is_snapshot(const pv_profile *p)
{
    return strcmp(p->format, "tracemalloc") == 0;
}

/* All memory of a snapshot in bytes. */
static bool size_of(const pv_profile *p, int64_t *size, pv_error *err)
{
    int metric = pv_profile_metric(p, PV_STR("size"));

    *size = 0;
    return metric < 0 || pv_profile_total(p, (uint32_t)metric, size, err);
}

static bool check(const pv_job *job, size_t *snapshots, pv_error *err)
{
    size_t other = 0;

    *snapshots = 0;
    for (size_t i = 0; i < job->count; i++)
        if (is_snapshot(job->inputs[i]))
            ++*snapshots;
        else
            other = i;
    if (*snapshots && *snapshots < job->count)
        return pv_fail(err, PV_E_FORMAT, &(pv_place){.file = job->paths[other]},
                       "a recording over time cannot be shown with snapshots "
                       "of tracemalloc");
    if (*snapshots == 1)
        return pv_fail(err, PV_E_FORMAT, &(pv_place){.file = job->paths[0]},
                       "a single tracemalloc snapshot has no time; name "
                       "several in their order, or try `profviz flame`");
    return true;
}

static bool fill(const pv_job *job, pv_builder *b, pv_error *err)
{
    uint32_t series;

    pv_builder_has(b, PV_HAS_SERIES);
    pv_builder_producer(b, PV_STR("tracemalloc"));
    pv_build_metric(b, PV_STR("memory"), PV_BYTES, true);
    series = pv_build_series(b, PV_STR("tracemalloc"), PV_BYTES, -1, 0);
    for (size_t i = 0; i < job->count; i++) {
        int64_t size;

        if (!size_of(job->inputs[i], &size, err))
            return false;
        pv_build_point(b, series, (int64_t)i * 1000000000, size);
    }
    pv_builder_counts(b, 0, (int64_t)job->count);
    return true;
}

bool pv_timeline_snapshots(const pv_job *job, pv_profile **made, pv_error *err)
{
    size_t snapshots;
    pv_builder *b;

    *made = NULL;
    if (!check(job, &snapshots, err))
        return false;
    if (!snapshots)
        return true;
    b = pv_builder_new("tracemalloc", 0);
    if (!b)
        return pv_fail_nomem(err);
    if (fill(job, b, err))
        *made = pv_builder_finish(b, err);
    pv_builder_free(b);
    return *made != NULL;
}
