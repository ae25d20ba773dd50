/* SPDX-License-Identifier: MIT */
/* The record `file` of source.html. */
#include "source_view.h"

#include <stdio.h>

#include "number.h"
#include "path.h"

#define VIEW(record) ((pv_source_view *)(uintptr_t)(record))

pv_datum pv_view_text(pv_source_view *v)
{
    return pv_datum_text(pv_buf_text(&v->text));
}

/* A field whose text is made when it is asked for. */
#define TEXT(field, ...)                                                       \
    static pv_datum field(const void *record)                                  \
    {                                                                          \
        pv_source_view *v = VIEW(record);                                      \
                                                                               \
        pv_buf_clear(&v->text);                                                \
        __VA_ARGS__;                                                           \
        return pv_view_text(v);                                                \
    }

static void put_id(pv_source_view *v, const char *word)
{
    if (!v->alone)
        pv_buf_str(&v->text, pv_str_slice(v->prefix, 0, v->prefix.n - 1));
    if (!v->alone && word[0])
        pv_buf_char(&v->text, '-');
    pv_buf_puts(&v->text, word);
}

TEXT(file_id, put_id(v, v->alone ? "file" : ""))
TEXT(file_src, put_id(v, "src"))
TEXT(title, if (!v->alone) pv_code_show(&v->text, v->sheet.file->shown))
TEXT(sentence, pv_view_sentence(v))

void pv_view_address(pv_source_view *v, uint32_t file, uint32_t line)
{
    const pv_source_pages *how = v->how;

    if (how->address)
        how->address(how->ctx, how->book, file, &v->text);
    if (line == 0)
        return;
    if (how->address) {
        pv_source_anchor(how, file, &v->text, line);
        return;
    }
    pv_buf_char(&v->text, '#');
    if (!how->address && how->book->files_len > 1)
        pv_buf_format(&v->text, "s%u-", file + 1);
    pv_buf_format(&v->text, "L%u", line);
}

/* ---- files before and after, each on a page of its own ---- */

static bool has_pages(const pv_source_view *v)
{
    return v->how->address && v->alone;
}

static void put_neighbour(pv_source_view *v, int step, bool name)
{
    uint32_t to = v->index + (uint32_t)step;

    if (!has_pages(v) || to >= v->how->book->files_len)
        return;
    if (name)
        pv_code_show(&v->text, v->how->book->files[to].shown);
    else
        pv_view_address(v, to, 0);
}

TEXT(previous, put_neighbour(v, -1, false))
TEXT(next, put_neighbour(v, 1, false))
TEXT(previous_name, put_neighbour(v, -1, true))
TEXT(next_name, put_neighbour(v, 1, true))

/* ---- notes and legend ---- */

static pv_datum text_itself(const void *record)
{
    return pv_view_text(VIEW(record));
}

static const pv_field text_fields[] = {
    {"text", PV_K_TEXT, NULL, text_itself},
    {0},
};
const pv_record_type pv_source_text_type = {"text", text_fields};

static const void *note_at(const void *self, size_t i)
{
    pv_view_note(VIEW(self), (uint32_t)i);
    return self;
}

static const void *legend_at(const void *self, size_t i)
{
    pv_view_legend(VIEW(self), (uint32_t)i);
    return self;
}

static pv_datum texts(pv_source_view *v,
                      bool (*put)(pv_source_view *, uint32_t),
                      const void *(*at)(const void *, size_t))
{
    size_t n = 0;

    while (put(v, (uint32_t)n))
        n++;
    return (pv_datum){.kind = PV_K_LIST, .as.list = {v, n, at}};
}

static pv_datum notes(const void *record)
{
    return texts(VIEW(record), pv_view_note, note_at);
}

static pv_datum legend(const void *record)
{
    return texts(VIEW(record), pv_view_legend, legend_at);
}

/* ---- the hottest lines ---- */

static const void *item_at(const void *self, size_t i)
{
    VIEW(self)->item = (uint32_t)i;
    return self;
}

static const pv_sheet_line *hot_line(const pv_source_view *v)
{
    return &v->sheet.lines[v->sheet.hot[v->item]];
}

