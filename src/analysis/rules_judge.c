/* SPDX-License-Identifier: MIT */
/* Rules against a comparison: all arithmetic is exact. */
#include <stdio.h>

#include "number.h"
#include "origin.h"
#include "rules.h"

typedef struct judging {
    pv_rule_result *out;
    const pv_rule *rule;
    const pv_diff *d;
    const pv_diff_metric *m;
    const pv_whence *whence; /* of d->both's functions; NULL: not asked for */
    pv_arena *a;
    pv_error *err;
} judging;

/* ---- the metric ---- */

static pv_place at_metric(const pv_rule *rule)
{
    pv_place at = rule->at;

    at.column = rule->metric_column;
    return at;
}

static bool fail_metric(const judging *j)
{
    pv_place at = at_metric(j->rule);
    char list[200] = "";
    size_t n = 0;

    for (uint32_t i = 0; i < j->d->width; i++) {
        pv_str name = j->d->metrics[i].name;

        if (n + name.n + 3 < sizeof list)
            n += (size_t)snprintf(list + n, sizeof list - n, "%s%.*s",
                                  n ? ", " : "", (int)name.n, name.p);
    }
    return pv_fail(j->err, PV_E_USAGE, &at, "no metric '%s'; there is %s",
                   PV_QUOTE(j->rule->metric),
                   n ? PV_QUOTE(pv_str_of(list)) : "none");
}

static bool find_metric(const pv_diff *d, pv_str name, uint32_t *out)
{
    for (uint32_t i = 0; i < d->width; i++)
        if (pv_str_equal(d->metrics[i].name, name)) {
            *out = i;
            return true;
        }
    return false;
}

static pv_str without(pv_str text, pv_str head)
{
    return pv_str_starts(text, head) ? pv_str_slice(text, head.n, text.n)
                                     : PV_STR("");
}

/* Which values: "time" is total_time, or the one that there is. */
static bool choose_metric(judging *j)
{
    pv_rule_result *out = j->out;
    pv_str name = j->rule->metric;
    pv_str self = without(name, PV_STR("self_"));
    pv_str total = without(name, PV_STR("total_"));
    pv_place at = at_metric(j->rule);
    bool whole = j->rule->scope == PV_RULE_WHOLE;

    if (find_metric(j->d, name, &out->metric))
        out->total = j->d->metrics[out->metric].totals;
    else if (self.n && find_metric(j->d, self, &out->metric))
        out->total = false;
    else if (total.n && find_metric(j->d, total, &out->metric))
        out->total = true;
    else
        return fail_metric(j);
    j->m = &j->d->metrics[out->metric];
    return !out->total || whole || j->m->totals ||
           pv_fail(j->err, PV_E_USAGE, &at,
                   "%s has no totals: what is called is not counted in it; "
                   "judge self_%s",
                   PV_QUOTE(j->m->name), PV_QUOTE(j->m->name));
}

/* Does every input measure it?  Nothing is taken to be 0 in silence. */
static bool all_measure(const judging *j, const pv_profile *const *inputs,
                        size_t len)
{
    pv_place at = at_metric(j->rule);

    for (size_t i = 0; i < len; i++)
        if (!(inputs[i]->flags & PV_DIFFERENTIAL) && inputs[i]->metrics.len &&
            pv_profile_metric(inputs[i], j->m->name) < 0)
            return pv_fail(j->err, PV_E_USAGE, &at,
                           "no metric '%s' in input %zu", PV_QUOTE(j->m->name),
                           i + 1);
    return true;
}

static const char *unit_words(pv_unit unit)
{
    switch (unit) {
    case PV_COUNT: return "a count";
    case PV_NANOSECONDS: return "a time";
    case PV_BYTES: return "memory";
    }
    return "?"; /* not reached while every unit has a case */
}

static bool units_fit(const judging *j)
{
    for (size_t i = 0; i < j->rule->len; i++) {
        const pv_rule_limit *l = &j->rule->limits[i];
        pv_place at = j->rule->at;

        at.column = l->column;
        if ((l->kind == PV_LIMIT_CHANGE || l->kind == PV_LIMIT_LEVEL) &&
            !l->any_unit && l->unit != j->m->unit)
            return pv_fail(j->err, PV_E_USAGE, &at,
                           "this limit is %s, but %s is %s",
                           unit_words(l->unit), PV_QUOTE(j->m->name),
                           unit_words(j->m->unit));
    }
    return true;
}

/* ---- limits ---- */

static bool beyond(const pv_rule *rule, pv_i128 value, pv_i128 limit)
{
    return rule->less ? value < limit : value > limit;
}

/* value x 10^exponent against number x factor x 10^(places of the metric) */
static bool amount_beyond(const judging *j, const pv_rule_limit *l, pv_i128 v)
{
    int64_t factor = l->factor;

    if (l->any_unit && j->m->unit == PV_NANOSECONDS)
        factor = 1000000000; /* seconds */
    return beyond(j->rule, v * pv_pow10(l->exponent),
                  (pv_i128)l->number * factor * pv_pow10(j->m->exponent));
}

static bool share_beyond(const judging *j, const pv_rule_limit *l, pv_i128 part,
                         int64_t whole)
{
    return beyond(j->rule, part * 100 * pv_pow10(l->exponent),
                  (pv_i128)l->number * whole);
}

