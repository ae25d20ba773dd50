/* SPDX-License-Identifier: MIT */
/* Which stacks a flame graph shows: pruning, views, what counts as 100 %. */
#include "flame_picture.h"

#include "flame_change.h"
#include "flame_join.h"
#include "number.h"
#include "total.h"
#include "turns.h"

/* ---- options that are numbers with a sign behind them ---- */

static bool bad_option(pv_picture *p, const char *name, pv_str value,
                       const char *wanted)
{
    return pv_fail(p->err, PV_E_USAGE, NULL, "%s wants %s, not '%s'", name,
                   wanted, PV_QUOTE(value));
}

static bool take_factor(pv_picture *p)
{
    uint8_t exponent = 0;
    bool overflow;

    p->factor = 1;
    if (p->o->factor.n == 0)
        return true;
    if (!pv_parse_decimal(p->o->factor, &p->factor, &exponent, &overflow) ||
        p->factor == 0)
        return bad_option(p, "--factor", p->o->factor, "a number above 0");
    if (p->metric.exponent + exponent > 9)
        return bad_option(p, "--factor", p->o->factor, "fewer decimals");
    p->metric.exponent = (uint8_t)(p->metric.exponent + exponent);
    return true;
}

/* "1%" or "1" -> thousandths of a percent. */
static bool take_percent(pv_str text, int64_t *out)
{
    if (pv_str_ends(text, PV_STR("%")))
        text.n--;
    return pv_parse_scaled(text, 3, out) && *out >= 0 && *out <= 100000;
}

/* Used where it is more than the sum, else said to be of no use. */
static bool take_total(pv_picture *p)
{
    int64_t total;

    if (p->o->total.n == 0)
        return true;
    if (!pv_parse_scaled(p->o->total, p->metric.exponent, &total) || total < 0)
        return bad_option(p, "--total", p->o->total, "a number");
    if (total < p->data.total[0])
        pv_log_say(&p->job->log, NULL,
                   "--total %.*s is less than the sum of the counts, "
                   "so it is ignored",
                   (int)p->o->total.n, p->o->total.p);
    else
        p->whole = total;
    return true;
}

/* ---- pruning ---- */

static bool input_total(pv_picture *p, const pv_profile *in, int64_t *total)
{
    if (p->job->whole) {
        *total = p->job->whole[in->metrics.main];
        return true;
    }
    return pv_profile_total(in, in->metrics.main, total, p->err);
}

static const pv_profile *prune(pv_picture *p, const pv_profile *in)
{
    int64_t share = 0, whole;
    const pv_profile *kept;
    bool same;

    if (p->o->min_share.n == 0)
        return in;
    if (!take_percent(p->o->min_share, &share)) {
        bad_option(p, "--min-share", p->o->min_share, "a percentage");
        return NULL;
    }
    if (!input_total(p, in, &whole))
        return NULL;
    kept = pv_prune(in, share, whole, &p->pruned, &same, p->err);
    if (kept && !same)
        p->kept = (pv_profile *)(uintptr_t)kept;
    return kept;
}

static bool read_data(pv_picture *p)
{
    const pv_profile *in = p->job->inputs[0], *kept;

    /* Lines are not told apart unless they were asked for. */
    if (p->o->filter.by == PV_BY_FUNCTION)
        in = pv_flame_join(in, &p->arena, p->err);
    if (!in)
        return false;
    p->metric = in->metrics.at[in->metrics.main];
    if (!take_factor(p))
        return false;
    kept = prune(p, in);
    if (!kept || !pv_stacks_init(&p->data, kept, kept->metrics.main, p->factor,
                                 &p->arena, p->err))
        return false;
    p->shown = &p->data;
    p->whole = p->data.total[0];
    if (p->job->whole &&
        !pv_mul64(p->job->whole[in->metrics.main], p->factor, &p->whole))
        return pv_fail_sum(p->err, in, in->metrics.main);
    if (p->whole < p->data.total[0])
        p->whole = p->data.total[0];
    return take_total(p);
}

