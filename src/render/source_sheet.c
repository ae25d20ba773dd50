/* SPDX-License-Identifier: MIT */
/* A sheet: its text, its lines. */
#include "source_sheet.h"

#include <stdlib.h>

#include "number.h"
#include "palette.h"
#include "path.h"

static bool read_text(pv_sheet *s)
{
    pv_buf bytes = {0};

    s->found = pv_roots_read(&s->book->roots, s->file->name, &bytes, NULL);
    if (s->book->o->embed_source != 0)
        s->found = PV_FOUND_NONE;
    if (s->found == PV_FOUND)
        pv_source_split(&s->text, pv_buf_text(&bytes), &s->a);
    s->a.failed |= bytes.failed;
    pv_buf_done(&bytes);
    s->language = pv_language_of(s->file->name);
    if (s->language == PV_LANG_NONE &&
        pv_str_find(pv_path_base(s->file->name), '.') == SIZE_MAX)
        s->language = PV_LANG_PYTHON; /* a program's script */
    return !s->a.failed &&
           pv_outline_make(&s->outline, &s->text, s->language, &s->a);
}

/* ---- lines ---- */

static void join(int64_t *to, int64_t v, bool level)
{
    if (v == PV_NONE)
        return;
    if (*to == PV_NONE)
        *to = v;
    else if (level)
        *to = v > *to ? v : *to;
    else if (!pv_add64(*to, v, to))
        *to = v > 0 ? INT64_MAX : INT64_MIN + 1;
}

static void take_row(pv_sheet *s, uint32_t line, const pv_book_row *r)
{
    const pv_book_input *in = &s->book->inputs[r->input];
    const pv_line_row *row = &in->t->at[r->row];
    pv_sheet_line *l = &s->lines[line];
    int64_t *cost = &s->cost[(size_t)line * s->book->inputs_len + r->input];

    for (uint32_t i = 0; i < s->columns_len; i++) {
        const pv_sheet_column *c = &s->columns[i];
        uint32_t call = row->call < PV_SHEET_CALLS ? row->call : PV_SHEET_CALLS;
        int64_t v;

        if (c->kind != PV_COL_VALUE || c->input != r->input ||
            (c->call && c->call != call))
            continue;
        v = in->t->value[(size_t)r->row * in->t->width + c->measure];
        l->known |= v != PV_NONE;
        join(&s->value[(size_t)line * s->values + c->value], v,
             pv_str_equal(in->t->measures[c->measure].name, PV_STR("memory")));
    }
    join(cost, pv_book_cost(s->book, r), false);
    if (row->source.n && !l->carried.n)
        l->carried = row->source;
}

static void note_heat(pv_sheet *s, uint32_t line)
{
    pv_sheet_line *l = &s->lines[line];

    for (uint32_t i = 0; i < s->book->inputs_len; i++) {
        int64_t v = s->cost[(size_t)line * s->book->inputs_len + i];

        if (v > s->most[i])
            s->most[i] = v;
        if (v > 0 && l->heat == 0) {
            l->heat = v;
            l->input = i;
        }
    }
}

static int64_t per_hit(const pv_sheet *s, uint32_t line,
                       const pv_sheet_column *c)
{
    const int64_t *v = &s->value[(size_t)line * s->values + c->value];

    if (c->value == 0 || v[0] == PV_NONE || v[-1] == PV_NONE || v[-1] <= 0 ||
        v[0] < 0 || v[0] > INT64_MAX / 1000)
        return PV_NONE;
    return pv_muldiv(v[0], 1000, v[-1]);
}

static int64_t most_of(const pv_sheet *s, const pv_sheet_column *c)
{
    int64_t most = 0;

    for (uint32_t i = 0; i < s->lines_len; i++) {
        int64_t v = c->kind == PV_COL_PER_HIT
                        ? per_hit(s, i, c)
                        : s->value[(size_t)i * s->values + c->value];

        if (c->scale.sign && c->value > 0 && /* there before */
            v == s->value[(size_t)i * s->values + c->value - 1])
            continue;
        if (v != PV_NONE && (v < 0 ? -v : v) > most)
            most = v < 0 ? -v : v;
    }
    return most;
}

/* Figures are 12 px wide, 7.5 each; heads of the sans 7; unit 6.5. */
static int width_of(pv_sheet *s, const pv_sheet_column *c, int64_t most)
{
    pv_buf t = {0};
    size_t figures, head;

    pv_scale_put(&t, &c->scale, most);
    figures = t.n + (c->scale.sign ? 1 : 0);
    s->a.failed |= t.failed;
    pv_buf_done(&t);
    if (c->kind == PV_COL_BAR) /* several side by side are shorter */
        return s->book->inputs_len == 1 ? 78 : 42;
    if (c->kind == PV_COL_SHARE)
        figures = 5;
    head = c->head.n + (c->unit[0] ? strlen(c->unit) + 3 : 0);
    if (head > figures)
        figures = head;
    return (int)(figures * 15 / 2) + 17;
}

static void set_scales(pv_sheet *s)
{
    for (uint32_t i = 0; i < s->columns_len; i++) {
        pv_sheet_column *c = &s->columns[i];
        const pv_line_measure *m =
            &s->book->inputs[c->input].t->measures[c->measure];
        int64_t most = 0;

        c->scale = (pv_scale){"", 1, 0, false};
        if (c->kind == PV_COL_VALUE || c->kind == PV_COL_PER_HIT) {
            bool part = c->kind == PV_COL_PER_HIT;
            bool sign = pv_str_equal(m->name, PV_STR("increment"));

            c->scale.sign = sign;
            most = most_of(s, c);
            c->scale =
                pv_scale_for(m->unit, m->exponent + (part ? 3u : 0u), most);
            if (part && c->scale.decimals < 2)
                c->scale.decimals = 2;
            c->scale.sign = sign;
            c->unit = c->scale.unit;
        }
        c->width = width_of(s, c, most);
    }
}

