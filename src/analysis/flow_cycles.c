/* SPDX-License-Identifier: MIT */
/* Cycles of calls: Tarjan's components with a stack of our own. */
#include "flow.h"
#include "mem.h"

typedef struct search {
    pv_flow *f;
    uint32_t *order; /* 1, 2, ... as met; 0 = not yet */
    uint32_t *low;   /* the earliest that can be reached */
    uint32_t *next;  /* out-edge to follow */
    uint32_t *path, path_len;
    uint32_t *open, open_len; /* met, component not known */
    bool *is_open;
    uint32_t met, found;
} search;

static void enter(search *s, uint32_t fn)
{
    s->order[fn] = s->low[fn] = ++s->met;
    s->path[s->path_len++] = fn;
    s->open[s->open_len++] = fn;
    s->is_open[fn] = true;
}

/* Everything above `fn` on the stack of the open is one component. */
static void close_component(search *s, uint32_t fn)
{
    uint32_t size = 0, member;

    do {
        member = s->open[--s->open_len];
        s->is_open[member] = false;
        s->f->fn[member].cycle = s->found;
        size++;
    } while (member != fn);
    for (uint32_t i = 0; i < size && size > 1; i++)
        s->f->fn[s->open[s->open_len + i]].in_cycle = true;
    s->found++;
}

static void leave(search *s, uint32_t fn)
{
    uint32_t up;

    if (s->low[fn] == s->order[fn])
        close_component(s, fn);
    s->path_len--;
    if (!s->path_len)
        return;
    up = s->path[s->path_len - 1];
    if (s->low[fn] < s->low[up])
        s->low[up] = s->low[fn];
}

static void follow(search *s)
{
    uint32_t fn = s->path[s->path_len - 1];
    const pv_flow_fn *at = &s->f->fn[fn];
    uint32_t to;

    if (s->next[fn] == at->out_len) {
        leave(s, fn);
        return;
    }
    to = s->f->edge[at->out + s->next[fn]++].to;
    if (!s->order[to])
        enter(s, to);
    else if (s->is_open[to] && s->order[to] < s->low[fn])
        s->low[fn] = s->order[to];
}

bool pv_flow_cycles(pv_flow *f)
{
    uint32_t n = f->p->functions.len;
    search s = {.f = f,
                .order = pv_mem_alloc(n, sizeof *s.order),
                .low = pv_mem_alloc(n, sizeof *s.low),
                .next = pv_mem_alloc(n, sizeof *s.next),
                .path = pv_mem_alloc(n, sizeof *s.path),
                .open = pv_mem_alloc(n, sizeof *s.open),
                .is_open = pv_mem_alloc(n, sizeof *s.is_open)};
    bool ok = s.order && s.low && s.next && s.path && s.open && s.is_open;

    for (uint32_t i = 0; ok && i < n; i++) {
        if (!s.order[i])
            enter(&s, i);
        while (s.path_len)
            follow(&s);
    }
    pv_mem_free(s.order);
    pv_mem_free(s.low);
    pv_mem_free(s.next);
    pv_mem_free(s.path);
    pv_mem_free(s.open);
    pv_mem_free(s.is_open);
    return ok;
}
