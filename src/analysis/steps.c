/* SPDX-License-Identifier: MIT */
/* The steps of a filter that look at one frame and its parent at a time. */
#include "steps.h"

#include "mem.h"
#include "number.h"

/* Where the nodes of the tree before have gone. */
static uint32_t *new_map(const pv_work *from)
{
    uint32_t *map = pv_mem_alloc(from->len, sizeof *map);

    if (map)
        map[0] = 0;
    return map;
}

static bool finish(pv_work *to, uint32_t *map)
{
    pv_mem_free(map);
    return !to->failed;
}

static void put(pv_work *to, uint32_t *map, const pv_work *from, uint32_t i,
                uint32_t node)
{
    map[i] = node;
    pv_work_merge(to, node, from, i);
}

static void put_child(pv_work *to, uint32_t *map, const pv_work *from,
                      uint32_t i)
{
    uint32_t up = map[from->at[i].parent];

    put(to, map, from, i, pv_work_child(to, up, &from->at[i]));
}

/* ---- window ------------------------------------------------------------- */

/* The part of [begin, begin + value) that lies in [from, to). */
static int64_t overlap(int64_t begin, int64_t value, int64_t from, int64_t to)
{
    int64_t end = begin + value;

    if (begin < from)
        begin = from;
    if (end > to)
        end = to;
    return end > begin ? end - begin : 0;
}

static void cut(pv_work *w, uint32_t node, uint32_t main, int64_t kept)
{
    int64_t *self = pv_work_self(w, node), was = self[main];

    for (uint32_t m = 0; m < w->metrics; m++) {
        if (m == main)
            self[m] = kept;
        else if (was > 0)
            self[m] = pv_muldiv(self[m], kept, was);
        else if (!kept)
            self[m] = 0;
    }
}

bool pv_step_window(pv_work *w, int64_t from, int64_t to, pv_error *err)
{
    uint32_t main = w->p->metrics.main;
    int64_t *total = pv_work_totals(w, main);
    int64_t *next = pv_mem_alloc(w->len, sizeof *next); /* free place in it */

    if (!total || !next) {
        pv_mem_free(total);
        pv_mem_free(next);
        return pv_fail_nomem(err);
    }
    for (uint32_t i = 0; i < w->len; i++) {
        uint32_t up = w->at[i].parent;
        int64_t begin = i ? next[up] : 0, self = pv_work_self(w, i)[main];

        if (i)
            next[up] += total[i];
        next[i] = begin;
        cut(w, i, main, overlap(begin + total[i] - self, self, from, to));
    }
    pv_mem_free(total);
    pv_mem_free(next);
    return true;
}

/* ---- which stacks ------------------------------------------------------- */

bool pv_step_base(pv_work *to, const pv_work *from, const bool *base)
{
    uint32_t *map = new_map(from);

    for (uint32_t i = 0; map && i < from->len; i++) {
        uint32_t up = i ? map[from->at[i].parent] : PV_NOWHERE;

        map[i] = PV_NOWHERE;
        if (up != PV_NOWHERE)
            put(to, map, from, i, pv_work_child(to, up, &from->at[i]));
        else if (i && base[from->at[i].fn])
            put(to, map, from, i, pv_work_child(to, 0, &from->at[i]));
    }
    return map ? finish(to, map) : false;
}

bool pv_step_nonzero(pv_work *to, const pv_work *from)
{
    uint32_t *map = new_map(from);
    bool *needed = pv_mem_alloc(from->len, sizeof *needed);

    for (uint32_t i = from->len; map && needed && i-- > 0;) {
        needed[i] = needed[i] || pv_work_has_self(from, i);
        if (needed[i])
            needed[from->at[i].parent] = true;
    }
    for (uint32_t i = 0; map && needed && i < from->len; i++) {
        if (!i)
            put(to, map, from, i, 0);
        else if (needed[i])
            put_child(to, map, from, i);
    }
    if (!needed)
        to->failed = true;
    pv_mem_free(needed);
    return map ? finish(to, map) : false;
}

enum { FOCUSED = 1, IGNORED = 2, NEEDED = 4, INNER = 8 };

/* What each frame's own stack is; NEEDED also above a stack that stays.  An
 * inner frame without a value ends no stack. */
static void judge(const pv_work *w, uint8_t *state, const bool *focus,
                  const bool *ignore)
{
    for (uint32_t i = 0; i < w->len; i++) {
        state[i] = i ? state[w->at[i].parent] : (focus ? 0 : FOCUSED);
        if (i && focus && focus[w->at[i].fn])
            state[i] |= FOCUSED;
        if (i && ignore && ignore[w->at[i].fn])
            state[i] |= IGNORED;
    }
    for (uint32_t i = w->len; i-- > 1;) {
        bool kept = (state[i] & (FOCUSED | IGNORED)) == FOCUSED;

        if (kept && (!(state[i] & INNER) || pv_work_has_self(w, i)))
            state[i] |= NEEDED;
        state[w->at[i].parent] |= (uint8_t)(INNER | (state[i] & NEEDED));
    }
}