static uint32_t count_lines(const pv_sheet *s)
{
    uint32_t n = 0;

    for (uint32_t i = s->file->begin; i < s->file->end; i++)
        n += i == s->file->begin ||
             s->book->rows[i].line != s->book->rows[i - 1].line;
    return n;
}

/* Per hit stands beside the values: one more a line. */
static void fill_per_hit(pv_sheet *s, pv_sheet_column *c, uint32_t to)
{
    for (uint32_t i = 0; i < s->lines_len; i++)
        s->value[(size_t)i * s->values + to] = per_hit(s, i, c);
    c->value = to;
}

static bool sheet_lines(pv_sheet *s)
{
    uint32_t n = count_lines(s), inputs = s->book->inputs_len, per = 0;
    size_t values;

    for (uint32_t i = 0; i < s->columns_len; i++)
        per += s->columns[i].kind == PV_COL_PER_HIT;
    s->values += per;
    values = (size_t)n * s->values;
    s->lines = PV_NEW_N(&s->a, pv_sheet_line, (size_t)n + 1);
    s->value = PV_NEW_N(&s->a, int64_t, values + 1);
    s->cost = PV_NEW_N(&s->a, int64_t, (size_t)n * inputs + 1);
    if (s->a.failed)
        return false;
    for (size_t i = 0; i < values; i++)
        s->value[i] = PV_NONE;
    for (uint32_t i = s->file->begin; i < s->file->end; i++) {
        const pv_book_row *r = &s->book->rows[i];

        if (s->lines_len == 0 || s->lines[s->lines_len - 1].line != r->line)
            s->lines[s->lines_len++].line = r->line;
        take_row(s, s->lines_len - 1, r);
    }
    for (uint32_t i = 0; i < s->lines_len; i++)
        note_heat(s, i);
    set_scales(s);
    for (uint32_t i = 0; i < s->columns_len; i++)
        if (s->columns[i].kind == PV_COL_PER_HIT)
            fill_per_hit(s, &s->columns[i], s->values - per--);
    return !s->a.failed;
}

uint32_t pv_sheet_find(const pv_sheet *s, uint32_t line)
{
    uint32_t low = 0, high = s->lines_len;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (s->lines[middle].line < line)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

uint32_t pv_sheet_shown(const pv_sheet *s, uint32_t line)
{
    uint32_t at = pv_sheet_find(s, line);

    if ((line >= 1 && line <= s->text.len) || s->lines_len == 0)
        return line ? line : 1;
    return s->lines[at < s->lines_len ? at : s->lines_len - 1].line;
}

bool pv_sheet_counts(const pv_sheet *s)
{
    for (uint32_t i = 0; i < s->book->inputs_len; i++) {
        pv_line_kind kind = s->book->inputs[i].t->kind;

        if (kind == PV_LINES_OF_FUNCTIONS || kind == PV_LINES_OF_CALLS)
            return true;
    }
    return false;
}

unsigned pv_heat_of(int64_t cost, int64_t whole)
{
    return cost > 0 ? pv_heat_step(cost, whole) + 1 : 0;
}

unsigned pv_sheet_heat(const pv_sheet *s, uint32_t data)
{
    const pv_sheet_line *l = &s->lines[data];

    return pv_heat_of(l->heat, s->book->inputs[l->input].whole);
}

/* ---- all of it ---- */

typedef struct hot {
    int64_t cost;
    uint32_t data;
} hot;

static int hottest_first(const void *p, const void *q)
{
    const hot *x = p, *y = q;

    if (x->cost != y->cost)
        return x->cost < y->cost ? 1 : -1;
    return (x->data > y->data) - (x->data < y->data);
}

static bool find_hot(pv_sheet *s)
{
    hot *all = PV_NEW_N(&s->a, hot, (size_t)s->lines_len + 1);
    uint32_t n = 0;

    if (!all)
        return false;
    for (uint32_t i = 0; i < s->lines_len; i++)
        if (s->lines[i].heat > 0 && s->lines[i].input == s->file->input)
            all[n++] = (hot){s->lines[i].heat, i};
    if (n > 1)
        qsort(all, n, sizeof *all, hottest_first);
    for (; s->hot_len < PV_SHEET_HOT && s->hot_len < n; s->hot_len++)
        s->hot[s->hot_len] = all[s->hot_len].data;
    return true;
}

bool pv_sheet_make(pv_sheet *s, const pv_book *b, uint32_t file, pv_str prefix,
                   pv_error *err)
{
    *s = (pv_sheet){.book = b, .file = &b->files[file], .prefix = prefix};
    pv_arena_init(&s->a, 0);
    if (!read_text(s) || !pv_sheet_columns(s) || !sheet_lines(s))
        return pv_fail_nomem(err);
    if (!pv_sheet_functions(s, err))
        return false;
    return (pv_sheet_rows(s) && find_hot(s)) || pv_fail_nomem(err);
}

void pv_sheet_done(pv_sheet *s)
{
    pv_arena_done(&s->a);
}
