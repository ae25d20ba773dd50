/* SPDX-License-Identifier: MIT */
/* Line profiles as line_profiler 5.1 prints them, to the blank.
 *
 * Numbers are computed in doubles by its formulas, so that the same digits
 * come out.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "ink.h"
#include "lprof_order.h"
#include "number.h"
#include "source_lines.h"
#include "vec.h"

/* A function longer than this is shown by its lines with data alone: how far
 * they are apart is a claim. */
enum { LINES_MAX = 100000 };

enum { HITS_WIDTH = 9, TIME_WIDTH = 12, PER_HIT_WIDTH = 8, CELL = 48 };

typedef struct func {
    uint32_t fn;
    uint32_t place;      /* among the functions */
    uint32_t begin, end; /* in report.rows */
    double total;        /* units */
    int64_t hits;
} func;

typedef struct cells {
    char hits[CELL], time[CELL], per_hit[CELL], percent[CELL];
} cells;

typedef struct report {
    const pv_job *job;
    const pv_annotate_options *options;
    const pv_profile *p;
    const pv_line_table *t;
    int hits, time; /* measures */
    double unit, output_unit;
    func *functions;
    uint32_t len;
    uint32_t *rows; /* of the table, by function */
    pv_sources sources;
    pv_buf line;
    pv_sink *out;
} report;

/* ---- numbers ---- */

/* printf in the C locale, whatever the process has. */
static void number(char *out, const char *fmt, double v)
{
    int n = snprintf(out, CELL, fmt, v);

    for (int i = 0; i < n && i < CELL; i++)
        if (out[i] == ',')
            out[i] = '.';
}

/* Whole units, as the file had them; the model has nanoseconds. */
static double units(const report *r, int64_t ns)
{
    double u = (double)ns / 1e9 / r->unit, whole = rint(u);

    return fabs(u - whole) <= 1e-6 * (fabs(u) > 1.0 ? fabs(u) : 1.0) ? whole
                                                                     : u;
}

static int64_t value(const report *r, uint32_t row, int measure)
{
    int64_t v = r->t->value[(size_t)row * r->t->width + (size_t)measure];

    return v == PV_NONE ? 0 : v;
}

static void make_cells(const report *r, const func *f, uint32_t row, cells *c)
{
    double scale = r->unit / r->output_unit;
    double time = units(r, value(r, row, r->time));
    double hits = (double)value(r, row, r->hits);

    c->percent[0] = '\0';
    if (f->total != 0)
        number(c->percent, "%5.1f", 100 * time / f->total);
    number(c->time, "%5.1f", time * scale);
    if (strlen(c->time) > TIME_WIDTH)
        number(c->time, "%5.3g", time * scale);
    c->per_hit[0] = '\0';
    if (hits != 0)
        number(c->per_hit, "%5.1f", time * scale / hits);
    if (strlen(c->per_hit) > PER_HIT_WIDTH)
        number(c->per_hit, "%5.3g", time * scale / hits);
    number(c->hits, "%.0f", hits);
    if (strlen(c->hits) > HITS_WIDTH)
        number(c->hits, "%g", hits);
}

/* ---- one function ---- */

typedef struct widths {
    int hits, time, per_hit;
} widths;

static void widen(int *width, const char *text)
{
    int n = (int)strlen(text);

    if (n > *width)
        *width = n;
}

static widths measure(const report *r, const func *f)
{
    widths w = {HITS_WIDTH, TIME_WIDTH, PER_HIT_WIDTH};

    for (uint32_t i = f->begin; i < f->end; i++) {
        cells c = {"", "", "", ""};

        if (pv_line_has_data(r->t, r->rows[i]))
            make_cells(r, f, r->rows[i], &c);
        widen(&w.hits, c.hits);
        widen(&w.time, c.time);
        widen(&w.per_hit, c.per_hit);
    }
    return w;
}

static void put_name(report *r, const char *before, pv_str name,
                     const char *after)
{
    pv_buf_clear(&r->line);
    pv_ink_clean(&r->line, name, r->job->style.unicode);
    pv_sink_puts(r->out, before);
    pv_sink_text(r->out, pv_buf_text(&r->line));
    pv_sink_puts(r->out, after);
}

static void put_row(report *r, widths w, const char *line, const cells *c,
                    pv_str source)
{
    pv_buf_clear(&r->line);
    pv_buf_format(&r->line, "%6s %*s %*s %*s %8s  ", line, w.hits, c->hits,
                  w.time, c->time, w.per_hit, c->per_hit, c->percent);
    pv_source_clean(&r->line, source, true, r->job->style.unicode);
    pv_buf_char(&r->line, '\n');
    pv_sink_text(r->out, pv_buf_text(&r->line));
}

