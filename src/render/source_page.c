/* SPDX-License-Identifier: MIT */
/* Pages of annotated source. */
#include "flame_words.h"
#include "number.h"
#include "path.h"
#include "profviz/profviz.h"
#include "site.h"
#include "source_view.h"
#include "theme.h"

typedef struct page {
    const pv_source_pages *how;
    pv_source_view view; /* of the file that is being written */
    uint32_t entry;      /* of the index */
    pv_buf text;
    bool failed;
    pv_error *err;
} page;

#define PAGE(record) ((page *)(uintptr_t)(record))

#define TEXT(field, ...)                                                       \
    static pv_datum field(const void *record)                                  \
    {                                                                          \
        page *g = PAGE(record);                                                \
                                                                               \
        pv_buf_clear(&g->text);                                                \
        __VA_ARGS__;                                                           \
        return pv_datum_text(pv_buf_text(&g->text));                           \
    }

static bool is_alone(const page *g)
{
    return g->how->end - g->how->begin == 1 && !g->how->index;
}

static const pv_annotate_options *options(const page *g)
{
    return g->how->book->o;
}

/* ---- the head ---- */

static void put_title(page *g)
{
    if (options(g)->title.n)
        pv_buf_str(&g->text, options(g)->title);
    else if (is_alone(g))
        pv_code_show(&g->text, g->how->book->files[g->how->begin].shown);
    else
        pv_buf_puts(&g->text, "Annotated source");
}

static void put_inputs(page *g)
{
    const pv_job *job = g->how->job;

    for (size_t i = 0; i < job->paths_len && i < 8; i++) {
        pv_buf_puts(&g->text, i ? ", " : "");
        pv_buf_str(&g->text, pv_job_name(job, i));
    }
    if (job->paths_len > 8)
        pv_buf_format(&g->text, " and %zu more", job->paths_len - 8);
}

/* The totals of all files. */
static void put_totals(page *g)
{
    const pv_book *b = g->how->book;

    pv_put_count(&g->text, b->files_len, "file", "files");
    for (uint32_t i = 0; i < b->inputs_len; i++) {
        pv_buf_str(&g->text, pv_dot);
        pv_view_amount(&g->text, &b->inputs[i], b->inputs[i].whole);
        pv_buf_puts(&g->text, " in all, ");
        pv_view_producer(&g->text, &b->inputs[i]);
    }
}

/* What the only file of a page comes to. */
static void put_sentence(page *g)
{
    pv_source_view *v = &g->view;

    if (!v->open && !pv_source_view_open(v, g->how, g->how->begin, g->err)) {
        g->failed = true;
        return;
    }
    pv_buf_clear(&v->text);
    pv_view_sentence(v);
    g->failed |= v->text.failed;
    pv_buf_str(&g->text, pv_buf_text(&v->text));
}

static void put_subtitle(page *g)
{
    if (g->how->book->files_len == 0)
        pv_buf_puts(&g->text, "There are no source lines to show.");
    else if (is_alone(g) && !g->failed)
        put_sentence(g);
    else
        put_totals(g);
}

static void put_footer(page *g)
{
    pv_buf_puts(&g->text, "profviz " PV_VERSION);
    pv_buf_str(&g->text, pv_dot);
    pv_buf_puts(&g->text, g->how->job->paths_len == 1 ? "input " : "inputs ");
    put_inputs(g);
    if (g->how->job->command.n) {
        pv_buf_str(&g->text, pv_dot);
        pv_buf_str(&g->text, g->how->job->command);
    }
}

static pv_theme theme_of(const page *g)
{
    return (pv_theme)options(g)->theme;
}

TEXT(title, put_title(g))
TEXT(head, put_title(g); pv_buf_puts(&g->text, " - profviz"))
TEXT(subtitle, put_subtitle(g))
TEXT(footer, put_footer(g))
TEXT(theme, pv_buf_str(&g->text, pv_theme_attr(theme_of(g))))
TEXT(scheme, pv_buf_str(&g->text, pv_theme_scheme(theme_of(g))))
TEXT(skip, pv_buf_puts(&g->text, is_alone(g) ? "#src" : "#files"))

