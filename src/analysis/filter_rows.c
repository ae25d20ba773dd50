/* SPDX-License-Identifier: MIT */
/* Filters and groups of profiles without stacks: call totals, line costs,
 * tables of types. */
#include "filter_rows.h"

#include "estimate.h"
#include "flow.h"
#include "group.h"
#include "match.h"
#include "mem.h"
#include "number.h"
#include "total.h"
#include "worktree.h"

typedef struct rows {
    const pv_profile *p;
    const pv_filter_options *o;
    pv_error *err;
    pv_arena arena;
    pv_work_fns fns;
    const pv_whence *whence;
    bool *kept;      /* by function */
    uint32_t *group; /* by function; itself unless grouped */
    pv_groups *groups;
    pv_builder *b;
    pv_fn *made; /* by function or group */
} rows;

static bool refuse_stack_options(const pv_filter_options *o, const char *format,
                                 pv_error *err)
{
    const char *name = o->base.n           ? "base"
                       : o->depth > 0      ? "depth"
                       : o->window.n       ? "window"
                       : o->fold_recursion ? "fold-recursion"
                       : o->collapse.len   ? "collapse"
                       : o->reverse        ? "reverse"
                                           : NULL;

    if (!name)
        return true;
    return pv_fail(err, PV_E_USAGE, NULL,
                   "--%s needs call stacks, which this table of %s has not",
                   name, format);
}

static bool choose(rows *r)
{
    const pv_filter_options *o = r->o;
    const pv_opt_list *lists[] = {&o->focus, &o->show, &o->ignore, &o->hide};
    static const char *const names[] = {"--focus", "--show", "--ignore",
                                        "--hide"};
    uint32_t len = r->fns.len;

    for (int k = 0; k < 4; k++) {
        bool *hit = PV_NEW_N(&r->arena, bool, len);

        if (!hit)
            return pv_fail_nomem(r->err);
        if (!pv_match_functions(hit, &r->fns, lists[k], names[k], NULL, 0,
                                r->err))
            return false;
        for (uint32_t i = 0; i < len; i++)
            if (lists[k]->len && hit[i] == (k >= 2))
                r->kept[i] = false;
    }
    for (uint32_t i = 0; i < len; i++)
        if (o->only_mine && r->whence[i].origin != PV_OWN)
            r->kept[i] = false;
    return true;
}

static bool prepare(rows *r)
{
    pv_origin_rules rules = {r->o->own.at, r->o->own.len, r->o->origin.at,
                             r->o->origin.len};
    uint32_t len = r->p->functions.len;

    if (!pv_work_fns_load(&r->fns, r->p))
        return pv_fail_nomem(r->err);
    r->kept = PV_NEW_N(&r->arena, bool, len);
    r->group = PV_NEW_N(&r->arena, uint32_t, len);
    if (!r->kept || !r->group)
        return pv_fail_nomem(r->err);
    for (uint32_t i = 0; i < len; i++) {
        r->kept[i] = true;
        r->group[i] = i;
    }
    r->whence = pv_origins(r->p, &rules, &r->arena, r->err);
    return r->whence && choose(r);
}

static bool group_functions(rows *r)
{
    if (r->o->by == PV_BY_FUNCTION)
        return true;
    r->groups = pv_groups_new(r->o->by, &r->fns, r->whence, &r->arena);
    if (!r->groups)
        return pv_fail_nomem(r->err);
    if (r->o->by == PV_BY_LINE && !r->p->functions.cost)
        return true; /* lines are grouped one by one */
    for (uint32_t i = 1; i < r->p->functions.len; i++)
        r->group[i] = pv_group_of(r->groups, i, 0);
    return !pv_groups_failed(r->groups) || pv_fail_nomem(r->err);
}

/* ---- building ------------------------------------------------------------- */

static pv_fn made_fn(rows *r, uint32_t group)
{
    const pv_work_fn *f = &r->fns.at[group];

    if (group && !r->made[group].i)
        r->made[group] =
            pv_build_function(r->b, pv_build_name(r->b, f->name),
                              pv_build_name(r->b, f->file), f->line, f->kind);
    return r->made[group];
}

