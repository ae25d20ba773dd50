/* SPDX-License-Identifier: MIT */
/* Broken rules for machines: JSON, JUnit's XML, GitHub's annotations and the
 * JSON of github-action-benchmark. */
#include <stdio.h>

#include "check.h"
#include "grid.h"
#include "markup.h"
#include "number.h"
#include "symtab.h"
#include "utf8.h"

static const pv_diff_metric *metric_of(const pv_rule_result *r)
{
    return &r->d->metrics[r->metric];
}

/* ---- JSON ---- */

static void put_number(pv_json *j, const char *key, const pv_diff_metric *m,
                       int64_t v)
{
    char digits[PV_NUMBER_MAX];

    pv_json_key(j, key);
    pv_json_number(
        j, (pv_str){digits, pv_write_exact(digits, v, m->unit, m->exponent)});
}

static void put_text(pv_json *j, const char *key, pv_str text)
{
    pv_json_key(j, key);
    pv_json_text(j, text);
}

static void json_match(pv_json *j, const pv_rule_result *r,
                       const pv_rule_match *m)
{
    pv_json_line(j);
    pv_json_object(j);
    put_text(j, "name", m->name);
    put_text(j, "file", m->file);
    pv_json_key(j, "line");
    if (m->has_line)
        pv_json_int(j, m->line);
    else
        pv_json_null(j);
    put_number(j, "before", metric_of(r), m->before);
    put_number(j, "after", metric_of(r), m->after);
    put_number(j, "delta", metric_of(r), m->after - m->before);
    pv_json_end(j);
}

bool pv_check_json(const pv_check *c, pv_sink *out, pv_error *err)
{
    pv_json j = PV_JSON(out);

    (void)err;
    pv_json_object(&j);
    pv_json_key(&j, "profviz");
    pv_json_int(&j, 1);
    pv_json_key(&j, "ok");
    pv_json_bool(&j, c->gate->broken == 0);
    pv_json_key(&j, "rules");
    pv_json_array(&j);
    for (size_t i = 0; i < c->gate->len; i++) {
        const pv_rule_result *r = &c->gate->results[i];

        pv_json_line(&j);
        pv_json_object(&j);
        put_text(&j, "rule", r->rule->text);
        pv_json_key(&j, "broken");
        pv_json_bool(&j, r->len > 0);
        pv_json_key(&j, "matches");
        pv_json_array(&j);
        for (uint32_t k = 0; k < r->len; k++)
            json_match(&j, r, &r->at[k]);
        pv_json_end(&j);
        pv_json_end(&j);
    }
    pv_json_end(&j);
    pv_json_done(&j);
    return true;
}

/* ---- JUnit ---- */

/* "load (shop/io.py:12): 1.2 s -> 2.4 s, +1.2 s (+100%), not tested" */
static void match_line(pv_buf *out, const pv_rule_result *r,
                       const pv_rule_match *m)
{
    pv_buf_str(out, m->name);
    if (m->file.n && !pv_str_equal(m->file, m->name)) {
        pv_buf_puts(out, " (");
        pv_buf_str(out, m->file);
        if (m->has_line && m->line)
            pv_buf_format(out, ":%u", m->line);
        pv_buf_char(out, ')');
    }
    pv_buf_puts(out, ": ");
    pv_gate_words(out, r, m);
    pv_buf_puts(out, ", ");
    pv_gate_verdict(out, r, m);
}

static void junit_failure(pv_markup *x, const pv_rule_result *r, pv_buf *work)
{
    pv_markup_open(x, "failure");
    pv_buf_clear(work);
    pv_gate_words(work, r, &r->at[0]);
    if (r->len > 1)
        pv_buf_format(work, "; %u more", r->len - 1);
    pv_markup_attr(x, "message", pv_buf_text(work));
    pv_markup_attr(x, "type", r->rule->metric);
    for (uint32_t i = 0; i < r->len; i++) {
        pv_buf_clear(work);
        match_line(work, r, &r->at[i]);
        pv_buf_char(work, '\n');
        pv_markup_text(x, pv_buf_text(work));
    }
    pv_markup_shut(x);
}

