/* SPDX-License-Identifier: MIT */
/* Annotated source as a folder: index.html and s/NAME.html, one a file, with
 * one style sheet and one script for all of them. */
#include "annotate.h"
#include "asset.h"
#include "folder.h"
#include "site.h"
#include "source_page.h"

typedef struct site {
    const pv_job *job;
    const pv_book *book;
    pv_folder *folder;
    pv_error *err;
} site;

static bool put_assets(site *s, pv_str name, const char *const *parts)
{
    pv_sink *out = pv_folder_begin(s->folder, name, s->err);
    pv_bytes b;

    if (!out)
        return false;
    for (; *parts; parts++)
        if (pv_asset_find(pv_str_of(*parts), &b)) {
            pv_sink_write(out, b.p, b.n);
            pv_sink_puts(out, "\n");
        }
    return pv_folder_end(s->folder, out, s->err);
}

/* From the index, and from one page to another. */
static void from_index(const void *ctx, const pv_book *b, uint32_t file,
                       pv_buf *href)
{
    (void)ctx;
    pv_buf_puts(href, "s/");
    pv_buf_str(href, b->files[file].slug);
    pv_buf_puts(href, ".html");
}

static void from_page(const void *ctx, const pv_book *b, uint32_t file,
                      pv_buf *href)
{
    (void)ctx;
    pv_buf_str(href, b->files[file].slug);
    pv_buf_puts(href, ".html");
}

static bool put_page(site *s, const pv_source_pages *pages, pv_str name)
{
    pv_sink *out = pv_folder_begin(s->folder, name, s->err);

    if (!out)
        return false;
    if (pv_source_page(pages, out, s->err))
        return pv_folder_end(s->folder, out, s->err);
    pv_folder_drop(s->folder, out);
    return false;
}

static bool put_index(site *s)
{
    const pv_site where = {.css = PV_STR("source.css"),
                           .js = PV_STR("source.js"),
                           .icon = PV_STR("icon.svg")};
    pv_job job = *s->job;
    const pv_source_pages pages = {
        .book = s->book, .job = &job, .index = true, .address = from_index};

    job.site = &where;
    return put_page(s, &pages, PV_STR("index.html"));
}

static bool put_file(site *s, uint32_t file)
{
    static const pv_link up = {{"Files", 5}, {"../index.html", 13}};
    const pv_site where = {.css = PV_STR("../source.css"),
                           .js = PV_STR("../source.js"),
                           .icon = PV_STR("../icon.svg"),
                           .crumbs = &up,
                           .crumbs_len = 1};
    pv_job job = *s->job;
    const pv_source_pages pages = {.book = s->book,
                                   .job = &job,
                                   .begin = file,
                                   .end = file + 1,
                                   .address = from_page};
    pv_buf name = {0};
    bool ok;

    job.site = &where;
    from_index(NULL, s->book, file, &name);
    ok = !name.failed ? put_page(s, &pages, pv_buf_text(&name))
                      : pv_fail_nomem(s->err);
    pv_buf_done(&name);
    return ok;
}

bool pv_annotate_folder(const pv_job *job, const pv_book *book,
                        pv_folder *folder, pv_error *err)
{
    static const char *const css[] = {"theme.css", "style.css", "source.css",
                                      NULL};
    static const char *const js[] = {"source.js", NULL};
    static const char *const icon[] = {"icon.svg", NULL};
    site s = {.job = job, .book = book, .folder = folder, .err = err};
    bool ok = put_assets(&s, PV_STR("source.css"), css) &&
              put_assets(&s, PV_STR("source.js"), js) &&
              put_assets(&s, PV_STR("icon.svg"), icon) && put_index(&s);

    for (uint32_t i = 0; ok && i < book->files_len; i++)
        ok = put_file(&s, i);
    return ok;
}
