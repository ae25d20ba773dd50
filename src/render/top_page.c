/* SPDX-License-Identifier: MIT */
/* `top` as a page: what has no stacks to be drawn.
 *
 * A row's texts are made when the template asks for it. */
#include "headline.h"
#include "label.h"
#include "number.h"
#include "palette.h"
#include "profviz/profviz.h"
#include "site.h"
#include "top.h"
#include "utf8.h"

enum { LONGEST = 1000 };

typedef struct column {
    pv_str title;
    uint32_t measure;
} column;

typedef struct cell {
    pv_buf text;
} cell;

typedef struct page {
    const pv_job *job;
    const pv_ranking *rows;
    const pv_whence *whence;
    uint32_t shown;
    column columns[PV_MEASURES_MAX];
    size_t columns_len;
    pv_str title, head, about, more, footer, first;
    /* of the row asked for last */
    pv_buf name, place, chip;
    cell cells[PV_MEASURES_MAX];
    pv_site_links links;
} page;

/* ---- records ---- */

static pv_datum cell_text(const void *record)
{
    return pv_datum_text(pv_buf_text(&((const cell *)record)->text));
}

static const pv_field cell_fields[] = {
    {"text", PV_K_TEXT, NULL, cell_text},
    {0},
};
static const pv_record_type cell_type = {"cell", cell_fields};

static pv_datum column_title(const void *record)
{
    return pv_datum_text(((const column *)record)->title);
}

static const pv_field column_fields[] = {
    {"title", PV_K_TEXT, NULL, column_title},
    {0},
};
static const pv_record_type column_type = {"column", column_fields};

#define TEXT(field, value)                                                     \
    static pv_datum field(const void *record)                                  \
    {                                                                          \
        const page *g = record;                                                \
                                                                               \
        return pv_datum_text(value);                                           \
    }

TEXT(row_name, pv_buf_text(&g->name))
TEXT(row_place, pv_buf_text(&g->place))
TEXT(row_chip, pv_buf_text(&g->chip))
TEXT(row_source, g->place.n ? g->links.source : PV_STR(""))

static pv_datum row_links(const void *record)
{
    return pv_site_links_datum(&((const page *)record)->links);
}

static const void *cell_at(const void *self, size_t i)
{
    return &((const page *)self)->cells[i];
}

static pv_datum row_cells(const void *record)
{
    const page *g = record;

    return (pv_datum){.kind = PV_K_LIST,
                      .as.list = {g, g->columns_len, cell_at}};
}

static const pv_field row_fields[] = {
    {"name", PV_K_TEXT, NULL, row_name},
    {"place", PV_K_TEXT, NULL, row_place},
    {"chip", PV_K_TEXT, NULL, row_chip},
    {"cells", PV_K_LIST, &cell_type, row_cells},
    {"source", PV_K_TEXT, NULL, row_source},
    {"links", PV_K_LIST, &pv_link_type, row_links},
    {0},
};
static const pv_record_type row_type = {"row", row_fields};

static void clean(pv_buf *to, pv_buf *raw)
{
    pv_clean(to, pv_str_slice(pv_buf_text(raw), 0, LONGEST));
    to->failed |= raw->failed;
}

static void fill_cell(page *g, cell *c, uint32_t row, uint32_t measure)
{
    const pv_measure *m = &g->rows->measures[measure];
    int64_t v = g->rows->value[(size_t)row * g->rows->width + measure];
    char text[PV_NUMBER_MAX];
    pv_metric metric = {.unit = m->unit, .exponent = m->exponent};

    pv_buf_clear(&c->text);
    if (v != PV_NONE)
        pv_buf_add(&c->text, text,
                   pv_write_value(text, v, &metric, (pv_number_style){0}));
}

static void find_links(page *g, const pv_row *row)
{
    unsigned kind = g->rows->p->functions.at[row->fn.i].kind;
    const pv_site_function f = {.name = row->name,
                                .file = row->file,
                                .line = row->line,
                                .nameless = kind != PV_FN_CODE};

    pv_site_find(&g->links, g->job->site, &f);
}

static const void *row_at(const void *self, size_t i)
{
    page *g = (page *)(uintptr_t)self;
    uint32_t row = g->rows->order[i];
    pv_row whole = pv_ranking_row(g->rows, row);
    const pv_row *at = &whole;
    const pv_whence *w = &g->whence[at->fn.i];
    pv_buf raw = {0};

    pv_buf_clear(&g->name);
    pv_buf_clear(&g->place);
    pv_buf_clear(&g->chip);
    pv_label_function(&raw, g->rows->p, at->fn);
    clean(&g->name, &raw);
    pv_buf_clear(&raw);
    pv_label_place(&raw, g->rows->p, at->fn, at->line);
    clean(&g->place, &raw);
    pv_buf_done(&raw);
    pv_buf_puts(&g->chip, "chip ");
    pv_buf_puts(&g->chip, pv_origin_class(w->origin, w->variant));
    for (size_t c = 0; c < g->columns_len; c++)
        fill_cell(g, &g->cells[c], row, g->columns[c].measure);
    find_links(g, at);
    return g;
}

TEXT(page_title, g->title)
TEXT(page_head, g->head)
TEXT(page_about, g->about)
TEXT(page_more, g->more)
TEXT(page_first, g->first)
TEXT(page_footer, g->footer)

static pv_datum page_rows(const void *record)
{
    return (pv_datum){
        .kind = PV_K_LIST,
        .as.list = {record, ((const page *)record)->shown, row_at}};
}

