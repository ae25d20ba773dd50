/* SPDX-License-Identifier: MIT */
/* Rules of --fail-on and --rules, and what becomes of them. */
#include "gate.h"

#include "diff_runs.h"
#include "filter.h"
#include "series_totals.h"
#include "headline.h"
#include "input.h"
#include "number.h"

#define AT(field) offsetof(pv_gate_options, field)

const pv_opt pv_gate_opts[] = {
    {.kind = PV_OPT_LIST,
     .name = "fail-on",
     .arg = "RULE",
     .help = "exit with 1 when this rule is broken, as in 'time > +10%', "
             "'func:shop.*:self_time > +20% and +5ms', 'peak > 1GiB' or "
             "'file:*.py:time > 5% of total'",
     .offset = AT(fail_on)},
    {.kind = PV_OPT_TEXT,
     .name = "rules",
     .arg = "FILE",
     .help = "the same with the rules of a file, one a line; # starts a "
             "comment",
     .offset = AT(rules)},
    {0},
};

/* ---- reading ---- */

static pv_str without_comment(pv_str line)
{
    size_t hash = pv_str_find(line, '#');

    if (hash != SIZE_MAX)
        line.n = hash;
    if (line.n && line.p[line.n - 1] == '\r')
        line.n--;
    return line;
}

static bool is_empty(pv_str line)
{
    for (size_t i = 0; i < line.n; i++)
        if (line.p[i] != ' ' && line.p[i] != '\t')
            return false;
    return true;
}

/* The text of the file in the arena. */
static bool read_file(pv_str path, pv_str *text, pv_arena *a, pv_error *err)
{
    pv_limits limits = PV_LIMITS_DEFAULT;
    pv_input *in = pv_input_open(path.p, &limits, err); /* from argv */
    pv_bytes all;
    bool ok = in && pv_input_all(in, &all, err);

    if (ok)
        *text = pv_arena_copy(a, (pv_str){(const char *)all.p, all.n});
    pv_input_close(in);
    if (ok && pv_str_starts(*text, PV_STR("\xef\xbb\xbf")))
        *text = pv_str_slice(*text, 3, text->n);
    return ok && (!a->failed || pv_fail_nomem(err));
}

static size_t count_lines(pv_str text)
{
    size_t n = 1;

    for (size_t i = 0; i < text.n; i++)
        n += text.p[i] == '\n';
    return n;
}

static bool add_rule(pv_gate *g, pv_str text, pv_str file, size_t line,
                     pv_error *err)
{
    pv_place at = {.file = file, .line = (uint32_t)line};

    return pv_rule_parse(&g->rules[g->len], text, &at, err) && ++g->len;
}

static bool add_lines(pv_gate *g, pv_str text, pv_str file, pv_error *err)
{
    pv_place at = {.file = file};
    size_t before = g->len;

    for (size_t line = 1; text.n; line++) {
        size_t end = pv_str_find(text, '\n');
        pv_str rule = without_comment(pv_str_slice(text, 0, end));

        if (!is_empty(rule) && !add_rule(g, rule, file, line, err))
            return false;
        text =
            end == SIZE_MAX ? PV_STR("") : pv_str_slice(text, end + 1, text.n);
    }
    return g->len > before ||
           pv_fail(err, PV_E_USAGE, &at, "no rule in this file");
}

bool pv_gate_read(pv_gate *g, const pv_gate_options *o, pv_arena *a,
                  pv_error *err)
{
    pv_str text = PV_STR("");

    *g = (pv_gate){0};
    if (o->rules.n && !read_file(o->rules, &text, a, err))
        return false;
    g->rules = PV_NEW_N(a, pv_rule, o->fail_on.len + count_lines(text));
    if (!g->rules)
        return pv_fail_nomem(err);
    for (size_t i = 0; i < o->fail_on.len; i++)
        if (!add_rule(g, o->fail_on.at[i], PV_STR("--fail-on"), i + 1, err))
            return false;
    return !o->rules.n || add_lines(g, text, o->rules, err);
}

