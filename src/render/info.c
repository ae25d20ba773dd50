/* SPDX-License-Identifier: MIT */
/* What is in each file: format, producer, totals, sizes, warnings.
 *
 * Inputs are kept apart, in the order given.
 */
#include "facts.h"
#include "grid.h"
#include "headline.h"
#include "json.h"
#include "number.h"

/* ---- JSON ---- */

static bool json_metrics(pv_json *j, const pv_profile *p, pv_error *err)
{
    pv_json_key(j, "metrics");
    pv_json_array(j);
    for (uint32_t m = 0; m < p->metrics.len; m++) {
        int64_t whole;

        if (pv_metric_is_twin(p, m))
            continue;
        if (!pv_metric_whole(p, m, &whole, err))
            return false;
        pv_json_object(j);
        pv_json_metric(j, pv_profile_text(p, p->metrics.at[m].name),
                       &p->metrics.at[m], whole);
        pv_json_end(j);
    }
    pv_json_end(j);
    return true;
}

static uint32_t without_first(uint32_t len)
{
    return len ? len - 1 : 0;
}

static void json_counts(pv_json *j, const pv_profile *p)
{
    const struct {
        const char *name;
        int64_t n;
    } counts[] = {
        {"functions", without_first(p->functions.len)},
        {"frames", without_first(p->frames.len)},
        {"stacks", p->stacks},
        {"calls", p->calls.len},
        {"lines", p->lines.len},
        {"points", pv_points(p)},
    };

    pv_json_line(j);
    pv_json_key(j, "counts");
    pv_json_object(j);
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        pv_json_key(j, counts[i].name);
        pv_json_int(j, counts[i].n);
    }
    pv_json_end(j);
}

static void json_exact(pv_json *j, const char *key, int64_t v, pv_unit unit)
{
    char digits[PV_NUMBER_MAX];

    pv_json_key(j, key);
    if (v == PV_NONE)
        pv_json_null(j);
    else
        pv_json_number(j, (pv_str){digits, pv_write_exact(digits, v, unit, 0)});
}

/* Were several runs appended to one file? */
static bool has_runs(const pv_profile *p)
{
    for (uint32_t i = 1; i < p->series.len; i++)
        if (p->series.at[i].run != p->series.at[0].run)
            return true;
    return false;
}

static void json_one_series(pv_json *j, const pv_profile *p, const pv_series *s)
{
    const pv_point *peak = pv_series_peak(s);

    pv_json_line(j);
    pv_json_object(j);
    pv_json_key(j, "name");
    pv_json_text(j, pv_profile_text(p, s->name));
    pv_json_key(j, "pid");
    if (s->pid < 0)
        pv_json_null(j);
    else
        pv_json_int(j, s->pid);
    if (has_runs(p)) {
        pv_json_key(j, "run");
        pv_json_int(j, (int64_t)s->run + 1);
    }
    json_exact(j, "points", s->len, PV_COUNT);
    json_exact(j, "peak", peak ? peak->value : PV_NONE, s->unit);
    json_exact(j, "peak_time", peak ? peak->t : PV_NONE, PV_NANOSECONDS);
    pv_json_end(j);
}

static void json_series(pv_json *j, const pv_profile *p)
{
    if (p->series.len == 0)
        return;
    pv_json_line(j);
    pv_json_key(j, "series");
    pv_json_array(j);
    for (uint32_t i = 0; i < p->series.len; i++)
        json_one_series(j, p, &p->series.at[i]);
    pv_json_end(j);
}

static void json_warnings(pv_json *j, const pv_job *job, size_t at)
{
    pv_json_line(j);
    pv_json_key(j, "warnings");
    pv_json_array(j);
    for (size_t i = 0; job->warnings && i < job->warnings[at].len; i++) {
        pv_json_line(j);
        pv_json_text(j, job->warnings[at].at[i]);
    }
    pv_json_end(j);
}

