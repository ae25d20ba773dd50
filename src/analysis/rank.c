/* SPDX-License-Identifier: MIT */
/* The rows that `top` lists, out of stacks, call totals or line costs. */
#include "rank.h"

#include "number.h"
#include "rank_row.h"
#include "total.h"

/* ---- which measures a profile has ---- */

static bool is_one_of(pv_str name, const char *const *list)
{
    for (; *list; list++)
        if (pv_str_equal(name, pv_str_of(*list)))
            return true;
    return false;
}

static bool has_metric(const pv_profile *p, const char *name)
{
    return pv_profile_metric(p, pv_str_of(name)) >= 0;
}

/* Costs stand beside the functions, not in stacks. */
static bool by_function(const pv_profile *p)
{
    return p->functions.cost && (p->has & (PV_HAS_CALLS | PV_HAS_TOTALS));
}

static bool by_line(const pv_profile *p)
{
    return !by_function(p) && !(p->has & PV_HAS_TREE) &&
           (p->has & PV_HAS_LINES);
}

/* Is there a metric of this name that is not inclusive? */
static bool has_self(const pv_profile *p, pv_sym name)
{
    for (uint32_t i = 0; i < p->metrics.len; i++)
        if (p->metrics.at[i].name.i == name.i && !p->metrics.at[i].inclusive)
            return true;
    return false;
}

static pv_role role_of(const pv_profile *p, const pv_metric *m)
{
    static const char *const plain[] = {
        "calls", "primitive_calls", "count", "size", "delta",
        "peak",  "increment",       NULL};
    pv_str name = pv_profile_text(p, m->name);

    if (by_line(p))
        return PV_PLAIN;
    if (!by_function(p))
        return PV_SELF;
    if (m->inclusive && has_self(p, m->name))
        return PV_TOTAL;
    return is_one_of(name, plain) ? PV_PLAIN : PV_SELF;
}

static void add_measure(pv_ranking *r, uint32_t index, pv_role role,
                        pv_arena *a)
{
    const pv_metric *m = &r->p->metrics.at[index];
    pv_str name = pv_profile_text(r->p, m->name);
    pv_measure out = {.metric = name,
                      .name = name,
                      .role = role,
                      .unit = m->unit,
                      .exponent = m->exponent,
                      .inclusive = m->inclusive,
                      .index = index};

    if (r->width == PV_MEASURES_MAX)
        return;
    if (role == PV_SELF)
        out.name = pv_arena_join(a, PV_STR("self_"), name);
    if (role == PV_TOTAL)
        out.name = pv_arena_join(a, PV_STR("total_"), name);
    r->measures[r->width++] = out;
}

static int measure_of(const pv_ranking *r, pv_str metric, pv_role role)
{
    for (uint32_t i = 0; i < r->width; i++)
        if (r->measures[i].role == role &&
            pv_str_equal(r->measures[i].metric, metric))
            return (int)i;
    return -1;
}

/* Which measures rows are ranked by: those of the main metric. */
static void choose_main(pv_ranking *r)
{
    const pv_profile *p = r->p;
    pv_str name;

    r->self = r->total = -1;
    if (r->width == 0)
        return;
    name = pv_profile_text(p, p->metrics.at[p->metrics.main].name);
    r->self = measure_of(r, name, PV_SELF);
    r->total = measure_of(r, name, PV_TOTAL);
    if (r->self < 0)
        r->self = measure_of(r, name, PV_PLAIN);
    if (r->self < 0)
        r->self = 0;
}

static void find_measures(pv_ranking *r, pv_arena *a)
{
    const pv_profile *p = r->p;
    bool tree = !by_function(p) && !by_line(p);

    for (uint32_t m = 0; m < p->metrics.len; m++) {
        if (tree && p->metrics.at[m].inclusive)
            continue;
        add_measure(r, m, role_of(p, &p->metrics.at[m]), a);
        if (tree)
            add_measure(r, m, PV_TOTAL, a);
    }
    choose_main(r);
}

/* ---- rows and their values ---- */

