/* SPDX-License-Identifier: MIT */
/* Broken rules and those that hold, for people. */
#include "check.h"
#include "headline.h"
#include "md.h"
#include "number.h"
#include "table.h"

enum { MATCHES = 20 };

typedef struct text {
    const pv_check *c;
    pv_medium medium;
    pv_text_style style;
    bool md;
    pv_buf work;
} text;

static uint32_t shown(const text *t, const pv_rule_result *r)
{
    int64_t limit = t->c->o->limit < 0 ? MATCHES : t->c->o->limit;

    return limit && limit < r->len ? (uint32_t)limit : r->len;
}

/* ---- the matches of a rule ---- */

static void column(pv_table *table, const char *title, pv_yield yield)
{
    pv_table_column(
        table,
        (pv_column){.title = pv_str_of(title), .right = true, .yield = yield});
}

static const char *what_rows_are(pv_rule_scope scope)
{
    switch (scope) {
    case PV_RULE_WHOLE:
    case PV_RULE_FUNC: return "where";
    case PV_RULE_FILE: return "file";
    case PV_RULE_MODULE: return "module";
    }
    return "where"; /* not reached while every scope has a case */
}

static bool has_places(const pv_rule_result *r)
{
    return r->rule->scope == PV_RULE_FUNC && r->d->places;
}

static bool has_share(const pv_rule_result *r)
{
    for (size_t i = 0; i < r->rule->len; i++)
        if (r->rule->limits[i].kind == PV_LIMIT_SHARE)
            return true;
    return false;
}

static void make_columns(pv_table *table, const pv_rule_result *r)
{
    column(table, "before", PV_YIELD_FIGURE);
    if (r->d->span)
        column(table, "in runs", PV_YIELD_BAR);
    column(table, "after", PV_YIELD_NEVER);
    if (r->d->span)
        column(table, "in runs", PV_YIELD_BAR);
    column(table, "change", PV_YIELD_NEVER);
    if (has_share(r))
        column(table, "of total", PV_YIELD_SHARE);
    pv_table_column(
        table, (pv_column){.title = PV_STR("test"), .yield = PV_YIELD_FIGURE});
    pv_table_column(
        table, (pv_column){.title = pv_str_of(what_rows_are(r->rule->scope)),
                           .name = r->rule->scope != PV_RULE_WHOLE,
                           .yield = PV_YIELD_NAME});
    if (has_places(r))
        pv_table_column(table, (pv_column){.title = PV_STR("defined at"),
                                           .name = true,
                                           .yield = PV_YIELD_PLACE});
}

static void cell(text *t, pv_table *table, pv_ink ink)
{
    pv_table_text(table, pv_buf_text(&t->work), ink);
    pv_buf_clear(&t->work);
}

static void value_cells(text *t, pv_table *table, const pv_rule_result *r,
                        int64_t v, const pv_span *span)
{
    const pv_diff_metric *m = &r->d->metrics[r->metric];
    pv_metric metric = {.unit = m->unit, .exponent = m->exponent};
    bool unicode = t->style.unicode;

    pv_text_value(&t->work, v, &metric, unicode);
    cell(t, table, PV_INK_PLAIN);
    if (!r->d->span)
        return;
    pv_text_value(&t->work, span->least, &metric, unicode);
    pv_buf_puts(&t->work, " .. ");
    pv_text_value(&t->work, span->most, &metric, unicode);
    cell(t, table, PV_INK_PLAIN);
}

static void share_cell(text *t, pv_table *table, const pv_rule_result *r,
                       const pv_rule_match *m)
{
    char share[PV_NUMBER_MAX];

    pv_buf_add(&t->work, share,
               pv_write_percent(share, m->after, r->d->metrics[r->metric].after,
                                (pv_number_style){.ascii = !t->style.unicode}));
    cell(t, table, PV_INK_PLAIN);
}

static void place_cell(text *t, pv_table *table, const pv_rule_match *m)
{
    pv_buf_str(&t->work, m->file);
    if (m->has_line && m->line)
        pv_buf_format(&t->work, ":%u", m->line);
    pv_table_name(table, pv_buf_text(&t->work), PV_INK_DIM);
    pv_buf_clear(&t->work);
}