bool pv_step_select(pv_work *to, const pv_work *from, const bool *focus,
                    const bool *ignore)
{
    uint32_t *map = new_map(from);
    uint8_t *state = pv_mem_alloc(from->len, 1);

    if (map && state)
        judge(from, state, focus, ignore);
    for (uint32_t i = 0; map && state && i < from->len; i++) {
        bool kept = (state[i] & (FOCUSED | IGNORED)) == FOCUSED;

        map[i] = 0;
        if (i && state[i] & NEEDED)
            map[i] = pv_work_child(to, map[from->at[i].parent], &from->at[i]);
        if (kept)
            pv_work_merge(to, map[i], from, i);
    }
    if (!state)
        to->failed = true;
    pv_mem_free(state);
    return map ? finish(to, map) : false;
}

/* ---- which frames ------------------------------------------------------- */

bool pv_step_splice(pv_work *to, const pv_work *from, const bool *splice)
{
    uint32_t *map = new_map(from);

    for (uint32_t i = 0; map && i < from->len; i++) {
        if (!i)
            put(to, map, from, i, 0);
        else if (splice[from->at[i].fn])
            put(to, map, from, i, map[from->at[i].parent]);
        else
            put_child(to, map, from, i);
    }
    return map ? finish(to, map) : false;
}

bool pv_step_group(pv_work *to, const pv_work *from, const uint32_t *group,
                   bool join)
{
    uint32_t *map = new_map(from);

    for (uint32_t i = 0; map && i < from->len; i++) {
        uint32_t up = i ? map[from->at[i].parent] : 0;
        pv_work_node like = {.fn = group[i]};

        if (!i || to->failed || (up && join && to->at[up].fn == group[i]))
            put(to, map, from, i, up);
        else
            put(to, map, from, i, pv_work_child_fn(to, up, &like));
    }
    return map ? finish(to, map) : false;
}

/* ---- recursion, depth, direction ---------------------------------------- */

uint32_t pv_fold_cycle(const uint32_t *above, uint32_t n, uint32_t fn)
{
    for (uint32_t cycle = 1; cycle <= PV_FOLD_LOOK / 2; cycle++) {
        uint32_t k = 1;

        if (2 * cycle - 1 > n || above[cycle - 1] != fn)
            continue;
        while (k < cycle && above[k - 1] == above[k - 1 + cycle])
            k++;
        if (k == cycle)
            return cycle;
    }
    return 0;
}

/* Does a frame of `fn` below `up` end a cycle that stands there already?  The
 * node that it is then, or PV_NOWHERE. */
static uint32_t folded(const pv_work *w, uint32_t up, uint32_t fn)
{
    uint32_t node[PV_FOLD_LOOK], above[PV_FOLD_LOOK], n = 0, cycle;

    for (uint32_t i = up; i && n < PV_FOLD_LOOK; i = w->at[i].parent, n++) {
        node[n] = i;
        above[n] = w->at[i].fn;
    }
    cycle = pv_fold_cycle(above, n, fn);
    return cycle ? node[cycle - 1] : PV_NOWHERE;
}

bool pv_step_fold(pv_work *to, const pv_work *from)
{
    uint32_t *map = new_map(from);

    for (uint32_t i = 0; map && !to->failed && i < from->len; i++) {
        uint32_t up = i ? map[from->at[i].parent] : 0;
        uint32_t node = i ? folded(to, up, from->at[i].fn) : 0;

        if (node == PV_NOWHERE)
            put_child(to, map, from, i);
        else
            put(to, map, from, i, node);
    }
    return map ? finish(to, map) : false;
}

bool pv_step_depth(pv_work *to, const pv_work *from, uint32_t depth)
{
    uint32_t *map = new_map(from);
    uint32_t *level = pv_mem_alloc(from->len, sizeof *level);

    for (uint32_t i = 0; map && level && i < from->len; i++) {
        level[i] = i ? level[from->at[i].parent] + 1 : 0;
        if (!i)
            put(to, map, from, i, 0);
        else if (level[i] > depth)
            put(to, map, from, i, map[from->at[i].parent]);
        else
            put_child(to, map, from, i);
    }
    if (!level)
        to->failed = true;
    pv_mem_free(level);
    return map ? finish(to, map) : false;
}

/* A tree turned round has as many frames as all its stacks together. */
enum { REVERSE_STEPS = 100 * 1000 * 1000, REVERSE_NODES = 8 * 1000 * 1000 };

bool pv_step_reverse(pv_work *to, const pv_work *from, bool by_function,
                     pv_error *err)
{
    uint64_t steps = 0;

    for (uint32_t i = 0; i < from->len && !to->failed; i++) {
        uint32_t node = 0;

        if (!pv_work_has_self(from, i))
            continue;
        for (uint32_t f = i; f && !to->failed; f = from->at[f].parent) {
            node = by_function ? pv_work_child_fn(to, node, &from->at[f])
                               : pv_work_child(to, node, &from->at[f]);
            if (++steps > REVERSE_STEPS || to->len > REVERSE_NODES)
                return pv_fail(err, PV_E_LIMIT, NULL,
                               "the callers of all frames are more than %d; "
                               "ask for less with --focus or --depth",
                               REVERSE_NODES);
        }
        pv_work_merge(to, node, from, i);
    }
    return !to->failed;
}
