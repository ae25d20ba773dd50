/* SPDX-License-Identifier: MIT */
/* Leaves small subtrees out of the data. */
#include "prune.h"

#include "buf.h"
#include "mem.h"
#include "number.h"
#include "worktree.h"

typedef struct pruning {
    pv_work from, to;
    pv_work_fns fns;
    pv_arena names;
    bool *small;     /* by frame: its subtree is below the share */
    uint32_t pseudo; /* stands for the aggregates until they are counted */
} pruning;

__extension__ typedef unsigned __int128 wide;

static uint64_t magnitude(int64_t v)
{
    return v < 0 ? (uint64_t)0 - (uint64_t)v : (uint64_t)v;
}

/* total / whole < share / 100000, without leaving 128 bits */
static bool is_below(int64_t total, int64_t share, int64_t whole)
{
    return (wide)magnitude(total) * 100000 <
           (wide)magnitude(whole) * (uint64_t)share;
}

static bool mark_small(pruning *r, uint32_t metric, int64_t share,
                       int64_t whole, bool *any)
{
    int64_t *total = pv_work_totals(&r->from, metric);

    if (!total)
        return false;
    *any = false;
    for (uint32_t i = 1; i < r->from.len; i++) {
        r->small[i] = r->small[i] && is_below(total[i], share, whole);
        *any = *any || r->small[i];
    }
    pv_mem_free(total);
    return true;
}

static bool find_small(pruning *r, int64_t share, int64_t whole, bool *any)
{
    const pv_profile *p = r->from.p;

    r->small = pv_mem_alloc(r->from.len, sizeof *r->small);
    if (!r->small)
        return false;
    for (uint32_t i = 1; i < r->from.len; i++)
        r->small[i] = true;
    if (p->flags & PV_DIFFERENTIAL && p->metrics.len > 1)
        return mark_small(r, 0, share, whole, any) &&
               (!*any || mark_small(r, 1, share, whole, any));
    return mark_small(r, p->metrics.main, share, whole, any);
}

static bool join_small(pruning *r, pv_pruned *what)
{
    uint32_t *map = pv_mem_alloc(r->from.len, sizeof *map);
    pv_work_node pruned = {.fn = r->pseudo};

    for (uint32_t i = 0; map && i < r->from.len && !r->to.failed; i++) {
        uint32_t up = i ? map[r->from.at[i].parent] : 0;

        if (!i || r->to.at[up].fn == r->pseudo)
            map[i] = up;
        else
            map[i] = pv_work_child(&r->to, up,
                                   r->small[i] ? &pruned : &r->from.at[i]);
        if (r->to.failed)
            break;
        pv_work_merge(&r->to, map[i], &r->from, i);
        if (i && r->to.at[map[i]].fn == r->pseudo) {
            what->frames++;
            what->value += pv_work_self(&r->from, i)[r->from.p->metrics.main];
        }
    }
    pv_mem_free(map);
    return map && !r->to.failed;
}

static bool name_aggregates(pruning *r)
{
    pv_buf buf = {0};
    char number[PV_NUMBER_MAX];

    for (uint32_t i = 1; i < r->to.len && !r->to.failed; i++) {
        pv_work_node *n = &r->to.at[i];
        pv_work_fn fn = {.kind = PV_FN_MARK};

        if (n->fn != r->pseudo)
            continue;
        pv_buf_clear(&buf);
        pv_buf_puts(&buf, "[pruned] ");
        pv_buf_add(&buf, number, pv_write_grouped(number, n->frames, 0));
        pv_buf_puts(&buf, n->frames == 1 ? " frame" : " frames");
        fn.name = pv_arena_copy(&r->names, pv_buf_text(&buf));
        n->fn = pv_work_fns_add(&r->fns, fn);
        r->to.failed = buf.failed || r->names.failed || !n->fn;
    }
    pv_buf_done(&buf);
    return !r->to.failed;
}

const pv_profile *pv_prune(const pv_profile *p, int64_t share, int64_t whole,
                           pv_pruned *what, bool *same, pv_error *err)
{
    pruning r = {0};
    const pv_profile *made = NULL;
    bool any = false;

    *what = (pv_pruned){0};
    *same = share <= 0 || !whole || !(p->has & PV_HAS_TREE);
    if (*same)
        return p;
    pv_arena_init(&r.names, 0);
    if (!pv_work_load(&r.from, p) || !find_small(&r, share, whole, &any)) {
        pv_fail_nomem(err);
    } else if (!any) {
        *same = true;
        made = p;
    } else if (pv_work_fns_load(&r.fns, p) && pv_work_init(&r.to, p) &&
               (r.pseudo = pv_work_fns_add(&r.fns, (pv_work_fn){0})) != 0 &&
               join_small(&r, what) && name_aggregates(&r)) {
        made = pv_work_finish(&r.to, &r.fns, 0, err);
    } else {
        pv_fail_nomem(err);
    }
    pv_work_done(&r.from);
    pv_work_done(&r.to);
    pv_work_fns_done(&r.fns);
    pv_mem_free(r.small);
    pv_arena_done(&r.names);
    return made;
}
