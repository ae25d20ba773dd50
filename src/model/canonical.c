/* SPDX-License-Identifier: MIT */
/* One order for every profile: preorder, siblings by the bytes of their text
 * followed by ';' (as folded files sort), so that neither the order of the
 * input nor the number of files it came from shows in any output. */
#include <stdlib.h>

#include "builder_private.h"
#include "mem.h"
#include "number.h"

static pv_str sibling_text(const pv_builder *b, const pv_frame *f)
{
    pv_sym text = f->text.i ? f->text : b->functions.at[f->fn.i].name;

    return pv_symtab_text(b->names, text);
}

/* a followed by ';' against b followed by ';' */
static int compare_folded(pv_str a, pv_str b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int order = n ? memcmp(a.p, b.p, n) : 0;

    if (order || a.n == b.n)
        return order;
    if (a.n < b.n)
        return (unsigned char)b.p[n] >= ';' ? -1 : 1;
    return (unsigned char)a.p[n] >= ';' ? 1 : -1;
}

static int compare_u32(uint32_t a, uint32_t b)
{
    return (a > b) - (a < b);
}

static int compare_functions(const pv_builder *b, pv_fn x, pv_fn y)
{
    const pv_function *f = &b->functions.at[x.i], *g = &b->functions.at[y.i];
    int order;

    if (x.i == y.i)
        return 0;
    order = pv_str_compare(pv_symtab_text(b->names, f->name),
                           pv_symtab_text(b->names, g->name));
    if (!order)
        order = pv_str_compare(pv_symtab_text(b->names, f->file),
                               pv_symtab_text(b->names, g->file));
    if (!order)
        order = compare_u32(f->line, g->line);
    return order ? order : compare_u32(f->kind, g->kind);
}

static int compare_siblings(const pv_builder *b, uint32_t i, uint32_t j)
{
    const pv_frame *x = &b->frames.at[i], *y = &b->frames.at[j];
    int order = compare_folded(sibling_text(b, x), sibling_text(b, y));

    if (!order)
        order = compare_functions(b, x->fn, y->fn);
    if (!order)
        order = compare_u32(x->line, y->line);
    if (!order)
        order = compare_u32(x->text.i != 0, y->text.i != 0);
    return order ? order : compare_u32(i, j);
}

static int by_canonical_order(const void *a, const void *c, void *builder)
{
    return compare_siblings(builder, *(const uint32_t *)a,
                            *(const uint32_t *)c);
}

/* Is frame i where it belongs, right after the subtree of its left sibling? */
static bool in_place(const pv_builder *b, uint32_t i, bool sorted)
{
    const pv_frame *at = b->frames.at;
    uint32_t up = i - 1;

    if (at[i].parent.i == up)
        return true;
    while (up > 0 && at[up].parent.i != at[i].parent.i)
        up = at[up].parent.i;
    return up > 0 && (!sorted || compare_siblings(b, up, i) < 0);
}

static bool already_canonical(const pv_builder *b, bool sorted)
{
    for (uint32_t i = 1; i < b->frames.len; i++)
        if (!in_place(b, i, sorted))
            return false;
    return true;
}

typedef struct reorder {
    uint32_t *first; /* children of i: child[first[i]] .. first[i + 1] */
    uint32_t *child;
    uint32_t *order; /* new -> old */
    uint32_t *moved; /* old -> new */
} reorder;

static void reorder_done(reorder *r)
{
    pv_mem_free(r->first);
    pv_mem_free(r->child);
    pv_mem_free(r->order);
    pv_mem_free(r->moved);
}

static bool reorder_init(reorder *r, size_t n)
{
    *r = (reorder){
        .first = pv_mem_alloc(n + 2, sizeof *r->first),
        .child = pv_mem_alloc(n + 1, sizeof *r->child),
        .order = pv_mem_alloc(n + 1, sizeof *r->order),
        .moved = pv_mem_alloc(n + 1, sizeof *r->moved),
    };
    return r->first && r->child && r->order && r->moved;
}

static void gather_children(const pv_builder *b, reorder *r)
{
    uint32_t n = (uint32_t)b->frames.len;

    for (uint32_t i = 1; i < n; i++)
        r->first[b->frames.at[i].parent.i + 2]++;
    for (uint32_t i = 1; i < n + 1; i++)
        r->first[i + 1] += r->first[i];
    for (uint32_t i = 1; i < n; i++)
        r->child[r->first[b->frames.at[i].parent.i + 1]++] = i;
}

static void sort_children(pv_builder *b, reorder *r)
{
    for (uint32_t i = 0; i < b->frames.len; i++) {
        uint32_t n = r->first[i + 1] - r->first[i];

        if (n > 1)
            qsort_r(r->child + r->first[i], n, sizeof *r->child,
                    by_canonical_order, b);
    }
}

/* Preorder without recursion: `moved` serves as the stack of frames whose
 * turn comes, since at any time they and the frames done are at most n. */
static void walk(const pv_builder *b, reorder *r)
{
    uint32_t n = (uint32_t)b->frames.len, top = 0, done = 0;

    r->moved[top++] = 0;
    while (top > 0) {
        uint32_t i = r->moved[--top];

        r->order[done++] = i;
        for (uint32_t c = r->first[i + 1]; c > r->first[i]; c--)
            r->moved[top++] = r->child[c - 1];
    }
    for (uint32_t i = 0; i < n; i++)
        r->moved[r->order[i]] = i;
}