/* ---- views ---- */

static bool show(pv_picture *p, pv_stacks *s, const pv_profile *other)
{
    if (!other)
        return false;
    return pv_stacks_init(s, other, p->data.metric, p->factor, &p->arena,
                          p->err);
}

static bool show_callers(pv_picture *p)
{
    p->callers = true;
    p->drawn = pv_view_callers(p->data.p, p->err);
    p->shown = &p->view;
    return show(p, &p->view, p->drawn);
}

static bool find_sandwich(pv_picture *p, pv_str name)
{
    uint32_t n = p->data.p->functions.len;
    bool *is = PV_NEW_N(&p->arena, bool, n);

    if (!is)
        return pv_fail_nomem(p->err);
    if (!pv_functions_named(p->data.p, name, "--view", is, p->err))
        return false;
    while (p->sandwich.i < n && !is[p->sandwich.i])
        p->sandwich.i++;
    return true;
}

static bool show_sandwich(pv_picture *p, pv_str name)
{
    pv_sandwich both = {0};

    if (!find_sandwich(p, name) ||
        !pv_view_sandwich(&both, p->data.p, name, p->err))
        return false;
    p->upper = both.callers;
    p->drawn = both.callees;
    p->shown = &p->view;
    return show(p, &p->view, p->drawn) && show(p, &p->above, p->upper);
}

bool pv_flame_callees(const pv_flame_options *o)
{
    return o->view.n == 0 || pv_str_equal(o->view, PV_STR("callees"));
}

bool pv_flame_folds(const pv_flame_options *o)
{
    return o->filter.fold_recursion && !o->filter.collapse.len;
}

static bool choose_view(pv_picture *p)
{
    const pv_str sandwich = PV_STR("sandwich=");
    pv_str view = p->o->view;

    if (pv_flame_callees(p->o))
        return true;
    if (pv_str_equal(view, PV_STR("callers")))
        return show_callers(p);
    if (pv_str_starts(view, sandwich) && view.n > sandwich.n)
        return show_sandwich(p, pv_str_slice(view, sandwich.n, view.n));
    return bad_option(p, "--view", view, "callees, callers or sandwich=NAME");
}

static bool count_turns(pv_picture *p)
{
    uint32_t *turns = PV_NEW_N(&p->arena, uint32_t, p->drawn->frames.len);

    p->view.turns = turns;
    return (turns && pv_fold_turns(p->data.p, p->drawn, turns)) ||
           pv_fail_nomem(p->err);
}

bool pv_picture_fold(pv_picture *p, bool *folded)
{
    const pv_filter_options only = {.fold_recursion = true, .threads = true};
    const pv_profile *once;
    bool same;

    if (p->shown != &p->data || p->diff ||
        (p->o->filter.fold_recursion && !pv_flame_folds(p->o)))
        return true;
    once = pv_filter(p->data.p, &only, NULL, &same, p->err);
    if (!once || same)
        return once != NULL;
    p->drawn = (pv_profile *)(uintptr_t)once;
    p->shown = &p->view;
    p->folded = *folded = true;
    if (!p->o->filter.fold_recursion) /* else it is named as a filter */
        pv_picture_footnote(p, "recursion is drawn once");
    return show(p, &p->view, p->drawn) && count_turns(p) &&
           pv_picture_paint(p, &p->view);
}

static void choose_order(pv_picture *p)
{
    bool timed = p->data.p->flags & PV_TIME_ORDERED;

    p->by_total = p->o->sort_given ? p->o->sort == PV_SORT_TOTAL
                                   : p->job->medium == PV_M_HTML && !p->diff;
    if (timed)
        p->by_total = false;
    p->heaviest = p->callers && !p->o->sort_given;
    p->flame = p->o->flame && !p->o->inverted;
}

bool pv_picture_data(pv_picture *p)
{
    if (!read_data(p) || !(p->diff ? pv_change_data(p) : choose_view(p)))
        return false;
    choose_order(p);
    return true;
}
