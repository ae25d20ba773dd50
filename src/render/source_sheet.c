/* SPDX-License-Identifier: MIT */
/* A sheet: its text, its columns, its lines. */
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

/* ---- columns ---- */

static pv_str title_of(const pv_line_measure *m, bool several)
{
    static const char *const titles[][2] = {
        {"hits", "Hits"},     {"time", "Time"},
        {"memory", "Mem"},    {"increment", "Increment"},
        {"size", "Size"},     {"occurrences", "Times"},
        {"blocks", "Blocks"}, {"calls", "Calls"},
    };

    for (size_t i = 0; i < sizeof titles / sizeof titles[0]; i++)
        if (pv_str_equal(m->name, pv_str_of(titles[i][0])))
            return pv_str_of(titles[i][1]);
    if (!several && pv_str_starts(m->name, PV_STR("self_")))
        return PV_STR("Self");
    if (!several && pv_str_starts(m->name, PV_STR("total_")))
        return PV_STR("Total");
    return m->name;
}

/* "Self time", where several metrics have a self. */
static pv_str head_of(pv_sheet *s, const pv_line_measure *m, bool several)
{
    pv_str plain = title_of(m, several);
    char *text;

    if (plain.p != m->name.p || plain.n == 0)
        return plain;
    text = PV_NEW_N(&s->a, char, plain.n + 1);
    if (!text)
        return plain;
    memcpy(text, plain.p, plain.n);
    for (size_t i = 0; i < plain.n; i++)
        if (text[i] == '_')
            text[i] = ' ';
    if (text[0] >= 'a' && text[0] <= 'z')
        text[0] = (char)(text[0] - 'a' + 'A');
    return (pv_str){text, plain.n};
}

static pv_sheet_column *add_column(pv_sheet *s, pv_column_kind kind,
                                   uint32_t input, pv_str head,
                                   const char *style)
{
    pv_sheet_column *c = &s->columns[s->columns_len];

    *c = (pv_sheet_column){
        .kind = kind, .input = input, .head = head, .style = style, .unit = ""};
    if (s->columns_len + 1 < PV_SHEET_COLUMNS)
        s->columns_len++;
    if (s->groups_len)
        s->groups[s->groups_len - 1].columns++;
    return c;
}

static const char *share_head(const pv_line_table *t)
{
    switch (t->kind) {
    case PV_LINES_OF_FUNCTIONS: return "% of run";
    case PV_LINES_OF_BLOCKS: return "% of all";
    case PV_LINES_OF_STACKS:
    case PV_LINES_OF_PROFILE: return "% self";
    case PV_LINES_OF_CALLS: break;
    }
    return NULL;
}

static bool has_several(const pv_line_table *t)
{
    unsigned selfs = 0;

    for (uint32_t c = 0; c < t->width; c++)
        selfs += pv_str_starts(t->measures[c].name, PV_STR("self_"));
    return selfs > 1;
}

static void value_columns(pv_sheet *s, uint32_t input, uint32_t call)
{
    const pv_book_input *in = &s->book->inputs[input];
    const pv_line_table *t = in->t;

    for (uint32_t m = 0; m < t->width; m++) {
        const pv_line_measure *measure = &t->measures[m];
        bool sums = measure->unit != PV_COUNT &&
                    t->kind == PV_LINES_OF_FUNCTIONS &&
                    s->book->inputs_len == 1;
        pv_sheet_column *c = add_column(s, PV_COL_VALUE, input,
                                        head_of(s, measure, has_several(t)),
                                        m == in->main ? "n" : "n opt");

        c->measure = m;
        c->call = call;
        c->value = s->values++;
        if (sums) {
            c = add_column(s, PV_COL_PER_HIT, input, PV_STR("Per hit"),
                           "n mu opt");
            c->measure = m;
            c->value = s->values - 1;
        }
    }
}

/* The largest number of calls that a function of the file has. */
static uint32_t calls_of(const pv_sheet *s, uint32_t input)
{
    uint32_t most = 0;

    for (uint32_t i = s->file->begin; i < s->file->end; i++) {
        const pv_book_row *r = &s->book->rows[i];

        if (r->input == input)
            most = s->book->inputs[input].t->at[r->row].call > most
                       ? s->book->inputs[input].t->at[r->row].call
                       : most;
    }
    return most;
}

static void begin_group(pv_sheet *s, pv_buf *title)
{
    s->a.failed |= title->failed;
    if (s->groups_len < PV_SHEET_COLUMNS)
        s->groups[s->groups_len++] =
            (pv_sheet_group){.title = pv_arena_copy(&s->a, pv_buf_text(title))};
    pv_buf_done(title);
}

/* Each call of a function in columns of its own. */
static void call_columns(pv_sheet *s, uint32_t input, uint32_t calls)
{
    uint32_t shown = calls < PV_SHEET_CALLS ? calls : PV_SHEET_CALLS;

    for (uint32_t k = 1; k <= shown; k++) {
        pv_buf title = {0};

        if (s->book->inputs_len > 1) {
            pv_buf_str(&title, pv_path_base(s->book->inputs[input].path));
            pv_buf_puts(&title, ", ");
        }
        if (k == shown && calls > shown)
            pv_buf_format(&title, "calls %u to %u", k, calls);
        else
            pv_buf_format(&title, "call %u", k);
        begin_group(s, &title);
        value_columns(s, input, k);
    }
}

static void input_columns(pv_sheet *s, uint32_t input)
{
    const pv_book_input *in = &s->book->inputs[input];
    uint32_t calls = in->t->kind == PV_LINES_OF_CALLS ? calls_of(s, input) : 0;
    const char *share = share_head(in->t);

    if (calls > 1) {
        call_columns(s, input, calls);
    } else {
        pv_buf title = {0};

        if (s->book->inputs_len > 1)
            pv_buf_str(&title, pv_path_base(in->path));
        begin_group(s, &title);
        value_columns(s, input, 0);
    }
    if (share)
        add_column(s, PV_COL_SHARE, input, pv_str_of(share), "n pc");
    add_column(s, PV_COL_BAR, input, PV_STR(""), "hb opt");
}

static bool has_rows(const pv_sheet *s, uint32_t input)
{
    for (uint32_t i = s->file->begin; i < s->file->end; i++)
        if (s->book->rows[i].input == input)
            return true;
    return false;
}

bool pv_sheet_columns(pv_sheet *s)
{
    for (uint32_t i = 0; i < s->book->inputs_len; i++)
        if (has_rows(s, i))
            input_columns(s, i);
    return !s->a.failed;
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

bool pv_sheet_lines(pv_sheet *s)
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
    if (!read_text(s) || !pv_sheet_columns(s) || !pv_sheet_lines(s))
        return pv_fail_nomem(err);
    if (!pv_sheet_functions(s, err))
        return false;
    return (pv_sheet_rows(s) && find_hot(s)) || pv_fail_nomem(err);
}

void pv_sheet_done(pv_sheet *s)
{
    pv_arena_done(&s->a);
}