static void put_heading(report *r, widths w)
{
    cells heading = {"Hits", "Time", "Per Hit", "% Time"};
    size_t n;

    pv_sink_puts(r->out, "\n");
    put_row(r, w, "Line #", &heading, PV_STR("Line Contents"));
    n = r->line.n ? r->line.n - 1 : 0; /* 0: memory ran out */
    pv_buf_clear(&r->line);
    while (n-- > 0)
        pv_buf_char(&r->line, '=');
    pv_buf_char(&r->line, '\n');
    pv_sink_text(r->out, pv_buf_text(&r->line));
}

/* Does the input carry the lines' text?  Then it is from a printed report. */
static bool carries_source(const report *r, const func *f)
{
    for (uint32_t i = f->begin; i < f->end; i++)
        if (r->t->at[r->rows[i]].source.n > 0)
            return true;
    return false;
}

/* Files that notebooks and generators name, which are on no disk. */
static bool is_generated(pv_str file)
{
    return pv_str_starts(file, PV_STR("<generated")) ||
           pv_str_starts(file, PV_STR("<ipython-input-")) ||
           pv_str_starts(file, PV_STR("/tmp/ipykernel_")) ||
           pv_str_starts(file, PV_STR("/tmp/xpython_"));
}

/* From the function's first line to the last one that has data. */
static uint32_t lines_with_data(const report *r, const func *f)
{
    uint32_t first = r->p->functions.at[f->fn].line, least, last;

    if (f->begin == f->end)
        return 1;
    least = r->t->at[r->rows[f->begin]].line;
    last = r->t->at[r->rows[f->end - 1]].line;
    return last - (least < first ? least : first) + 1;
}

static void put_notice(report *r, pv_str file, pv_found found)
{
    if (found == PV_FOUND_NONE) {
        put_name(r, "\nCould not find file ", file, "\n");
    } else {
        put_name(r, "\nCould not read file ", file, ": it ");
        pv_sink_puts(r->out, pv_found_reason(found));
        pv_sink_puts(r->out, "\n");
    }
    pv_sink_puts(r->out,
                 "Are you sure you are running this program from the same "
                 "directory\n"
                 "that you ran the profiler from?\n"
                 "Continuing without the function's contents.\n");
}

/* The head of a function; returns how many lines it is shown with. */
static uint32_t put_head(report *r, const func *f)
{
    const pv_function *fn = &r->p->functions.at[f->fn];
    pv_str file = pv_profile_text(r->p, fn->file);
    bool carried = carries_source(r, f);
    pv_found found = PV_FOUND;
    char total[CELL];

    number(total, "%g", f->total * r->unit);
    pv_sink_puts(r->out, "Total time: ");
    pv_sink_puts(r->out, total);
    pv_sink_puts(r->out, " s\n");
    if (!carried)
        found = pv_sources_hold(&r->sources, file);
    if (found != PV_FOUND && !is_generated(file)) {
        put_notice(r, file, found);
        return lines_with_data(r, f);
    }
    put_name(r, "File: ", file, "\n");
    put_name(r, "Function: ", pv_profile_text(r->p, fn->name), "");
    pv_buf_clear(&r->line);
    pv_buf_format(&r->line, " at line %u\n", fn->line);
    pv_sink_text(r->out, pv_buf_text(&r->line));
    if (carried || r->sources.none)
        return lines_with_data(r, f);
    return pv_block_lines(&r->sources.text, fn->line);
}

/* One line; `row` is its row in the table, UINT32_MAX: it has none. */
static void put_line(report *r, const func *f, widths w, uint32_t line,
                     uint32_t row)
{
    pv_str source = PV_STR("");
    cells c = {"", "", "", ""};
    char digits[CELL];

    if (r->sources.held)
        source = pv_sources_line(&r->sources, line);
    if (row != UINT32_MAX && pv_line_has_data(r->t, row))
        make_cells(r, f, row, &c);
    if (row != UINT32_MAX && r->t->at[row].source.n > 0)
        source = r->t->at[row].source;
    (void)snprintf(digits, sizeof digits, "%u", line);
    put_row(r, w, digits, &c, source);
}

static void put_function(report *r, const func *f)
{
    uint32_t first = r->p->functions.at[f->fn].line, at = f->begin, lines;
    widths w;

    if (r->options->skip_zero && f->hits == 0)
        return;
    lines = put_head(r, f);
    w = measure(r, f);
    put_heading(r, w);
    for (uint32_t i = 0; i < lines; i++) {
        uint32_t line = first + i, next;

        while (at < f->end && r->t->at[r->rows[at]].line < line)
            at++;
        next = at < f->end ? r->t->at[r->rows[at]].line : UINT32_MAX;
        if (lines > LINES_MAX && next != line) {
            if (next == UINT32_MAX || next - first >= lines)
                break;
            i = next - first;
            line = next;
        }
        put_line(r, f, w, line, next == line ? r->rows[at] : UINT32_MAX);
    }
    pv_sink_puts(r->out, "\n");
}

