/* SPDX-License-Identifier: MIT */
/* Words of a timeline: title, sentence, footer, description, flags. */
#include <stdio.h>

#include "advance.h"
#include "facts.h"
#include "fit.h"
#include "flame_words.h"
#include "number.h"
#include "profviz/profviz.h"
#include "timeline_chart.h"

enum { WORD = 60, SAID = 3, LISTED = 4 };

pv_str pv_chart_keep(pv_chart *c, pv_buf *text)
{
    pv_str kept = pv_arena_copy(&c->arena, pv_buf_text(text));

    if (text->failed)
        c->arena.failed = true;
    pv_buf_done(text);
    return kept;
}

/* ---- names ---- */

pv_str pv_chart_short_name(pv_str label)
{
    pv_str last = pv_last_components(label, 1);

    return last.n ? last : label;
}

/* The innermost function that runs at `t`, or an empty text. */
static pv_str chart_function_at(const pv_chart *c, int64_t t)
{
    const pv_mark *best = NULL;

    for (uint32_t i = 0; i < c->p->marks.len; i++) {
        const pv_mark *m = &c->p->marks.at[i];

        if (m->run == c->run && m->begin <= t && t <= m->end &&
            (!best || m->level > best->level ||
             (m->level == best->level && m->begin > best->begin)))
            best = m;
    }
    return best ? pv_profile_text(c->p, best->label) : PV_STR("");
}

static void make_title(pv_chart *c)
{
    /* of several runs in a file the note holds one command only */
    pv_str command = pv_timeline_runs(c->p) > 1
                         ? PV_STR("")
                         : pv_profile_note(c->p, PV_STR("command"));
    pv_str program = pv_chart_program(command, &c->arena);
    pv_buf t = {0};

    if (!program.n)
        program = pv_base_name(c->job->paths[0]);
    pv_buf_str(&t, c->o->title.n ? c->o->title : program);
    if (!c->o->title.n)
        pv_buf_puts(&t, c->snapshots ? " \xe2\x80\x94 traced memory, snapshot "
                                       "by snapshot"
                                     : " \xe2\x80\x94 memory over time");
    c->title = pv_chart_keep(c, &t);
}

/* ---- the sentence ---- */

static void put_in(pv_buf *t, pv_str function)
{
    if (!function.n)
        return;
    pv_buf_puts(t, ", in ");
    pv_buf_str(t, pv_str_slice(pv_chart_short_name(function), 0, WORD));
}

static void put_peak(const pv_chart *c, pv_buf *t)
{
    const pv_point *all = &c->layers[c->top].thin.peak;
    const pv_point *own = &c->layers[0].thin.peak;

    pv_buf_puts(t, c->o->verdict.n ? "peak " : "Peak ");
    pv_put_size(t, own->value);
    if (c->children && c->o->children == PV_CHILDREN_SUM)
        pv_buf_puts(t, " of all processes");
    else if (c->children)
        pv_buf_puts(t, " of the main process");
    pv_buf_puts(t, c->snapshots ? " in " : " at ");
    pv_put_moment(c, t, own->t);
    put_in(t, chart_function_at(c, own->t));
    if (c->top == 0)
        return;
    pv_buf_str(t, pv_dot);
    pv_buf_puts(t, "all processes ");
    pv_put_size(t, all->value);
    pv_buf_puts(t, " at ");
    pv_put_moment(c, t, all->t);
}

/* "b.dat 80.1 MiB, +12.6 MiB (+19%)" of the first runs. */
static void put_others(const pv_chart *c, pv_buf *t)
{
    int64_t was = c->layers[c->top].thin.peak.value;

    for (size_t i = 1; i < c->runs_len; i++) {
        const pv_chart_run *r = &c->run_at[i];

        pv_buf_str(t, pv_dot);
        if (i == SAID && c->runs_len > SAID + 1) {
            pv_put_count(t, c->runs_len - i, "further run", "further runs");
            return;
        }
        pv_buf_str(t, pv_str_slice(r->name, 0, WORD));
        if (r->thin.seen == 0) {
            pv_buf_puts(t, " has no sample here");
            continue;
        }
        pv_buf_char(t, ' ');
        pv_put_size(t, r->thin.peak.value);
        pv_buf_puts(t, ", ");
        pv_put_against(t, r->thin.peak.value, was);
    }
}

static void put_growth(const pv_chart *c, pv_buf *t)
{
    const pv_slope *s = &c->run_at[0].slope;

    if (!c->o->slope)
        return;
    pv_buf_str(t, pv_dot);
    pv_put_slope(c, t, s);
    if (!s->known)
        return;
    pv_buf_puts(t, " (95% interval ");
    pv_put_interval(c, t, s);
    pv_buf_char(t, ')');
}

static void put_processes(const pv_chart *c, pv_buf *t)
{
    pv_buf_str(t, pv_dot);
    if (c->snapshots) {
        pv_put_count(t, c->own->len, "snapshot", "snapshots");
        return;
    }
    pv_buf_puts(t, "main process");
    if (c->children) {
        pv_buf_puts(t, c->included ? " with its " : " and ");
        pv_put_count(t, c->children, "child", "children");
        pv_buf_puts(t, c->included ? " included" : "");
    }
    if (c->own->len == 1) {
        pv_buf_puts(t, ", a single sample");
    } else if (c->interval > 0) {
        pv_buf_puts(t, ", every ");
        pv_put_time(t, c->interval);
    }
}