TEXT(hot_line_number, pv_buf_format(&v->text, "%u", hot_line(v)->line))
TEXT(hot_href, pv_buf_format(&v->text, "#%.*sL%u", (int)v->prefix.n,
                             v->prefix.p, hot_line(v)->line))
TEXT(hot_share, pv_scale_share(&v->text, hot_line(v)->heat,
                               v->how->book->inputs[hot_line(v)->input].whole);
     pv_buf_char(&v->text, '%'))

static const pv_field hot_fields[] = {
    {"line", PV_K_TEXT, NULL, hot_line_number},
    {"href", PV_K_TEXT, NULL, hot_href},
    {"share", PV_K_TEXT, NULL, hot_share},
    {0},
};
static const pv_record_type hot_type = {"hot", hot_fields};

static pv_datum hot(const void *record)
{
    return (pv_datum){
        .kind = PV_K_LIST,
        .as.list = {record, VIEW(record)->sheet.hot_len, item_at}};
}

/* ---- functions ---- */

static const pv_sheet_function *function_of(const pv_source_view *v)
{
    return &v->sheet.functions[v->item];
}

typedef int64_t (*figure)(const pv_sheet_function *f);

static int64_t calls_of(const pv_sheet_function *f)
{
    return f->calls;
}

static int64_t self_of(const pv_sheet_function *f)
{
    return f->self;
}

static int64_t total_of(const pv_sheet_function *f)
{
    return f->total;
}

static bool is_known(const pv_source_view *v, figure of, int64_t *most)
{
    bool known = false;

    *most = 0;
    for (uint32_t i = 0; i < v->sheet.functions_len; i++) {
        int64_t f = of(&v->sheet.functions[i]);

        known |= f != PV_NONE;
        if (f != PV_NONE && f > *most)
            *most = f;
    }
    return known;
}

static pv_scale scale_of(const pv_source_view *v, figure of)
{
    const pv_book_input *in = &v->how->book->inputs[v->sheet.functions_input];
    const pv_line_measure *m = &in->t->measures[in->main];
    int64_t most;

    is_known(v, of, &most);
    return pv_scale_for(m->unit, m->exponent, most);
}

static void put_head(pv_source_view *v, figure of, const char *word)
{
    pv_scale scale = scale_of(v, of);
    int64_t most;

    if (!is_known(v, of, &most))
        return;
    pv_buf_puts(&v->text, word);
    if (scale.unit[0] && of != calls_of)
        pv_buf_format(&v->text, " (%s)", scale.unit);
}

static void put_figure(pv_source_view *v, figure of)
{
    pv_scale scale =
        of == calls_of ? (pv_scale){"", 1, 0, false} : scale_of(v, of);

    pv_scale_put(&v->text, &scale, of(function_of(v)));
}

/* Of the run, for the bar. */
static void put_bar(pv_source_view *v)
{
    const pv_book_input *in = &v->how->book->inputs[v->sheet.functions_input];
    const pv_sheet_function *f = function_of(v);
    int64_t cost = f->total != PV_NONE ? f->total : f->self;
    char text[PV_NUMBER_MAX];

    if (cost == PV_NONE || cost < 0 || in->whole <= 0)
        cost = 0;
    else if (cost > in->whole)
        cost = in->whole;
    pv_buf_add(
        &v->text, text,
        pv_write_decimal(
            text, in->whole > 0 ? pv_muldiv(cost, 1000, in->whole) : 0, 1));
    pv_buf_char(&v->text, '%');
}

uint32_t pv_view_shown(const pv_source_view *v, uint32_t line)
{
    const pv_sheet *s = &v->sheet;
    uint32_t at = pv_sheet_find(s, line);

    if ((line >= 1 && line <= s->text.len) || s->lines_len == 0)
        return line ? line : 1;
    return s->lines[at < s->lines_len ? at : s->lines_len - 1].line;
}

static void put_function_href(pv_source_view *v)
{
    pv_buf_format(&v->text, "#%.*sL%u", (int)v->prefix.n, v->prefix.p,
                  pv_view_shown(v, function_of(v)->line));
}

