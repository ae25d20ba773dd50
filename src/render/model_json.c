/* SPDX-License-Identifier: MIT */
/* The whole model as JSON: every table, values in base units.
 *
 * Rows name other rows by their index; index 0 of functions is the unknown
 * one, of frames the root.
 */
#include "model_json.h"

#include "json.h"
#include "number.h"

typedef struct word {
    uint32_t bit;
    const char *name;
} word;

static const word has_words[] = {
    {PV_HAS_TREE, "tree"},     {PV_HAS_CALLS, "calls"},
    {PV_HAS_LINES, "lines"},   {PV_HAS_SERIES, "series"},
    {PV_HAS_TOTALS, "totals"}, {0, NULL},
};

static const word flag_words[] = {
    {PV_SAMPLED, "sampled"},
    {PV_ESTIMATED, "estimated"},
    {PV_TIME_ORDERED, "time_ordered"},
    {PV_DIFFERENTIAL, "differential"},
    {PV_LEAF_LINES, "leaf_lines"},
    {PV_FILE_LINE_FRAMES, "file_line_frames"},
    {0, NULL},
};

static const char *unit_word(pv_unit unit)
{
    switch (unit) {
    case PV_COUNT: return "count";
    case PV_NANOSECONDS: return "ns";
    case PV_BYTES: return "bytes";
    }
    return "?"; /* not reached while every unit has a case */
}

static const char *kind_word(pv_fn_kind kind)
{
    switch (kind) {
    case PV_FN_CODE: return "code";
    case PV_FN_THREAD: return "thread";
    case PV_FN_PROCESS: return "process";
    case PV_FN_LINE: return "line";
    case PV_FN_TYPE: return "type";
    case PV_FN_MARK: return "mark";
    }
    return "?"; /* not reached while every kind has a case */
}

static const char *certainty_word(pv_certainty c)
{
    switch (c) {
    case PV_EXACT: return "exact";
    case PV_BOUNDED: return "bounded";
    case PV_GUESSED: return "guessed";
    }
    return "?"; /* not reached while every certainty has a case */
}

/* ---- members ---- */

static void words(pv_json *j, const char *key, uint32_t bits, const word *list)
{
    pv_json_key(j, key);
    pv_json_array(j);
    for (; list->name; list++)
        if (bits & list->bit)
            pv_json_text(j, pv_str_of(list->name));
    pv_json_end(j);
}

static void member_text(pv_json *j, const char *key, const pv_profile *p,
                        pv_sym s)
{
    pv_json_key(j, key);
    pv_json_text(j, pv_profile_text(p, s));
}

static void member_word(pv_json *j, const char *key, const char *value)
{
    pv_json_key(j, key);
    pv_json_text(j, pv_str_of(value));
}

static void member_int(pv_json *j, const char *key, int64_t v)
{
    pv_json_key(j, key);
    pv_json_int(j, v);
}

static void values(pv_json *j, const int64_t *cost, uint32_t row,
                   uint32_t width)
{
    if (!cost)
        return;
    pv_json_key(j, "values");
    pv_json_array(j);
    for (uint32_t m = 0; m < width; m++) {
        int64_t v = cost[(size_t)row * width + m];

        if (v == PV_NONE)
            pv_json_null(j);
        else
            pv_json_int(j, v);
    }
    pv_json_end(j);
}

static void open_table(pv_json *j, const char *key)
{
    pv_json_line(j);
    pv_json_key(j, key);
    pv_json_array(j);
}

static void open_row(pv_json *j)
{
    pv_json_line(j);
    pv_json_object(j);
}

/* ---- tables ---- */

static void metrics(pv_json *j, const pv_profile *p)
{
    open_table(j, "metrics");
    for (uint32_t i = 0; i < p->metrics.len; i++) {
        const pv_metric *m = &p->metrics.at[i];

        open_row(j);
        member_text(j, "name", p, m->name);
        member_word(j, "unit", unit_word(m->unit));
        member_int(j, "exponent", m->exponent);
        pv_json_key(j, "inclusive");
        pv_json_bool(j, m->inclusive);
        pv_json_end(j);
    }
    pv_json_end(j);
    pv_json_line(j);
    member_int(j, "main_metric", p->metrics.main);
}

static void functions(pv_json *j, const pv_profile *p)
{
    open_table(j, "functions");
    for (uint32_t i = 0; i < p->functions.len; i++) {
        const pv_function *f = &p->functions.at[i];

        open_row(j);
        member_text(j, "name", p, f->name);
        member_text(j, "file", p, f->file);
        member_int(j, "line", f->line);
        member_word(j, "kind", kind_word((pv_fn_kind)f->kind));
        values(j, p->functions.cost, i, p->metrics.len);
        pv_json_end(j);
    }
    pv_json_end(j);
}

