/* SPDX-License-Identifier: MIT */
/* Where the pages of a report go: files of a site, or sections of one page;
 * and their addresses. */
#include "asset.h"
#include "digest.h"
#include "report_private.h"

static const char *const folders[PV_PAGE_KINDS] = {"", "p", "m", "d", "s"};

/* ---- addresses ---- */

/* "p-cpu", "index": what a page is called in a single file. */
static void put_section(pv_buf *out, pv_page_kind kind, pv_str slug)
{
    pv_buf_puts(out, folders[kind]);
    if (kind != PV_PAGE_TOP)
        pv_buf_char(out, '-');
    pv_buf_str(out, slug);
}

void pv_report_href(const pv_report *r, pv_buf *out, pv_page_kind from,
                    pv_page_kind to, pv_str slug, const char *anchor)
{
    if (r->single) {
        pv_buf_puts(out, "##");
        put_section(out, to, slug);
        if (*anchor)
            pv_buf_char(out, strchr(anchor, '=') ? '&' : '-');
        pv_buf_puts(out, anchor);
        return;
    }
    if (from != PV_PAGE_TOP && from != to)
        pv_buf_puts(out, "../");
    if (from != to && to != PV_PAGE_TOP) {
        pv_buf_puts(out, folders[to]);
        pv_buf_char(out, '/');
    }
    pv_buf_str(out, slug);
    pv_buf_puts(out, ".html");
    if (*anchor)
        pv_buf_char(out, '#');
    pv_buf_puts(out, anchor);
}

pv_str pv_report_address(pv_report *r, pv_page_kind from, pv_page_kind to,
                         pv_str slug, const char *anchor)
{
    pv_buf b = {0};

    pv_report_href(r, &b, from, to, slug, anchor);
    return pv_report_keep(r, &b);
}

static pv_str shared(pv_report *r, pv_page_kind kind, pv_str name)
{
    return pv_arena_join(
        &r->arena, kind == PV_PAGE_TOP ? PV_STR("") : PV_STR("../"), name);
}

static void add_link(pv_report *r, const pv_link **list, size_t *len,
                     const char *text, pv_str href)
{
    pv_link *at = (pv_link *)(uintptr_t)*list;

    if (!at)
        at = PV_NEW_N(&r->arena, pv_link, PV_REPORT_LINKS);
    if (!at || *len == PV_REPORT_LINKS)
        return;
    at[(*len)++] = (pv_link){pv_str_of(text), href};
    *list = at;
}

static void add_crumbs(pv_report *r, pv_site *s, pv_page_kind kind,
                       const pv_report_item *it)
{
    pv_str to;

    if (it && kind != PV_PAGE_PROFILE && it->pages[PV_PAGE_PROFILE]) {
        to = pv_report_address(r, kind, PV_PAGE_PROFILE, it->slug, "");
        add_link(r, &s->crumbs, &s->crumbs_len, it->name.p, to);
    }
}

/* The profile itself is among the crumbs. */
static void add_also(pv_report *r, pv_site *s, pv_page_kind kind,
                     const pv_report_item *it)
{
    static const char *const words[PV_PAGE_KINDS] = {
        [PV_PAGE_TIMELINE] = "Timeline", [PV_PAGE_DIFF] = "Comparison"};

    for (int k = PV_PAGE_TIMELINE; it && k < PV_PAGE_SOURCE; k++)
        if (it->pages[k] && k != (int)kind)
            add_link(r, &s->also, &s->also_len, words[k],
                     pv_report_address(r, kind, (pv_page_kind)k, it->slug, ""));
}

/* The neighbours that have a page of this kind. */
static void add_around(pv_report *r, pv_site *s, pv_page_kind kind,
                       const pv_report_item *it)
{
    size_t i = it->index;

    while (i-- > 0 && !r->items[i].pages[kind])
        continue;
    if (i < r->len)
        add_link(r, &s->around, &s->around_len, "Previous",
                 pv_report_address(r, kind, kind, r->items[i].slug, ""));
    for (i = it->index + 1; i < r->len && !r->items[i].pages[kind];)
        i++;
    if (i < r->len)
        add_link(r, &s->around, &s->around_len, "Next",
                 pv_report_address(r, kind, kind, r->items[i].slug, ""));
}

bool pv_report_site(pv_report *r, pv_site *s, pv_page_kind kind,
                    const pv_report_item *it, pv_str slug)
{
    pv_buf prefix = {0};

    *s = (pv_site){.overrides = r->plan->overrides,
                   .overrides_len = r->plan->overrides_len};
    if (r->single) {
        put_section(&prefix, kind, slug);
        pv_buf_char(&prefix, '-');
        s->prefix = pv_report_keep(r, &prefix);
    } else {
        s->css = shared(r, kind, r->css);
        s->js = shared(r, kind, r->js);
        s->icon = shared(r, kind, PV_STR("assets/icon.svg"));
    }
    if (kind != PV_PAGE_TOP || !pv_str_equal(slug, PV_STR("index")))
        add_link(r, &s->crumbs, &s->crumbs_len, "Report",
                 pv_report_address(r, kind, PV_PAGE_TOP, PV_STR("index"), ""));
    pv_report_find_for(r, s, kind, it);
    add_crumbs(r, s, kind, it);
    add_also(r, s, kind, it);
    if (it && (kind == PV_PAGE_PROFILE || kind == PV_PAGE_TIMELINE ||
               kind == PV_PAGE_DIFF))
        add_around(r, s, kind, it);
    return !pv_report_failed(r);
}

