/* SPDX-License-Identifier: MIT */
/* The columns of a sheet: figures by input, or by the call of a function. */
#include "path.h"
#include "source_sheet.h"

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
        pv_sheet_column *c = add_column(
            s, PV_COL_VALUE, input, head_of(s, measure, has_several(t)),
            m == in->main && input == s->file->input ? "n" : "n opt");

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
        add_column(s, PV_COL_SHARE, input, pv_str_of(share),
                   input == s->file->input ? "n pc" : "n pc opt");
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
