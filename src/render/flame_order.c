/* SPDX-License-Identifier: MIT */
/* Frames with the largest callees first. */
#include "flame_order.h"

#include <stdlib.h>

typedef struct heavy {
    uint32_t frame;
    int64_t total;
} heavy;

static int by_total(const void *a, const void *b)
{
    const heavy *x = a, *y = b;

    if (x->total != y->total)
        return x->total < y->total ? 1 : -1;
    return x->frame < y->frame ? -1 : x->frame > y->frame;
}

typedef PV_VEC(heavy) heavies;

/* The callees of a frame onto the stack, the largest one on top. */
static bool push_callees(const pv_stacks *s, uint32_t frame, heavies *todo)
{
    const pv_frame *at = s->p->frames.at;
    size_t from = todo->len;

    for (uint32_t k = frame + 1; k < at[frame].end; k = at[k].end) {
        if (!PV_VEC_GROW(todo, 1))
            return false;
        todo->at[todo->len++] = (heavy){k, s->total[k]};
    }
    if (todo->len - from < 2)
        return true;
    qsort(todo->at + from, todo->len - from, sizeof *todo->at, by_total);
    for (size_t i = from, k = todo->len - 1; i < k; i++, k--) {
        heavy h = todo->at[i];

        todo->at[i] = todo->at[k];
        todo->at[k] = h;
    }
    return true;
}

bool pv_flame_order(const pv_stacks *s, uint32_t **order, pv_arena *a,
                    pv_error *err)
{
    heavies todo = {0};
    bool ok;

    *order = PV_NEW_N(a, uint32_t, s->p->frames.len);
    ok = *order && PV_VEC_GROW(&todo, 1);
    if (ok)
        todo.at[todo.len++] = (heavy){0, 0};
    for (uint32_t i = 0; ok && todo.len; i++) {
        (*order)[i] = todo.at[--todo.len].frame;
        ok = push_callees(s, (*order)[i], &todo);
    }
    PV_VEC_DONE(&todo);
    return ok || pv_fail_nomem(err);
}
