/* SPDX-License-Identifier: MIT */
/* From a changed call tree back to a profile. */
#include "mem.h"
#include "symtab.h"
#include "worktree.h"

static void copy_metrics(pv_builder *b, const pv_profile *p)
{
    for (uint32_t m = 0; m < p->metrics.len; m++) {
        const pv_metric *metric = &p->metrics.at[m];

        pv_build_metric(b, pv_profile_text(p, metric->name), metric->unit,
                        metric->inclusive);
        pv_builder_exponent(b, m, metric->exponent);
    }
    pv_builder_main_metric(b, p->metrics.main);
}

pv_builder *pv_builder_like(const pv_profile *p, uint32_t flags_off,
                            pv_error *err)
{
    pv_builder *b = pv_builder_new(p->format, 0);

    if (!b) {
        pv_fail_nomem(err);
        return NULL;
    }
    copy_metrics(b, p);
    pv_builder_flags(b, p->flags & ~flags_off);
    pv_builder_producer(b, pv_profile_text(p, p->producer));
    pv_builder_counts(b, p->stacks, p->records);
    for (uint32_t i = 0; i < p->notes.len; i++)
        pv_build_note(b, pv_profile_text(p, p->notes.at[i].key),
                      pv_profile_text(p, p->notes.at[i].value));
    return b;
}

typedef struct mapping {
    pv_builder *b;
    pv_fn *fn;      /* of the tree's functions; 0 until used */
    pv_sym *text;   /* of the profile's symbols */
    pv_node *frame; /* of the tree's nodes */
} mapping;

static pv_fn map_fn(mapping *m, const pv_work_fns *fns, uint32_t i)
{
    const pv_work_fn *f = &fns->at[i];

    if (i && !m->fn[i].i)
        m->fn[i] =
            pv_build_function(m->b, pv_build_name(m->b, f->name),
                              pv_build_name(m->b, f->file), f->line, f->kind);
    return m->fn[i];
}

static pv_sym map_text(mapping *m, const pv_profile *p, uint32_t i)
{
    if (i && !m->text[i].i)
        m->text[i] = pv_build_name(m->b, pv_profile_text(p, (pv_sym){i}));
    return m->text[i];
}

static void add_node(mapping *m, const pv_work *w, const pv_work_fns *fns,
                     uint32_t i)
{
    const pv_work_node *n = &w->at[i];

    if (i)
        m->frame[i] =
            pv_build_frame_new(m->b, m->frame[n->parent], map_fn(m, fns, n->fn),
                               n->line, map_text(m, w->p, n->text));
    for (uint32_t k = 0; k < w->metrics; k++)
        if (pv_work_self(w, i)[k])
            pv_cost_frame(m->b, m->frame[i], k, pv_work_self(w, i)[k]);
    if (w->bounds)
        pv_builder_certainty(m->b, m->frame[i], (pv_certainty)n->certainty,
                             w->bounds[i].low, w->bounds[i].high);
}

pv_profile *pv_work_finish(const pv_work *w, const pv_work_fns *fns,
                           uint32_t flags_off, pv_error *err)
{
    mapping m = {
        .fn = pv_mem_alloc(fns->len, sizeof *m.fn),
        .text = pv_mem_alloc(pv_symtab_len(w->p->names), sizeof *m.text),
        .frame = pv_mem_alloc(w->len, sizeof *m.frame),
    };
    pv_profile *made = NULL;

    if (w->failed || !m.fn || !m.text || !m.frame) {
        pv_fail_nomem(err);
        goto done;
    }
    m.b = pv_builder_like(w->p, flags_off, err);
    if (!m.b)
        goto done;
    pv_builder_has(m.b, PV_HAS_TREE);
    for (uint32_t i = 0; i < w->len; i++)
        add_node(&m, w, fns, i);
    made = pv_builder_finish(m.b, err);
done:
    pv_builder_free(m.b);
    pv_mem_free(m.fn);
    pv_mem_free(m.text);
    pv_mem_free(m.frame);
    return made;
}
