/* SPDX-License-Identifier: MIT */
/* The functions of a sheet: where they stand in the text and what they cost. */
#include <stdlib.h>

#include "number.h"
#include "source_sheet.h"

/* The name that an input has for the sheet's file. */
static pv_str spelling(const pv_sheet *s, uint32_t input)
{
    for (uint32_t i = s->file->begin; i < s->file->end; i++) {
        const pv_book_row *r = &s->book->rows[i];

        if (r->input == input)
            return s->book->inputs[input].t->at[r->row].file;
    }
    return PV_STR("");
}

static void add(int64_t *sum, int64_t v)
{
    if (v == PV_NONE)
        return;
    if (*sum == PV_NONE)
        *sum = v;
    else if (!pv_add64(*sum, v, sum))
        *sum = INT64_MAX;
}

static bool is_python(const pv_sheet *s)
{
    return s->language == PV_LANG_PYTHON && s->text.len > 0;
}

/* "<module>", "<lambda>": no def has such a name. */
static bool is_nameless(pv_str name)
{
    pv_str last = pv_last_name(name);

    return last.n == 0 || last.p[0] == '<' || last.p[0] == '(';
}

/* Finds its def; `line` is what the profile says, 0 when it does not. */
static void place(pv_sheet *s, pv_sheet_function *f, pv_str name, uint32_t line)
{
    f->name = name;
    f->line = line;
    if (!is_python(s) || is_nameless(name))
        return;
    f->def = line ? pv_outline_find(&s->outline, name, line)
                  : pv_outline_named(&s->outline, name);
    if (f->def)
        f->line = s->outline.at[f->def].first;
    else if (line)
        s->changed = true;
}

static pv_sheet_function *add_function(pv_sheet *s)
{
    pv_sheet_function *f = &s->functions[s->functions_len++];

    *f = (pv_sheet_function){
        .calls = PV_NONE, .self = PV_NONE, .total = PV_NONE};
    return f;
}

static bool room_for(pv_sheet *s, size_t n)
{
    s->functions = PV_NEW_N(&s->a, pv_sheet_function, n + 1);
    return s->functions != NULL;
}

/* ---- by kind of input ---- */

/* Line costs: a function's total is the sum of its lines. */
static bool from_lines(pv_sheet *s, uint32_t input)
{
    const pv_book_input *in = &s->book->inputs[input];
    const pv_profile *p = in->p;
    pv_file_index here = pv_index_of(&in->index, spelling(s, input));

    if (!room_for(s, here.len))
        return false;
    for (uint32_t i = 0; i < here.len; i++) {
        const pv_function *fn = &p->functions.at[here.at[i].item];

        place(s, add_function(s), pv_profile_text(p, fn->name), fn->line);
    }
    for (uint32_t i = s->file->begin; i < s->file->end; i++) {
        const pv_book_row *r = &s->book->rows[i];
        const pv_line_row *row = &in->t->at[r->row];
        uint32_t at = pv_index_item(&here, row->fn.i);
        pv_sheet_function *f = &s->functions[at];

        if (r->input != input || at == here.len)
            continue;
        add(&f->total, pv_book_cost(s->book, r));
        if (row->call > 1 || in->t->kind == PV_LINES_OF_CALLS)
            if (f->calls < (int64_t)row->call)
                f->calls = row->call;
    }
    for (uint32_t i = 0; i < s->functions_len; i++)
        s->functions[i].never = s->functions[i].total == PV_NONE;
    return true;
}

static int calls_measure(const pv_ranking *r)
{
    for (uint32_t c = 0; c < r->width; c++)
        if (pv_str_equal(r->measures[c].name, PV_STR("calls")))
            return (int)c;
    return -1;
}

static int64_t figure(const pv_ranking *r, uint32_t row, int measure)
{
    return measure < 0 ? PV_NONE
                       : r->value[(size_t)row * r->width + (size_t)measure];
}

static bool from_ranking(pv_sheet *s, uint32_t input)
{
    const pv_book_input *in = &s->book->inputs[input];
    const pv_ranking *r = &in->functions;
    bool calls = in->t->kind == PV_LINES_OF_PROFILE;
    pv_file_index here = pv_index_of(&in->index, spelling(s, input));

    if (!room_for(s, here.len))
        return false;
    for (uint32_t k = 0; k < here.len; k++) {
        uint32_t i = here.at[k].item;
        pv_row row = pv_ranking_row(r, i);
        pv_sheet_function *f = add_function(s);

        place(s, f, row.name, calls ? row.line : 0);
        f->fn = row.fn;
        f->calls = figure(r, i, calls_measure(r));
        f->self = figure(r, i, r->self);
        f->total = figure(r, i, r->total);
    }
    return true;
}

/* Blocks know lines alone: those of a def are its own. */
static bool from_outline(pv_sheet *s, uint32_t input)
{
    uint32_t *at = PV_NEW_N(&s->a, uint32_t, (size_t)s->outline.len + 1);

    if (!at || !room_for(s, s->outline.len))
        return false;
    for (uint32_t i = s->file->begin; i < s->file->end; i++) {
        const pv_book_row *r = &s->book->rows[i];
        uint32_t def;

        if (r->input != input || r->line == 0 || r->line > s->text.len)
            continue;
        def = s->outline.owner[r->line - 1];
        if (def && !at[def]) {
            pv_sheet_function *f = add_function(s);

            f->name = s->outline.at[def].name;
            f->def = def;
            f->line = s->outline.at[def].first;
            at[def] = s->functions_len;
        }
        if (def)
            add(&s->functions[at[def] - 1].self, pv_book_cost(s->book, r));
    }
    return true;
}

