/* SPDX-License-Identifier: MIT */
/* The record `row` of source.html: a line, a function's heading, a gap. */
#include "number.h"
#include "path.h"
#include "source_view.h"

#define ROW(record) ((const pv_sheet_row *)(record))

static pv_source_view *view_of(const pv_sheet_row *row)
{
    return (pv_source_view *)(void *)row->sheet;
}

/* A field whose text is made when it is asked for. */
#define TEXT(field, ...)                                                       \
    static pv_datum field(const void *record)                                  \
    {                                                                          \
        const pv_sheet_row *row = ROW(record);                                 \
        pv_source_view *v = view_of(row);                                      \
                                                                               \
        pv_buf_clear(&v->text);                                                \
        __VA_ARGS__;                                                           \
        return pv_view_text(v);                                                \
    }

static bool has_costs(const pv_sheet_row *row)
{
    return row->kind == PV_ROW_LINE && row->data != UINT32_MAX &&
           row->sheet->lines[row->data].known;
}

static const char *style_of(const pv_sheet_row *row)
{
    static const char *const heats[] = {"d",  "h1", "h2", "h3",
                                        "h4", "h5", "h6"};

    if (row->never)
        return "nv";
    return has_costs(row) ? heats[pv_sheet_heat(row->sheet, row->data)] : "";
}

static const pv_sheet_function *function_of(const pv_sheet_row *row)
{
    return &row->sheet->functions[row->function];
}

static void put_id(pv_source_view *v, const pv_sheet_row *row)
{
    if (row->kind == PV_ROW_HEAD)
        pv_buf_str(&v->text, function_of(row)->id);
    else
        pv_buf_format(&v->text, "%.*sL%u", (int)v->prefix.n, v->prefix.p,
                      row->line);
}

/* A line leads to where it can be opened, else to itself. */
static void put_href(pv_source_view *v, const pv_sheet_row *row)
{
    if (row->kind == PV_ROW_LINE && v->how->outside)
        v->how->outside(v->how->ctx, v->index, row->line, &v->text);
    if (v->text.n)
        return;
    pv_buf_char(&v->text, '#');
    put_id(v, row);
}

static void put_text(pv_source_view *v, const pv_sheet_row *row)
{
    if (row->kind == PV_ROW_HEAD)
        pv_view_heading(v, function_of(row));
    else
        pv_buf_format(&v->text, "\xe2\x8b\xaf %u line%s", row->line,
                      row->line == 1 ? "" : "s");
}

TEXT(style, pv_buf_puts(&v->text, style_of(row)))
TEXT(id, put_id(v, row))
TEXT(href, put_href(v, row))
TEXT(line, pv_buf_format(&v->text, "%u", row->line))
TEXT(text, put_text(v, row))

static pv_datum costs(const void *record)
{
    return pv_datum_bool(has_costs(ROW(record)) || ROW(record)->never);
}

static pv_datum plain(const void *record)
{
    return pv_datum_bool(ROW(record)->kind == PV_ROW_LINE &&
                         !has_costs(ROW(record)) && !ROW(record)->never);
}

static pv_datum heading(const void *record)
{
    return pv_datum_bool(ROW(record)->kind == PV_ROW_HEAD);
}

static pv_datum gap(const void *record)
{
    return pv_datum_bool(ROW(record)->kind == PV_ROW_GAP);
}

/* ---- who calls a function ---- */

static const pv_call_site *caller_of(const pv_sheet_row *row)
{
    const pv_sheet *s = row->sheet;

    if (row->kind != PV_ROW_HEAD || function_of(row)->fn.i == 0)
        return NULL;
    return pv_calls_into(&s->book->inputs[s->functions_input].calls,
                         function_of(row)->fn);
}

static void put_place(pv_source_view *v, pv_str file, uint32_t line)
{
    pv_buf_str(&v->text, pv_path_base(file));
    pv_buf_format(&v->text, ":%u", line);
}

static void put_link(pv_source_view *v, pv_str file, uint32_t line)
{
    uint32_t to = pv_book_find(v->how->book, file);

    if (to == UINT32_MAX)
        return;
    if (to == v->index)
        pv_buf_format(&v->text, "#%.*sL%u", (int)v->prefix.n, v->prefix.p,
                      pv_view_shown(v, line));
    else
        pv_view_address(v, to, line);
}

static void put_from_share(pv_source_view *v, const pv_sheet_row *row)
{
    const pv_sheet *s = row->sheet;
    const pv_call_site *site = caller_of(row);
    const pv_calls *calls = &s->book->inputs[s->functions_input].calls;

    if (!site || calls->into[site->callee.i] <= 0)
        return;
    pv_buf_puts(&v->text, " (");
    pv_view_share(&v->text, site->total, calls->into[site->callee.i]);
    pv_buf_char(&v->text, ')');
}

TEXT(from, if (caller_of(row))
               put_place(v, caller_of(row)->file, caller_of(row)->line))
TEXT(from_href, if (caller_of(row))
                    put_link(v, caller_of(row)->file, caller_of(row)->line))
TEXT(from_share, put_from_share(v, row))

/* ---- code ---- */

/* "-> tax.py:42" behind a line that calls what has a page.  Its text comes
 * from the style sheet, so that copied code is code alone. */
