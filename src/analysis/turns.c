/* SPDX-License-Identifier: MIT */
/* Follows every frame of a tree to the frame that it was folded into. */
#include "turns.h"

#include <stdlib.h>

#include "mem.h"
#include "number.h"
#include "steps.h"

typedef struct named { /* a function by what it is in any profile */
    pv_str name, file;
    uint32_t line, kind, fn;
} named;

typedef struct child {
    uint32_t parent, fn, node;
} child;

typedef struct follow {
    const pv_profile *from, *to;
    named *functions; /* of `to`, sorted */
    child *children;  /* of `to`, sorted */
    uint32_t *last;   /* in time: the latest child of each frame of `to` */
    uint32_t *fn;     /* of `from` -> of `to`, or PV_NOWHERE */
    uint32_t *map;    /* frames of `from` -> frames of `to` */
    uint32_t *turn;   /* of each frame of `from` */
} follow;

static int by_what_it_is(const void *a, const void *b)
{
    const named *x = a, *y = b;
    int order = pv_str_compare(x->name, y->name);

    if (!order)
        order = pv_str_compare(x->file, y->file);
    if (!order)
        order = (x->line > y->line) - (x->line < y->line);
    return order ? order : (x->kind > y->kind) - (x->kind < y->kind);
}

static int by_parent(const void *a, const void *b)
{
    const child *x = a, *y = b;
    int order = (x->parent > y->parent) - (x->parent < y->parent);

    return order ? order : (x->fn > y->fn) - (x->fn < y->fn);
}

static named name_of(const pv_profile *p, uint32_t i)
{
    const pv_function *f = &p->functions.at[i];

    return (named){pv_profile_text(p, f->name), pv_profile_text(p, f->file),
                   f->line, f->kind, i};
}

static void match_functions(follow *f)
{
    uint32_t n = f->to->functions.len;

    for (uint32_t i = 0; i < n; i++)
        f->functions[i] = name_of(f->to, i);
    qsort(f->functions, n, sizeof *f->functions, by_what_it_is);
    for (uint32_t i = 0; i < f->from->functions.len; i++) {
        named key = name_of(f->from, i);
        const named *hit =
            bsearch(&key, f->functions, n, sizeof key, by_what_it_is);

        f->fn[i] = hit ? hit->fn : PV_NOWHERE;
    }
}

static void list_children(follow *f)
{
    const pv_frame *frames = f->to->frames.at;
    uint32_t n = f->to->frames.len;

    for (uint32_t i = 1; i < n; i++)
        f->children[i - 1] = (child){frames[i].parent.i, frames[i].fn.i, i};
    qsort(f->children, n - 1, sizeof *f->children, by_parent);
}

/* The cycle that a frame of `fn` ends below `up`; `node` gets the frames from
 * there on upwards. */
static uint32_t cycle_at(const follow *f, uint32_t up, uint32_t fn,
                         uint32_t node[PV_FOLD_LOOK])
{
    uint32_t above[PV_FOLD_LOOK], n = 0;

    for (uint32_t i = up; i && n < PV_FOLD_LOOK;
         i = f->to->frames.at[i].parent.i, n++) {
        node[n] = i;
        above[n] = f->to->frames.at[i].fn.i;
    }
    return pv_fold_cycle(above, n, fn);
}

/* One turn more than the frame above that went to the same place. */
static uint32_t turn_of(const follow *f, uint32_t i, uint32_t node)
{
    uint32_t a = f->from->frames.at[i].parent.i;

    for (unsigned k = 0; a && k < PV_FOLD_LOOK; k++) {
        if (f->map[a] == node)
            return f->turn[a] + 1;
        a = f->from->frames.at[a].parent.i;
    }
    return 2;
}

/* In the order of time a function may stand below one frame several times:
 * the child is the latest one, or the next of that function. */
static uint32_t child_in_time(follow *f, uint32_t up, uint32_t fn)
{
    const pv_frame *frames = f->to->frames.at;
    uint32_t at = f->last[up] ? f->last[up] : up + 1;

    while (at < frames[up].end && frames[at].fn.i != fn)
        at = frames[at].end;
    if (at >= frames[up].end)
        return up;
    f->last[up] = at;
    return at;
}

static uint32_t child_of(follow *f, uint32_t up, uint32_t fn)
{
    child key = {up, fn, 0};
    const child *hit;

    if (f->last)
        return child_in_time(f, up, fn);
    hit = bsearch(&key, f->children, f->to->frames.len - 1, sizeof key,
                  by_parent);
    return hit ? hit->node : up;
}

static void place(follow *f, uint32_t i, uint32_t *turns)
{
    const pv_frame *frame = &f->from->frames.at[i];
    uint32_t up = f->map[frame->parent.i], fn = f->fn[frame->fn.i];
    uint32_t node[PV_FOLD_LOOK];
    uint32_t cycle = cycle_at(f, up, fn, node);

    if (!cycle) {
        f->map[i] = child_of(f, up, fn);
        f->turn[i] = 1;
        return;
    }
    f->map[i] = node[cycle - 1];
    f->turn[i] = turn_of(f, i, f->map[i]);
    /* all frames of the cycle went round */
    for (uint32_t k = cycle - 1; k < 2 * cycle - 1; k++)
        if (f->turn[i] > turns[node[k]])
            turns[node[k]] = f->turn[i];
}

static void walk(follow *f, uint32_t *turns)
{
    for (uint32_t i = 0; i < f->to->frames.len; i++)
        turns[i] = 1;
    match_functions(f);
    list_children(f);
    for (uint32_t i = 1; i < f->from->frames.len; i++)
        place(f, i, turns);
}

bool pv_fold_turns(const pv_profile *from, const pv_profile *folded,
                   uint32_t *turns)
{
    follow f = {.from = from, .to = folded};
    size_t n = from->frames.len;
    bool ok, in_time = from->flags & PV_TIME_ORDERED;

    if (n == 0 || folded->frames.len == 0)
        return true;
    f.functions = pv_mem_alloc(folded->functions.len, sizeof *f.functions);
    f.children = pv_mem_alloc(folded->frames.len, sizeof *f.children);
    f.fn = pv_mem_alloc(from->functions.len, sizeof *f.fn);
    f.map = pv_mem_alloc(n, sizeof *f.map);
    f.turn = pv_mem_alloc(n, sizeof *f.turn);
    if (in_time)
        f.last = pv_mem_alloc(folded->frames.len, sizeof *f.last);
    ok = f.functions && f.children && f.fn && f.map && f.turn &&
         (f.last || !in_time);
    if (ok) {
        f.map[0] = f.turn[0] = 0;
        walk(&f, turns);
    }
    pv_mem_free(f.functions);
    pv_mem_free(f.children);
    pv_mem_free(f.fn);
    pv_mem_free(f.map);
    pv_mem_free(f.turn);
    pv_mem_free(f.last);
    return ok;
}
