/* SPDX-License-Identifier: MIT */
/* Annotated source in a report: a page a profile and file. */
#include "preset.h"
#include "report_private.h"
#include "path.h"
#include "report_spots.h"
#include "source_page.h"
#include "source_sheet.h"
#include "utf8.h"

enum { PAGES_MAX = 60 };

typedef struct chapter {
    pv_report *r;
    const pv_report_item *item;
    const pv_profile *p;
    pv_annotate_options o;
    pv_job job;
    pv_str path;
    pv_line_table table;
    pv_book book;
    bool found[PAGES_MAX]; /* the file's source */
    pv_link_file outside[PAGES_MAX];
    pv_arena a;
} chapter;

/* Call profiles know where functions begin, no lines: of your own code that
 * is worth a page. */
static uint32_t count_pages(const chapter *c)
{
    bool functions = c->table.kind == PV_LINES_OF_PROFILE;
    uint32_t n = 0, most = PAGES_MAX;

    for (int64_t share = c->r->plan->share; share; share /= 10)
        most /= 2;
    while (n < c->book.files_len && n < most &&
           (!functions || c->book.files[n].origin == PV_OWN))
        n++;
    return n;
}

/* As far as a name that is not at hand says where it is. */
static pv_link_file guess(pv_str name)
{
    bool absolute = pv_path_absolute(name);
    bool climbs =
        pv_str_starts(name, PV_STR("..")) || pv_str_starts(name, PV_STR("<"));

    return (pv_link_file){.file = absolute ? name : PV_STR(""),
                          .path = absolute || climbs ? PV_STR("") : name};
}

/* Where a file is: in all, and below the directory of sources. */
static pv_link_file locate(chapter *c, pv_str name, pv_str real)
{
    pv_link_file f = guess(name);
    pv_buf below = {0};

    if (!real.n)
        return f;
    f.file = pv_arena_copy(&c->a, real);
    if (pv_roots_below(&c->book.roots, real, &below))
        f.path = pv_arena_copy(&c->a, pv_buf_text(&below));
    c->a.failed |= below.failed;
    pv_buf_done(&below);
    return f;
}

static bool find_sources(chapter *c)
{
    bool links = c->r->link.pattern.n > 0;

    for (uint32_t i = 0; i < c->book.files_len; i++) {
        pv_str name = c->book.files[i].name;
        pv_buf text = {0}, real = {0};

        if (!c->o.embed_source || links)
            c->found[i] =
                pv_roots_read(&c->book.roots, name, &text, &real) == PV_FOUND;
        if (links)
            c->outside[i] = locate(c, name, pv_buf_text(&real));
        c->found[i] = c->found[i] && !c->o.embed_source;
        c->a.failed |= real.failed;
        pv_buf_done(&text);
        pv_buf_done(&real);
    }
    return !c->a.failed || pv_fail_nomem(c->r->err);
}

static void outside(const void *ctx, uint32_t file, uint32_t line, pv_buf *href)
{
    const chapter *c = ctx;

    pv_link_template_put(&c->r->link, &c->outside[file], line, href);
}

static bool open_chapter(chapter *c, pv_report *r, const pv_report_item *it,
                         const pv_profile *p)
{
    const pv_renderer *annotate = pv_renderer_find(PV_STR("annotate"));

    *c = (chapter){.r = r, .item = it, .p = p, .path = it->name};
    pv_arena_init(&c->a, 0);
    pv_options_preset(annotate->options, &c->o);
    c->o.source_path = r->o->source_path;
    c->o.path_map = r->o->path_map;
    c->o.embed_source = r->plan->redact ? 1 : r->o->embed_source;
    c->o.theme = r->o->theme;
    c->job = (pv_job){.inputs = &c->p,
                      .count = 1,
                      .paths = &c->path,
                      .paths_len = 1,
                      .options = &c->o,
                      .medium = PV_M_HTML,
                      .style = {.unicode = true}};
    if (!pv_line_table_make(&c->table, p, false, &c->a, r->err) ||
        !pv_book_make(&c->book, &c->job, &c->p, &c->table, 1, &c->a, r->err))
        return false;
    c->book.files_len = count_pages(c); /* the others are not linked to */
    return true;
}

static pv_str slug_of(chapter *c, uint32_t file)
{
    pv_buf b = {0};

    pv_buf_str(&b, c->item->slug);
    pv_buf_char(&b, '.');
    pv_buf_str(&b, c->book.files[file].slug);
    return pv_report_keep(c->r, &b);
}

static void note_file(chapter *c, pv_report_item *it, uint32_t file)
{
    for (size_t i = 0; i < it->files_len; i++)
        if (pv_str_equal(it->files[i].name, c->book.files[file].name))
            it->files[i].slug = slug_of(c, file);
}

static bool has_pages(const pv_profile *p)
{
    return pv_has_line_table(p) &&
           !(p->flags & (PV_DIFFERENTIAL | PV_ESTIMATED));
}

static bool take_functions(chapter *c, uint32_t file)
{
    pv_sheet s;
    bool ok = pv_sheet_make(&s, &c->book, file, PV_STR(""), c->r->err) &&
              pv_spots_lines(c->r, c->item, &s, slug_of(c, file));

    pv_sheet_done(&s);
    return ok;
}

bool pv_report_list_source(pv_report *r, pv_report_item *it,
                           const pv_profile *p)
{
    chapter c;
    bool ok;

    if (!has_pages(p))
        return true;
    ok = open_chapter(&c, r, it, p);
    for (uint32_t i = 0; ok && i < c.book.files_len; i++) {
        note_file(&c, it, i);
        ok = take_functions(&c, i);
        if (i == 0)
            it->first_source = slug_of(&c, i);
    }
    it->pages[PV_PAGE_SOURCE] = it->first_source.n > 0;
    pv_arena_done(&c.a);
    return ok && !pv_report_failed(r);
}

static void address(const void *ctx, const pv_book *b, uint32_t file,
                    pv_buf *href)
{
    chapter *c = (chapter *)(uintptr_t)ctx;

    (void)b;
    pv_report_href(c->r, href, PV_PAGE_SOURCE, PV_PAGE_SOURCE, slug_of(c, file),
                   "");
}

static bool complete(const void *ctx, const pv_book *b, uint32_t file)
{
    const chapter *c = ctx;

    (void)b;
    return c->found[file];
}

static bool write_page(chapter *c, uint32_t file)
{
    pv_str slug = slug_of(c, file);
    pv_source_pages pages = {.book = &c->book,
                             .job = &c->job,
                             .begin = file,
                             .end = file + 1,
                             .address = address,
                             .complete = complete,
                             .outside = c->r->link.pattern.n ? outside : NULL,
                             .ctx = c};
    pv_site site;
    pv_sink *s;
    bool ok;

    if (!pv_report_site(c->r, &site, PV_PAGE_SOURCE, c->item, slug))
        return false;
    c->job.site = &site;
    s = pv_report_begin(c->r, PV_PAGE_SOURCE, slug);
    ok = s && pv_report_end(c->r, s, pv_source_page(&pages, s, c->r->err));
    c->job.site = NULL;
    return ok;
}

bool pv_report_write_source(pv_report *r, const pv_report_item *it,
                            const pv_profile *p)
{
    chapter c;
    bool ok;

    if (!it->pages[PV_PAGE_SOURCE])
        return true;
    ok = open_chapter(&c, r, it, p);
    ok = ok && find_sources(&c);
    for (uint32_t i = 0; ok && i < c.book.files_len; i++)
        ok = write_page(&c, i);
    pv_arena_done(&c.a);
    return ok && !pv_report_failed(r);
}
