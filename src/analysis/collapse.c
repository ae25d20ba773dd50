/* SPDX-License-Identifier: MIT */
/* Runs of frames that do not matter become one: "[12 frames in asyncio]". */
#include "buf.h"
#include "mem.h"
#include "number.h"
#include "steps.h"
#include "symtab.h"

enum { MIXED_PACKAGE = 1, MIXED_ORIGIN = 2 };

typedef struct collapse {
    pv_work *to;
    const pv_work *from;
    const bool *marked;
    const pv_whence *whence;
    uint32_t known;
    pv_symtab *packages;
    uint32_t first_pseudo; /* functions from here on stand for runs */
    uint32_t *map;         /* from -> to */
    uint32_t *first;       /* of each new node: the function it began with */
    uint8_t *mixed;
} collapse;

static const pv_whence *whence_of(const collapse *c, uint32_t fn)
{
    return fn < c->known ? &c->whence[fn] : NULL;
}

static pv_str package_of(const collapse *c, uint32_t fn)
{
    const pv_whence *w = whence_of(c, fn);

    return w ? w->package : PV_STR("");
}

static bool in_run(const collapse *c, uint32_t node)
{
    return node && c->to->at[node].fn >= c->first_pseudo;
}

/* Runs below one parent are joined when they begin in the same package. */
static uint32_t enter_run(collapse *c, uint32_t up, uint32_t fn)
{
    pv_sym package = pv_symtab_add(c->packages, package_of(c, fn));
    pv_work_node like = {.fn = c->first_pseudo + package.i};
    uint32_t before = c->to->len;
    uint32_t node = pv_work_child(c->to, up, &like);

    if (c->to->len > before)
        c->first[node] = fn;
    return node;
}

static void note_mixture(collapse *c, uint32_t node, uint32_t fn)
{
    const pv_whence *a = whence_of(c, c->first[node]), *b = whence_of(c, fn);

    if (!pv_str_equal(package_of(c, c->first[node]), package_of(c, fn)))
        c->mixed[node] |= MIXED_PACKAGE;
    if (!a || !b || a->origin != b->origin)
        c->mixed[node] |= MIXED_ORIGIN;
}

static void place(collapse *c, uint32_t i)
{
    const pv_work_node *n = &c->from->at[i];
    uint32_t up = i ? c->map[n->parent] : 0, node = 0;

    if (i && !c->marked[n->fn])
        node = pv_work_child(c->to, up, n);
    else if (i && in_run(c, up))
        node = up;
    else if (i)
        node = enter_run(c, up, n->fn);
    if (c->to->failed)
        return;
    if (i && c->marked[n->fn]) {
        note_mixture(c, node, n->fn);
        /* a run of one frame is shown as that frame */
        if (c->to->at[node].frames == 0) {
            c->to->at[node].line = n->line;
            c->to->at[node].text = n->text;
        }
    }
    c->map[i] = node;
    pv_work_merge(c->to, node, c->from, i);
}

static uint32_t name_run(collapse *c, uint32_t node, pv_work_fns *fns,
                         pv_arena *names)
{
    const pv_whence *w = whence_of(c, c->first[node]);
    pv_str package = package_of(c, c->first[node]);
    char number[PV_NUMBER_MAX];
    pv_buf buf = {0};
    pv_work_fn fn = {.kind = PV_FN_MARK};

    pv_buf_char(&buf, '[');
    pv_buf_add(&buf, number,
               pv_write_grouped(number, c->to->at[node].frames, 0));
    pv_buf_puts(&buf, " frames");
    if (package.n && !(c->mixed[node] & MIXED_PACKAGE)) {
        pv_buf_puts(&buf, " in ");
        pv_buf_str(&buf, package);
    } else if (w && !(c->mixed[node] & MIXED_ORIGIN)) {
        pv_buf_puts(&buf, " in ");
        pv_buf_puts(&buf, pv_origin_title((pv_origin)w->origin));
    }
    pv_buf_char(&buf, ']');
    fn.name = pv_arena_copy(names, pv_buf_text(&buf));
    if (buf.failed)
        names->failed = true;
    pv_buf_done(&buf);
    return pv_work_fns_add(fns, fn);
}

static void name_runs(collapse *c, pv_work_fns *fns, pv_arena *names)
{
    pv_work *to = c->to;

    for (uint32_t i = 1; i < to->len && !to->failed; i++) {
        if (!in_run(c, i))
            continue;
        if (to->at[i].frames == 1) {
            to->at[i].fn = c->first[i];
            continue;
        }
        to->at[i].line = to->at[i].text = 0;
        to->at[i].fn = name_run(c, i, fns, names);
        to->failed = names->failed || !to->at[i].fn;
    }
}

bool pv_step_collapse(pv_work *to, const pv_work *from, const bool *marked,
                      const pv_whence *whence, uint32_t known, pv_work_fns *fns,
                      pv_arena *names)
{
    pv_arena text;
    collapse c = {.to = to,
                  .from = from,
                  .marked = marked,
                  .whence = whence,
                  .known = known,
                  .first_pseudo = fns->len};

    pv_arena_init(&text, 0);
    c.packages = pv_symtab_new(&text);
    c.map = pv_mem_alloc(from->len, sizeof *c.map);
    c.first = pv_mem_alloc((size_t)from->len + 1, sizeof *c.first);
    c.mixed = pv_mem_alloc((size_t)from->len + 1, 1);
    to->failed |= !c.packages || !c.map || !c.first || !c.mixed;
    for (uint32_t i = 0; i < from->len && !to->failed; i++) {
        place(&c, i);
        to->failed |= pv_symtab_failed(c.packages);
    }
    name_runs(&c, fns, names);
    pv_symtab_free(c.packages);
    pv_arena_done(&text);
    pv_mem_free(c.map);
    pv_mem_free(c.first);
    pv_mem_free(c.mixed);
    return !to->failed;
}
