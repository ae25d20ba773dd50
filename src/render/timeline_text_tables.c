/* SPDX-License-Identifier: MIT */
/* A timeline for terminals: tables of processes and runs. */
#include "timeline_text.h"

#include "facts.h"
#include "table.h"

static void cell(pv_time_text *t, pv_table *table, pv_buf *value)
{
    pv_time_words(&t->line, pv_buf_text(value), t->style->unicode);
    pv_table_text(table, pv_buf_text(&t->line), PV_INK_PLAIN);
    table->failed |= value->failed;
    pv_buf_clear(&t->line);
    pv_buf_clear(value);
}

static void columns(pv_table *table, const char *name, const char *const *rest)
{
    pv_table_column(table, (pv_column){.title = pv_str_of(name),
                                       .yield = PV_YIELD_NAME,
                                       .name = true});
    for (; *rest; rest++)
        pv_table_column(table, (pv_column){.title = pv_str_of(*rest),
                                           .right = true,
                                           .yield = PV_YIELD_FIGURE});
}

static bool write_table(pv_time_text *t, pv_table *table, pv_buf *v)
{
    bool ok;

    pv_sink_puts(t->out, "\n");
    ok = pv_table_write(table, t->out, t->c->err) && !v->failed;
    pv_buf_done(v);
    pv_table_done(table);
    return ok || pv_fail_nomem(t->c->err);
}

static bool runs_table(pv_time_text *t)
{
    static const char *const heads[] = {
        "peak", "at", "end", "mean", "duration", "against the first", NULL};
    const pv_chart *c = t->c;
    pv_table table;
    pv_buf v = {0};

    if (c->runs_len < 2)
        return true;
    pv_table_init(&table, t->style, PV_M_TXT);
    columns(&table, "run", heads);
    for (size_t i = 0; i < c->runs_len; i++) {
        const pv_series_facts *f = &c->run_at[i].facts;

        pv_table_name(&table, c->run_at[i].name, PV_INK_PLAIN);
        pv_put_size(&v, f->peak.value);
        cell(t, &table, &v);
        pv_put_moment(c, &v, f->peak.t);
        cell(t, &table, &v);
        pv_put_size(&v, f->end);
        cell(t, &table, &v);
        pv_put_size(&v, f->mean);
        cell(t, &table, &v);
        pv_put_time(&v, f->duration);
        cell(t, &table, &v);
        if (i > 0)
            pv_put_against(&v, pv_chart_line_of(c, i)->peak.value,
                           pv_chart_line_of(c, 0)->peak.value);
        cell(t, &table, &v);
    }
    return write_table(t, &table, &v);
}

static bool process_table(pv_time_text *t)
{
    static const char *const heads[] = {"peak", "at", "first seen", "last seen",
                                        NULL};
    const pv_chart *c = t->c;
    pv_table table;
    pv_buf v = {0};

    if (c->children == 0)
        return true;
    pv_table_init(&table, t->style, PV_M_TXT);
    columns(&table, "process", heads);
    for (uint32_t i = 0; i < c->p->series.len; i++) {
        const pv_series *s = &c->p->series.at[i];
        const pv_point *peak = pv_series_peak(s);

        if (s->run != c->run || !peak)
            continue;
        pv_table_name(&table,
                      s->pid < 0 ? PV_STR("main process")
                                 : pv_profile_text(c->p, s->name),
                      PV_INK_PLAIN);
        pv_put_size(&v, peak->value);
        cell(t, &table, &v);
        pv_put_moment(c, &v, peak->t);
        cell(t, &table, &v);
        pv_put_moment(c, &v, s->at[0].t);
        cell(t, &table, &v);
        pv_put_moment(c, &v, s->at[s->len - 1].t);
        cell(t, &table, &v);
    }
    return write_table(t, &table, &v);
}

bool pv_time_tables(pv_time_text *t)
{
    return process_table(t) && runs_table(t);
}