static pv_datum site(const void *record)
{
    return pv_site_datum(PAGE(record)->how->job);
}

static pv_datum script(const void *record)
{
    return pv_datum_bool(!options(PAGE(record))->no_js);
}

static pv_datum mockup(const void *record)
{
    (void)record;
    return pv_datum_bool(false);
}

/* ---- the index ---- */

static const pv_book_file *entry(const page *g)
{
    return &g->how->book->files[g->entry];
}

static const pv_book_input *entry_input(const page *g)
{
    return &g->how->book->inputs[entry(g)->input];
}

void pv_source_anchor(const pv_source_pages *how, uint32_t file, pv_buf *href,
                      uint32_t line)
{
    bool section = pv_str_starts(pv_buf_text(href), PV_STR("##"));

    if (!how->complete || how->complete(how->ctx, how->book, file))
        pv_buf_format(href, section ? "-L%u" : "#L%u", line);
}

static void put_address(page *g, uint32_t line)
{
    const pv_source_pages *how = g->how;

    if (how->address)
        how->address(how->ctx, how->book, g->entry, &g->text);
    else
        pv_buf_format(&g->text, line ? "#s%u-" : "#s%u", g->entry + 1);
    if (line && how->address)
        pv_source_anchor(how, g->entry, &g->text, line);
    else if (line)
        pv_buf_format(&g->text, "L%u", line);
}

static void put_origin(page *g)
{
    if (g->entry == 0 || entry(g)[-1].origin != entry(g)->origin)
        pv_buf_puts(&g->text, pv_origin_title(entry(g)->origin));
}

static void put_bar(page *g)
{
    const pv_book_file *f = entry(g);
    int64_t whole = entry_input(g)->whole;
    char text[PV_NUMBER_MAX];
    int64_t tenths = 0;

    if (whole > 0 && f->cost > 0)
        tenths = pv_muldiv(f->cost < whole ? f->cost : whole, 1000, whole);
    pv_buf_add(&g->text, text, pv_write_decimal(text, tenths, 1));
    pv_buf_char(&g->text, '%');
}

/* Counts without their word, which stands in the head. */
static void put_entry_cost(page *g)
{
    const pv_book_input *in = entry_input(g);
    const pv_line_measure *m = &in->t->measures[in->main];
    char text[PV_NUMBER_MAX];

    if (m->unit == PV_COUNT)
        pv_buf_add(&g->text, text,
                   pv_write_grouped(text, entry(g)->cost, m->exponent));
    else
        pv_view_amount(&g->text, in, entry(g)->cost);
}

static pv_str folder_of(pv_str path)
{
    return pv_str_slice(path, 0, pv_path_dir_len(path));
}

TEXT(entry_href, put_address(g, 0))
TEXT(entry_folder, pv_code_show(&g->text, folder_of(entry(g)->shown)))
TEXT(entry_name, pv_code_show(&g->text, pv_path_base(entry(g)->shown)))
TEXT(entry_origin, put_origin(g))
TEXT(entry_cost, put_entry_cost(g))
TEXT(entry_share,
     pv_view_share(&g->text, entry(g)->cost, entry_input(g)->whole))
TEXT(entry_bar, put_bar(g))
TEXT(entry_hottest,
     if (entry(g)->most > 0) pv_buf_format(&g->text, "%u", entry(g)->hottest))
TEXT(entry_hot_href, put_address(g, entry(g)->hottest))

static pv_datum entry_lines(const void *record)
{
    return pv_datum_int(entry(PAGE(record))->lines);
}