TEXT(calls_head, put_head(v, calls_of, "Calls"))
TEXT(self_head, put_head(v, self_of, "Self"))
TEXT(total_head, put_head(v, total_of, "Total"))
TEXT(function_name, pv_code_show(&v->text, function_of(v)->name))
TEXT(function_line, if (function_of(v)->line)
                        pv_buf_format(&v->text, "%u", function_of(v)->line))
TEXT(function_calls, put_figure(v, calls_of))
TEXT(function_self, put_figure(v, self_of))
TEXT(function_total, put_figure(v, total_of))
TEXT(function_bar, put_bar(v))
TEXT(function_href, put_function_href(v))

static pv_datum function_never(const void *record)
{
    return pv_datum_bool(function_of(VIEW(record))->never);
}

static const pv_field function_fields[] = {
    {"name", PV_K_TEXT, NULL, function_name},
    {"href", PV_K_TEXT, NULL, function_href},
    {"line", PV_K_TEXT, NULL, function_line},
    {"calls", PV_K_TEXT, NULL, function_calls},
    {"self", PV_K_TEXT, NULL, function_self},
    {"total", PV_K_TEXT, NULL, function_total},
    {"bar", PV_K_TEXT, NULL, function_bar},
    {"never", PV_K_BOOL, NULL, function_never},
    {0},
};
static const pv_record_type function_type = {"function", function_fields};

static pv_datum functions(const void *record)
{
    return (pv_datum){
        .kind = PV_K_LIST,
        .as.list = {record, VIEW(record)->sheet.functions_len, item_at}};
}

/* Many would keep the lines waiting. */
static pv_datum is_open(const void *record)
{
    return pv_datum_bool(VIEW(record)->sheet.functions_len <= 200);
}

/* ---- columns ---- */

static const pv_sheet_column *column_of(const pv_source_view *v)
{
    return &v->sheet.columns[v->item];
}

static void put_unit(pv_source_view *v)
{
    if (column_of(v)->unit[0])
        pv_buf_format(&v->text, " (%s)", column_of(v)->unit);
}

TEXT(column_head, pv_buf_str(&v->text, column_of(v)->head))
TEXT(column_unit, put_unit(v))
TEXT(column_style, pv_buf_puts(&v->text, column_of(v)->style))

static pv_datum column_width(const void *record)
{
    return pv_datum_int(column_of(VIEW(record))->width);
}

static const pv_field column_fields[] = {
    {"head", PV_K_TEXT, NULL, column_head},
    {"unit", PV_K_TEXT, NULL, column_unit},
    {"style", PV_K_TEXT, NULL, column_style},
    {"width", PV_K_INT, NULL, column_width},
    {0},
};
static const pv_record_type column_type = {"column", column_fields};

static pv_datum columns(const void *record)
{
    return (pv_datum){
        .kind = PV_K_LIST,
        .as.list = {record, VIEW(record)->sheet.columns_len, item_at}};
}

static bool is_optional(const pv_sheet_column *c)
{
    return pv_str_ends(pv_str_of(c->style), PV_STR("opt"));
}

static int64_t count_columns(const pv_source_view *v, bool optional)
{
    int64_t n = 0;

    for (uint32_t i = 0; i < v->sheet.columns_len; i++)
        n += is_optional(&v->sheet.columns[i]) == optional;
    return n;
}

static pv_datum span(const void *record)
{
    return pv_datum_int(count_columns(VIEW(record), false));
}

static pv_datum span_opt(const void *record)
{
    return pv_datum_int(count_columns(VIEW(record), true));
}

TEXT(group_title, pv_buf_str(&v->text, v->sheet.groups[v->item].title))

static pv_datum group_columns(const void *record)
{
    const pv_source_view *v = VIEW(record);

    return pv_datum_int(v->sheet.groups[v->item].columns);
}

static const pv_field group_fields[] = {
    {"title", PV_K_TEXT, NULL, group_title},
    {"columns", PV_K_INT, NULL, group_columns},
    {0},
};
static const pv_record_type group_type = {"group", group_fields};

static pv_datum groups(const void *record)
{
    return (pv_datum){
        .kind = PV_K_LIST,
        .as.list = {record, VIEW(record)->sheet.groups_len, item_at}};
}

static pv_datum grouped(const void *record)
{
    const pv_sheet *s = &VIEW(record)->sheet;

    return pv_datum_bool(s->groups_len > 0 && s->groups[0].title.n > 0);
}

