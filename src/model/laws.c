/* SPDX-License-Identifier: MIT */
/* The invariants that renderers rely on. */
#include "laws.h"

#include "symtab.h"

#define RULE(condition, text)                                                  \
    if (!(condition))                                                          \
    return pv_fail(err, PV_E_BUG, NULL, "%s", text)

static bool check_symbols(const pv_profile *p, pv_error *err)
{
    uint32_t n = pv_symtab_len(p->names);

    for (uint32_t i = 0; i < p->functions.len; i++)
        RULE(p->functions.at[i].name.i < n && p->functions.at[i].file.i < n,
             "a function's text is not in the table");
    for (uint32_t i = 0; i < p->frames.len; i++)
        RULE(p->frames.at[i].text.i < n, "a frame's text is not in the table");
    for (uint32_t i = 0; i < p->lines.len; i++)
        RULE(p->lines.at[i].file.i < n && p->lines.at[i].source.i < n,
             "a line's text is not in the table");
    for (uint32_t i = 0; i < p->marks.len; i++)
        RULE(p->marks.at[i].label.i < n, "a mark's text is not in the table");
    return true;
}

static bool check_frames(const pv_profile *p, pv_error *err)
{
    const pv_frame *at = p->frames.at;

    RULE(p->frames.len >= 1 && at[0].end == p->frames.len,
         "the root does not span all frames");
    for (uint32_t i = 1; i < p->frames.len; i++) {
        RULE(at[i].parent.i < i, "a frame precedes its parent");
        RULE(at[i].end > i && at[i].end <= at[at[i].parent.i].end,
             "a subtree leaves its parent's");
        RULE(at[i].fn.i < p->functions.len, "a frame has no function");
        RULE(at[i].parent.i == i - 1 || at[i - 1].end == i ||
                 at[at[i].parent.i].end >= at[i].end,
             "frames are not in preorder");
    }
    return true;
}

static bool check_lines(const pv_profile *p, pv_error *err)
{
    for (uint32_t i = 0; i < p->lines.len; i++)
        RULE(p->lines.at[i].fn.i < p->functions.len, "a line has no function");
    for (uint32_t i = 0; i < p->calls.len; i++)
        RULE(p->calls.at[i].caller.i < p->functions.len &&
                 p->calls.at[i].callee.i < p->functions.len,
             "a call has no function");
    return true;
}

static bool check_metrics(const pv_profile *p, pv_error *err)
{
    RULE(p->metrics.len == 0 || p->metrics.main < p->metrics.len,
         "the main metric is not there");
    for (uint32_t i = 0; i < p->metrics.len; i++)
        RULE(p->metrics.at[i].exponent <= 9, "an exponent is above 9");
    RULE(!(p->has & PV_HAS_TREE) || p->metrics.len == 0 || p->frames.cost,
         "a tree has no values");
    return true;
}

bool pv_profile_check(const pv_profile *p, pv_error *err)
{
    return check_metrics(p, err) && check_symbols(p, err) &&
           check_frames(p, err) && check_lines(p, err);
}

static bool same_text(const pv_profile *p, pv_sym a, const pv_profile *q,
                      pv_sym b)
{
    return pv_str_equal(pv_profile_text(p, a), pv_profile_text(q, b));
}

static bool same_function(const pv_profile *p, const pv_profile *q, uint32_t i)
{
    const pv_function *f = &p->functions.at[i], *g = &q->functions.at[i];

    return f->line == g->line && f->kind == g->kind &&
           same_text(p, f->name, q, g->name) &&
           same_text(p, f->file, q, g->file);
}

bool pv_profile_same_rows(const pv_profile *p, const pv_profile *q,
                          pv_error *err)
{
    size_t values = (size_t)p->functions.len * p->metrics.len;

    RULE(p->has == q->has && p->metrics.len == q->metrics.len &&
             p->records == q->records,
         "two readings differ in what there is");
    RULE(p->functions.len == q->functions.len,
         "two readings differ in how many functions there are");
    for (uint32_t i = 0; i < p->functions.len; i++)
        RULE(same_function(p, q, i), "two readings differ in a function");
    RULE(!p->functions.cost == !q->functions.cost,
         "two readings differ in whether functions have values");
    RULE(!p->functions.cost || memcmp(p->functions.cost, q->functions.cost,
                                      values * sizeof *p->functions.cost) == 0,
         "two readings differ in a value");
    return true;
}
