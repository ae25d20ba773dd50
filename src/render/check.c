/* SPDX-License-Identifier: MIT */
/* The gate: a comparison against rules, and the answer as exit status. */
#include "check.h"

static bool put(const pv_check *c, pv_sink *out, pv_error *err)
{
    unsigned medium = c->job->medium;

    if (medium & (PV_M_TXT | PV_M_MD))
        return pv_check_text(c, out, err);
    if (medium == PV_M_JSON)
        return pv_check_json(c, out, err);
    if (medium == PV_M_JUNIT)
        return pv_check_junit(c, out, err);
    if (medium == PV_M_GITHUB)
        return pv_check_github(c, out, err);
    return pv_check_benchmark(c, out, err);
}

static bool some_rules(const pv_gate *g, pv_error *err)
{
    return g->len > 0 ||
           pv_fail(err, PV_E_USAGE, NULL,
                   "no rule to check; --fail-on RULE or --rules FILE, as in "
                   "--fail-on 'time > +10%%'");
}

/* One comparison's word on how the sides were measured is that of all. */
static bool warn(const pv_job *job, const pv_gate *g, pv_error *err)
{
    for (size_t i = 0; i < PV_RULE_SCOPES; i++)
        if (g->made[i])
            return pv_gate_warn(job, &g->d[i], err);
    return true;
}

static bool render(const pv_job *job, pv_sink *out, pv_error *err)
{
    const pv_check_options *o = job->options;
    pv_gate gate = {0};
    pv_arena a;
    pv_check c = {.job = job, .o = o, .gate = &gate, .a = &a};
    bool ok;

    pv_arena_init(&a, 0);
    ok = pv_gate_read(&gate, &o->gate, &a, err) && some_rules(&gate, err) &&
         pv_gate_judge(&gate, job, o->normalize, &a, err) &&
         warn(job, &gate, err) && put(&c, out, err) &&
         (!a.failed || pv_fail_nomem(err));
    if (ok && job->no)
        *job->no = gate.broken > 0;
    pv_gate_done(&gate);
    pv_arena_done(&a);
    return ok;
}

#define AT(field) offsetof(pv_check_options, field)

static const pv_opt own_options[] = {
    {.kind = PV_OPT_FLAG,
     .letter = 'n',
     .name = "normalize",
     .help = "scale the old side to the new one's total, by the exact ratio",
     .offset = AT(normalize)},
    {.kind = PV_OPT_INT,
     .name = "limit",
     .arg = "N",
     .help = "show N matches of a rule; 0 shows all (default: txt and md 20, "
             "the others all)",
     .offset = AT(limit),
     .min = 0,
     .max = UINT32_MAX,
     .preset = -1},
    {0},
};

static const pv_opt_group groups[] = {
    {.title = "Rules", .options = pv_gate_opts, .offset = AT(gate)},
    {.title = "Comparing", .options = own_options},
    {0},
};

const pv_renderer pv_renderer_check = {
    .name = "check",
    .title = "judge a comparison by rules: exit status 1 when one is broken",
    .needs = PV_HAS_TREE | PV_HAS_CALLS | PV_HAS_LINES | PV_HAS_TOTALS |
             PV_HAS_SERIES,
    .media = PV_M_TXT | PV_M_MD | PV_M_JSON | PV_M_JUNIT | PV_M_GITHUB |
             PV_M_BENCHMARK,
    .preset = PV_M_TXT,
    .options = groups,
    .options_size = sizeof(pv_check_options),
    .pairs = true,
    .render = render,
};