static bool counts(pv_verdict verdict)
{
    return verdict == PV_VERDICT_CLEAR || verdict == PV_VERDICT_UNTESTED;
}

static bool passed(const judging *j, const pv_rule_limit *l, int64_t before,
                   int64_t after, pv_verdict verdict)
{
    pv_i128 change = (pv_i128)after - before;

    switch (l->kind) {
    case PV_LIMIT_PERCENT:
        if (before <= 0) /* what is new grew beyond every share */
            return counts(verdict) && !j->rule->less && after > 0;
        return counts(verdict) && share_beyond(j, l, change, before);
    case PV_LIMIT_CHANGE: return counts(verdict) && amount_beyond(j, l, change);
    case PV_LIMIT_LEVEL: return amount_beyond(j, l, after);
    case PV_LIMIT_SHARE:
        return j->m->after > 0 && share_beyond(j, l, after, j->m->after);
    }
    return false; /* not reached while every kind has a case */
}

static bool breaks(const judging *j, int64_t before, int64_t after,
                   pv_verdict verdict)
{
    for (size_t i = 0; i < j->rule->len; i++)
        if (!passed(j, &j->rule->limits[i], before, after, verdict))
            return false;
    return true;
}

/* ---- rows ---- */

static int side_of(const pv_rule_result *r)
{
    return r->total ? PV_BEFORE_TOTAL : PV_BEFORE_SELF;
}

void pv_rule_values(const pv_rule_result *r, uint32_t row, int64_t *before,
                    int64_t *after)
{
    const int64_t *v = pv_diff_values(r->d, row, r->metric) + side_of(r);

    *before = v[0];
    *after = v[1];
}

/* Does the rule's glob fit the row?  `module` may be empty. */
static bool rule_fits(const pv_rule *rule, const pv_diff_row *row,
                      pv_str module, pv_arena *a)
{
    pv_str full;

    if (pv_glob(rule->glob, row->name))
        return true;
    if (module.n == 0)
        return false;
    full = pv_arena_join(a, pv_arena_join(a, module, PV_STR(".")), row->name);
    return pv_glob(rule->glob, full);
}

static void add_row(judging *j, uint32_t row)
{
    pv_rule_result *out = j->out;
    const pv_diff_row *r = &j->d->rows[row];
    int64_t before, after;
    pv_verdict verdict = pv_diff_verdict(j->d, row, out->metric, out->total);

    out->fitting[out->fit++] = row;
    pv_rule_values(out, row, &before, &after);
    if (!breaks(j, before, after, verdict))
        return;
    out->at[out->len] = (pv_rule_match){.name = r->name,
                                        .file = r->file,
                                        .line = r->line,
                                        .has_line = r->has_line,
                                        .before = before,
                                        .after = after,
                                        .verdict = (uint8_t)verdict,
                                        .status = r->status};
    if (j->d->span) {
        const int64_t *v = pv_diff_values(j->d, row, out->metric);
        const pv_span *span = j->d->span + (v - j->d->value) + side_of(out);

        memcpy(out->at[out->len].span, span, 2 * sizeof *span);
    }
    out->len++;
}

static bool judge_rows(judging *j)
{
    const pv_diff *d = j->d;

    j->out->at = PV_NEW_N(j->a, pv_rule_match, (size_t)d->len + 1);
    j->out->fitting = PV_NEW_N(j->a, uint32_t, (size_t)d->len + 1);
    if (j->rule->scope == PV_RULE_FUNC)
        j->whence = pv_origins(d->both, NULL, j->a, j->err);
    if (!j->out->at || !j->out->fitting ||
        (j->rule->scope == PV_RULE_FUNC && !j->whence))
        return pv_fail_nomem(j->err);
    for (uint32_t i = 0; i < d->len; i++) {
        uint32_t row = d->order[i];
        pv_str module =
            j->whence ? j->whence[d->rows[row].fn.i].module : PV_STR("");

        if (rule_fits(j->rule, &d->rows[row], module, j->a))
            add_row(j, row);
    }
    return !j->a->failed || pv_fail_nomem(j->err);
}

static bool judge_whole(judging *j)
{
    const pv_diff_metric *m = j->m;

    j->out->fit = 1;
    j->out->at = PV_NEW(j->a, pv_rule_match);
    if (!j->out->at)
        return pv_fail_nomem(j->err);
    if (!breaks(j, m->before, m->after, (pv_verdict)m->verdict))
        return true;
    *j->out->at = (pv_rule_match){.name = PV_STR("all"),
                                  .before = m->before,
                                  .after = m->after,
                                  .span = {m->span[0], m->span[1]},
                                  .verdict = m->verdict,
                                  .status = PV_DIFF_CHANGED};
    j->out->len = 1;
    return true;
}

bool pv_rule_judge(pv_rule_result *out, const pv_rule *rule, const pv_diff *d,
                   const pv_profile *const *inputs, size_t len, pv_arena *a,
                   pv_error *err)
{
    judging j = {.out = out, .rule = rule, .d = d, .a = a, .err = err};

    *out = (pv_rule_result){.rule = rule, .d = d};
    if (!choose_metric(&j) || !all_measure(&j, inputs, len) || !units_fit(&j))
        return false;
    return rule->scope == PV_RULE_WHOLE ? judge_whole(&j) : judge_rows(&j);
}
