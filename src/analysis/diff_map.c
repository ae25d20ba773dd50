/* SPDX-License-Identifier: MIT */
/* Kinds that are not the same, but tell of the same functions: stacks beside
 * tables of calls, samples beside traced calls.
 *
 * What both have in common is compared.
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

bool pv_diff_map(const pv_profile *const *inputs, pv_profile *mapped[2],
                 bool *other, pv_error *err)
{
    const pv_profile *a = inputs[0], *b = inputs[1];
    bool mixed = (is_table(a) && is_stacks(b)) || (is_stacks(a) && is_table(b));
    bool sampled =
        is_table(a) && is_table(b) && (a->flags ^ b->flags) & PV_SAMPLED;

    *other = false;
    if ((!mixed && !sampled) || !share_a_metric(a, b))
        return true;
    *other = true;
    for (int s = 0; s < 2; s++)
        if (is_stacks(inputs[s]) && !(mapped[s] = pv_flatten(inputs[s], err)))
            return false;
    return true;
}
