/* SPDX-License-Identifier: MIT */
/* Kinds that are not the same, but tell of the same functions: stacks beside
 * tables of calls, samples beside traced calls.
 *
 * What both have in common is compared, and said to be measured otherwise.
 */
#include "diff_parts.h"
#include "flatten.h"

static bool is_table(const pv_profile *p)
{
    return p->has & PV_HAS_CALLS && !(p->has & PV_HAS_TREE);
}

static bool is_stacks(const pv_profile *p)
{
    return p->has & PV_HAS_TREE && !(p->has & PV_HAS_CALLS) &&
           !(p->flags & (PV_DIFFERENTIAL | PV_FILE_LINE_FRAMES));
}

static bool has_like(const pv_profile *p, const pv_profile *q, uint32_t m)
{
    pv_str name = pv_profile_text(q, q->metrics.at[m].name);

    for (uint32_t i = 0; i < p->metrics.len; i++)
        if (!p->metrics.at[i].inclusive &&
            p->metrics.at[i].unit == q->metrics.at[m].unit &&
            pv_str_equal(pv_profile_text(p, p->metrics.at[i].name), name))
            return true;
    return false;
}

/* Is there a measure of self that both have? */
static bool share_a_metric(const pv_profile *p, const pv_profile *q)
{
    for (uint32_t m = 0; m < q->metrics.len; m++)
        if (!q->metrics.at[m].inclusive && has_like(p, q, m))
            return true;
    return false;
}

/* ---- one kind, recorded otherwise ---- */

static bool notes_differ(const pv_profile *a, const pv_profile *b, pv_str key)
{
    pv_str x = pv_profile_note(a, key), y = pv_profile_note(b, key);

    return x.n && y.n && !pv_str_equal(x, y);
}

/* "austin" of "austin 3.7.0" */
static pv_str tool_of(const pv_profile *p)
{
    pv_str name = pv_profile_text(p, p->producer);

    return pv_str_slice(name, 0, pv_str_find(name, ' '));
}

static const char *caution_of(const pv_profile *a, const pv_profile *b)
{
    pv_str x = tool_of(a), y = tool_of(b);

    if (notes_differ(a, b, PV_STR("mode")))
        return "the sides were recorded in different modes, such as wall and "
               "CPU time";
    if (notes_differ(a, b, PV_STR("interval")))
        return "the sides were sampled at different rates";
    if (a->has & PV_HAS_TREE && x.n && y.n && !pv_str_equal(x, y))
        return "the sides were recorded by different tools";
    return NULL;
}

bool pv_diff_map(const pv_profile *const *inputs, pv_profile *mapped[2],
                 const char **caution, bool *other, pv_error *err)
{
    const pv_profile *a = inputs[0], *b = inputs[1];
    bool mixed = (is_table(a) && is_stacks(b)) || (is_stacks(a) && is_table(b));
    bool sampled =
        is_table(a) && is_table(b) && (a->flags ^ b->flags) & PV_SAMPLED;

    *caution = caution_of(a, b);
    *other = false;
    if ((!mixed && !sampled) || !share_a_metric(a, b))
        return true;
    *other = true;
    *caution = sampled ? "samples are compared with traced calls"
                       : "call stacks are compared with a table of calls";
    for (int s = 0; s < 2; s++)
        if (is_stacks(inputs[s]) && !(mapped[s] = pv_flatten(inputs[s], err)))
            return false;
    return true;
}
