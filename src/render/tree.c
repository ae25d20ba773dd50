/* SPDX-License-Identifier: MIT */
/* The call tree as text: one line a frame, dearest first.
 *
 * Frames of one function below one caller are one, whichever of its lines each
 * was at, unless --by says otherwise.
 *
 * A frame with one child that has 95 % of it shares the child's line; small
 * frames are left out, and a line says how many and what they come to.
 */
#include "tree.h"

#include "flame_join.h"
#include "tree_lines.h"

static const char *const sorts[] = {"total", "self", "name", NULL};

static const pv_opt tree_options[] = {
    {.kind = PV_OPT_CHOICE,
     .letter = 's',
     .name = "sort",
     .arg = "KEY",
     .help = "order the frames below one by total, self or name",
     .offset = offsetof(pv_tree_options, sort),
     .choices = sorts},
    {.kind = PV_OPT_INT,
     .name = "limit",
     .arg = "N",
     .help = "show N frames below one; 0 shows all",
     .offset = offsetof(pv_tree_options, limit),
     .min = 0,
     .max = UINT32_MAX},
    {.kind = PV_OPT_DECIMAL,
     .name = "min",
     .arg = "N%",
     .help = "leave out frames with less than N% of the whole (default: 1%)",
     .offset = offsetof(pv_tree_options, min),
     .min = 0,
     .max = 100000,
     .preset = PV_TREE_MIN},
    {0},
};

static const pv_opt_group option_groups[] = {
    {"Trees", tree_options, 0},
    {"Which stacks", pv_filter_opts, offsetof(pv_tree_options, filter)},
    {"Which stacks", pv_thread_opts, offsetof(pv_tree_options, filter)},
    {"Grouping", pv_grouping_opts, offsetof(pv_tree_options, filter)},
    {0},
};

bool pv_tree_write(const pv_job *job, const pv_tree_options *o, pv_sink *out,
                   pv_error *err)
{
    const pv_profile *p = job->inputs[0];
    pv_job functions = *job;
    pv_arena a;
    bool ok;

    pv_arena_init(&a, 0);
    if (o->filter.by == PV_BY_FUNCTION)
        p = pv_flame_join(p, &a, err);
    functions.inputs = &p;
    ok = p && pv_tree_lines(&functions, o, &a, out, err);
    pv_arena_done(&a);
    return ok;
}

static bool render(const pv_job *job, pv_sink *out, pv_error *err)
{
    return pv_tree_write(job, job->options, out, err);
}

const pv_renderer pv_renderer_tree = {
    .name = "tree",
    .title = "call tree as text",
    .needs = PV_HAS_TREE | PV_HAS_CALLS,
    .stacked = ~0u,
    .media = PV_M_TXT,
    .preset = PV_M_TXT,
    .options = option_groups,
    .options_size = sizeof(pv_tree_options),
    .render = render,
};
