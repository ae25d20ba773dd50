/* SPDX-License-Identifier: MIT */
/* A flame graph as an HTML page. */
#include "flame_page.h"

#include "encode.h"
#include "flame_island.h"
#include "flame_table.h"
#include "number.h"
#include "site.h"

typedef struct page {
    pv_picture *p;
    pv_flame_table table;
    pv_str head, table_title, more_label, name_head, self_head, total_head;
    pv_buf css;
} page;

/* ---- records in the page's lists ---- */

static pv_datum legend_chip(const void *record)
{
    return pv_datum_text(((const pv_legend_entry *)record)->chip);
}

static pv_datum legend_name(const void *record)
{
    return pv_datum_text(((const pv_legend_entry *)record)->name);
}

static pv_datum legend_share(const void *record)
{
    return pv_datum_text(((const pv_legend_entry *)record)->share);
}

static const pv_field legend_fields[] = {
    {"chip", PV_K_TEXT, NULL, legend_chip},
    {"name", PV_K_TEXT, NULL, legend_name},
    {"share", PV_K_TEXT, NULL, legend_share},
    {0},
};
static const pv_record_type legend_type = {"item", legend_fields};

static pv_datum text_itself(const void *record)
{
    return pv_datum_text(*(const pv_str *)record);
}

static const pv_field text_fields[] = {
    {"text", PV_K_TEXT, NULL, text_itself},
    {0},
};
static const pv_record_type text_type = {"text", text_fields};

static const void *legend_at(const void *self, size_t i)
{
    return &((const page *)self)->p->legend[i];
}

static const void *filter_at(const void *self, size_t i)
{
    return &((const page *)self)->p->filters.at[i];
}

static const void *note_at(const void *self, size_t i)
{
    (void)i;
    return &((const page *)self)->p->notes;
}

/* ---- what writes itself ---- */

static void emit_graph(const void *self, pv_markup *m)
{
    const page *g = self;
    pv_str css = pv_buf_text(&g->css);

    pv_svg_head(m, &g->p->scene, &css, css.n ? 1 : 0);
    pv_svg_items(m, &g->p->scene);
    pv_svg_tail(m);
}

static void emit_data(const void *self, pv_markup *m)
{
    const page *g = self;

    if (!pv_flame_island(g->p, m))
        pv_sink_fail(m->out, PV_E_NOMEM, "out of memory");
}

/* ---- the page's fields ---- */

#define TEXT(field, value)                                                     \
    static pv_datum field(const void *record)                                  \
    {                                                                          \
        const page *g = record;                                                \
                                                                               \
        return pv_datum_text(value);                                           \
    }

/* Pictures that fit on a sheet of paper, or nearly, are printed on one. */
static pv_str figure_of(const page *g)
{
    const pv_scene *s = &g->p->scene;

    return pv_str_of(s->height / 16 < s->width / 10 ? "fits" : "");
}

TEXT(title, g->p->title)
TEXT(subtitle, g->p->subtitle)
TEXT(hint, g->p->hint)
TEXT(head, g->head)
TEXT(description, g->p->scene.desc)
TEXT(theme, pv_theme_attr(g->p->scene.theme))
TEXT(scheme, pv_theme_scheme(g->p->scene.theme))
TEXT(legend_note, g->p->legend_note)
TEXT(table_title, g->table_title)
TEXT(more_label, g->more_label)
TEXT(name_head, g->name_head)
TEXT(self_head, g->self_head)
TEXT(total_head, g->total_head)
TEXT(footer, g->p->footer)
TEXT(figure, figure_of(g))

static pv_datum csp(const void *record)
{
    (void)record;
    return pv_datum_text(PV_STR(""));
}

static pv_datum legend(const void *record)
{
    const page *g = record;

    return (pv_datum){.kind = PV_K_LIST,
                      .as.list = {g, g->p->legend_len, legend_at}};
}

static pv_datum filters(const void *record)
{
    const page *g = record;

    return (pv_datum){.kind = PV_K_LIST,
                      .as.list = {g, g->p->filters.len, filter_at}};
}

static pv_datum notes(const void *record)
{
    const page *g = record;

    return (pv_datum){.kind = PV_K_LIST,
                      .as.list = {g, g->p->notes.n > 0, note_at}};
}

static pv_datum graph(const void *record)
{
    return (pv_datum){.kind = PV_K_FRAGMENT,
                      .as.fragment = {record, emit_graph}};
}

static pv_datum data(const void *record)
{
    return (pv_datum){.kind = PV_K_FRAGMENT,
                      .as.fragment = {record, emit_data}};
}

static pv_datum rows(const void *record)
{
    return pv_flame_table_first(&((const page *)record)->table);
}

static pv_datum more(const void *record)
{
    return pv_flame_table_more(&((const page *)record)->table);
}

