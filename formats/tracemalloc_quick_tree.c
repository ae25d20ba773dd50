/* SPDX-License-Identifier: MIT */
/* The tree of a snapshot that was read straight from the bytes. */
#include "bulk.h"
#include "mem.h"
#include "tracemalloc_quick.h"

static pv_node build_path(quick_snapshot *s, const quick_traceback *t,
                          uint32_t frames)
{
    pv_node at = {0};

    if (frames > t->len)
        at = snapshot_build_cut(s->b, frames - t->len);
    for (uint32_t i = t->len; i-- > 0;) {
        quick_frame *f = &s->frames.at[s->path.at[t->first + i]];

        if (f->fn.i == 0)
            f->fn = pv_build_function(s->b, (pv_sym){0}, f->file, f->line,
                                      PV_FN_LINE);
        at = pv_build_frame(s->b, at, f->fn, f->line, (pv_sym){0});
    }
    return at;
}

/* The frames of a traceback, in the order of the file. */
static bool look_at(quick_snapshot *s, const quick_traceback *t)
{
    s->seen.len = 0;
    if (s->filters->len == 0)
        return true;
    if (!PV_VEC_GROW(&s->seen, t->len))
        return false;
    for (uint32_t i = 0; i < t->len; i++) {
        const quick_frame *f = &s->frames.at[s->path.at[t->first + i]];

        s->seen.at[s->seen.len++] =
            (trace_frame){pv_builder_text(s->b, f->file), f->line};
    }
    return true;
}

static void build_place(quick_snapshot *s, const quick_traceback *t,
                        const quick_place *p, snapshot_landed *to, size_t *n)
{
    pv_node at;

    if (!trace_filters_keep(s->filters, p->domain, s->seen.at, s->seen.len)) {
        s->traces -= p->blocks;
        return;
    }
    snapshot_note_domain(&s->domains, p->domain);
    at = build_path(s, t, p->frames);
    pv_cost_frame(s->b, at, SNAPSHOT_SIZE, p->size);
    pv_cost_frame(s->b, at, SNAPSHOT_BLOCKS, p->blocks);
    to[(*n)++] = (snapshot_landed){at.i, p->domain};
}

bool quick_build_tree(quick_snapshot *s)
{
    size_t most = s->tracebacks.len + s->places.len, n = 0;
    snapshot_landed *to = pv_mem_alloc(most, sizeof *to);

    if (!to)
        return false;
    /* outer frames are shared, the innermost of a traceback seldom is */
    pv_build_expect(s->b, s->frames.len, s->frames.len + s->tracebacks.len);
    for (size_t i = 0; i < s->tracebacks.len; i++) {
        const quick_traceback *t = &s->tracebacks.at[i];

        if (t->here.blocks == 0)
            continue; /* its trace was not of the list */
        if (!look_at(s, t)) {
            pv_mem_free(to);
            return false;
        }
        build_place(s, t, &t->here, to, &n);
        for (uint32_t k = t->here.next; k != QUICK_NONE;
             k = s->places.at[k].next)
            build_place(s, t, &s->places.at[k], to, &n);
    }
    pv_builder_counts(s->b, snapshot_count_stacks(to, n), s->traces);
    snapshot_build_limit(s->b, s->limit);
    snapshot_build_domains(&s->domains, s->b);
    pv_mem_free(to);
    return true;
}