static void junit_counts(pv_markup *x, const pv_gate *g)
{
    pv_markup_attr(x, "name", PV_STR("profviz check"));
    pv_markup_attr_int(x, "tests", (int64_t)g->len);
    pv_markup_attr_int(x, "failures", (int64_t)g->broken);
    pv_markup_attr_int(x, "errors", 0);
}

bool pv_check_junit(const pv_check *c, pv_sink *out, pv_error *err)
{
    pv_markup *x = PV_NEW(c->a, pv_markup);
    pv_buf work = {0};
    bool ok;

    if (!x)
        return pv_fail_nomem(err);
    pv_markup_init(x, out, PV_XML);
    pv_markup_prologue(x);
    pv_markup_open(x, "testsuites");
    junit_counts(x, c->gate);
    pv_markup_open(x, "testsuite");
    junit_counts(x, c->gate);
    for (size_t i = 0; i < c->gate->len; i++) {
        const pv_rule_result *r = &c->gate->results[i];

        pv_markup_open(x, "testcase");
        pv_markup_attr(x, "name", r->rule->text);
        pv_markup_attr(x, "classname", PV_STR("profviz.check"));
        if (r->len)
            junit_failure(x, r, &work);
        pv_markup_shut(x);
    }
    pv_markup_shut(x);
    pv_markup_shut(x);
    pv_markup_text(x, PV_STR("\n"));
    pv_markup_done(x);
    ok = !work.failed;
    pv_buf_done(&work);
    return ok || pv_fail_nomem(err);
}

/* ---- GitHub ---- */

/* Values of properties escape what parts them, too. */
static const char *escape_of(char c, bool property)
{
    switch (c) {
    case '%': return "%25";
    case '\r': return "%0D";
    case '\n': return "%0A";
    case ':': return property ? "%3A" : NULL;
    case ',': return property ? "%2C" : NULL;
    }
    return ((uint8_t)c < ' ' && c != '\t') || c == 0x7f ? "\ufffd" : NULL;
}

/* What would turn the words around it, as Markdown has it here. */
static void put_code_point(pv_sink *out, int32_t cp)
{
    char text[16];

    snprintf(text, sizeof text, "[U+%04X]", (unsigned)cp);
    pv_sink_puts(out, text);
}

static void put_escaped(pv_sink *out, pv_str text, bool property, pv_buf *work)
{
    pv_buf_clear(work);
    pv_to_utf8(work, text);
    for (size_t i = 0; i < work->n;) {
        const char *as = escape_of(work->p[i], property);
        size_t at = i;
        int32_t cp = pv_utf8_next(pv_buf_text(work), &i);

        if (as)
            pv_sink_puts(out, as);
        else if (pv_is_bidi(cp))
            put_code_point(out, cp);
        else
            pv_sink_text(out, pv_str_slice(pv_buf_text(work), at, i));
    }
}

/* "~" and "<frozen importlib>" are none. */
static bool is_file(pv_str file)
{
    return file.n && file.p[0] != '~' && file.p[0] != '<';
}

static void github_match(pv_sink *out, const pv_rule_result *r,
                         const pv_rule_match *m, pv_buf *line, pv_buf *work)
{
    pv_sink_puts(out, "::error ");
    if (is_file(m->file)) {
        pv_sink_puts(out, "file=");
        put_escaped(out, m->file, true, work);
        if (m->has_line && m->line) {
            pv_buf_clear(line);
            pv_buf_format(line, ",line=%u", m->line);
            pv_sink_text(out, pv_buf_text(line));
        }
        pv_sink_puts(out, ",");
    }
    pv_sink_puts(out, "title=");
    put_escaped(out, r->rule->text, true, work);
    pv_sink_puts(out, "::");
    pv_buf_clear(line);
    match_line(line, r, m);
    put_escaped(out, pv_buf_text(line), false, work);
    pv_sink_puts(out, "\n");
}

