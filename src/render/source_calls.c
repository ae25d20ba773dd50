/* SPDX-License-Identifier: MIT */
/* Call sites out of a tree: each frame was called by its parent's line. */
#include "source_calls.h"

#include <stdlib.h>

#include "number.h"
#include "total.h"

static int order_of(uint64_t a, uint64_t b)
{
    return (a > b) - (a < b);
}

static int dearest(const pv_call_site *x, const pv_call_site *y)
{
    return (x->total < y->total) - (x->total > y->total);
}

static int by_place(const pv_call_site *x, const pv_call_site *y)
{
    int order = pv_str_compare(x->file, y->file);

    return order ? order : order_of(x->line, y->line);
}

/* By place and callee, to add up. */
static int by_both(const void *p, const void *q)
{
    const pv_call_site *x = p, *y = q;
    int order = by_place(x, y);

    if (!order)
        order = order_of(x->callee.i, y->callee.i);
    return order ? order : dearest(x, y);
}

static int by_line(const void *p, const void *q)
{
    const pv_call_site *x = p, *y = q;
    int order = by_place(x, y);

    if (!order)
        order = dearest(x, y);
    return order ? order : order_of(x->callee.i, y->callee.i);
}

static int by_callee(const void *p, const void *q)
{
    const pv_call_site *x = p, *y = q;
    int order = order_of(x->callee.i, y->callee.i);

    if (!order)
        order = dearest(x, y);
    return order ? order : by_place(x, y);
}

static void sort(pv_call_site *at, size_t n,
                 int (*order)(const void *, const void *))
{
    if (n > 1)
        qsort(at, n, sizeof *at, order);
}

static void add(int64_t *sum, int64_t v)
{
    if (!pv_add64(*sum, v, sum))
        *sum = INT64_MAX;
}

static void note_line(pv_calls *c, uint32_t frame)
{
    const pv_frame *f = &c->p->frames.at[frame];
    uint32_t line = c->p->functions.at[f->fn.i].line;
    uint32_t *known = &c->line[f->fn.i];

    if (line == 0)
        line = f->line;
    if (line && (*known == 0 || line < *known))
        *known = line;
}

static size_t take_frames(pv_calls *c, const int64_t *total, pv_call_site *to)
{
    const pv_profile *p = c->p;
    size_t n = 0;

    for (uint32_t i = 1; i < p->frames.len; i++) {
        const pv_frame *f = &p->frames.at[i];
        const pv_frame *up = &p->frames.at[f->parent.i];
        pv_str file = pv_profile_text(p, p->functions.at[up->fn.i].file);
        uint32_t line = up->line ? up->line : p->functions.at[up->fn.i].line;

        note_line(c, i);
        if (f->parent.i == 0 || file.n == 0 || line == 0 || total[i] <= 0)
            continue;
        to[n++] = (pv_call_site){file, line, f->fn, total[i]};
    }
    return n;
}

/* Equal calls add up. */
static size_t join(pv_calls *c, pv_call_site *at, size_t len)
{
    size_t n = 0;

    sort(at, len, by_both);
    for (size_t i = 0; i < len; i++) {
        add(&c->into[at[i].callee.i], at[i].total);
        if (n && by_place(&at[n - 1], &at[i]) == 0 &&
            at[n - 1].callee.i == at[i].callee.i)
            add(&at[n - 1].total, at[i].total);
        else
            at[n++] = at[i];
    }
    return n;
}

/* The first of each line, or of each callee. */
static size_t keep_first(pv_call_site *at, size_t len, bool lines)
{
    size_t n = 0;

    for (size_t i = 0; i < len; i++)
        if (n == 0 || (lines ? by_place(&at[n - 1], &at[i]) != 0
                             : at[n - 1].callee.i != at[i].callee.i))
            at[n++] = at[i];
    return n;
}

bool pv_calls_make(pv_calls *c, const pv_profile *p, pv_arena *a, pv_error *err)
{
    const int64_t *total;
    size_t n;

    *c = (pv_calls){.p = p};
    if (!(p->has & PV_HAS_TREE) || !(p->flags & PV_LEAF_LINES))
        return true;
    total = pv_frame_totals(p, p->metrics.main, a, err);
    if (!total)
        return false;
    c->lines = PV_NEW_N(a, pv_call_site, (size_t)p->frames.len + 1);
    c->callers = PV_NEW_N(a, pv_call_site, (size_t)p->frames.len + 1);
    c->into = PV_NEW_N(a, int64_t, (size_t)p->functions.len + 1);
    c->line = PV_NEW_N(a, uint32_t, (size_t)p->functions.len + 1);
    if (a->failed)
        return pv_fail_nomem(err);
    n = join(c, c->lines, take_frames(c, total, c->lines));
    memcpy(c->callers, c->lines, n * sizeof *c->lines);
    sort(c->lines, n, by_line);
    c->lines_len = keep_first(c->lines, n, true);
    sort(c->callers, n, by_callee);
    c->callers_len = keep_first(c->callers, n, false);
    return true;
}

static int find_place(const void *key, const void *item)
{
    return by_place(key, item);
}

const pv_call_site *pv_calls_of_line(const pv_calls *c, pv_str file,
                                     uint32_t line)
{
    const pv_call_site key = {.file = file, .line = line};

    return c->lines_len ? bsearch(&key, c->lines, c->lines_len,
                                  sizeof *c->lines, find_place)
                        : NULL;
}

static int find_callee(const void *key, const void *item)
{
    return order_of(((const pv_call_site *)key)->callee.i,
                    ((const pv_call_site *)item)->callee.i);
}

const pv_call_site *pv_calls_into(const pv_calls *c, pv_fn callee)
{
    const pv_call_site key = {.callee = callee};

    return c->callers_len ? bsearch(&key, c->callers, c->callers_len,
                                    sizeof *c->callers, find_callee)
                          : NULL;
}