static bool json_input(pv_json *j, const pv_job *job, size_t at, pv_error *err)
{
    const pv_profile *p = job->inputs[at];

    pv_json_line(j);
    pv_json_object(j);
    pv_json_key(j, "path");
    pv_json_text(j, job->paths[at]);
    pv_json_key(j, "format");
    pv_json_text(j, pv_str_of(p->format));
    pv_json_key(j, "producer");
    pv_json_text(j, pv_profile_text(p, p->producer));
    pv_json_line(j);
    if (!json_metrics(j, p, err))
        return false;
    json_counts(j, p);
    json_series(j, p);
    json_warnings(j, job, at);
    pv_json_end(j);
    return true;
}

static bool put_json(const pv_job *job, pv_sink *out, pv_error *err)
{
    pv_json j = PV_JSON(out);

    pv_json_object(&j);
    pv_json_key(&j, "profviz");
    pv_json_int(&j, 1);
    pv_json_line(&j);
    pv_json_key(&j, "inputs");
    pv_json_array(&j);
    for (size_t i = 0; i < job->count; i++)
        if (!json_input(&j, job, i, err))
            return false;
    pv_json_done(&j);
    return true;
}

/* ---- text ---- */

typedef struct page {
    const pv_job *job;
    const pv_profile *p;
    pv_buf line;
    pv_buf clean;
    pv_sink *out;
} page;

/* "  name        text", the text cut to the terminal. */
static void put_line(page *g, const char *name, pv_str text)
{
    int width = g->job->style.width;
    size_t pad = strlen(name) < 11 ? 11 - strlen(name) : 1;

    pv_sink_puts(g->out, "  ");
    pv_sink_puts(g->out, name);
    pv_ink_pad(g->out, pad);
    if (width > 0) {
        pv_buf cut = {0};

        pv_fit_middle(&cut, text, width > 14 ? width - 13 : 1,
                      g->job->style.unicode);
        pv_sink_text(g->out, pv_buf_text(&cut));
        g->line.failed |= cut.failed;
        pv_buf_done(&cut);
    } else {
        pv_sink_text(g->out, text);
    }
    pv_sink_puts(g->out, "\n");
}

/* Any bytes, made fit for a terminal. */
static void put_name(page *g, const char *name, pv_str raw)
{
    pv_buf_clear(&g->clean);
    pv_ink_clean(&g->clean, raw, g->job->style.unicode);
    put_line(g, name, pv_buf_text(&g->clean));
}

static bool put_totals(page *g, pv_error *err)
{
    for (uint32_t m = 0; m < g->p->metrics.len; m++) {
        bool greatest = g->p->metrics.at[m].inclusive;
        int64_t whole;

        if (pv_metric_is_twin(g->p, m))
            continue;
        if (!pv_metric_whole(g->p, m, &whole, err))
            return false;
        if (whole == PV_NONE)
            continue;
        pv_buf_clear(&g->line);
        pv_text_value(&g->line, whole, &g->p->metrics.at[m],
                      g->job->style.unicode);
        pv_buf_char(&g->line, ' ');
        pv_buf_str(&g->line, pv_profile_text(g->p, g->p->metrics.at[m].name));
        put_line(g, greatest ? "greatest" : "total", pv_buf_text(&g->line));
    }
    return true;
}

static void put_count(page *g, const char *name, int64_t n)
{
    char digits[PV_NUMBER_MAX];

    if (n > 0)
        put_line(g, name, (pv_str){digits, pv_write_grouped(digits, n, 0)});
}

/* Thousandths of a MiB, ties to even, as Python's %.3f has them; v >= 0. */
static int64_t milli_mib(int64_t v)
{
    const int64_t mib = 1048576;
    int64_t part = v % mib * 1000, rest = part % mib;
    int64_t q = v / mib * 1000 + part / mib;

    return rest > mib / 2 || (rest == mib / 2 && q % 2 != 0) ? q + 1 : q;
}

