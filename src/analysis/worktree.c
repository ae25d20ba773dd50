/* SPDX-License-Identifier: MIT */
/* A call tree that is being changed: its nodes and how they are found. */
#include "worktree.h"

#include "mem.h"
#include "symtab.h"
#include "total.h"

bool pv_work_fns_load(pv_work_fns *fns, const pv_profile *p)
{
    *fns = (pv_work_fns){.room = p->functions.len};
    fns->at = pv_mem_alloc(fns->room, sizeof *fns->at);
    if (!fns->at)
        return false;
    for (uint32_t i = 0; i < p->functions.len; i++) {
        const pv_function *f = &p->functions.at[i];

        fns->at[i] = (pv_work_fn){pv_profile_text(p, f->name),
                                  pv_profile_text(p, f->file), f->line,
                                  (pv_fn_kind)f->kind};
    }
    fns->len = p->functions.len;
    return true;
}

uint32_t pv_work_fns_add(pv_work_fns *fns, pv_work_fn fn)
{
    if (fns->len == fns->room) {
        uint32_t room = fns->room < UINT32_MAX / 2 ? fns->room * 2 + 16 : 0;
        pv_work_fn *at = pv_mem_resize(fns->at, room, sizeof *at);

        if (!room || !at)
            return 0;
        fns->at = at;
        fns->room = room;
    }
    fns->at[fns->len] = fn;
    return fns->len++;
}

void pv_work_fns_done(pv_work_fns *fns)
{
    pv_mem_free(fns->at);
    *fns = (pv_work_fns){0};
}

/* ---- nodes -------------------------------------------------------------- */

static bool resize(void *table, size_t count, size_t size)
{
    void **at = table;
    void *p = pv_mem_resize(*at, count, size);

    if (!p)
        return false;
    *at = p;
    return true;
}

static bool reserve(pv_work *w, uint32_t room)
{
    size_t values = (size_t)room * w->metrics;

    if (room <= w->room)
        return true;
    if (!resize(&w->at, room, sizeof *w->at) ||
        !resize(&w->self, values, sizeof *w->self) ||
        (w->p->bounds && !resize(&w->bounds, room, sizeof *w->bounds)) ||
        (w->in_time && !resize(&w->last, room, sizeof *w->last))) {
        w->failed = true;
        return false;
    }
    w->room = room;
    return true;
}

static uint32_t append(pv_work *w, uint32_t parent, const pv_work_node *like)
{
    uint32_t i = w->len;

    if (w->len == w->room &&
        !reserve(w, w->room < UINT32_MAX / 2 ? w->room * 2 + 64 : 0))
        return 0;
    if (w->len == w->room) { /* 2^31 nodes: more than memory holds */
        w->failed = true;
        return 0;
    }
    w->at[i] = (pv_work_node){.parent = parent,
                              .fn = like->fn,
                              .line = like->line,
                              .text = like->text};
    memset(pv_work_self(w, i), 0, w->metrics * sizeof *w->self);
    if (w->bounds)
        w->bounds[i] = (pv_bounds){0, 0};
    if (w->in_time) {
        w->last[i] = 0;
        w->last[parent] = i;
    }
    w->len++;
    return i;
}

bool pv_work_init(pv_work *w, const pv_profile *p)
{
    pv_work_node root = {0};

    *w = (pv_work){.p = p,
                   .metrics = p->metrics.len,
                   .in_time = (p->flags & PV_TIME_ORDERED) != 0};
    if (!reserve(w, 64))
        return false;
    append(w, 0, &root);
    if (w->in_time)
        w->last[0] = 0;
    return true;
}

static void load_node(pv_work *w, const pv_profile *p, uint32_t i)
{
    const pv_frame *f = &p->frames.at[i];
    uint32_t node = i;

    if (i) {
        pv_work_node like = {.fn = f->fn.i, .line = f->line, .text = f->text.i};

        node = append(w, f->parent.i, &like);
    }
    w->at[node].frames = 1;
    w->at[node].certainty = f->certainty;
    for (uint32_t m = 0; m < w->metrics; m++)
        pv_work_self(w, node)[m] = pv_frame_self(p, i, m);
    if (w->bounds)
        w->bounds[node] = p->bounds[i];
}

bool pv_work_load(pv_work *w, const pv_profile *p)
{
    if (!pv_work_init(w, p) || !reserve(w, p->frames.len))
        return false;
    for (uint32_t i = 0; i < p->frames.len; i++)
        load_node(w, p, i);
    return !w->failed;
}

