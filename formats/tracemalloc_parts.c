/* SPDX-License-Identifier: MIT */
/* What a snapshot's domains, limit and cut frames become. */
#include "tracemalloc_parts.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "number.h"

void snapshot_note_domain(snapshot_domains *d, int64_t domain)
{
    for (size_t i = 0; i < d->len; i++)
        if (d->at[i] == domain)
            return;
    if (d->len < SNAPSHOT_DOMAINS)
        d->at[d->len++] = domain;
}

static int by_value(const void *a, const void *b)
{
    const int64_t *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

void snapshot_build_domains(snapshot_domains *d, pv_builder *b)
{
    char text[SNAPSHOT_DOMAINS * (PV_NUMBER_MAX + 2)];
    size_t n = 0;

    if (d->len == 0)
        return;
    qsort(d->at, d->len, sizeof *d->at, by_value);
    for (size_t i = 0; i < d->len; i++) {
        if (i > 0) {
            memcpy(text + n, ", ", 2);
            n += 2;
        }
        n += pv_write_i64(text + n, d->at[i]);
    }
    pv_build_note(b, PV_STR("domains"), (pv_str){text, n});
}

void snapshot_build_limit(pv_builder *b, int64_t limit)
{
    char text[PV_NUMBER_MAX];

    pv_build_note(b, PV_STR("traceback_limit"),
                  (pv_str){text, pv_write_i64(text, limit)});
}

pv_node snapshot_build_cut(pv_builder *b, uint64_t frames)
{
    char text[48];
    int n = snprintf(text, sizeof text, "[%" PRIu64 " frame%s cut]", frames,
                     frames == 1 ? "" : "s");
    pv_sym name = pv_build_name(b, (pv_str){text, (size_t)n});
    pv_fn fn = pv_build_function(b, name, (pv_sym){0}, 0, PV_FN_MARK);

    return pv_build_frame(b, (pv_node){0}, fn, 0, (pv_sym){0});
}

static int by_frame(const void *a, const void *b)
{
    const snapshot_landed *x = a, *y = b;

    if (x->frame != y->frame)
        return x->frame < y->frame ? -1 : 1;
    return (x->domain > y->domain) - (x->domain < y->domain);
}

int64_t snapshot_count_stacks(snapshot_landed *to, size_t n)
{
    int64_t stacks = 0;

    qsort(to, n, sizeof *to, by_frame);
    for (size_t i = 0; i < n; i++)
        stacks += i == 0 || by_frame(&to[i - 1], &to[i]) != 0;
    return stacks;
}
