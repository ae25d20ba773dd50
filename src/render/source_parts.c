/* SPDX-License-Identifier: MIT */
/* Functions and columns of the record `file` of source.html. */
#include "number.h"
#include "source_view.h"

#define VIEW(record) ((pv_source_view *)(uintptr_t)(record))

/* A field whose text is made when it is asked for. */
#define HEAD(field, ...)                                                       \
    pv_datum field(const void *record)                                         \
    {                                                                          \
        pv_source_view *v = VIEW(record);                                      \
                                                                               \
        pv_buf_clear(&v->text);                                                \
        __VA_ARGS__;                                                           \
        return pv_view_text(v);                                                \
    }
#define TEXT(field, ...) static HEAD(field, __VA_ARGS__)

/* ---- functions ---- */

static const pv_sheet_function *function_of(const pv_source_view *v)
{
    return &v->sheet.functions[v->item];
}

static int64_t figure_of(const pv_sheet_function *f, pv_view_figure_of what)
{
    switch (what) {
    case PV_VIEW_CALLS: return f->calls;
    case PV_VIEW_SELF: return f->self;
    case PV_VIEW_TOTAL: break;
    }
    return f->total;
}

static pv_view_figure survey(const pv_source_view *v, pv_view_figure_of what)
{
    const pv_book_input *in = &v->how->book->inputs[v->sheet.functions_input];
    const pv_line_measure *m = &in->t->measures[in->main];
    pv_view_figure out = {false, {"", 1, 0, false}};
    int64_t most = 0;

    for (uint32_t i = 0; i < v->sheet.functions_len; i++) {
        int64_t f = figure_of(&v->sheet.functions[i], what);

        out.known |= f != PV_NONE;
        if (f != PV_NONE && f > most)
            most = f;
    }
    if (what != PV_VIEW_CALLS)
        out.scale = pv_scale_for(m->unit, m->exponent, most);
    return out;
}

void pv_view_survey(pv_source_view *v)
{
    for (int i = 0; i < PV_VIEW_FIGURES; i++)
        v->figures[i] = survey(v, (pv_view_figure_of)i);
}

static void put_head(pv_source_view *v, pv_view_figure_of what,
                     const char *word)
{
    const pv_view_figure *f = &v->figures[what];

    if (!f->known)
        return;
    pv_buf_puts(&v->text, word);
    if (f->scale.unit[0])
        pv_buf_format(&v->text, " (%s)", f->scale.unit);
}

static void put_figure(pv_source_view *v, pv_view_figure_of what)
{
    pv_scale_put(&v->text, &v->figures[what].scale,
                 figure_of(function_of(v), what));
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
    return pv_sheet_shown(&v->sheet, line);
}

static void put_function_href(pv_source_view *v)
{
    pv_buf_format(&v->text, "#%.*sL%u", (int)v->prefix.n, v->prefix.p,
                  pv_view_shown(v, function_of(v)->line));
}

HEAD(pv_view_calls_head, put_head(v, PV_VIEW_CALLS, "Calls"))
HEAD(pv_view_self_head, put_head(v, PV_VIEW_SELF, "Self"))
HEAD(pv_view_total_head, put_head(v, PV_VIEW_TOTAL, "Total"))
TEXT(function_name, pv_code_show(&v->text, function_of(v)->name))
TEXT(function_line, if (function_of(v)->line)
                        pv_buf_format(&v->text, "%u", function_of(v)->line))
TEXT(function_calls, put_figure(v, PV_VIEW_CALLS))
TEXT(function_self, put_figure(v, PV_VIEW_SELF))
TEXT(function_total, put_figure(v, PV_VIEW_TOTAL))
TEXT(function_bar, put_bar(v))
TEXT(function_href, put_function_href(v))

static pv_datum function_links(const void *record)
{
    pv_source_view *v = VIEW(record);
    const pv_site_function f = {.name = function_of(v)->name,
                                .file = v->sheet.file->name,
                                .line = function_of(v)->line};

    pv_site_find(&v->links, v->how->job->site, &f);
    return pv_site_links_datum(&v->links);
}

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
    {"links", PV_K_LIST, &pv_link_type, function_links},
    {0},
};
const pv_record_type pv_view_function_type = {"function", function_fields};

pv_datum pv_view_function_list(const void *record)
{
    return (pv_datum){
        .kind = PV_K_LIST,
        .as.list = {record, VIEW(record)->sheet.functions_len, pv_view_item}};
}

/* Many would keep the lines waiting. */
pv_datum pv_view_is_open(const void *record)
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
const pv_record_type pv_view_column_type = {"column", column_fields};

pv_datum pv_view_columns(const void *record)
{
    return (pv_datum){
        .kind = PV_K_LIST,
        .as.list = {record, VIEW(record)->sheet.columns_len, pv_view_item}};
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

pv_datum pv_view_span(const void *record)
{
    return pv_datum_int(count_columns(VIEW(record), false));
}

pv_datum pv_view_span_opt(const void *record)
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
const pv_record_type pv_view_group_type = {"group", group_fields};

pv_datum pv_view_groups(const void *record)
{
    return (pv_datum){
        .kind = PV_K_LIST,
        .as.list = {record, VIEW(record)->sheet.groups_len, pv_view_item}};
}

pv_datum pv_view_grouped(const void *record)
{
    const pv_sheet *s = &VIEW(record)->sheet;

    return pv_datum_bool(s->groups_len > 0 && s->groups[0].title.n > 0);
}