static int64_t function_cost(const pv_profile *p, uint32_t fn, uint32_t m)
{
    return p->functions.cost[(size_t)fn * p->metrics.len + m];
}

static int64_t call_cost(const pv_profile *p, uint32_t call, uint32_t m)
{
    return p->calls.cost ? p->calls.cost[(size_t)call * p->metrics.len + m] : 0;
}

/* What is known of a group's inclusive value. */
typedef struct inflow {
    int64_t tree; /* on estimated stacks, each stack once */
    int64_t own;  /* its self values */
    int64_t most; /* of its functions, the greatest inclusive value */
    int64_t all;  /* their sum */
} inflow;

static int64_t plus(int64_t a, int64_t b)
{
    int64_t sum;

    return pv_add64(a, b, &sum) ? sum : (a < 0 ? INT64_MIN + 1 : INT64_MAX);
}

/* At least what its functions have for certain, at most all of them. */
static int64_t clamped(inflow f)
{
    int64_t least = f.most > f.own ? f.most : f.own;
    int64_t most = f.all > least ? f.all : least;

    if (f.tree < least)
        return least;
    return f.tree > most ? most : f.tree;
}

static bool self_metric(const pv_profile *p, uint32_t total, uint32_t *self)
{
    for (uint32_t m = 0; m < p->metrics.len; m++) {
        if (!p->metrics.at[m].inclusive && pv_flow_partners(p, m, total)) {
            *self = m;
            return true;
        }
    }
    return false;
}

/* The outermost frames of each group on the estimated stacks.  Frames stand in
 * preorder: up to the end of the last outermost one all are inside it. */
static bool add_tree(rows *r, const pv_profile *tree, uint32_t self,
                     inflow *flow)
{
    uint32_t *until = PV_NEW_N(&r->arena, uint32_t, r->fns.len);
    int64_t *total = pv_frame_totals(tree, self, &r->arena, r->err);

    if (!until || !total)
        return pv_fail_nomem(r->err);
    for (uint32_t i = 1; i < tree->frames.len; i++) {
        const pv_frame *f = &tree->frames.at[i];
        uint32_t g;

        if (f->fn.i >= r->p->functions.len || !r->kept[f->fn.i])
            continue; /* an aggregate of the estimate, or not asked for */
        g = r->group[f->fn.i];
        if (i >= until[g]) {
            flow[g].tree = plus(flow[g].tree, total[i]);
            until[g] = f->end;
        }
    }
    return true;
}

static void add_functions(const rows *r, uint32_t m, uint32_t self,
                          inflow *flow)
{
    for (uint32_t i = 0; i < r->p->functions.len; i++) {
        inflow *f = &flow[r->group[i]];
        int64_t v = function_cost(r->p, i, m);
        int64_t own = self == m ? 0 : function_cost(r->p, i, self);

        if (!r->kept[i] || v == PV_NONE)
            continue;
        f->own = plus(f->own, own == PV_NONE ? 0 : own);
        f->all = plus(f->all, v);
        f->most = v > f->most ? v : f->most;
    }
}

static bool inclusive_totals(rows *r, const pv_profile *tree, uint32_t m)
{
    inflow *flow = pv_mem_alloc(r->fns.len, sizeof *flow);
    uint32_t self = m;
    bool paired = self_metric(r->p, m, &self);

    if (!flow)
        return pv_fail_nomem(r->err);
    add_functions(r, m, self, flow);
    if (tree && paired && !add_tree(r, tree, self, flow)) {
        pv_mem_free(flow);
        return false;
    }
    for (uint32_t g = 0; g < r->fns.len; g++)
        if (flow[g].all || flow[g].own)
            pv_cost_function(r->b, made_fn(r, g), m, clamped(flow[g]));
    pv_mem_free(flow);
    return true;
}