void pv_work_done(pv_work *w)
{
    pv_mem_free(w->at);
    pv_mem_free(w->self);
    pv_mem_free(w->bounds);
    pv_mem_free(w->slots);
    pv_mem_free(w->last);
    *w = (pv_work){0};
}

/* ---- finding ------------------------------------------------------------ */

static uint32_t slot_of(uint32_t parent, const pv_work_node *n, bool exact)
{
    uint32_t key[4] = {parent, n->fn, exact ? n->line : 0, exact ? n->text : 0};

    return (uint32_t)pv_hash(key, sizeof key);
}

static bool same(const pv_work_node *a, const pv_work_node *b, bool exact)
{
    return a->fn == b->fn &&
           (!exact || (a->line == b->line && a->text == b->text));
}

static bool rehash(pv_work *w, bool exact)
{
    uint32_t room = w->mask ? (w->mask + 1) * 2 : 256;
    uint32_t *slots = pv_mem_alloc(room, sizeof *slots);

    if (!slots) {
        w->failed = true;
        return false;
    }
    for (uint32_t i = 1; i < w->len; i++) {
        uint32_t at = slot_of(w->at[i].parent, &w->at[i], exact);

        while (slots[at & (room - 1)])
            at++;
        slots[at & (room - 1)] = i + 1;
    }
    pv_mem_free(w->slots);
    w->slots = slots;
    w->mask = room - 1;
    return true;
}

/* A slot table serves one kind of identity: the one it was begun with. */
static uint32_t find_or_add(pv_work *w, uint32_t parent,
                            const pv_work_node *like, bool exact)
{
    uint32_t at;

    if (w->failed)
        return 0;
    if (w->in_time) {
        uint32_t last = w->last[parent];

        return last && same(&w->at[last], like, exact)
                   ? last
                   : append(w, parent, like);
    }
    if (w->len > w->mask / 2 && !rehash(w, exact))
        return 0;
    for (at = slot_of(parent, like, exact); w->slots[at & w->mask]; at++) {
        uint32_t node = w->slots[at & w->mask] - 1;

        if (w->at[node].parent == parent && same(&w->at[node], like, exact))
            return node;
    }
    w->slots[at & w->mask] = w->len + 1;
    return append(w, parent, like);
}

uint32_t pv_work_child(pv_work *w, uint32_t parent, const pv_work_node *like)
{
    return find_or_add(w, parent, like, true);
}

uint32_t pv_work_child_fn(pv_work *w, uint32_t parent, const pv_work_node *like)
{
    uint32_t node = find_or_add(w, parent, like, false);

    if (!w->failed && w->at[node].line != like->line)
        w->at[node].line = 0;
    if (!w->failed && w->at[node].text != like->text)
        w->at[node].text = 0;
    return node;
}

/* ---- values ------------------------------------------------------------- */

static int64_t saturated(int64_t a, int64_t b)
{
    int64_t sum;

    if (!__builtin_add_overflow(a, b, &sum))
        return sum;
    return a < 0 ? INT64_MIN + 1 : INT64_MAX;
}

void pv_work_merge(pv_work *w, uint32_t node, const pv_work *from, uint32_t i)
{
    if (w->failed)
        return;
    for (uint32_t m = 0; m < w->metrics; m++)
        pv_work_self(w, node)[m] += pv_work_self(from, i)[m];
    w->at[node].frames++;
    if (from->at[i].certainty > w->at[node].certainty)
        w->at[node].certainty = from->at[i].certainty;
    if (w->bounds) {
        pv_bounds *b = &w->bounds[node];

        b->low = saturated(b->low, from->bounds[i].low);
        b->high = saturated(b->high, from->bounds[i].high);
    }
}

bool pv_work_has_self(const pv_work *w, uint32_t node)
{
    for (uint32_t m = 0; m < w->metrics; m++)
        if (pv_work_self(w, node)[m])
            return true;
    return false;
}

int64_t *pv_work_totals(const pv_work *w, uint32_t metric)
{
    int64_t *total = pv_mem_alloc(w->len, sizeof *total);

    if (!total)
        return NULL;
    for (uint32_t i = w->len; i-- > 0;) {
        total[i] += pv_work_self(w, i)[metric];
        if (i)
            total[w->at[i].parent] += total[i];
    }
    return total;
}