static void put_call(pv_source_view *v, const pv_sheet_row *row, pv_markup *m)
{
    const pv_book_input *in = NULL;
    const pv_call_site *site = NULL;
    uint32_t line;
    pv_str file;

    for (uint32_t i = 0; i < v->how->book->inputs_len && !site; i++) {
        in = &v->how->book->inputs[i];
        site = pv_calls_of_line(&in->calls, v->sheet.file->name, row->line);
    }
    if (!site)
        return;
    file = pv_profile_text(in->p, in->p->functions.at[site->callee.i].file);
    line = in->calls.line[site->callee.i];
    if (line == 0 || file.n == 0 || file.p[0] == '<' ||
        pv_book_find(v->how->book, file) == UINT32_MAX ||
        (line == row->line && pv_book_find(v->how->book, file) == v->index))
        return;
    pv_markup_open(m, "a");
    pv_markup_attrs(m, "class", "to");
    pv_buf_clear(&v->text);
    put_link(v, file, line);
    pv_markup_attr(m, "href", pv_buf_text(&v->text));
    pv_buf_clear(&v->text);
    put_place(v, file, line);
    pv_markup_attr(m, "data-to", pv_buf_text(&v->text));
    pv_markup_attr_begin(m, "aria-label");
    pv_markup_attr_more(m, PV_STR("calls "));
    pv_markup_attr_more(m, pv_buf_text(&v->text));
    pv_markup_attr_end(m);
    pv_markup_shut(m);
    if (v->text.failed)
        pv_sink_fail(m->out, PV_E_NOMEM, "out of memory");
}

static void emit_code(const void *self, pv_markup *m)
{
    const pv_sheet_row *row = self;
    pv_source_view *v = view_of(row);

    pv_listing_put(&v->code, row->line,
                   row->data != UINT32_MAX
                       ? row->sheet->lines[row->data].carried
                       : PV_STR(""),
                   m);
    if (has_costs(row))
        put_call(v, row, m);
}

static pv_datum code(const void *record)
{
    return (pv_datum){.kind = PV_K_FRAGMENT,
                      .as.fragment = {record, emit_code}};
}

/* ---- cells ---- */

#define CELL(field, ...)                                                       \
    static pv_datum field(const void *record)                                  \
    {                                                                          \
        pv_source_view *v = (pv_source_view *)(uintptr_t)record;               \
                                                                               \
        pv_buf_clear(&v->text);                                                \
        __VA_ARGS__;                                                           \
        return pv_view_text(v);                                                \
    }

static int64_t cost_of(const pv_source_view *v)
{
    const pv_sheet *s = &v->sheet;

    return v->row->data == UINT32_MAX
               ? 0
               : s->cost[(size_t)v->row->data * s->book->inputs_len +
                         v->col->input];
}

static void put_cell(pv_source_view *v)
{
    const pv_sheet *s = &v->sheet;
    const pv_sheet_column *c = v->col;

    if (v->row->never) {
        if (pv_str_equal(c->head, PV_STR("Hits")) ||
            pv_str_equal(c->head, PV_STR("Times")))
            pv_buf_char(&v->text, '0');
        return;
    }
    switch (c->kind) {
    case PV_COL_VALUE:
    case PV_COL_PER_HIT:
        pv_scale_put(&v->text, &c->scale,
                     s->value[(size_t)v->row->data * s->values + c->value]);
        break;
    case PV_COL_SHARE:
        pv_scale_share(&v->text, cost_of(v), s->book->inputs[c->input].whole);
        break;
    case PV_COL_BAR: break;
    }
}

static void put_cell_bar(pv_source_view *v)
{
    int64_t most = v->sheet.most[v->col->input];
    char text[PV_NUMBER_MAX];

    if (v->col->kind != PV_COL_BAR || cost_of(v) <= 0 || most <= 0)
        return;
    pv_buf_add(
        &v->text, text,
        pv_write_decimal(text, 10 + pv_muldiv(cost_of(v), 990, most), 1));
    pv_buf_char(&v->text, '%');
}

static void put_cell_heat(pv_source_view *v)
{
    int64_t whole = v->sheet.book->inputs[v->col->input].whole;

    pv_buf_format(&v->text, "h%u", pv_heat_of(cost_of(v), whole));
}

CELL(cell_style, pv_buf_puts(&v->text, v->col->style))
CELL(cell_text, put_cell(v))
CELL(cell_bar, put_cell_bar(v))
CELL(cell_heat, put_cell_heat(v))

static const pv_field cell_fields[] = {
    {"style", PV_K_TEXT, NULL, cell_style},
    {"text", PV_K_TEXT, NULL, cell_text},
    {"bar", PV_K_TEXT, NULL, cell_bar},
    {"heat", PV_K_TEXT, NULL, cell_heat},
    {0},
};
static const pv_record_type cell_type = {"cell", cell_fields};

static const void *cell_at(const void *self, size_t i)
{
    pv_source_view *v = view_of(self);

    v->row = self;
    v->col = &v->sheet.columns[i];
    return v;
}

static pv_datum cells(const void *record)
{
    return (pv_datum){
        .kind = PV_K_LIST,
        .as.list = {record, ROW(record)->sheet->columns_len, cell_at}};
}

static const pv_field row_fields[] = {
    {"plain", PV_K_BOOL, NULL, plain},
    {"costs", PV_K_BOOL, NULL, costs},
    {"heading", PV_K_BOOL, NULL, heading},
    {"gap", PV_K_BOOL, NULL, gap},
    {"id", PV_K_TEXT, NULL, id},
    {"style", PV_K_TEXT, NULL, style},
    {"href", PV_K_TEXT, NULL, href},
    {"line", PV_K_TEXT, NULL, line},
    {"cells", PV_K_LIST, &cell_type, cells},
    {"code", PV_K_FRAGMENT, NULL, code},
    {"text", PV_K_TEXT, NULL, text},
    {"from", PV_K_TEXT, NULL, from},
    {"from_href", PV_K_TEXT, NULL, from_href},
    {"from_share", PV_K_TEXT, NULL, from_share},
    {0},
};
const pv_record_type pv_source_row_type = {"row", row_fields};