/* ---- pages ---- */

static void open_section(pv_report *r, pv_page_kind kind, pv_str slug)
{
    pv_buf id = {0};

    put_section(&id, kind, slug);
    pv_markup_open(r->page, "section");
    pv_markup_attr(r->page, "id", pv_buf_text(&id));
    pv_markup_attrs(r->page, "class", "page");
    pv_markup_flush(r->page);
    r->arena.failed |= id.failed;
    pv_buf_done(&id);
}

pv_sink *pv_report_begin_file(pv_report *r, const char *folder, pv_str slug,
                              const char *extension)
{
    pv_buf name = {0};
    pv_sink *s;

    pv_buf_puts(&name, folder);
    if (*folder)
        pv_buf_char(&name, '/');
    pv_buf_str(&name, slug);
    pv_buf_puts(&name, extension);
    s = name.failed
            ? NULL
            : pv_folder_begin(r->plan->folder, pv_buf_text(&name), r->err);
    if (name.failed)
        pv_fail_nomem(r->err);
    pv_buf_done(&name);
    return s;
}

pv_sink *pv_report_begin(pv_report *r, pv_page_kind kind, pv_str slug)
{
    if (!r->single)
        return pv_report_begin_file(r, folders[kind], slug, ".html");
    open_section(r, kind, slug);
    return r->plan->out;
}

bool pv_report_end(pv_report *r, pv_sink *s, bool ok)
{
    if (r->single) {
        pv_markup_shut(r->page);
        if (ok && s->first.code != PV_OK)
            *r->err = s->first;
        return ok && s->first.code == PV_OK;
    }
    if (ok)
        return pv_folder_end(r->plan->folder, s, r->err);
    if (r->err->code == PV_OK)
        *r->err = s->first;
    pv_folder_drop(r->plan->folder, s);
    return false;
}

bool pv_report_file_write(pv_report *r, const char *name, pv_str text)
{
    pv_sink *s;

    if (r->single)
        return true;
    s = pv_folder_begin(r->plan->folder, pv_str_of(name), r->err);
    if (!s)
        return false;
    pv_sink_text(s, text);
    return pv_folder_end(r->plan->folder, s, r->err);
}

bool pv_report_template(pv_report *r, const char *file, pv_page_kind kind,
                        pv_str slug, const pv_record_type *type,
                        const void *root, const pv_site *site)
{
    pv_job job = {.site = site};
    pv_sink *s = pv_report_begin(r, kind, slug);
    pv_arena a;
    bool ok;

    if (!s)
        return false;
    pv_arena_init(&a, 0);
    ok = pv_page_write(&job, file, type, root, &a, s, r->err);
    pv_arena_done(&a);
    return pv_report_end(r, s, ok);
}

/* ---- shared files ---- */

static const char *const styles[] = {"site.css", NULL};
/* One page with all in it has pictures in sections, a site one a page. */
static const char *const scripts[] = {"viewer.js", "timeline.js", "source.js",
                                      "filter.js", NULL};
static const char *const site_scripts[] = {"site.js", NULL};

static bool join(pv_buf *out, const char *const *names)
{
    for (; *names; names++) {
        pv_bytes b;

        if (!pv_asset_find(pv_str_of(*names), &b))
            continue;
        pv_buf_add(out, b.p, b.n);
        if (b.n && b.p[b.n - 1] != '\n')
            pv_buf_char(out, '\n');
    }
    return !out->failed;
}

bool pv_report_style(pv_buf *out)
{
    return join(out, styles);
}

bool pv_report_script(pv_buf *out, bool single)
{
    return join(out, single ? scripts : site_scripts);
}

/* "assets/profviz.1234abcd.css": a name that changes with the content. */
static pv_str asset_name(pv_report *r, pv_str text, const char *extension)
{
    uint8_t digest[PV_DIGEST];
    char hex[PV_DIGEST_HEX];
    pv_buf b = {0};

    pv_digest_text(text, digest);
    pv_digest_hex(digest, hex);
    pv_buf_format(&b, "assets/profviz.%.8s.%s", hex, extension);
    return pv_report_keep(r, &b);
}

static bool write_asset(pv_report *r, pv_buf *text, const char *extension,
                        pv_str *name)
{
    bool ok = !text->failed || pv_fail_nomem(r->err);

    if (ok) {
        *name = asset_name(r, pv_buf_text(text), extension);
        ok = !pv_report_failed(r) &&
             pv_report_file_write(r, name->p, pv_buf_text(text));
    }
    pv_buf_done(text);
    return ok;
}

bool pv_report_assets(pv_report *r)
{
    pv_bytes icon = {0};
    pv_buf css = {0}, js = {0};

    pv_asset_find(PV_STR("icon.svg"), &icon);
    pv_report_style(&css);
    if (!write_asset(r, &css, "css", &r->css))
        return false;
    pv_report_script(&js, false);
    return write_asset(r, &js, "js", &r->js) &&
           pv_report_file_write(r, "assets/icon.svg",
                                (pv_str){(const char *)icon.p, icon.n}) &&
           pv_report_file_write(r, ".nojekyll", PV_STR(""));
}
