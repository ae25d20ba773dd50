/* SPDX-License-Identifier: MIT */
/* Trends: what earlier runs came to, and the line that this one adds. */
#include "grid.h"
#include "history.h"
#include "number.h"
#include "report_private.h"

static bool same_series(const pv_past *p, const pv_report_item *it)
{
    const pv_report_measure *m = pv_item_main(it);

    return pv_str_equal(p->slug, it->slug) &&
           pv_str_equal(p->measure, m->name) &&
           pv_str_equal(p->unit, pv_str_of(pv_unit_name(m->metric.unit)));
}

/* The line of this very run, when it was made before. */
static bool is_now(const pv_report *r, const pv_past *p)
{
    return r->o->run_id.n && pv_str_equal(p->run, r->o->run_id);
}

static void add_run(pv_report_item *it, pv_report_point p)
{
    if (it->runs_len == PV_REPORT_RUNS) {
        memmove(it->runs, it->runs + 1,
                (PV_REPORT_RUNS - 1) * sizeof *it->runs);
        it->runs_len--;
    }
    it->runs[it->runs_len++] = p;
}

static void tell_step(pv_report *r, pv_report_item *it)
{
    int64_t v[PV_REPORT_RUNS];
    const pv_report_point *p;
    pv_step_found step;
    pv_buf b = {0};

    for (size_t i = 0; i < it->runs_len; i++)
        v[i] = it->runs[i].value;
    if (!pv_history_step(v, it->runs_len, &step))
        return;
    p = &it->runs[step.at];
    pv_buf_puts(&b, "A step from ");
    pv_report_amount(&b, pv_item_main(it), step.before);
    pv_buf_puts(&b, " to ");
    pv_report_amount(&b, pv_item_main(it), step.after);
    if (p->run.n) {
        pv_buf_puts(&b, " in run ");
        pv_buf_str(&b, p->run);
    } else {
        pv_buf_format(&b, ", %zu runs ago", it->runs_len - step.at);
    }
    if (p->revision.n) {
        pv_buf_puts(&b, ", ");
        pv_buf_str(&b, p->revision);
    }
    pv_buf_char(&b, '.');
    it->step = pv_report_keep(r, &b);
}

static void take_runs(pv_report *r, pv_report_item *it, const pv_history *h)
{
    const pv_report_measure *m = pv_item_main(it);

    for (size_t i = 0; i < h->len; i++)
        if (same_series(&h->at[i], it) && !is_now(r, &h->at[i]))
            add_run(it,
                    (pv_report_point){h->at[i].run, h->at[i].revision,
                                      pv_past_value(&h->at[i], &m->metric)});
    if (m->total != PV_NONE)
        add_run(it, (pv_report_point){r->o->run_id, r->o->revision, m->total});
    tell_step(r, it);
}

bool pv_report_trends(pv_report *r)
{
    pv_history h;

    if (!r->o->history.n)
        return true;
    if (!pv_history_read(&h, r->plan->history, r->o->history, &r->arena,
                         &r->plan->log, r->err))
        return false;
    r->passed_over = h.passed_over;
    for (size_t i = 0; i < r->len; i++)
        if (!r->items[i].error.n && r->items[i].measures_len)
            take_runs(r, &r->items[i], &h);
    return !pv_report_failed(r);
}

/* ---- history.jsonl ---- */

static void put_text(pv_json *j, const char *key, pv_str text)
{
    if (!text.n)
        return;
    pv_json_key(j, key);
    pv_json_text(j, text);
}

static void put_run(pv_report *r, const pv_report_item *it, pv_sink *out)
{
    const pv_report_measure *m = pv_item_main(it);
    char digits[PV_NUMBER_MAX];
    pv_json j = PV_JSON(out);

    pv_json_object(&j);
    pv_json_key(&j, "profviz");
    pv_json_int(&j, PV_HISTORY_VERSION);
    put_text(&j, "slug", it->slug);
    put_text(&j, "measure", m->name);
    pv_json_key(&j, "value");
    pv_json_number(
        &j, (pv_str){digits, pv_write_exact(digits, m->total, m->metric.unit,
                                            m->metric.exponent)});
    put_text(&j, "unit", pv_str_of(pv_unit_name(m->metric.unit)));
    put_text(&j, "run", r->o->run_id);
    put_text(&j, "revision", r->o->revision);
    put_text(&j, "time", r->plan->date);
    pv_json_done(&j);
}

bool pv_report_history(pv_report *r)
{
    pv_str before = r->plan->history;
    pv_sink *s;

    if (r->single || !r->o->history.n)
        return true;
    s = pv_folder_begin(r->plan->folder, PV_STR("history.jsonl"), r->err);
    if (!s)
        return false;
    pv_sink_text(s, before);
    if (before.n && before.p[before.n - 1] != '\n')
        pv_sink_puts(s, "\n");
    for (size_t i = 0; i < r->len; i++)
        if (!r->items[i].error.n && r->items[i].measures_len &&
            pv_item_main(&r->items[i])->total != PV_NONE)
            put_run(r, &r->items[i], s);
    return pv_report_end(r, s, true);
}