static bool all_inclusive(rows *r)
{
    const pv_profile *p = r->p;
    pv_profile *tree = NULL;
    bool ok = true;

    if (p->has & PV_HAS_CALLS && p->calls.len) {
        pv_error why = {0};

        tree = pv_estimate(p, PV_ESTIMATE_FRAMES, &why);
        if (!tree && why.code != PV_E_UNSUPPORTED) {
            if (r->err)
                *r->err = why;
            return false;
        }
    }
    for (uint32_t m = 0; ok && m < p->metrics.len; m++)
        if (p->metrics.at[m].inclusive)
            ok = inclusive_totals(r, tree, m);
    pv_profile_free(tree);
    return ok;
}

static bool build_functions(rows *r)
{
    const pv_profile *p = r->p;

    if (!p->functions.cost)
        return true; /* the lines bring theirs */
    for (uint32_t i = 0; i < p->functions.len; i++) {
        pv_fn fn;

        if (!r->kept[i])
            continue;
        fn = made_fn(r, r->group[i]);
        for (uint32_t m = 0; m < p->metrics.len; m++)
            if (!p->metrics.at[m].inclusive || r->o->by == PV_BY_FUNCTION)
                pv_cost_function(r->b, fn, m, function_cost(p, i, m));
    }
    if (r->o->by == PV_BY_FUNCTION)
        return true;
    return all_inclusive(r);
}

static void build_calls(rows *r)
{
    const pv_profile *p = r->p;

    for (uint32_t c = 0; c < p->calls.len; c++) {
        uint32_t from = p->calls.at[c].caller.i, to = p->calls.at[c].callee.i;
        bool inside = r->group[from] == r->group[to] && from != to;

        if (!r->kept[from] || !r->kept[to] || inside)
            continue;
        for (uint32_t m = 0; m < p->metrics.len; m++)
            pv_cost_call(r->b, made_fn(r, r->group[from]),
                         made_fn(r, r->group[to]), m, call_cost(p, c, m));
    }
}

static bool build_lines(rows *r)
{
    const pv_profile *p = r->p;

    for (uint32_t i = 0; i < p->lines.len; i++) {
        const pv_line *l = &p->lines.at[i];
        uint32_t row, g = r->group[l->fn.i];

        if (!r->kept[l->fn.i])
            continue;
        if (r->o->by == PV_BY_LINE)
            g = pv_group_of(r->groups, l->fn.i, l->line);
        row = pv_build_line(r->b, made_fn(r, g),
                            pv_build_name(r->b, pv_profile_text(p, l->file)),
                            l->line, l->call);
        pv_line_source(r->b, row,
                       pv_build_name(r->b, pv_profile_text(p, l->source)));
        for (uint32_t m = 0; m < p->metrics.len; m++)
            pv_cost_line(r->b, row, m,
                         p->lines.cost
                             ? p->lines.cost[(size_t)i * p->metrics.len + m]
                             : 0);
    }
    return !r->groups || !pv_groups_failed(r->groups) || pv_fail_nomem(r->err);
}

/* Groups by line are made while lines are met: room for one a line. */
static bool make_room(rows *r)
{
    size_t most = (size_t)r->fns.len + r->p->lines.len + 1;

    r->made = pv_mem_alloc(most, sizeof *r->made);
    return r->made || pv_fail_nomem(r->err);
}

pv_profile *pv_filter_rows(const pv_profile *p, const pv_filter_options *o,
                           pv_error *err)
{
    rows r = {.p = p, .o = o, .err = err};
    pv_profile *made = NULL;

    if (!refuse_stack_options(o, p->format, err))
        return NULL;
    pv_arena_init(&r.arena, 0);
    if (!prepare(&r) || !group_functions(&r) || !make_room(&r))
        goto done;
    r.b = pv_builder_like(p, 0, err);
    if (!r.b)
        goto done;
    pv_builder_has(r.b, p->has & ~(uint32_t)PV_HAS_SERIES);
    if (!build_functions(&r))
        goto done;
    build_calls(&r);
    if (build_lines(&r))
        made = pv_builder_finish(r.b, err);
done:
    pv_builder_free(r.b);
    pv_groups_free(r.groups);
    pv_mem_free(r.made);
    pv_work_fns_done(&r.fns);
    pv_arena_done(&r.arena);
    return made;
}
