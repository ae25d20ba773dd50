/* SPDX-License-Identifier: MIT */
/* Whether two sides were measured alike, and for how long each. */
#include "diff_parts.h"
#include "number.h"

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

static bool is_table(const pv_profile *p)
{
    return p->has & PV_HAS_CALLS && !(p->has & PV_HAS_TREE);
}

/* In the tool's own unit, in thousandths; 0: not recorded. */
static int64_t length_of(const pv_profile *p)
{
    int64_t v;

    return pv_parse_scaled(pv_profile_note(p, PV_STR("duration")), 3, &v) &&
                   v > 0
               ? v
               : 0;
}

static void warn(pv_diff *d, const char *text)
{
    if (d->cautions_len < PV_DIFF_CAUTIONS)
        d->cautions[d->cautions_len++] = text;
}

static void compare_tools(pv_diff *d, const pv_profile *a, const pv_profile *b)
{
    pv_str x = tool_of(a), y = tool_of(b);

    if (is_table(a) && is_table(b) && (a->flags ^ b->flags) & PV_SAMPLED)
        warn(d, "samples are compared with traced calls");
    else if (is_table(a) != is_table(b))
        warn(d, "call stacks are compared with a table of calls");
    else if (a->has & PV_HAS_TREE && x.n && y.n && !pv_str_equal(x, y))
        warn(d, "the sides were recorded by different tools");
}

static void compare_lengths(pv_diffing *g, const pv_profile *a,
                            const pv_profile *b)
{
    int64_t x = length_of(a), y = length_of(b);

    g->rate = 1;
    if (!x || !y || g->o->normalize || !pv_str_equal(tool_of(a), tool_of(b)))
        return;
    g->rate = (double)y / (double)x;
    if (x / 2 > y || y / 2 > x)
        warn(g->d, "one side was recorded for more than twice as long as the "
                   "other");
}

void pv_diff_compare_records(pv_diffing *g, const pv_profile *const *inputs)
{
    const pv_profile *a = inputs[0], *b = inputs[1];

    compare_tools(g->d, a, b);
    if (notes_differ(a, b, PV_STR("mode")))
        warn(g->d, "the sides were recorded in different modes, such as wall "
                   "and CPU time");
    if (notes_differ(a, b, PV_STR("interval")))
        warn(g->d, "the sides were sampled at different rates");
    compare_lengths(g, a, b);
}