/* ---- comparing and judging ---- */

static int group_of(pv_rule_scope scope)
{
    switch (scope) {
    case PV_RULE_WHOLE:
    case PV_RULE_FUNC: return PV_BY_FUNCTION;
    case PV_RULE_FILE: return PV_BY_FILE;
    case PV_RULE_MODULE: return PV_BY_MODULE;
    }
    return PV_BY_FUNCTION; /* not reached while every scope has a case */
}

static pv_rule_scope compared_as(pv_rule_scope scope)
{
    return scope == PV_RULE_WHOLE ? PV_RULE_FUNC : scope;
}

/* Where a module's files lie tells nothing of which it is. */
static void forget_places(const pv_profile *p)
{
    for (uint32_t i = 0; i < p->functions.len; i++) {
        /* The profile was made by the filter and is nobody else's. */
        pv_function *f = (pv_function *)(uintptr_t)&p->functions.at[i];

        if (f->kind == PV_FN_CODE)
            f->file.i = 0;
    }
}

typedef struct sides {
    const pv_profile **at;
    bool *kept;
    size_t len;
} sides;

static bool group(sides *s, const pv_job *job, pv_rule_scope scope, pv_arena *a,
                  pv_error *err)
{
    pv_filter_options how = {.by = group_of(scope)};

    *s = (sides){.at = PV_NEW_N(a, const pv_profile *, job->count),
                 .kept = PV_NEW_N(a, bool, job->count)};
    if (a->failed)
        return pv_fail_nomem(err);
    for (; s->len < job->count; s->len++) {
        const pv_profile *p = job->inputs[s->len];
        bool same = true;

        p = pv_filter(p, &how, NULL, &same, err);
        if (!p)
            return false;
        if (!same && scope == PV_RULE_MODULE)
            forget_places(p);
        s->at[s->len] = p;
        s->kept[s->len] = same;
    }
    return true;
}

static void let_go(sides *s)
{
    for (size_t i = 0; i < s->len; i++)
        if (!s->kept[i])
            pv_profile_free((pv_profile *)(uintptr_t)s->at[i]);
}

static bool compare(pv_gate *g, const pv_job *job, pv_rule_scope scope,
                    bool normalize, pv_arena *a, pv_error *err)
{
    pv_diff_options how = {
        .normalize = normalize, .by_total = true, .functions = true};
    sides s;
    bool ok;

    if (g->made[scope])
        return true;
    g->made[scope] = true;
    ok = group(&s, job, scope, a, err) &&
         pv_diff_of_runs(&g->d[scope], s.at, job->paths, job->count, job->old,
                         &how, a, err);
    let_go(&s);
    return ok;
}

bool pv_gate_warn(const pv_job *job, const pv_diff *d, pv_error *err)
{
    if (d->cautions_len && job->strict)
        return pv_fail(err, PV_E_FORMAT, NULL, "%s (--strict)", d->cautions[0]);
    for (uint32_t i = 0; i < d->cautions_len; i++)
        pv_log_say(&job->log, NULL, "%s", d->cautions[i]);
    return true;
}

static bool judge_all(pv_gate *g, const pv_job *job, bool normalize,
                      pv_arena *a, pv_error *err)
{
    g->results = PV_NEW_N(a, pv_rule_result, g->len + 1);
    if (!g->results)
        return pv_fail_nomem(err);
    for (size_t i = 0; i < g->len; i++) {
        pv_rule_scope scope = compared_as(g->rules[i].scope);

        if (!compare(g, job, scope, normalize, a, err) ||
            !pv_rule_judge(&g->results[i], &g->rules[i], &g->d[scope],
                           job->inputs, job->count, a, err))
            return false;
        g->broken += g->results[i].len > 0;
        if (g->results[i].fit == 0)
            pv_log_say(&job->log, &g->rules[i].at,
                       "rule '%s': nothing is called '%s'",
                       PV_QUOTE(g->rules[i].text), PV_QUOTE(g->rules[i].glob));
    }
    return true;
}