bool pv_check_github(const pv_check *c, pv_sink *out, pv_error *err)
{
    pv_buf line = {0}, work = {0};
    bool ok;

    for (size_t i = 0; i < c->gate->len; i++)
        for (uint32_t k = 0; k < c->gate->results[i].len; k++)
            github_match(out, &c->gate->results[i], &c->gate->results[i].at[k],
                         &line, &work);
    ok = !line.failed && !work.failed;
    pv_buf_done(&line);
    pv_buf_done(&work);
    return ok || pv_fail_nomem(err);
}

/* ---- github-action-benchmark ---- */

typedef struct series {
    pv_json j;
    pv_symtab *rows, *names; /* what was written */
    pv_buf key, name;
} series;

/* Is that the first time? */
static bool is_first(pv_symtab *seen, const pv_buf *key)
{
    uint32_t known = pv_symtab_len(seen);

    return pv_symtab_add(seen, pv_buf_text(key)).i >= known;
}

static void put_series(series *s, const pv_diff_metric *m, int64_t v)
{
    pv_json_line(&s->j);
    pv_json_object(&s->j);
    put_text(&s->j, "name", pv_buf_text(&s->name));
    put_text(&s->j, "unit", pv_str_of(pv_unit_name(m->unit)));
    put_number(&s->j, "value", m, v);
    pv_json_end(&s->j);
}

static void name_row(pv_buf *out, const pv_rule_result *r,
                     const pv_diff_row *row, bool line)
{
    const pv_diff_metric *m = metric_of(r);

    pv_buf_clear(out);
    pv_buf_puts(out, pv_rule_scope_name(r->rule->scope));
    pv_buf_char(out, ':');
    pv_buf_str(out, row->name);
    if (r->rule->scope == PV_RULE_FUNC && row->file.n) {
        pv_buf_puts(out, " (");
        pv_buf_str(out, row->file);
        if (line)
            pv_buf_format(out, ":%u", row->line);
        pv_buf_char(out, ')');
    }
    pv_buf_char(out, ':');
    if (m->totals)
        pv_buf_puts(out, r->total ? "total_" : "self_");
    pv_buf_str(out, m->name);
}

/* Series go on over many runs, in which lines move: a line is part of the name
 * only where two functions of a file are called alike. */
static void put_rows(series *s, const pv_rule_result *r)
{
    for (uint32_t i = 0; i < r->fit; i++) {
        const pv_diff_row *row = &r->d->rows[r->fitting[i]];
        int64_t before, after;

        pv_buf_clear(&s->key);
        pv_buf_format(&s->key, "%d %u %u %d", (int)r->rule->scope,
                      r->fitting[i], r->metric, r->total);
        if (!is_first(s->rows, &s->key))
            continue;
        name_row(&s->name, r, row, false);
        if (!is_first(s->names, &s->name))
            name_row(&s->name, r, row, true);
        pv_rule_values(r, r->fitting[i], &before, &after);
        put_series(s, metric_of(r), after);
    }
}

static void put_whole(series *s, const pv_rule_result *r)
{
    const pv_diff_metric *m = metric_of(r);

    pv_buf_clear(&s->name);
    pv_buf_str(&s->name, m->name);
    if (is_first(s->names, &s->name))
        put_series(s, m, m->after);
}

bool pv_check_benchmark(const pv_check *c, pv_sink *out, pv_error *err)
{
    series s = {.j = PV_JSON(out),
                .rows = pv_symtab_new(c->a),
                .names = pv_symtab_new(c->a)};
    bool ok = s.rows && s.names;

    pv_json_array(&s.j);
    for (size_t i = 0; ok && i < c->gate->len; i++) {
        const pv_rule_result *r = &c->gate->results[i];

        if (r->rule->scope == PV_RULE_WHOLE)
            put_whole(&s, r);
        else
            put_rows(&s, r);
    }
    pv_json_done(&s.j);
    ok = ok && !s.name.failed && !s.key.failed && !pv_symtab_failed(s.rows) &&
         !pv_symtab_failed(s.names);
    pv_buf_done(&s.name);
    pv_buf_done(&s.key);
    pv_symtab_free(s.rows);
    pv_symtab_free(s.names);
    return ok || pv_fail_nomem(err);
}