/* "started 2026-11-21 08:07:34 UTC" */
static void put_start(const pv_chart *c, pv_buf *t)
{
    pv_str note = pv_profile_note(c->p, PV_STR("start"));
    int64_t s;

    if (!note.n || c->run > 0 || !pv_parse_scaled(note, 0, &s) || s < 0 ||
        s > INT64_C(253402300799))
        return;
    if (pv_parse_scaled(note, 9, &s))
        s /= 1000000000;
    pv_buf_str(t, pv_dot);
    pv_buf_puts(t, "started ");
    pv_put_date(t, s / 86400);
    pv_buf_format(t, " %02d:%02d:%02d UTC", (int)(s / 3600 % 24),
                  (int)(s / 60 % 60), (int)(s % 60));
}

static pv_str sentence(pv_chart *c)
{
    pv_buf t = {0};

    if (c->o->verdict.n) {
        pv_buf_str(&t, c->o->verdict);
        pv_buf_str(&t, pv_dot);
        pv_buf_str(&t, pv_str_slice(c->run_at[0].name, 0, WORD));
        pv_buf_puts(&t, ": ");
    }
    if (c->layers[c->top].thin.peak.value == 0)
        pv_buf_puts(&t, c->o->verdict.n ? "every sample is 0"
                                        : "Every sample is 0");
    else
        put_peak(c, &t);
    pv_buf_str(&t, pv_dot);
    pv_buf_puts(&t, "ends at ");
    pv_put_size(&t, c->last.value);
    /* mprof goes on while a process that has ended waits for its parent */
    if (c->last.value == 0 && c->layers[c->top].thin.peak.value > 0)
        pv_buf_puts(&t, ", when the program was gone");
    put_others(c, &t);
    put_growth(c, &t);
    put_processes(c, &t);
    put_start(c, &t);
    return pv_chart_keep(c, &t);
}

/* At the dots, into as many lines as it takes, the last one cut to fit. */
static void wrap(pv_chart *c, pv_str text)
{
    while (text.n && c->subtitle_len < 3) {
        bool last = c->subtitle_len == 2;
        size_t fits = 0;

        for (size_t i = 0; i <= text.n && !last; i++) {
            bool dot = i == text.n ||
                       pv_str_starts(pv_str_slice(text, i, text.n), pv_dot);

            if (dot && (!fits ||
                        pv_text_cpx(pv_str_slice(text, 0, i), 12) <= c->width))
                fits = i;
        }
        if (last)
            fits = text.n;
        c->subtitle[c->subtitle_len++] = pv_str_slice(text, 0, fits);
        text = pv_str_slice(text, fits + pv_dot.n, text.n);
    }
}

/* ---- small print ---- */

static void put_inputs(const pv_chart *c, pv_buf *t)
{
    pv_buf_puts(t, c->job->paths_len > 1 ? " \xc2\xb7 inputs "
                                         : " \xc2\xb7 input ");
    for (size_t i = 0; i < c->job->paths_len; i++) {
        pv_buf_puts(t, i ? ", " : "");
        if (i == LISTED && c->job->paths_len > LISTED + 1) {
            pv_buf_format(t, "%zu more", c->job->paths_len - i);
            return;
        }
        pv_buf_str(t, pv_job_name(c->job, i));
    }
}

static void make_footer(pv_chart *c)
{
    uint64_t drawn = 0, seen = 0;
    pv_buf t = {0};

    for (size_t i = 0; i < c->layers_len; i++) {
        if (c->layers[i].thin.kept.len > drawn)
            drawn = c->layers[i].thin.kept.len;
        if (c->layers[i].thin.seen > seen)
            seen = c->layers[i].thin.seen;
    }
    for (size_t i = 1; i < c->runs_len; i++) {
        if (c->run_at[i].thin.kept.len > drawn)
            drawn = c->run_at[i].thin.kept.len;
        if (c->run_at[i].thin.seen > seen)
            seen = c->run_at[i].thin.seen;
    }
    pv_buf_puts(&t, "profviz " PV_VERSION);
    put_inputs(c, &t);
    pv_buf_str(&t, pv_dot);
    pv_put_count(&t, seen, "sample", "samples");
    if (drawn < seen) {
        pv_buf_puts(&t, ", ");
        pv_put_count(&t, drawn, "point", "points");
        pv_buf_puts(&t, " a series drawn with every minimum and maximum kept");
    }
    if (c->job->command.n) {
        pv_buf_str(&t, pv_dot);
        pv_buf_str(&t, c->job->command);
    }
    c->footer = pv_chart_keep(c, &t);
}

static void make_peak_line(pv_chart *c)
{
    const pv_point *peak = &c->layers[c->top].thin.peak;
    pv_str in = chart_function_at(c, peak->t);
    pv_buf t = {0}, name = {0};

    pv_buf_puts(&t, c->snapshots ? "in " : "at ");
    pv_put_moment(c, &t, peak->t);
    if (in.n) {
        pv_fit_text(&name, pv_chart_short_name(in),
                    (pv_fitting){16000, 12, PV_CUT_MIDDLE});
        pv_buf_puts(&t, ", in ");
        pv_buf_str(&t, pv_buf_text(&name));
    }
    c->arena.failed |= name.failed;
    pv_buf_done(&name);
    c->at_peak = pv_chart_keep(c, &t);
}

bool pv_chart_words(pv_chart *c)
{
    pv_str text;

    make_title(c);
    text = sentence(c);
    wrap(c, text);
    make_peak_line(c);
    make_footer(c);
    c->scene.title = c->title;
    c->scene.desc = text;
    return !c->arena.failed || pv_fail_nomem(c->err);
}