/* Recordings over time are judged by what they come to. */
bool pv_gate_judge(pv_gate *g, const pv_job *job, bool normalize, pv_arena *a,
                   pv_error *err)
{
    const pv_profile **at = PV_NEW_N(a, const pv_profile *, job->count + 1);
    pv_job tables = *job;
    bool ok = at || pv_fail_nomem(err);
    size_t made = 0;

    for (; ok && made < job->count; made += ok) {
        at[made] = job->inputs[made]->has & PV_HAS_SERIES
                       ? pv_series_totals(job->inputs[made], err)
                       : job->inputs[made];
        ok = at[made] != NULL;
    }
    tables.inputs = at;
    ok = ok && judge_all(g, &tables, normalize, a, err);
    for (size_t i = 0; i < made; i++)
        if (at[i] != job->inputs[i])
            pv_profile_free((pv_profile *)(uintptr_t)at[i]);
    return ok;
}

void pv_gate_done(pv_gate *g)
{
    for (int s = 0; s < PV_RULE_SCOPES; s++)
        if (g->made[s])
            pv_diff_done(&g->d[s]);
}

/* ---- words ---- */

void pv_gate_sentence(pv_buf *out, const pv_gate *g)
{
    if (g->broken && g->len == 1)
        pv_buf_puts(out, "The rule is broken.");
    else if (g->broken)
        pv_buf_format(out, "%zu of %zu rules %s broken.", g->broken, g->len,
                      g->broken == 1 ? "is" : "are");
    else if (g->len > 1)
        pv_buf_format(out, "All %zu rules hold.", g->len);
    else
        pv_buf_puts(out, "The rule holds.");
}

static pv_metric metric_of(const pv_rule_result *r)
{
    const pv_diff_metric *m = &r->d->metrics[r->metric];

    return (pv_metric){.unit = m->unit, .exponent = m->exponent};
}

void pv_gate_change(pv_buf *out, const pv_rule_result *r,
                    const pv_rule_match *m, bool unicode)
{
    pv_metric metric = metric_of(r);
    int64_t change = m->after - m->before;
    char share[PV_NUMBER_MAX];

    if (change > 0)
        pv_buf_char(out, '+');
    pv_text_value(out, change, &metric, unicode);
    if (m->before <= 0 || change == 0)
        return;
    pv_buf_puts(out, change < 0 ? " (-" : " (+");
    pv_buf_add(out, share,
               pv_write_percent(share, change < 0 ? -change : change, m->before,
                                (pv_number_style){.ascii = !unicode}));
    pv_buf_char(out, ')');
}

void pv_gate_words(pv_buf *out, const pv_rule_result *r, const pv_rule_match *m)
{
    pv_metric metric = metric_of(r);

    pv_text_value(out, m->before, &metric, true);
    pv_buf_puts(out, " -> ");
    pv_text_value(out, m->after, &metric, true);
    pv_buf_puts(out, ", ");
    pv_gate_change(out, r, m, true);
}

const char *pv_verdict_word(uint8_t verdict)
{
    switch ((pv_verdict)verdict) {
    case PV_VERDICT_SAME: return "same";
    case PV_VERDICT_NOISE: return "within noise";
    case PV_VERDICT_CLEAR: return "clear";
    case PV_VERDICT_UNTESTED: break;
    }
    return "not tested";
}

void pv_gate_verdict(pv_buf *out, const pv_rule_result *r,
                     const pv_rule_match *m)
{
    pv_buf_puts(out, pv_verdict_word((uint8_t)m->verdict));
    if (r->d->judged)
        pv_buf_format(out, ", %u and %u runs", r->d->runs[0], r->d->runs[1]);
}
