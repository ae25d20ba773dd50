/* SPDX-License-Identifier: MIT */
/* Inputs whose equal rows must not be added up: printed times. */
#include "merge_private.h"

#include <stdlib.h>
#include <string.h>

static int by_row(const pv_profile *p, const pv_profile *q, uint32_t i)
{
    const pv_function *f = &p->functions.at[i], *g = &q->functions.at[i];
    int64_t v = p->functions.cost ? p->functions.cost[i * p->metrics.len] : 0;
    int64_t w = q->functions.cost ? q->functions.cost[i * q->metrics.len] : 0;
    int order = (f->line > g->line) - (f->line < g->line);

    if (!order)
        order = pv_str_compare(pv_profile_text(p, f->name),
                               pv_profile_text(q, g->name));
    return order ? order : (v > w) - (v < w);
}

/* By content; those that are equal may stand in any order. */
static int by_rows(const void *a, const void *b)
{
    const pv_profile *p = ((const pv_merge_input *)a)->p;
    const pv_profile *q = ((const pv_merge_input *)b)->p;
    int order = (p->functions.len > q->functions.len) -
                (p->functions.len < q->functions.len);

    for (uint32_t i = 1; !order && i < p->functions.len; i++)
        order = by_row(p, q, i);
    return order;
}

static uint32_t last_line(const pv_profile *p)
{
    uint32_t last = 0;

    for (uint32_t i = 1; i < p->functions.len; i++)
        if (p->functions.at[i].line > last)
            last = p->functions.at[i].line;
    return last;
}

void pv_merge_keep_apart(pv_merging *m)
{
    uint32_t shift = 0;

    for (size_t i = 0; i < m->len; i++)
        if (strcmp(m->in[i].p->format, "timings") != 0)
            return;
    qsort(m->in, m->len, sizeof *m->in, by_rows);
    for (size_t i = 0; i < m->len; i++) {
        m->in[i].shift = shift;
        shift += last_line(m->in[i].p);
    }
}