static pv_datum script(const void *record)
{
    return pv_datum_bool(!((const page *)record)->p->o->no_js);
}

static pv_datum site(const void *record)
{
    return pv_site_datum(((const page *)record)->p->job);
}

static pv_datum mockup(const void *record)
{
    (void)record;
    return pv_datum_bool(false);
}

static const pv_field fields[] = {
    {"title", PV_K_TEXT, NULL, title},
    {"subtitle", PV_K_TEXT, NULL, subtitle},
    {"hint", PV_K_TEXT, NULL, hint},
    {"head", PV_K_TEXT, NULL, head},
    {"description", PV_K_TEXT, NULL, description},
    {"theme", PV_K_TEXT, NULL, theme},
    {"scheme", PV_K_TEXT, NULL, scheme},
    {"csp", PV_K_TEXT, NULL, csp},
    {"legend", PV_K_LIST, &legend_type, legend},
    {"legend_note", PV_K_TEXT, NULL, legend_note},
    {"filters", PV_K_LIST, &text_type, filters},
    {"notes", PV_K_LIST, &text_type, notes},
    {"graph", PV_K_FRAGMENT, NULL, graph},
    {"figure", PV_K_TEXT, NULL, figure},
    {"table_title", PV_K_TEXT, NULL, table_title},
    {"name_head", PV_K_TEXT, NULL, name_head},
    {"self_head", PV_K_TEXT, NULL, self_head},
    {"total_head", PV_K_TEXT, NULL, total_head},
    {"rows", PV_K_LIST, &pv_flame_row_type, rows},
    {"more", PV_K_LIST, &pv_flame_row_type, more},
    {"more_label", PV_K_TEXT, NULL, more_label},
    {"footer", PV_K_TEXT, NULL, footer},
    {"data", PV_K_FRAGMENT, NULL, data},
    {"script", PV_K_BOOL, NULL, script},
    {"site", PV_K_RECORD, &pv_site_type, site},
    {"mockup", PV_K_BOOL, NULL, mockup},
    {0},
};

const pv_record_type pv_flame_page_type = {"page", fields};

/* ---- words that only the page has ---- */

static void put_more(page *g, pv_buf *t, uint32_t n, int64_t self,
                     const char *words)
{
    char number[PV_NUMBER_MAX];

    pv_buf_add(t, number, pv_write_grouped(number, n, 0));
    pv_buf_puts(t, words);
    pv_picture_share(g->p, t, self);
}

/* "Self", and what is counted: cells then hold numbers alone. */
static pv_str column_head(page *g, const char *which)
{
    pv_buf t = {0};

    pv_buf_puts(&t, which);
    if (g->p->words.many.n) {
        pv_buf_puts(&t, ", ");
        pv_buf_str(&t, g->p->words.many);
    }
    return pv_picture_keep(g->p, &t);
}

/* As flamegraph.pl is given it: "Method:". */
static pv_str names_head(const page *g)
{
    pv_str name = g->p->o->nametype;

    if (pv_str_ends(name, PV_STR(":")))
        name.n--;
    return name.n ? name : PV_STR("Function");
}

static void make_words(page *g)
{
    const pv_flame_table *table = &g->table;
    uint32_t others = table->rows.len - table->first - table->more;
    pv_buf t = {0};

    g->name_head = names_head(g);
    g->self_head = column_head(g, "Self");
    g->total_head = column_head(g, "Total");
    pv_buf_str(&t, g->p->title);
    pv_buf_puts(&t, " - profviz");
    g->head = pv_picture_keep(g->p, &t);
    pv_buf_puts(&t, "Functions by self ");
    pv_buf_str(&t, g->p->words.noun);
    g->table_title = pv_picture_keep(g->p, &t);
    put_more(g, &t, table->more, table->rest,
             table->more == 1 ? " more function, " : " more functions, ");
    pv_buf_puts(&t, " together");
    if (others) {
        pv_buf_puts(&t, "; ");
        put_more(g, &t, others, table->others, " others, not listed here, ");
    }
    g->more_label = pv_picture_keep(g->p, &t);
}

bool pv_flame_page(pv_picture *p, pv_sink *out)
{
    page g = {.p = p};
    bool ok = pv_flame_table_init(&g.table, p);

    pv_picture_css(p, &g.css);
    if (ok) {
        make_words(&g);
        ok = pv_page_write(p->job, "flame.html", &pv_flame_page_type, &g,
                           &p->arena, out, p->err);
    }
    if (g.css.failed || pv_flame_table_failed(&g.table) || p->arena.failed)
        ok = pv_fail_nomem(p->err);
    pv_flame_table_done(&g.table);
    pv_buf_done(&g.css);
    return ok;
}