/* `slot` gives the row of each function, UINT32_MAX: it has none. */
static bool make_rows(pv_ranking *r, uint32_t *slot, pv_arena *a)
{
    const pv_profile *p = r->p;
    pv_fn *fn = PV_NEW_N(a, pv_fn, r->len + 1);

    r->calls = has_metric(p, "calls") || (p->has & PV_HAS_CALLS) ||
               (by_function(p) && p->flags & PV_SAMPLED);
    r->fn = fn;
    for (uint32_t f = 0, n = 0; fn && f < p->functions.len; f++) {
        if (slot[f] == UINT32_MAX)
            continue;
        slot[f] = n;
        fn[n++] = (pv_fn){f};
    }
    return pv_ranking_spell(r, a);
}

static bool too_large(pv_error *err)
{
    return pv_fail(err, PV_E_LIMIT, NULL, "a sum is larger than 2^63-1");
}

static bool nonzero(const int64_t *cost, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        if (cost[i] != 0)
            return true;
    return false;
}

static void mark_tree(pv_ranking *r, uint32_t *slot)
{
    const pv_profile *p = r->p;

    if (p->frames.len && p->frames.cost &&
        nonzero(p->frames.cost, p->metrics.len))
        slot[0] = 0;
    for (uint32_t i = 1; i < p->frames.len; i++)
        slot[p->frames.at[i].fn.i] = 0;
}

static void mark_functions(pv_ranking *r, uint32_t *slot)
{
    const pv_profile *p = r->p;

    for (uint32_t f = 1; f < p->functions.len; f++)
        slot[f] = 0;
    if (by_line(p)) {
        for (uint32_t i = 0; i < p->lines.len; i++)
            slot[p->lines.at[i].fn.i] = 0;
    } else if (p->functions.len && nonzero(p->functions.cost, p->metrics.len)) {
        slot[0] = 0;
    }
}

/* Adds up one metric of the stacks: each frame's self to its function, each
 * outermost frame's total. `end` is where the function's frame ends that the
 * walk is in. */
static bool sum_tree(const pv_ranking *r, uint32_t c, const uint32_t *slot,
                     uint32_t *end, int64_t *value, pv_arena *a, pv_error *err)
{
    const pv_profile *p = r->p;
    uint32_t m = r->measures[c].index, width = p->metrics.len;
    int64_t *totals = pv_frame_totals(p, m, a, err);

    if (!totals)
        return false;
    memset(end, 0, p->functions.len * sizeof *end);
    for (uint32_t i = 0; i < p->frames.len; i++) {
        uint32_t fn = i ? p->frames.at[i].fn.i : 0;
        int64_t self = p->frames.cost[(size_t)i * width + m];
        int64_t *v, total = i ? totals[i] : self;

        if (slot[fn] == UINT32_MAX)
            continue;
        v = &value[(size_t)slot[fn] * r->width + c];
        if (!pv_add64(v[0], self, &v[0]))
            return too_large(err);
        if (i && i < end[fn])
            continue;
        end[fn] = i ? p->frames.at[i].end : 0;
        if (!pv_add64(v[1], total, &v[1]))
            return too_large(err);
    }
    return true;
}

static bool fill_tree(const pv_ranking *r, const uint32_t *slot, int64_t *value,
                      pv_arena *a, pv_error *err)
{
    uint32_t *end = PV_NEW_N(a, uint32_t, r->p->functions.len + 1);

    if (!end)
        return pv_fail_nomem(err);
    if (!r->p->frames.cost)
        return true;
    for (uint32_t c = 0; c < r->width; c += 2)
        if (!sum_tree(r, c, slot, end, value, a, err))
            return false;
    return true;
}

/* Are the values those of all functions but the first, as they stand? */
static bool as_they_stand(const pv_ranking *r)
{
    if (r->width != r->p->metrics.len || r->len + 1 != r->p->functions.len ||
        r->len == 0 || r->fn[0].i != 1)
        return false;
    for (uint32_t c = 0; c < r->width; c++)
        if (r->measures[c].index != c)
            return false;
    return true;
}

static void fill_functions(const pv_ranking *r, const uint32_t *slot,
                           int64_t *value)
{
    const pv_profile *p = r->p;

    for (uint32_t f = 0; f < p->functions.len; f++)
        for (uint32_t c = 0; c < r->width && slot[f] != UINT32_MAX; c++)
            value[(size_t)slot[f] * r->width + c] =
                p->functions
                    .cost[(size_t)f * p->metrics.len + r->measures[c].index];
}

