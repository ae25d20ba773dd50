/* SPDX-License-Identifier: MIT */
/* Filters on stacks: which steps are asked for, and their order. */
#include "filter.h"

#include "filter_rows.h"
#include "group.h"
#include "match.h"
#include "mem.h"
#include "number.h"
#include "steps.h"
#include "total.h"
#include "view.h"

typedef struct run {
    const pv_profile *p;
    const pv_filter_options *o;
    pv_error *err;
    pv_arena arena; /* names of groups, origins */
    pv_work_fns fns;
    const pv_whence *whence; /* one for each function of `p` */
    pv_work now;
    bool changed;
} run;

/* ---- steps --------------------------------------------------------------- */

/* Begins the next tree. */
static bool begin(run *r, pv_work *next)
{
    if (pv_work_init(next, r->p))
        return true;
    pv_work_done(next);
    return pv_fail_nomem(r->err);
}

/* Takes the next tree over, whole or not. */
static bool end(run *r, pv_work *next, bool ok)
{
    pv_work_done(&r->now);
    r->now = *next;
    r->changed = true;
    return ok || pv_fail_nomem(r->err);
}

static bool *new_marks(run *r)
{
    bool *marks = PV_NEW_N(&r->arena, bool, r->fns.len);

    if (!marks)
        pv_fail_nomem(r->err);
    return marks;
}

static bool *match_list(run *r, const pv_opt_list *list, const char *option)
{
    bool *marks = new_marks(r);

    if (!marks ||
        !pv_match_functions(marks, &r->fns, list, option, NULL, 0, r->err))
        return NULL;
    return marks;
}

static bool parse_time(run *r, pv_str text, int64_t open, int64_t *out)
{
    const pv_metric *m = &r->p->metrics.at[r->p->metrics.main];
    unsigned places = m->unit == PV_NANOSECONDS ? 9 : 0;

    if (!text.n) {
        *out = open;
        return true;
    }
    return pv_parse_scaled(text, places + m->exponent, out) && *out >= 0;
}

static bool window(run *r)
{
    pv_str text = r->o->window;
    size_t comma = pv_str_find(text, ',');
    pv_work next;
    int64_t from, to;

    if (!text.n)
        return true;
    if (!(r->p->flags & PV_TIME_ORDERED))
        return pv_fail(
            r->err, PV_E_USAGE, NULL,
            "--window: these stacks are not in the order of time "
            "(`profviz flame --flamechart` keeps that of its input)");
    if (comma == SIZE_MAX ||
        !parse_time(r, pv_str_slice(text, 0, comma), 0, &from) ||
        !parse_time(r, pv_str_slice(text, comma + 1, text.n), INT64_MAX, &to) ||
        from >= to)
        return pv_fail(r->err, PV_E_USAGE, NULL,
                       "--window: '%s' is not A,B with A before B",
                       PV_QUOTE(text));
    return pv_step_window(&r->now, from, to, r->err) && begin(r, &next) &&
           end(r, &next, pv_step_nonzero(&next, &r->now));
}

static bool base(run *r)
{
    bool *marks;
    pv_work next;

    if (!r->o->base.n)
        return true;
    marks = new_marks(r);
    return marks &&
           pv_functions_named(r->p, r->o->base, "--base", marks, r->err) &&
           begin(r, &next) &&
           end(r, &next, pv_step_base(&next, &r->now, marks));
}

static bool select_stacks(run *r)
{
    const pv_filter_options *o = r->o;
    bool *focus = NULL, *ignore = NULL;
    pv_work next;

    if (!o->focus.len && !o->ignore.len)
        return true;
    if (o->focus.len && !(focus = match_list(r, &o->focus, "--focus")))
        return false;
    if (o->ignore.len && !(ignore = match_list(r, &o->ignore, "--ignore")))
        return false;
    return begin(r, &next) &&
           end(r, &next, pv_step_select(&next, &r->now, focus, ignore));
}

/* Which functions are spliced out; *any when there are some. */
static bool *spliced(run *r, bool *any)
{
    const pv_filter_options *o = r->o;
    bool *shown = match_list(r, &o->show, "--show");
    bool *hidden = shown ? match_list(r, &o->hide, "--hide") : NULL;

    for (uint32_t i = 1; hidden && i < r->fns.len; i++) {
        pv_fn_kind kind = r->fns.at[i].kind;
        bool mine = kind == PV_FN_THREAD || kind == PV_FN_PROCESS ||
                    r->whence[i].origin == PV_OWN;

        if ((o->show.len && !shown[i]) || (o->only_mine && !mine) ||
            (!o->threads && kind == PV_FN_THREAD))
            hidden[i] = true;
        *any = *any || hidden[i];
    }
    if (hidden && o->only_mine && r->whence[0].origin != PV_OWN)
        hidden[0] = *any = true;
    return hidden;
}

static bool splice(run *r)
{
    bool any = false;
    bool *marks = spliced(r, &any);
    pv_work next;

    if (!marks || !any)
        return marks != NULL;
    return begin(r, &next) &&
           end(r, &next, pv_step_splice(&next, &r->now, marks));
}

