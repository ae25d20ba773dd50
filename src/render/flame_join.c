/* SPDX-License-Identifier: MIT */
/* One box a function.
 *
 * A joined frame is a list of frames of the profile.  Its callees are found by
 * going through the callees of all of them; a table by function tells which
 * have been met.
 */
#include "flame_join.h"

#include "vec.h"

/* Frames that are one: linked through `next`, 0 ends the list. */
typedef struct bunch {
    uint32_t head, tail;
    uint32_t parent; /* where it will stand */
} bunch;

typedef struct join {
    const pv_profile *p;
    uint32_t *next;  /* of each frame of the profile */
    uint32_t *met;   /* of each function: the joined frame + 1 ... */
    uint32_t *place; /* ... whose callee it is, and where in `todo` */
    pv_frame *frames;
    int64_t *cost;
    pv_bounds *bounds;
    uint32_t len;
    PV_VEC(bunch) todo;
} join;

/* Do two callees of one frame share a function?  `last` is a place for each
 * function. */
static bool has_twins(const pv_profile *p, uint32_t *last)
{
    for (uint32_t i = 0; i < p->frames.len; i++) {
        uint32_t end = p->frames.at[i].end;

        for (uint32_t k = i + 1; k < end; k = p->frames.at[k].end) {
            uint32_t fn = p->frames.at[k].fn.i;

            if (last[fn] == i + 1)
                return true;
            last[fn] = i + 1;
        }
    }
    return false;
}

static bool prepare(join *j, pv_arena *a)
{
    const pv_profile *p = j->p;
    size_t n = p->frames.len;

    j->next = PV_NEW_N(a, uint32_t, n);
    j->place = PV_NEW_N(a, uint32_t, p->functions.len);
    j->frames = PV_NEW_N(a, pv_frame, n);
    j->cost = p->frames.cost ? PV_NEW_N(a, int64_t, n * p->metrics.len) : NULL;
    j->bounds = p->bounds ? PV_NEW_N(a, pv_bounds, n) : NULL;
    memset(j->met, 0, p->functions.len * sizeof *j->met);
    return !a->failed && PV_VEC_GROW(&j->todo, 1);
}

/* Adds frame `from` to the joined frame `to`. */
static void add(join *j, uint32_t to, uint32_t from)
{
    const pv_frame *f = &j->p->frames.at[from];
    pv_frame *t = &j->frames[to];
    uint32_t m = j->p->metrics.len;

    if (t->line != f->line)
        t->line = 0;
    if (t->text.i != f->text.i)
        t->text.i = 0;
    if (t->certainty < f->certainty)
        t->certainty = f->certainty;
    for (uint32_t k = 0; j->cost && k < m; k++)
        j->cost[(size_t)to * m + k] += j->p->frames.cost[(size_t)from * m + k];
    if (j->bounds) {
        j->bounds[to].low += j->p->bounds[from].low;
        j->bounds[to].high += j->p->bounds[from].high;
    }
}

static uint32_t emit(join *j, bunch b)
{
    uint32_t at = j->len++;

    j->frames[at] = j->p->frames.at[b.head];
    j->frames[at].parent.i = b.parent;
    j->frames[at].end = at + 1;
    add(j, at, b.head);
    for (uint32_t i = b.head; i != b.tail;) {
        i = j->next[i];
        add(j, at, i);
    }
    return at;
}

/* The bunch that a callee of the joined frame `of` belongs to: the one of its
 * function, or a new one. */
static bool gather(join *j, uint32_t of, uint32_t frame)
{
    uint32_t fn = j->p->frames.at[frame].fn.i;
    bool in_time = j->p->flags & PV_TIME_ORDERED;
    bunch *b;

    if (j->met[fn] == of + 1 && (!in_time || j->place[fn] + 1 == j->todo.len)) {
        b = &j->todo.at[j->place[fn]];
        j->next[b->tail] = frame;
        b->tail = frame;
        return true;
    }
    if (!PV_VEC_GROW(&j->todo, 1))
        return false;
    j->met[fn] = of + 1;
    j->place[fn] = (uint32_t)j->todo.len;
    j->todo.at[j->todo.len++] = (bunch){frame, frame, of};
    return true;
}

static void reverse(join *j, size_t from)
{
    for (size_t i = from, k = j->todo.len; i + 1 < k; i++) {
        bunch b = j->todo.at[i];

        k--;
        j->todo.at[i] = j->todo.at[k];
        j->todo.at[k] = b;
    }
}

static bool gather_all(join *j, uint32_t at, bunch of)
{
    const pv_frame *f = j->p->frames.at;
    size_t from = j->todo.len;
    uint32_t i = of.head;

    for (;;) {
        for (uint32_t k = i + 1; k < f[i].end; k = f[k].end)
            if (!gather(j, at, k))
                return false;
        if (i == of.tail)
            break;
        i = j->next[i];
    }
    reverse(j, from); /* the first callee comes next */
    return true;
}

static bool walk(join *j)
{
    bool ok = true;

    j->todo.at[j->todo.len++] = (bunch){0, 0, 0};
    while (ok && j->todo.len) {
        bunch b = j->todo.at[--j->todo.len];

        ok = gather_all(j, emit(j, b), b);
    }
    for (uint32_t i = j->len; ok && i-- > 1;) {
        pv_frame *up = &j->frames[j->frames[i].parent.i];

        if (up->end < j->frames[i].end)
            up->end = j->frames[i].end;
    }
    return ok;
}

static const pv_profile *result(const join *j, pv_arena *a)
{
    pv_profile *p = PV_NEW(a, pv_profile);

    if (!p)
        return NULL;
    *p = *j->p;
    p->frames.at = j->frames;
    p->frames.cost = j->cost;
    p->frames.len = j->len;
    p->bounds = j->bounds;
    return p;
}

const pv_profile *pv_flame_join(const pv_profile *p, pv_arena *a, pv_error *err)
{
    join j = {.p = p};
    const pv_profile *joined = NULL;

    j.met = PV_NEW_N(a, uint32_t, p->functions.len);
    if (j.met && !has_twins(p, j.met))
        return p;
    if (j.met && prepare(&j, a) && walk(&j))
        joined = result(&j, a);
    PV_VEC_DONE(&j.todo);
    if (!joined)
        pv_fail_nomem(err);
    return joined;
}
