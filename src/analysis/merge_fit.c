/* SPDX-License-Identifier: MIT */
/* Whether profiles can be added, and which metrics the sum has. */
#include "merge_fit.h"

#include <stdlib.h>

static bool is_main(const pv_profile *p, uint32_t m)
{
    return m == p->metrics.main;
}

static pv_str metric_name(const pv_profile *p, uint32_t m)
{
    return m < p->metrics.len ? pv_profile_text(p, p->metrics.at[m].name)
                              : PV_STR("nothing");
}

/* A printed table of calls is as good as the file it was printed from. */
static uint32_t kind_of(const pv_profile *p)
{
    uint32_t has = p->has;

    if (has & (PV_HAS_CALLS | PV_HAS_TOTALS))
        return PV_HAS_CALLS;
    return has & PV_HAS_TREE ? PV_HAS_TREE : has;
}

static const char *holds(const pv_profile *p)
{
    switch (kind_of(p)) {
    case PV_HAS_CALLS: return "totals of functions";
    case PV_HAS_TREE: return "call stacks";
    case PV_HAS_LINES: return "costs of lines";
    }
    return p->has & PV_HAS_SERIES ? "values over time" : "nothing to add";
}

/* Of stacks, as the flags have it. */
static const char *nature_of(const pv_profile *p)
{
    if (p->flags & PV_DIFFERENTIAL)
        return "two counts a stack, before and after";
    return p->flags & PV_ESTIMATED ? "estimated stacks" : "one count a stack";
}

/* Two inputs, and what was to become of them. */
typedef struct couple {
    const pv_profile *a, *b;
    pv_str path_a, path_b;
    const char *joined;
} couple;

static bool fail_pair(const couple *c, const char *holds_a, const char *holds_b,
                      pv_error *err)
{
    pv_place at = {.file = c->path_b};

    return pv_fail(err, PV_E_FORMAT, &at,
                   "this holds %s, but %s holds %s: they cannot be %s", holds_b,
                   PV_QUOTE(c->path_a), holds_a, c->joined);
}

static bool units_agree(const pv_profile *a, const pv_profile *b)
{
    for (uint32_t i = 0; i < a->metrics.len; i++)
        for (uint32_t k = 0; k < b->metrics.len; k++)
            if (pv_str_equal(metric_name(a, i), metric_name(b, k)) &&
                a->metrics.at[i].unit != b->metrics.at[k].unit)
                return false;
    return true;
}

static bool pair_fits(const couple *c, pv_error *err)
{
    static const uint32_t nature = PV_DIFFERENTIAL | PV_ESTIMATED;
    const pv_profile *a = c->a, *b = c->b;
    char one[80], two[80];

    if (kind_of(a) != kind_of(b))
        return fail_pair(c, holds(a), holds(b), err);
    if (kind_of(a) == PV_HAS_CALLS && (a->flags ^ b->flags) & PV_SAMPLED)
        return fail_pair(c, a->flags & PV_SAMPLED ? "samples" : "calls",
                         b->flags & PV_SAMPLED ? "samples" : "calls", err);
    if ((a->flags ^ b->flags) & nature)
        return fail_pair(c, nature_of(a), nature_of(b), err);
    if (!pv_str_equal(metric_name(a, a->metrics.main),
                      metric_name(b, b->metrics.main)) ||
        !units_agree(a, b))
        return fail_pair(
            c,
            pv_printable(metric_name(a, a->metrics.main), 60, one, sizeof one),
            pv_printable(metric_name(b, b->metrics.main), 60, two, sizeof two),
            err);
    return true;
}

bool pv_merge_fits(const pv_profile *const *inputs, const pv_str *paths,
                   size_t len, const char *joined, pv_error *err)
{
    for (size_t i = 1; i < len; i++) {
        couple c = {inputs[0], inputs[i], paths[0], paths[i], joined};

        if (!pair_fits(&c, err))
            return false;
    }
    return true;
}

/* ---- metrics ---------------------------------------------------------------- */

static bool same_lists(const pv_profile *a, const pv_profile *b)
{
    if (a->metrics.len != b->metrics.len || a->metrics.main != b->metrics.main)
        return false;
    for (uint32_t i = 0; i < a->metrics.len; i++)
        if (!pv_str_equal(metric_name(a, i), metric_name(b, i)) ||
            a->metrics.at[i].inclusive != b->metrics.at[i].inclusive)
            return false;
    return true;
}

static int main_then_name(const void *x, const void *y)
{
    const pv_merge_metric *a = x, *b = y;
    int order;

    if (a->main != b->main)
        return a->main ? -1 : 1;
    order = pv_str_compare(a->name, b->name);
    return order ? order : (int)a->inclusive - (int)b->inclusive;
}

static uint32_t add(pv_merge_metric *out, uint32_t len, const pv_profile *p,
                    uint32_t m)
{
    const pv_metric *metric = &p->metrics.at[m];
    pv_str name = metric_name(p, m);

    for (uint32_t i = 0; i < len && len <= PV_METRICS_MAX; i++) {
        if (pv_str_equal(out[i].name, name) &&
            out[i].inclusive == metric->inclusive) {
            if (metric->exponent > out[i].exponent)
                out[i].exponent = metric->exponent;
            return len;
        }
    }
    if (len < PV_METRICS_MAX)
        out[len] = (pv_merge_metric){name, metric->unit, metric->exponent,
                                     metric->inclusive, is_main(p, m)};
    return len <= PV_METRICS_MAX ? len + 1 : len;
}

uint32_t pv_merge_metrics(const pv_profile *const *inputs, size_t len,
                          pv_merge_metric out[PV_METRICS_MAX])
{
    uint32_t n = 0;
    bool same = true;

    for (size_t i = 0; i < len; i++) {
        for (uint32_t m = 0; m < inputs[i]->metrics.len; m++)
            n = add(out, n, inputs[i], m);
        same = same && same_lists(inputs[0], inputs[i]);
    }
    if (!same && n <= PV_METRICS_MAX)
        qsort(out, n, sizeof *out, main_then_name);
    return n;
}