static const void *column_at(const void *self, size_t i)
{
    return &((const page *)self)->columns[i];
}

static pv_datum page_columns(const void *record)
{
    const page *g = record;

    return (pv_datum){.kind = PV_K_LIST,
                      .as.list = {g, g->columns_len, column_at}};
}

static pv_datum page_site(const void *record)
{
    return pv_site_datum(((const page *)record)->job);
}

static const pv_field page_fields[] = {
    {"site", PV_K_RECORD, &pv_site_type, page_site},
    {"title", PV_K_TEXT, NULL, page_title},
    {"head", PV_K_TEXT, NULL, page_head},
    {"about", PV_K_TEXT, NULL, page_about},
    {"first", PV_K_TEXT, NULL, page_first},
    {"columns", PV_K_LIST, &column_type, page_columns},
    {"rows", PV_K_LIST, &row_type, page_rows},
    {"more", PV_K_TEXT, NULL, page_more},
    {"footer", PV_K_TEXT, NULL, page_footer},
    {0},
};

const pv_record_type pv_top_page_type = {"page", page_fields};

/* ---- words ---- */

static pv_str keep(pv_arena *a, pv_buf *b)
{
    pv_str kept = pv_arena_copy(a, pv_buf_text(b));

    a->failed |= b->failed;
    pv_buf_done(b);
    return kept;
}

static pv_str title_of(const pv_measure *m, pv_arena *a)
{
    pv_buf b = {0};

    pv_buf_str(&b, m->name);
    for (size_t i = 0; i < b.n; i++)
        if (b.p[i] == '_')
            b.p[i] = ' ';
    if (b.n && b.p[0] >= 'a' && b.p[0] <= 'z')
        b.p[0] = (char)(b.p[0] - 'a' + 'A');
    return keep(a, &b);
}

static void choose_columns(page *g, pv_arena *a)
{
    for (uint32_t i = 0; i < g->rows->width; i++)
        if (!g->rows->measures[i].empty)
            g->columns[g->columns_len++] =
                (column){title_of(&g->rows->measures[i], a), i};
}

static void put_totals(const page *g, pv_buf *b)
{
    const pv_profile *p = g->rows->p;
    bool any = false;

    for (uint32_t i = 0; i < g->rows->width; i++) {
        const pv_measure *m = &g->rows->measures[i];

        if (m->role == PV_TOTAL || m->empty || m->sum == PV_NONE)
            continue;
        pv_buf_puts(b, any ? " \xc2\xb7 " : "");
        pv_text_amount(b, p, m->index, m->sum, true);
        if (m->unit != PV_COUNT) {
            pv_buf_char(b, ' ');
            pv_buf_str(b, m->metric);
        }
        any = true;
    }
    if (p->producer.i) {
        pv_buf_puts(b, " \xc2\xb7 recorded by ");
        pv_clean(b, pv_profile_text(p, p->producer));
    }
}

static pv_str base_name(pv_str path)
{
    size_t slash = pv_str_rfind(path, '/');

    return slash == SIZE_MAX ? path : pv_str_slice(path, slash + 1, path.n);
}

static void fill_words(page *g, pv_arena *a)
{
    bool types = g->rows->p->has & PV_HAS_TOTALS && !g->rows->places;
    pv_buf b = {0};

    g->first = types ? PV_STR("Name") : PV_STR("Function");
    if (g->job->paths_len)
        pv_clean(&b, base_name(g->job->paths[0]));
    pv_buf_puts(&b, b.n ? " \xe2\x80\x94 " : "");
    pv_buf_puts(&b, types ? "table" : "functions");
    g->title = keep(a, &b);
    g->head = pv_arena_join(a, g->title, PV_STR(" - profviz"));
    put_totals(g, &b);
    g->about = keep(a, &b);
    if (g->rows->len > g->shown)
        pv_buf_format(&b, "%u more rows are not listed here.",
                      g->rows->len - g->shown);
    g->more = keep(a, &b);
    g->footer = PV_STR("profviz " PV_VERSION);
}

bool pv_top_page(const pv_job *job, const pv_ranking *rows, uint32_t shown,
                 pv_arena *a, pv_sink *out, pv_error *err)
{
    const pv_top_options *o = job->options;
    const pv_origin_rules rules = {.own = o->filter.own.at,
                                   .own_len = o->filter.own.len,
                                   .rules = o->filter.origin.at,
                                   .rules_len = o->filter.origin.len};
    page *g = PV_NEW(a, page);
    bool ok;

    if (!g)
        return pv_fail_nomem(err);
    *g = (page){.job = job, .rows = rows, .shown = shown};
    g->whence = pv_origins(rows->p, &rules, a, err);
    if (!g->whence)
        return false;
    choose_columns(g, a);
    fill_words(g, a);
    ok = !a->failed || pv_fail_nomem(err);
    ok =
        ok && pv_page_write(job, "top.html", &pv_top_page_type, g, a, out, err);
    if (ok && (g->name.failed || g->place.failed || g->chip.failed ||
               g->links.text.failed))
        ok = pv_fail_nomem(err);
    pv_buf_done(&g->name);
    pv_buf_done(&g->place);
    pv_buf_done(&g->chip);
    pv_site_links_done(&g->links);
    for (size_t i = 0; i < g->columns_len; i++) {
        if (ok && g->cells[i].text.failed)
            ok = pv_fail_nomem(err);
        pv_buf_done(&g->cells[i].text);
    }
    return ok;
}