static bool from_input(pv_sheet *s, uint32_t input)
{
    switch (s->book->inputs[input].t->kind) {
    case PV_LINES_OF_FUNCTIONS:
    case PV_LINES_OF_CALLS: return from_lines(s, input);
    case PV_LINES_OF_STACKS:
    case PV_LINES_OF_PROFILE: return from_ranking(s, input);
    case PV_LINES_OF_BLOCKS: return from_outline(s, input);
    }
    return true;
}

/* ---- what the text says ---- */

static pv_str without_end_blanks(pv_str s)
{
    while (s.n && (s.p[s.n - 1] == ' ' || s.p[s.n - 1] == '\t' ||
                   s.p[s.n - 1] == '\r'))
        s.n--;
    return s;
}

/* A report's own lines are what ran; a file that has others has changed. */
static void check_text(pv_sheet *s)
{
    bool other = false;

    if (s->text.len == 0)
        return;
    for (uint32_t i = 0; i < s->lines_len; i++) {
        const pv_sheet_line *l = &s->lines[i];

        s->changed |= l->line > s->text.len;
        if (l->carried.n && l->line >= 1 && l->line <= s->text.len)
            other |= !pv_str_equal(without_end_blanks(l->carried),
                                   without_end_blanks(s->text.at[l->line - 1]));
    }
    s->changed |= other;
    if (other)
        s->text.len = 0;
}

/* How much of the profiled functions' code was run. */
static bool count_code(pv_sheet *s)
{
    bool *profiled = PV_NEW_N(&s->a, bool, (size_t)s->outline.len + 1);

    if (!profiled)
        return false;
    for (uint32_t i = 0; pv_sheet_counts(s) && i < s->functions_len; i++)
        if (s->functions[i].def)
            profiled[s->functions[i].def] = true;
    for (uint32_t i = 0; i < s->text.len; i++) {
        uint32_t at = pv_sheet_find(s, i + 1);
        bool known = at < s->lines_len && s->lines[at].line == i + 1 &&
                     s->lines[at].known;

        s->outline.counted[i] =
            profiled[s->outline.owner[i]] && s->outline.counted[i];
        s->code += known || s->outline.counted[i];
        s->ran += known;
    }
    return true;
}

/* ---- order and names ---- */

static int by_line(const void *p, const void *q)
{
    const pv_sheet_function *x = p, *y = q;

    if (x->line != y->line)
        return x->line < y->line ? -1 : 1;
    if (pv_str_compare(x->name, y->name))
        return pv_str_compare(x->name, y->name);
    return (x->total < y->total) - (x->total > y->total);
}

static void put_id(pv_buf *out, pv_str name)
{
    for (size_t i = 0; i < name.n && i < 200; i++) {
        char c = name.p[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                     (c >= '0' && c <= '9') || c == '_' || c == '.';

        pv_buf_char(out, plain ? c : '-');
    }
}

static void name_function(pv_sheet *s, uint32_t i, pv_buf *t)
{
    pv_sheet_function *f = &s->functions[i];

    pv_buf_clear(t);
    if (f->def) {
        pv_outline_name(t, &s->outline, f->def);
        f->name = pv_arena_copy(&s->a, pv_buf_text(t));
    }
    pv_buf_clear(t);
    pv_buf_str(t, s->prefix);
    pv_buf_puts(t, "f-");
    put_id(t, f->name);
    f->id = pv_arena_copy(&s->a, pv_buf_text(t));
}

static int by_id(const void *p, const void *q)
{
    const pv_sheet_function *const *x = p, *const *y = q;
    int order = pv_str_compare((*x)->id, (*y)->id);

    return order ? order : (*x > *y) - (*x < *y);
}

/* Ids that meet get their line; if that does not part them, their number. */
static bool part_ids(pv_sheet *s, pv_buf *t)
{
    pv_sheet_function **all =
        PV_NEW_N(&s->a, pv_sheet_function *, (size_t)s->functions_len + 1);

    for (uint32_t i = 0; all && i < s->functions_len; i++)
        all[i] = &s->functions[i];
    if (all && s->functions_len > 1)
        qsort(all, s->functions_len, sizeof(void *), by_id);
    for (uint32_t i = s->functions_len; all && i-- > 1;) {
        if (!pv_str_equal(all[i]->id, all[i - 1]->id))
            continue;
        pv_buf_clear(t);
        pv_buf_str(t, all[i]->id);
        pv_buf_format(t, "~%u", (unsigned)(all[i] - s->functions));
        all[i]->id = pv_arena_copy(&s->a, pv_buf_text(t));
    }
    return all != NULL;
}

bool pv_sheet_functions(pv_sheet *s, pv_error *err)
{
    pv_buf t = {0};
    bool ok = true;

    check_text(s);
    for (uint32_t i = 0; ok && i < s->book->inputs_len; i++) {
        if (s->functions_len || spelling(s, i).n == 0)
            continue;
        s->functions_input = i;
        ok = from_input(s, i);
    }
    if (ok && s->functions_len > 1)
        qsort(s->functions, s->functions_len, sizeof *s->functions, by_line);
    for (uint32_t i = 0; ok && i < s->functions_len; i++)
        name_function(s, i, &t);
    ok = ok && part_ids(s, &t) && count_code(s) && !t.failed && !s->a.failed;
    pv_buf_done(&t);
    return ok || pv_fail_nomem(err);
}