/* ---- all functions ---- */

static int by_place(const void *a, const void *b)
{
    const func *x = a, *y = b;

    return (x->place > y->place) - (x->place < y->place);
}

static bool collect(report *r, pv_arena *a)
{
    const uint32_t *place = pv_lprof_places(r->job, r->p, a);
    uint32_t functions = r->p->functions.len;
    uint32_t *begin = PV_NEW_N(a, uint32_t, (size_t)functions + 2);

    r->rows = PV_NEW_N(a, uint32_t, (size_t)r->t->len + 1);
    r->functions = PV_NEW_N(a, func, (size_t)functions + 1);
    if (a->failed)
        return false;
    for (uint32_t i = 0; i < r->t->len; i++)
        begin[r->t->at[i].fn.i + 1]++;
    for (uint32_t f = 0; f < functions; f++)
        begin[f + 1] += begin[f];
    for (uint32_t f = 1; f < functions; f++)
        r->functions[r->len++] = (func){
            .fn = f, .place = place[f], .begin = begin[f], .end = begin[f]};
    for (uint32_t i = 0; i < r->t->len; i++) {
        func *f = &r->functions[r->t->at[i].fn.i - 1];

        if (r->t->at[i].fn.i == 0)
            continue;
        r->rows[f->end++] = i;
        f->total += units(r, value(r, i, r->time));
        f->hits += value(r, i, r->hits);
    }
    if (r->len > 1)
        qsort(r->functions, r->len, sizeof *r->functions, by_place);
    return true;
}

static int by_time(const void *a, const void *b)
{
    const func *x = a, *y = b;
    int order = (x->total > y->total) - (x->total < y->total);

    return order ? order : by_place(a, b);
}

static void summarize(report *r)
{
    for (uint32_t i = 0; i < r->len; i++) {
        const func *f = &r->functions[i];
        const pv_function *fn = &r->p->functions.at[f->fn];
        char seconds[CELL], line[CELL];

        if (r->options->skip_zero && f->total == 0)
            continue;
        number(seconds, "%6.2f", f->total * r->unit);
        pv_sink_puts(r->out, seconds);
        put_name(r, " seconds - ", pv_profile_text(r->p, fn->file), ":");
        (void)snprintf(line, sizeof line, "%u - ", fn->line);
        put_name(r, line, pv_profile_text(r->p, fn->name), "\n");
    }
}

static bool read_units(report *r, pv_error *err)
{
    pv_str wanted = r->options->unit;

    r->unit = pv_lprof_unit(r->p);
    r->output_unit = 1e-6;
    if (wanted.n && (!pv_parse_double(wanted, &r->output_unit) ||
                     !(r->output_unit > 0) || isinf(r->output_unit)))
        return pv_fail(err, PV_E_USAGE, NULL,
                       "-u %s: expected seconds above 0, as 1e-6",
                       PV_QUOTE(wanted));
    return true;
}

static int find_measure(const pv_line_table *t, const char *name)
{
    for (uint32_t c = 0; c < t->width; c++)
        if (pv_str_equal(t->measures[c].name, pv_str_of(name)))
            return (int)c;
    return 0;
}

static void put_report(report *r)
{
    char unit[CELL];

    number(unit, "%g", r->output_unit);
    pv_sink_puts(r->out, "Timer unit: ");
    pv_sink_puts(r->out, unit);
    pv_sink_puts(r->out, " s\n\n");
    if (r->options->sort && r->len > 1)
        qsort(r->functions, r->len, sizeof *r->functions, by_time);
    for (uint32_t i = 0; i < r->len; i++)
        put_function(r, &r->functions[i]);
    if (r->options->summarize)
        summarize(r);
}

bool pv_annotate_lprof(const pv_job *job, const pv_profile *p,
                       const pv_line_table *t, pv_sink *out, pv_error *err)
{
    report r = {.job = job,
                .options = job->options,
                .p = p,
                .t = t,
                .hits = find_measure(t, "hits"),
                .time = find_measure(t, "time"),
                .out = out};
    pv_arena a;
    bool ok;

    if (!read_units(&r, err))
        return false;
    pv_arena_init(&a, 0);
    pv_sources_init(&r.sources, r.options);
    ok = collect(&r, &a);
    if (ok)
        put_report(&r);
    ok = ok && !r.line.failed && !r.sources.failed;
    pv_buf_done(&r.line);
    pv_sources_done(&r.sources);
    pv_arena_done(&a);
    return ok || pv_fail_nomem(err);
}
