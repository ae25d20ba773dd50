/* SPDX-License-Identifier: MIT */
/* What the children of a process hold, moment by moment. */
#include "process_sweep.h"

#include <stdlib.h>

#include "number.h"

/* All series of a profile stand in one array: their addresses are an order. */
static int by_start(const void *pa, const void *pb)
{
    const pv_child *a = pa, *b = pb;
    int64_t x = a->s->at[0].t, y = b->s->at[0].t;

    if (x != y)
        return x < y ? -1 : 1;
    return (a->s > b->s) - (a->s < b->s);
}

void pv_sweep_sort(pv_child *child, size_t len)
{
    if (len)
        qsort(child, len, sizeof *child, by_start);
}

static bool add(pv_child *c, int64_t t, int64_t *layers)
{
    while (c->next < c->s->len && c->s->at[c->next].t <= t)
        c->next++;
    return c->next == 0 ||
           pv_add64(layers[c->layer], c->s->at[c->next - 1].value,
                    &layers[c->layer]);
}

bool pv_sweep_to(pv_sweep *w, int64_t t, int64_t *layers)
{
    size_t kept = 0;

    while (w->begun < w->len && w->child[w->begun].s->at[0].t <= t)
        w->live[w->live_len++] = (uint32_t)w->begun++;
    for (size_t i = 0; i < w->live_len; i++) {
        pv_child *c = &w->child[w->live[i]];

        if (c->s->at[c->s->len - 1].t < t)
            continue;
        if (!add(c, t, layers))
            return false;
        w->live[kept++] = w->live[i];
    }
    w->live_len = kept;
    return true;
}
