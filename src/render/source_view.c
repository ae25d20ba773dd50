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

const void *pv_view_item(const void *self, size_t i)
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
        .as.list = {record, VIEW(record)->sheet.hot_len, pv_view_item}};
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
    {"functions", PV_K_LIST, &pv_view_function_type, pv_view_function_list},
    {"open", PV_K_BOOL, NULL, pv_view_is_open},
    {"calls_head", PV_K_TEXT, NULL, pv_view_calls_head},
    {"self_head", PV_K_TEXT, NULL, pv_view_self_head},
    {"total_head", PV_K_TEXT, NULL, pv_view_total_head},
    {"columns", PV_K_LIST, &pv_view_column_type, pv_view_columns},
    {"span", PV_K_INT, NULL, pv_view_span},
    {"span_opt", PV_K_INT, NULL, pv_view_span_opt},
    {"groups", PV_K_LIST, &pv_view_group_type, pv_view_groups},
    {"grouped", PV_K_BOOL, NULL, pv_view_grouped},
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
    if (!pv_sheet_make(&v->sheet, how->book, file, v->prefix, err))
        return false;
    pv_view_survey(v);
    return true;
}

void pv_source_view_close(pv_source_view *v)
{
    if (!v->open)
        return;
    pv_sheet_done(&v->sheet);
    pv_listing_done(&v->code);
    pv_buf_done(&v->text);
    pv_site_links_done(&v->links);
    v->open = false;
}
