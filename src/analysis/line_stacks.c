/* SPDX-License-Identifier: MIT */
/* The source lines of call stacks: every frame's line finds its row, each
 * stack counts once in a row's total. */
#include "line_stacks.h"

#include <stdlib.h>

#include "number.h"
#include "symtab.h"
#include "total.h"

enum { NONE = 0 }; /* slots hold row + 1 */

typedef struct line_key {
    uint32_t file, line;
} line_key;

typedef struct grouping {
    const pv_profile *p;
    uint32_t *row;  /* of each frame, +1; 0: it stands in no line */
    line_key *keys; /* of each row */
    uint32_t len;
    uint32_t *slots; /* open addressing over rows */
    uint32_t mask;
} grouping;

/* ---- rows of frames ---- */

static line_key key_of(const grouping *g, uint32_t frame)
{
    const pv_frame *f = &g->p->frames.at[frame];
    const pv_function *fn = &g->p->functions.at[f->fn.i];
    line_key key = {fn->file.i, f->line ? f->line : fn->line};

    if (fn->kind == PV_FN_MARK)
        key.file = 0;
    return key;
}

static uint32_t find_row(grouping *g, line_key key)
{
    uint32_t at = (uint32_t)pv_hash(&key, sizeof key) & g->mask;

    for (; g->slots[at] != NONE; at = (at + 1) & g->mask) {
        const line_key *k = &g->keys[g->slots[at] - 1];

        if (k->file == key.file && k->line == key.line)
            return g->slots[at];
    }
    g->keys[g->len++] = key;
    return g->slots[at] = g->len;
}

/* tracemalloc has lines 0; elsewhere that is no line. */
static bool group_frames(grouping *g, bool zero_counts, pv_arena *a)
{
    uint32_t len = g->p->frames.len, room = 16;

    while (room < 2 * (uint64_t)len && room < UINT32_MAX / 2)
        room *= 2;
    g->row = PV_NEW_N(a, uint32_t, (size_t)len + 1);
    g->keys = PV_NEW_N(a, line_key, (size_t)len + 1);
    g->slots = PV_NEW_N(a, uint32_t, room);
    g->mask = room - 1;
    if (a->failed)
        return false;
    for (uint32_t i = 1; i < len; i++) {
        line_key key = key_of(g, i);

        if (key.file && (key.line || zero_counts))
            g->row[i] = find_row(g, key);
    }
    return true;
}

/* ---- values ---- */

typedef struct column {
    const int64_t *total; /* of each frame */
    uint32_t metric;
    uint32_t self, with; /* columns of self and total; equal: only one */
    bool cumulative;     /* every occurrence counts in `self` */
} column;

/* `end`, of each row: where the frame ends within which it counts no more. */
static bool add_up(pv_line_table *t, const grouping *g, column c, uint32_t *end)
{
    memset(end, 0, (size_t)g->len * sizeof *end);
    for (uint32_t i = 1; i < g->p->frames.len; i++) {
        int64_t *v, self = pv_frame_self(g->p, i, c.metric);
        uint32_t row = g->row[i];

        if (row == NONE)
            continue;
        v = t->value + (size_t)(row - 1) * t->width;
        if (!pv_add64(v[c.self], c.cumulative ? c.total[i] : self, &v[c.self]))
            return false;
        if (c.with == c.self || i < end[row - 1])
            continue;
        end[row - 1] = g->p->frames.at[i].end;
        if (!pv_add64(v[c.with], c.total[i], &v[c.with]))
            return false;
    }
    return true;
}

static bool fill(pv_line_table *t, const grouping *g, bool cumulative,
                 pv_arena *a, pv_error *err)
{
    uint32_t *end = PV_NEW_N(a, uint32_t, (size_t)g->len + 1);
    bool blocks = t->kind == PV_LINES_OF_BLOCKS;

    if (!end)
        return pv_fail_nomem(err);
    for (uint32_t m = 0; m < g->p->metrics.len; m++) {
        column c = {.metric = m,
                    .self = blocks ? m : 2 * m,
                    .with = blocks ? m : 2 * m + 1,
                    .cumulative = cumulative};

        if (!blocks || cumulative) {
            c.total = pv_frame_totals(g->p, m, a, err);
            if (!c.total)
                return false;
        }
        if (!add_up(t, g, c, end))
            return pv_fail_sum(err, g->p, m);
    }
    return true;
}

/* ---- order ---- */

typedef struct item {
    const pv_line_table *t;
    uint32_t row;
} item;

static int i64_compare(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static int by_place(const pv_line_row *a, const pv_line_row *b)
{
    int order = pv_str_compare(a->file, b->file);

    return order ? order : i64_compare(a->line, b->line);
}

static int by_line(const void *p, const void *q)
{
    const item *x = p, *y = q;

    return by_place(&x->t->at[x->row], &y->t->at[y->row]);
}

/* As tracemalloc sorts: dearest first, then in reverse order of the place. */
static int by_size(const void *p, const void *q)
{
    const item *x = p, *y = q;
    const int64_t *v = x->t->value + (size_t)x->row * x->t->width;
    const int64_t *w = x->t->value + (size_t)y->row * x->t->width;
    int order = 0;

    for (uint32_t c = 0; c < x->t->width && !order; c++)
        order = i64_compare(w[c], v[c]);
    return order ? order : by_place(&x->t->at[y->row], &x->t->at[x->row]);
}

static bool any_value(const pv_line_table *t, uint32_t row)
{
    for (uint32_t c = 0; c < t->width; c++)
        if (t->value[(size_t)row * t->width + c] != 0)
            return true;
    return false;
}

/* Rows in order; of blocks those without a value are none: nothing was
 * allocated there. */
static bool order_rows(pv_line_table *t, pv_arena *a)
{
    bool blocks = t->kind == PV_LINES_OF_BLOCKS;
    item *items = PV_NEW_N(a, item, (size_t)t->len + 1);
    pv_line_row *at = PV_NEW_N(a, pv_line_row, (size_t)t->len + 1);
    int64_t *value = PV_NEW_N(a, int64_t, (size_t)t->len * t->width + 1);
    uint32_t n = 0;

    if (a->failed)
        return false;
    for (uint32_t i = 0; i < t->len; i++)
        if (!blocks || any_value(t, i))
            items[n++] = (item){t, i};
    if (n > 1)
        qsort(items, n, sizeof *items, blocks ? by_size : by_line);
    for (uint32_t i = 0; i < n; i++) {
        at[i] = t->at[items[i].row];
        memcpy(value + (size_t)i * t->width,
               t->value + (size_t)items[i].row * t->width,
               t->width * sizeof *value);
    }
    t->at = at;
    t->value = value;
    t->len = n;
    return true;
}

bool pv_line_stacks(pv_line_table *t, const pv_profile *p, bool cumulative,
                    pv_arena *a, pv_error *err)
{
    grouping g = {.p = p};

    if (!group_frames(&g, t->kind == PV_LINES_OF_BLOCKS, a))
        return pv_fail_nomem(err);
    t->len = g.len;
    t->at = PV_NEW_N(a, pv_line_row, (size_t)g.len + 1);
    t->value = PV_NEW_N(a, int64_t, (size_t)g.len * t->width + 1);
    if (a->failed)
        return pv_fail_nomem(err);
    for (uint32_t i = 0; i < g.len; i++) {
        t->at[i].file = pv_profile_text(p, (pv_sym){g.keys[i].file});
        t->at[i].line = g.keys[i].line;
    }
    return fill(t, &g, cumulative, a, err) &&
           (order_rows(t, a) || pv_fail_nomem(err));
}