/* ---- blocks ---- */

static const void *row_at(const void *self, size_t i)
{
    const pv_sheet_block *b = self;

    return &b->sheet->rows[b->begin + i];
}

static pv_datum rows(const void *record)
{
    const pv_sheet_block *b = record;

    return (pv_datum){.kind = PV_K_LIST,
                      .as.list = {b, b->end - b->begin, row_at}};
}

/* Those below the window may wait. */
static pv_datum block_style(const void *record)
{
    const pv_sheet_block *b = record;

    return pv_datum_text(b->sheet->blocks_len > 1 ? PV_STR("cv") : PV_STR(""));
}

static const pv_field block_fields[] = {
    {"rows", PV_K_LIST, &pv_source_row_type, rows},
    {"style", PV_K_TEXT, NULL, block_style},
    {0},
};
static const pv_record_type block_type = {"block", block_fields};

static const void *block_at(const void *self, size_t i)
{
    return &VIEW(self)->sheet.blocks[i];
}

static pv_datum blocks(const void *record)
{
    return (pv_datum){
        .kind = PV_K_LIST,
        .as.list = {record, VIEW(record)->sheet.blocks_len, block_at}};
}

static pv_datum is_long(const void *record)
{
    return pv_datum_bool(VIEW(record)->sheet.blocks_len > 1);
}

static void emit_map(const void *self, pv_markup *m)
{
    pv_view_map(self, m);
}

static pv_datum map(const void *record)
{
    bool any = VIEW(record)->sheet.hot_len > 0;

    return (pv_datum){.kind = PV_K_FRAGMENT,
                      .as.fragment = {record, any ? emit_map : NULL}};
}

static const pv_field file_fields[] = {
    {"id", PV_K_TEXT, NULL, file_id},
    {"src", PV_K_TEXT, NULL, file_src},
    {"title", PV_K_TEXT, NULL, title},
    {"sentence", PV_K_TEXT, NULL, sentence},
    {"prev", PV_K_TEXT, NULL, previous},
    {"prev_name", PV_K_TEXT, NULL, previous_name},
    {"next", PV_K_TEXT, NULL, next},
    {"next_name", PV_K_TEXT, NULL, next_name},
    {"notes", PV_K_LIST, &pv_source_text_type, notes},
    {"legend", PV_K_LIST, &pv_source_text_type, legend},
    {"hot", PV_K_LIST, &hot_type, hot},
    {"functions", PV_K_LIST, &function_type, functions},
    {"open", PV_K_BOOL, NULL, is_open},
    {"calls_head", PV_K_TEXT, NULL, calls_head},
    {"self_head", PV_K_TEXT, NULL, self_head},
    {"total_head", PV_K_TEXT, NULL, total_head},
    {"columns", PV_K_LIST, &column_type, columns},
    {"span", PV_K_INT, NULL, span},
    {"span_opt", PV_K_INT, NULL, span_opt},
    {"groups", PV_K_LIST, &group_type, groups},
    {"grouped", PV_K_BOOL, NULL, grouped},
    {"blocks", PV_K_LIST, &block_type, blocks},
    {"long", PV_K_BOOL, NULL, is_long},
    {"map", PV_K_FRAGMENT, NULL, map},
    {0},
};
const pv_record_type pv_source_file_type = {"file", file_fields};

bool pv_source_view_open(pv_source_view *v, const pv_source_pages *how,
                         uint32_t file, pv_error *err)
{
    int n = 0;

    *v = (pv_source_view){.how = how, .index = file, .open = true};
    v->alone = how->end - how->begin == 1 && !how->index;
    if (!v->alone)
        n = snprintf(v->prefix_text, sizeof v->prefix_text, "s%u-", file + 1);
    v->prefix = (pv_str){v->prefix_text, (size_t)n};
    pv_listing_init(&v->code, &v->sheet);
    return pv_sheet_make(&v->sheet, how->book, file, v->prefix, err);
}

void pv_source_view_close(pv_source_view *v)
{
    if (!v->open)
        return;
    pv_sheet_done(&v->sheet);
    pv_listing_done(&v->code);
    pv_buf_done(&v->text);
    v->open = false;
}