static uint32_t *group_nodes(run *r)
{
    pv_groups *g = pv_groups_new(r->o->by, &r->fns, r->whence, &r->arena);
    uint32_t *group = pv_mem_alloc(r->now.len, sizeof *group);

    for (uint32_t i = 1; g && group && i < r->now.len; i++)
        group[i] = pv_group_of(g, r->now.at[i].fn, r->now.at[i].line);
    if (!g || !group || pv_groups_failed(g)) {
        pv_fail_nomem(r->err);
        pv_mem_free(group);
        group = NULL;
    }
    pv_groups_free(g);
    return group;
}

static bool group(run *r)
{
    uint32_t *groups;
    pv_work next;
    bool ok;

    if (r->o->by == PV_BY_FUNCTION)
        return true;
    groups = group_nodes(r);
    ok = groups && begin(r, &next) &&
         end(r, &next,
             pv_step_group(&next, &r->now, groups, r->o->by != PV_BY_LINE));
    pv_mem_free(groups);
    return ok;
}

static bool fold(run *r)
{
    pv_work next;

    if (!r->o->fold_recursion)
        return true;
    return begin(r, &next) && end(r, &next, pv_step_fold(&next, &r->now));
}

static bool collapse(run *r)
{
    bool *marks;
    pv_work next;

    if (!r->o->collapse.len)
        return true;
    marks = new_marks(r);
    return marks &&
           pv_match_functions(marks, &r->fns, &r->o->collapse, "--collapse",
                              r->whence, r->p->functions.len, r->err) &&
           begin(r, &next) &&
           end(r, &next,
               pv_step_collapse(&next, &r->now, marks, r->whence,
                                r->p->functions.len, &r->fns, &r->arena));
}

static bool depth(run *r)
{
    pv_work next;

    if (r->o->depth <= 0)
        return true;
    return begin(r, &next) &&
           end(r, &next, pv_step_depth(&next, &r->now, (uint32_t)r->o->depth));
}

static bool reverse(run *r)
{
    pv_work next;

    if (!r->o->reverse)
        return true;
    return begin(r, &next) &&
           end(r, &next, pv_step_reverse(&next, &r->now, false, r->err));
}

/* ---- all of them ---------------------------------------------------------- */

static bool has_threads(const pv_profile *p)
{
    for (uint32_t i = 0; i < p->functions.len; i++)
        if (p->functions.at[i].kind == PV_FN_THREAD)
            return true;
    return false;
}

bool pv_filter_idle(const pv_filter_options *o)
{
    return !(o->focus.len || o->ignore.len || o->hide.len || o->show.len ||
             o->collapse.len || o->base.n || o->depth > 0 || o->window.n ||
             o->only_mine || o->fold_recursion || o->reverse ||
             o->by != PV_BY_FUNCTION);
}

static bool has_work(const pv_profile *p, const pv_filter_options *o)
{
    return !pv_filter_idle(o) || (!o->threads && has_threads(p));
}

static bool prepare(run *r)
{
    pv_origin_rules rules = {r->o->own.at, r->o->own.len, r->o->origin.at,
                             r->o->origin.len};

    if (!pv_work_fns_load(&r->fns, r->p) || !pv_work_load(&r->now, r->p))
        return pv_fail_nomem(r->err);
    r->whence = pv_origins(r->p, &rules, &r->arena, r->err);
    return r->whence != NULL;
}

static void sum_up(const pv_work *w, int64_t *whole)
{
    for (uint32_t m = 0; m < w->metrics; m++) {
        whole[m] = 0;
        for (uint32_t i = 0; i < w->len; i++)
            whole[m] += pv_work_self(w, i)[m];
    }
}

static bool run_steps(run *r, int64_t *whole)
{
    if (!prepare(r) || !window(r) || !base(r))
        return false;
    if (whole)
        sum_up(&r->now, whole);
    return select_stacks(r) && splice(r) && group(r) && fold(r) &&
           collapse(r) && depth(r) && reverse(r);
}

static const pv_profile *filter_stacks(const pv_profile *p,
                                       const pv_filter_options *o,
                                       int64_t *whole, bool *same,
                                       pv_error *err)
{
    run r = {.p = p, .o = o, .err = err};
    const pv_profile *made = NULL;
    uint32_t lost = o->by == PV_BY_FUNCTION ? 0 : PV_LEAF_LINES;

    pv_arena_init(&r.arena, 0);
    if (run_steps(&r, whole)) {
        *same = !r.changed;
        made = r.changed ? pv_work_finish(&r.now, &r.fns, lost, err) : p;
    }
    pv_work_done(&r.now);
    pv_work_fns_done(&r.fns);
    pv_arena_done(&r.arena);
    return made;
}

static bool all_totals(const pv_profile *p, int64_t *whole, pv_error *err)
{
    for (uint32_t m = 0; m < p->metrics.len; m++) {
        whole[m] = 0;
        if (!p->metrics.at[m].inclusive &&
            !pv_profile_total(p, m, &whole[m], err))
            return false;
    }
    return true;
}

const pv_profile *pv_filter(const pv_profile *p, const pv_filter_options *o,
                            int64_t whole[PV_METRICS_MAX], bool *same,
                            pv_error *err)
{
    *same = true;
    if (whole && !all_totals(p, whole, err))
        return NULL;
    if (!has_work(p, o))
        return p;
    *same = false;
    if (p->has & PV_HAS_TREE)
        return filter_stacks(p, o, whole, same, err);
    return pv_filter_rows(p, o, err);
}