static void put_match(text *t, pv_table *table, const pv_rule_result *r,
                      const pv_rule_match *m)
{
    value_cells(t, table, r, m->before, &m->span[0]);
    value_cells(t, table, r, m->after, &m->span[1]);
    pv_gate_change(&t->work, r, m, t->style.unicode);
    cell(t, table, m->after > m->before ? PV_INK_MORE : PV_INK_LESS);
    if (has_share(r))
        share_cell(t, table, r, m);
    pv_gate_verdict(&t->work, r, m);
    cell(t, table, PV_INK_PLAIN);
    if (r->rule->scope == PV_RULE_WHOLE)
        pv_table_text(table, m->name, PV_INK_PLAIN);
    else
        pv_table_name(table, m->name, PV_INK_PLAIN);
    if (has_places(r))
        place_cell(t, table, m);
}

static bool put_matches(text *t, const pv_rule_result *r, pv_sink *out,
                        pv_error *err)
{
    pv_table table;
    bool ok;

    pv_table_init(&table, &t->style, t->medium);
    make_columns(&table, r);
    for (uint32_t i = 0; i < shown(t, r); i++)
        put_match(t, &table, r, &r->at[i]);
    table.failed |= t->work.failed;
    ok = pv_table_write(&table, out, err);
    pv_table_done(&table);
    if (ok && shown(t, r) < r->len) {
        pv_buf_format(&t->work, "%s%u more (--limit 0 for all)\n",
                      t->md ? "\n" : "", r->len - shown(t, r));
        pv_sink_text(out, pv_buf_text(&t->work));
        pv_buf_clear(&t->work);
    }
    return ok;
}

/* ---- rules ---- */

static const char *many(const pv_rule_result *r)
{
    switch (r->rule->scope) {
    case PV_RULE_WHOLE: return "";
    case PV_RULE_FUNC: return r->fit == 1 ? "function" : "functions";
    case PV_RULE_FILE: return r->fit == 1 ? "file" : "files";
    case PV_RULE_MODULE: return r->fit == 1 ? "module" : "modules";
    }
    return ""; /* not reached while every scope has a case */
}

/* "broken: time > +10%" */
static void put_rule(text *t, const pv_rule_result *r, pv_sink *out)
{
    const char *kept = r->len ? "broken" : "holds";

    if (t->md)
        pv_buf_format(&t->work, "\n%s**%s:** ", r->len ? "" : "- ", kept);
    else
        pv_buf_format(&t->work, "\n%s: ", kept);
    if (t->md)
        pv_md_code(&t->work, r->rule->text);
    else
        pv_ink_clean(&t->work, r->rule->text, t->style.unicode);
    if (r->rule->scope != PV_RULE_WHOLE && !r->len)
        pv_buf_format(&t->work, " (%u %s)", r->fit, many(r));
    pv_buf_puts(&t->work, t->md && r->len ? "\n\n" : "\n");
    pv_sink_text(out, pv_buf_text(&t->work));
    pv_buf_clear(&t->work);
}

static bool put_all(text *t, pv_sink *out, pv_error *err)
{
    const pv_gate *g = t->c->gate;

    if (t->md)
        pv_buf_puts(&t->work, "### ");
    pv_gate_sentence(&t->work, g);
    pv_buf_char(&t->work, '\n');
    pv_sink_text(out, pv_buf_text(&t->work));
    pv_buf_clear(&t->work);
    for (size_t i = 0; i < g->len; i++)
        if (g->results[i].len) {
            put_rule(t, &g->results[i], out);
            if (!put_matches(t, &g->results[i], out, err))
                return false;
        }
    for (size_t i = 0; i < g->len; i++)
        if (!g->results[i].len)
            put_rule(t, &g->results[i], out);
    return !t->work.failed || pv_fail_nomem(err);
}

bool pv_check_text(const pv_check *c, pv_sink *out, pv_error *err)
{
    text t = {.c = c,
              .medium = c->job->medium,
              .style = c->job->style,
              .md = c->job->medium == PV_M_MD};
    bool ok;

    if (t.md) /* a file: no locale, width or colour in it */
        t.style = (pv_text_style){.unicode = true};
    ok = put_all(&t, out, err);
    pv_buf_done(&t.work);
    return ok;
}