static const pv_field entry_fields[] = {
    {"href", PV_K_TEXT, NULL, entry_href},
    {"folder", PV_K_TEXT, NULL, entry_folder},
    {"name", PV_K_TEXT, NULL, entry_name},
    {"origin", PV_K_TEXT, NULL, entry_origin},
    {"lines", PV_K_INT, NULL, entry_lines},
    {"cost", PV_K_TEXT, NULL, entry_cost},
    {"share", PV_K_TEXT, NULL, entry_share},
    {"bar", PV_K_TEXT, NULL, entry_bar},
    {"hottest", PV_K_TEXT, NULL, entry_hottest},
    {"hot_href", PV_K_TEXT, NULL, entry_hot_href},
    {0},
};
static const pv_record_type entry_type = {"entry", entry_fields};

static const void *entry_at(const void *self, size_t i)
{
    PAGE(self)->entry = (uint32_t)i;
    return self;
}

static pv_datum index_list(const void *record)
{
    const page *g = PAGE(record);

    return (pv_datum){
        .kind = PV_K_LIST,
        .as.list = {g, g->how->index ? g->how->book->files_len : 0, entry_at}};
}

static void put_cost_head(page *g)
{
    const pv_book_input *in = &g->how->book->inputs[0];
    pv_str name = in->t->measures[in->main].name;
    char first;

    if (pv_str_starts(name, PV_STR("self_")))
        name = pv_str_slice(name, 5, name.n);
    if (name.n == 0)
        return;
    first = name.p[0];
    pv_buf_char(&g->text,
                first >= 'a' && first <= 'z' ? (char)(first - 32) : first);
    pv_buf_str(&g->text, pv_str_slice(name, 1, name.n));
}

TEXT(cost_head, put_cost_head(g))

/* ---- files ---- */

/* One is open at a time. */
static const void *file_at(const void *self, size_t i)
{
    page *g = PAGE(self);
    uint32_t file = g->how->begin + (uint32_t)i;

    if (g->failed || (g->view.open && g->view.index == file))
        return g->failed ? NULL : &g->view;
    pv_source_view_close(&g->view);
    if (pv_source_view_open(&g->view, g->how, file, g->err))
        return &g->view;
    g->failed = true;
    return NULL;
}

static pv_datum files(const void *record)
{
    const page *g = PAGE(record);

    return (pv_datum){.kind = PV_K_LIST,
                      .as.list = {g, g->how->end - g->how->begin, file_at}};
}

static const pv_field fields[] = {
    {"title", PV_K_TEXT, NULL, title},
    {"head", PV_K_TEXT, NULL, head},
    {"subtitle", PV_K_TEXT, NULL, subtitle},
    {"skip", PV_K_TEXT, NULL, skip},
    {"theme", PV_K_TEXT, NULL, theme},
    {"scheme", PV_K_TEXT, NULL, scheme},
    {"cost_head", PV_K_TEXT, NULL, cost_head},
    {"index", PV_K_LIST, &entry_type, index_list},
    {"files", PV_K_LIST, &pv_source_file_type, files},
    {"footer", PV_K_TEXT, NULL, footer},
    {"script", PV_K_BOOL, NULL, script},
    {"site", PV_K_RECORD, &pv_site_type, site},
    {"mockup", PV_K_BOOL, NULL, mockup},
    {0},
};
const pv_record_type pv_source_page_type = {"page", fields};

bool pv_source_page(const pv_source_pages *pages, pv_sink *out, pv_error *err)
{
    page *g;
    pv_arena a;
    bool ok;

    pv_arena_init(&a, 0);
    g = PV_NEW(&a, page);
    if (!g) {
        pv_arena_done(&a);
        return pv_fail_nomem(err);
    }
    g->how = pages;
    g->err = err;
    ok = pv_page_write(pages->job, "source.html", &pv_source_page_type, g, &a,
                       out, err);
    if (g->failed && err->code == PV_OK)
        pv_fail_nomem(err);
    if (ok && (g->text.failed || g->view.text.failed ||
               g->view.links.text.failed || g->view.code.work.failed))
        ok = pv_fail_nomem(err);
    ok = ok && !g->failed;
    pv_source_view_close(&g->view);
    pv_buf_done(&g->text);
    pv_arena_done(&a);
    return ok;
}