static bool apply_order(pv_builder *b, const reorder *r)
{
    uint32_t n = (uint32_t)b->frames.len, m = b->metrics_len;
    pv_frame *frames = pv_mem_alloc(n, sizeof *frames);
    int64_t *cost = pv_mem_alloc((size_t)n * m, sizeof *cost);
    pv_bounds *bounds = b->bounds.len ? pv_mem_alloc(n, sizeof *bounds) : NULL;

    if (!frames || !cost || (b->bounds.len && !bounds)) {
        pv_mem_free(frames);
        pv_mem_free(cost);
        pv_mem_free(bounds);
        return false;
    }
    for (uint32_t i = 0; i < n; i++) {
        uint32_t old = r->order[i];

        frames[i] = b->frames.at[old];
        frames[i].parent.i = r->moved[frames[i].parent.i];
        if (m)
            memcpy(cost + (size_t)i * m, b->frame_cost.at + (size_t)old * m,
                   m * sizeof *cost);
        if (bounds)
            bounds[i] = b->bounds.at[old];
    }
    pv_mem_free(b->frames.at);
    pv_mem_free(b->frame_cost.at);
    b->frames.at = frames;
    b->frames.room = n;
    b->frame_cost.at = cost;
    b->frame_cost.room = (size_t)n * m;
    if (bounds) {
        pv_mem_free(b->bounds.at);
        b->bounds.at = bounds;
        b->bounds.room = n;
    }
    return true;
}

static bool sort_frames(pv_builder *b, bool sorted)
{
    reorder r;
    bool ok = reorder_init(&r, b->frames.len);

    if (ok) {
        gather_children(b, &r);
        if (sorted)
            sort_children(b, &r);
        walk(b, &r);
        ok = apply_order(b, &r);
    }
    reorder_done(&r);
    return ok;
}

static void set_ends(pv_builder *b)
{
    pv_frame *at = b->frames.at;

    for (uint32_t i = 0; i < b->frames.len; i++)
        at[i].end = i + 1;
    for (uint32_t i = (uint32_t)b->frames.len - 1; i > 0; i--) {
        pv_frame *up = &at[at[i].parent.i];

        if (at[i].end > up->end)
            up->end = at[i].end;
    }
}

/* Functions of a pure tree, by first appearance in it. */
static bool renumber_functions(pv_builder *b)
{
    uint32_t n = (uint32_t)b->functions.len, next = 1;
    uint32_t *moved = pv_mem_alloc(n, sizeof *moved);
    pv_function *sorted = pv_mem_alloc(n, sizeof *sorted);

    if (!moved || !sorted) {
        pv_mem_free(moved);
        pv_mem_free(sorted);
        return false;
    }
    for (uint32_t i = 0; i < b->frames.len; i++) {
        pv_fn *fn = &b->frames.at[i].fn;

        if (fn->i && !moved[fn->i]) {
            moved[fn->i] = next;
            sorted[next++] = b->functions.at[fn->i];
        }
        fn->i = moved[fn->i];
    }
    pv_mem_free(moved);
    pv_mem_free(b->functions.at);
    b->functions.at = sorted;
    b->functions.room = n;
    b->functions.len = next; /* those without a frame are gone */
    return true;
}

bool pv_canonical_frames(pv_builder *b)
{
    bool sorted = !(b->flags & PV_TIME_ORDERED);

    if (!(b->has & PV_HAS_TREE)) {
        b->frames.at[0].end = 1;
        return true;
    }
    if (!already_canonical(b, sorted) && !sort_frames(b, sorted))
        return pv_fail_nomem(&b->err);
    set_ends(b);
    if (b->has == PV_HAS_TREE && b->lines.len == 0 && !renumber_functions(b))
        return pv_fail_nomem(&b->err);
    return true;
}

typedef struct line_order {
    const pv_builder *b;
    const pv_line *at;
} line_order;

static int by_file_and_line(const void *x, const void *y, void *ctx)
{
    const line_order *o = ctx;
    uint32_t i = *(const uint32_t *)x, j = *(const uint32_t *)y;
    const pv_line *l = &o->at[i], *k = &o->at[j];
    int order = pv_str_compare(pv_symtab_text(o->b->names, l->file),
                               pv_symtab_text(o->b->names, k->file));

    if (!order)
        order = compare_u32(l->line, k->line);
    if (!order)
        order = compare_functions(o->b, l->fn, k->fn);
    if (!order)
        order = compare_u32(l->call, k->call);
    return order ? order : compare_u32(i, j);
}

bool pv_canonical_lines(pv_builder *b)
{
    uint32_t n = (uint32_t)b->lines.len, m = b->metrics_len;
    line_order ctx = {b, b->lines.at};
    uint32_t *order;
    pv_line *at;
    int64_t *cost;

    if (n < 2)
        return true;
    order = pv_mem_alloc(n, sizeof *order);
    at = pv_mem_alloc(n, sizeof *at);
    cost = pv_mem_alloc((size_t)n * m, sizeof *cost);
    if (!order || !at || !cost) {
        pv_mem_free(order);
        pv_mem_free(at);
        pv_mem_free(cost);
        return pv_fail_nomem(&b->err);
    }
    for (uint32_t i = 0; i < n; i++)
        order[i] = i;
    qsort_r(order, n, sizeof *order, by_file_and_line, &ctx);
    for (uint32_t i = 0; i < n; i++) {
        at[i] = b->lines.at[order[i]];
        if (m && b->line_cost.len)
            memcpy(cost + (size_t)i * m, b->line_cost.at + (size_t)order[i] * m,
                   m * sizeof *cost);
    }
    pv_mem_free(order);
    pv_mem_free(b->lines.at);
    b->lines.at = at;
    b->lines.room = n;
    if (b->line_cost.len) {
        pv_mem_free(b->line_cost.at);
        b->line_cost.at = cost;
        b->line_cost.room = (size_t)n * m;
    } else {
        pv_mem_free(cost);
    }
    return true;
}
