/* SPDX-License-Identifier: MIT */
/* The same stacks seen from another side: from below, and from the middle. */
#include "view.h"

#include "buf.h"
#include "label.h"
#include "mem.h"
#include "steps.h"
#include "worktree.h"

bool pv_functions_named(const pv_profile *p, pv_str name, const char *option,
                        bool *is, pv_error *err)
{
    bool any = false;
    pv_buf label = {0};

    for (uint32_t i = 0; i < p->functions.len; i++) {
        pv_buf_clear(&label);
        pv_label_function(&label, p, (pv_fn){i});
        if (pv_str_equal(pv_buf_text(&label), name) ||
            (name.n &&
             pv_str_equal(pv_profile_text(p, p->functions.at[i].name), name)))
            is[i] = true;
    }
    for (uint32_t i = 1; i < p->frames.len; i++) {
        const pv_frame *f = &p->frames.at[i];

        if (f->text.i && !is[f->fn.i] &&
            pv_str_equal(pv_profile_text(p, f->text), name))
            is[f->fn.i] = true;
        any = any || is[f->fn.i];
    }
    if (label.failed) {
        pv_buf_done(&label);
        return pv_fail_nomem(err);
    }
    pv_buf_done(&label);
    return any || pv_fail(err, PV_E_USAGE, NULL,
                          "%s: no function on these stacks is called '%s'; "
                          "`profviz top --limit 0` lists them",
                          option, PV_QUOTE(name));
}

/* ---- from below ------------------------------------------------------------ */

static pv_profile *finish(pv_work *from, pv_work *to, pv_work_fns *fns, bool ok,
                          pv_error *err)
{
    pv_profile *made = NULL;

    if (ok)
        made = pv_work_finish(to, fns, PV_TIME_ORDERED, err);
    else
        pv_fail_nomem(err); /* unless *err says why already */
    pv_work_done(from);
    pv_work_done(to);
    pv_work_fns_done(fns);
    return made;
}

static bool start(pv_work *from, pv_work *to, pv_work_fns *fns,
                  const pv_profile *p)
{
    if (!pv_work_load(from, p) || !pv_work_init(to, p) ||
        !pv_work_fns_load(fns, p))
        return false;
    to->in_time = false; /* seen from elsewhere there is no such order */
    return true;
}

pv_profile *pv_view_callers(const pv_profile *p, pv_error *err)
{
    pv_work from = {0}, to = {0};
    pv_work_fns fns = {0};
    bool ok =
        start(&from, &to, &fns, p) && pv_step_reverse(&to, &from, true, err);

    return finish(&from, &to, &fns, ok, err);
}

/* ---- from the middle -------------------------------------------------------- */

typedef struct middle {
    bool *named;
    bool *inside;   /* frames at or below an outermost occurrence */
    uint32_t *map;  /* frames to nodes of the callees */
    uint32_t first; /* the function that stands for all of the name */
} middle;

static bool is_outermost(const pv_profile *p, const middle *m, uint32_t i)
{
    return i && m->named[p->frames.at[i].fn.i] &&
           !m->inside[p->frames.at[i].parent.i];
}

static bool find_middle(middle *m, const pv_profile *p, pv_str name,
                        pv_error *err)
{
    m->named = pv_mem_alloc(p->functions.len, sizeof *m->named);
    m->inside = pv_mem_alloc(p->frames.len, sizeof *m->inside);
    m->map = pv_mem_alloc(p->frames.len, sizeof *m->map);
    if (!m->named || !m->inside || !m->map)
        return pv_fail_nomem(err);
    if (!pv_functions_named(p, name, "sandwich", m->named, err))
        return false;
    for (uint32_t i = p->functions.len; i-- > 0;)
        if (m->named[i])
            m->first = i;
    for (uint32_t i = 1; i < p->frames.len; i++)
        m->inside[i] = m->inside[p->frames.at[i].parent.i] ||
                       m->named[p->frames.at[i].fn.i];
    return true;
}

static void middle_done(middle *m)
{
    pv_mem_free(m->named);
    pv_mem_free(m->inside);
    pv_mem_free(m->map);
}

static pv_profile *callees(const pv_profile *p, middle *m, pv_error *err)
{
    pv_work from = {0}, to = {0};
    pv_work_fns fns = {0};
    pv_work_node top = {.fn = m->first};
    bool ok = start(&from, &to, &fns, p);

    for (uint32_t i = 1; ok && i < from.len; i++) {
        uint32_t up = m->map[from.at[i].parent];

        if (!m->inside[i])
            continue;
        m->map[i] = is_outermost(p, m, i)
                        ? pv_work_child_fn(&to, 0, &top)
                        : pv_work_child_fn(&to, up, &from.at[i]);
        pv_work_merge(&to, m->map[i], &from, i);
        ok = !to.failed;
    }
    return finish(&from, &to, &fns, ok, err);
}

/* Each outermost frame's self becomes its total, all else nothing. */
static bool lift_totals(pv_work *w, const pv_profile *p, const middle *m)
{
    for (uint32_t k = 0; k < w->metrics; k++) {
        int64_t *total = pv_work_totals(w, k);

        if (!total)
            return false;
        for (uint32_t i = 0; i < w->len; i++)
            pv_work_self(w, i)[k] = is_outermost(p, m, i) ? total[i] : 0;
        pv_mem_free(total);
    }
    for (uint32_t i = 1; i < w->len; i++)
        if (is_outermost(p, m, i))
            w->at[i] =
                (pv_work_node){.parent = w->at[i].parent, .fn = m->first};
    return true;
}

static pv_profile *callers(const pv_profile *p, const middle *m, pv_error *err)
{
    pv_work from = {0}, to = {0};
    pv_work_fns fns = {0};
    bool ok = start(&from, &to, &fns, p) && lift_totals(&from, p, m) &&
              pv_step_reverse(&to, &from, true, err);

    return finish(&from, &to, &fns, ok, err);
}

bool pv_view_sandwich(pv_sandwich *out, const pv_profile *p, pv_str name,
                      pv_error *err)
{
    middle m = {0};

    *out = (pv_sandwich){0};
    if (find_middle(&m, p, name, err)) {
        out->callees = callees(p, &m, err);
        out->callers = out->callees ? callers(p, &m, err) : NULL;
    }
    middle_done(&m);
    if (out->callers)
        return true;
    pv_sandwich_done(out);
    return false;
}

void pv_sandwich_done(pv_sandwich *s)
{
    pv_profile_free(s->callers);
    pv_profile_free(s->callees);
    *s = (pv_sandwich){0};
}