static void frames(pv_json *j, const pv_profile *p)
{
    open_table(j, "frames");
    for (uint32_t i = 0; i < p->frames.len; i++) {
        const pv_frame *f = &p->frames.at[i];

        open_row(j);
        member_int(j, "parent", i ? (int64_t)f->parent.i : -1);
        member_int(j, "function", f->fn.i);
        member_int(j, "line", f->line);
        if (f->text.i)
            member_text(j, "text", p, f->text);
        values(j, p->frames.cost, i, p->metrics.len);
        if (f->certainty != PV_EXACT)
            member_word(j, "certainty",
                        certainty_word((pv_certainty)f->certainty));
        if (p->bounds && f->certainty != PV_EXACT) {
            member_int(j, "low", p->bounds[i].low);
            member_int(j, "high", p->bounds[i].high);
        }
        pv_json_end(j);
    }
    pv_json_end(j);
}

static void calls(pv_json *j, const pv_profile *p)
{
    open_table(j, "calls");
    for (uint32_t i = 0; i < p->calls.len; i++) {
        open_row(j);
        member_int(j, "caller", p->calls.at[i].caller.i);
        member_int(j, "callee", p->calls.at[i].callee.i);
        values(j, p->calls.cost, i, p->metrics.len);
        pv_json_end(j);
    }
    pv_json_end(j);
}

static void lines(pv_json *j, const pv_profile *p)
{
    open_table(j, "lines");
    for (uint32_t i = 0; i < p->lines.len; i++) {
        const pv_line *l = &p->lines.at[i];

        open_row(j);
        member_text(j, "file", p, l->file);
        member_int(j, "line", l->line);
        member_int(j, "function", l->fn.i);
        member_int(j, "call", l->call);
        if (l->source.i)
            member_text(j, "source", p, l->source);
        values(j, p->lines.cost, i, p->metrics.len);
        pv_json_end(j);
    }
    pv_json_end(j);
}

static void points(pv_json *j, const pv_series *s)
{
    pv_json_key(j, "points");
    pv_json_array(j);
    for (uint32_t i = 0; i < s->len; i++) {
        pv_json_array(j);
        pv_json_int(j, s->at[i].t);
        pv_json_int(j, s->at[i].value);
        pv_json_end(j);
    }
    pv_json_end(j);
}

static void series(pv_json *j, const pv_profile *p)
{
    open_table(j, "series");
    for (uint32_t i = 0; i < p->series.len; i++) {
        const pv_series *s = &p->series.at[i];

        open_row(j);
        member_text(j, "name", p, s->name);
        member_word(j, "unit", unit_word(s->unit));
        pv_json_key(j, "pid");
        if (s->pid < 0)
            pv_json_null(j);
        else
            pv_json_int(j, s->pid);
        points(j, s);
        pv_json_end(j);
    }
    pv_json_end(j);
}

static void marks(pv_json *j, const pv_profile *p)
{
    open_table(j, "marks");
    for (uint32_t i = 0; i < p->marks.len; i++) {
        const pv_mark *m = &p->marks.at[i];

        open_row(j);
        member_text(j, "label", p, m->label);
        member_int(j, "begin", m->begin);
        member_int(j, "end", m->end);
        member_int(j, "begin_value", m->begin_value);
        member_int(j, "end_value", m->end_value);
        member_int(j, "level", m->level);
        pv_json_end(j);
    }
    pv_json_end(j);
}

static void notes(pv_json *j, const pv_profile *p)
{
    open_table(j, "notes");
    for (uint32_t i = 0; i < p->notes.len; i++) {
        open_row(j);
        member_text(j, "key", p, p->notes.at[i].key);
        member_text(j, "value", p, p->notes.at[i].value);
        pv_json_end(j);
    }
    pv_json_end(j);
}

bool pv_model_json(const pv_profile *p, pv_sink *out, pv_error *err)
{
    pv_json j = PV_JSON(out);

    (void)err; /* nothing here can fail but the sink, which tells itself */
    pv_json_object(&j);
    member_int(&j, "profviz", 1);
    member_word(&j, "format", p->format);
    member_text(&j, "producer", p, p->producer);
    words(&j, "has", p->has, has_words);
    words(&j, "flags", p->flags, flag_words);
    member_int(&j, "stacks", p->stacks);
    member_int(&j, "records", p->records);
    metrics(&j, p);
    functions(&j, p);
    frames(&j, p);
    calls(&j, p);
    lines(&j, p);
    series(&j, p);
    marks(&j, p);
    notes(&j, p);
    pv_json_done(&j);
    return true;
}