/* In MiB with three decimals and seconds, as `mprof peak` gives them. */
static void put_series(page *g)
{
    char digits[PV_NUMBER_MAX];

    for (uint32_t i = 0; i < g->p->series.len; i++) {
        const pv_series *s = &g->p->series.at[i];
        const pv_point *peak = pv_series_peak(s);

        if (!peak)
            continue;
        pv_buf_clear(&g->line);
        if (s->unit == PV_BYTES)
            pv_buf_add(&g->line, digits,
                       pv_write_fixed(digits, milli_mib(peak->value), 3));
        else
            pv_buf_add(&g->line, digits, pv_write_i64(digits, peak->value));
        pv_buf_puts(&g->line, s->unit == PV_BYTES ? " MiB at " : " at ");
        pv_buf_add(&g->line, digits,
                   pv_write_fixed(digits, peak->t / 1000000, 3));
        pv_buf_format(&g->line, " s of %u point%s, ", s->len,
                      s->len == 1 ? "" : "s");
        pv_ink_clean(&g->line, pv_profile_text(g->p, s->name),
                     g->job->style.unicode);
        if (has_runs(g->p))
            pv_buf_format(&g->line, " of run %u", s->run + 1);
        put_line(g, "peak", pv_buf_text(&g->line));
    }
}

static void put_sizes(page *g)
{
    put_count(g, "functions", without_first(g->p->functions.len));
    put_count(g, "frames", without_first(g->p->frames.len));
    put_count(g, "stacks", g->p->stacks);
    put_count(g, "calls", g->p->calls.len);
    put_count(g, "lines", g->p->lines.len);
    put_count(g, "marks", g->p->marks.len);
    put_series(g);
}

static void put_notes(page *g, size_t at)
{
    const pv_job *job = g->job;

    for (uint32_t i = 0; i < g->p->notes.len; i++) {
        pv_buf_clear(&g->line);
        pv_buf_str(&g->line, pv_profile_text(g->p, g->p->notes.at[i].key));
        pv_buf_puts(&g->line, ": ");
        pv_buf_str(&g->line, pv_profile_text(g->p, g->p->notes.at[i].value));
        put_name(g, "note", pv_buf_text(&g->line));
    }
    for (size_t i = 0; job->warnings && i < job->warnings[at].len; i++)
        put_name(g, "warning", job->warnings[at].at[i]);
}

static bool put_input(page *g, size_t at, pv_error *err)
{
    pv_buf_clear(&g->line);
    pv_ink_clean(&g->line, g->job->paths[at], g->job->style.unicode);
    if (g->job->style.width > 0) {
        pv_buf_clear(&g->clean);
        pv_fit_middle(&g->clean, pv_buf_text(&g->line), g->job->style.width,
                      g->job->style.unicode);
        pv_ink_text(g->out, &g->job->style, PV_INK_BOLD,
                    pv_buf_text(&g->clean));
    } else {
        pv_ink_text(g->out, &g->job->style, PV_INK_BOLD, pv_buf_text(&g->line));
    }
    pv_sink_puts(g->out, "\n");
    put_name(g, "format", pv_str_of(g->p->format));
    if (g->p->producer.i)
        put_name(g, "producer", pv_profile_text(g->p, g->p->producer));
    if (!put_totals(g, err))
        return false;
    put_sizes(g);
    put_notes(g, at);
    return true;
}

static bool put_text(const pv_job *job, pv_sink *out, pv_error *err)
{
    page g = {.job = job, .out = out};
    bool ok = true;

    for (size_t i = 0; ok && i < job->count; i++) {
        g.p = job->inputs[i];
        if (i > 0)
            pv_sink_puts(out, "\n");
        ok = put_input(&g, i, err);
    }
    ok = ok && (!(g.line.failed || g.clean.failed) || pv_fail_nomem(err));
    pv_buf_done(&g.line);
    pv_buf_done(&g.clean);
    return ok;
}

static bool render(const pv_job *job, pv_sink *out, pv_error *err)
{
    return job->medium == PV_M_JSON ? put_json(job, out, err)
                                    : put_text(job, out, err);
}

const pv_renderer pv_renderer_info = {
    .name = "info",
    .title = "what is in each file: format, producer, totals, warnings",
    .needs = PV_HAS_TREE | PV_HAS_CALLS | PV_HAS_LINES | PV_HAS_SERIES |
             PV_HAS_TOTALS,
    .media = PV_M_TXT | PV_M_JSON,
    .preset = PV_M_TXT,
    .render = render,
};