/* Sums, or keeps the greatest of an inclusive measure. */
static bool take_in(const pv_measure *m, int64_t v, int64_t *sum, pv_error *err)
{
    if (v == PV_NONE)
        return true;
    if (*sum == PV_NONE)
        *sum = v;
    else if (m->inclusive)
        *sum = v > *sum ? v : *sum;
    else if (!pv_add64(*sum, v, sum))
        return too_large(err);
    return true;
}

/* A function without any line that cost something cost nothing; else a
 * column without a value is one that its table does not have. */
static void zero_if_unused(const pv_ranking *r, int64_t *v)
{
    for (uint32_t c = 0; c < r->width; c++)
        if (v[c] != PV_NONE)
            return;
    for (uint32_t c = 0; c < r->width; c++)
        if (!r->measures[c].inclusive)
            v[c] = 0;
}

static bool fill_lines(const pv_ranking *r, const uint32_t *slot,
                       int64_t *value, pv_error *err)
{
    const pv_profile *p = r->p;

    for (size_t i = 0; i < (size_t)r->len * r->width; i++)
        value[i] = PV_NONE;
    for (uint32_t i = 0; i < p->lines.len; i++)
        for (uint32_t c = 0; c < r->width; c++) {
            const pv_measure *m = &r->measures[c];
            uint32_t row = slot[p->lines.at[i].fn.i];

            if (!take_in(m,
                         p->lines.cost[(size_t)i * p->metrics.len + m->index],
                         &value[(size_t)row * r->width + c], err))
                return false;
        }
    for (uint32_t i = 0; i < r->len; i++)
        zero_if_unused(r, &value[(size_t)i * r->width]);
    return true;
}

/* What all rows come to. */
static bool sum_up(pv_ranking *r, pv_error *err)
{
    for (uint32_t c = 0; c < r->width; c++) {
        pv_measure *m = &r->measures[c];
        bool greatest = m->inclusive || m->role == PV_TOTAL;
        pv_measure how = {.inclusive = greatest};

        m->sum = PV_NONE;
        for (uint32_t i = 0; i < r->len; i++)
            if (!take_in(&how, r->value[(size_t)i * r->width + c], &m->sum,
                         err))
                return false;
        m->empty = m->sum == PV_NONE && r->len > 0;
        if (m->sum == PV_NONE)
            m->sum = 0;
    }
    return true;
}

static bool fill(pv_ranking *r, const uint32_t *slot, pv_arena *a,
                 pv_error *err)
{
    const pv_profile *p = r->p;
    int64_t *value;

    if (by_function(p) && as_they_stand(r)) {
        r->value = p->functions.cost + p->metrics.len;
        return true;
    }
    r->value = value = PV_NEW_N(a, int64_t, (size_t)r->len * r->width + 1);
    if (!value)
        return pv_fail_nomem(err);
    if (by_line(p))
        return fill_lines(r, slot, value, err);
    if (!by_function(p))
        return fill_tree(r, slot, value, a, err);
    fill_functions(r, slot, value);
    return true;
}

bool pv_ranking_make(pv_ranking *rows, const pv_profile *p, pv_arena *a,
                     pv_error *err)
{
    return pv_ranking_first(rows, p, 0, a, err);
}

bool pv_ranking_first(pv_ranking *rows, const pv_profile *p, uint32_t sorted,
                      pv_arena *a, pv_error *err)
{
    uint32_t *slot = PV_NEW_N(a, uint32_t, p->functions.len + 1);

    *rows = (pv_ranking){.p = p, .sorted = sorted};
    if (!slot)
        return pv_fail_nomem(err);
    memset(slot, 0xff, (p->functions.len + 1) * sizeof *slot);
    find_measures(rows, a);
    if (by_function(p) || by_line(p))
        mark_functions(rows, slot);
    else
        mark_tree(rows, slot);
    for (uint32_t f = 0; f < p->functions.len; f++)
        rows->len += slot[f] != UINT32_MAX;
    rows->places = !(p->has & PV_HAS_TOTALS) || has_metric(p, "calls") ||
                   has_metric(p, "samples");
    if (!make_rows(rows, slot, a))
        return pv_fail_nomem(err);
    return fill(rows, slot, a, err) && sum_up(rows, err) &&
           pv_rank(rows, (pv_str){0}, a, err);
}
