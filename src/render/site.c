/* SPDX-License-Identifier: MIT */
/* Pages as parts of a report. */
#include "site.h"

#include "asset.h"
#include "input.h"

static pv_datum link_text(const void *record)
{
    return pv_datum_text(((const pv_link *)record)->text);
}

static pv_datum link_href(const void *record)
{
    return pv_datum_text(((const pv_link *)record)->href);
}

static const pv_field link_fields[] = {
    {"text", PV_K_TEXT, NULL, link_text},
    {"href", PV_K_TEXT, NULL, link_href},
    {0},
};
const pv_record_type pv_link_type = {"link", link_fields};

#define SITE(record) ((const pv_site *)(record))

static const void *link_at(const void *self, size_t i)
{
    return (const pv_link *)self + i;
}

static pv_datum links(const pv_link *at, size_t len)
{
    return (pv_datum){.kind = PV_K_LIST, .as.list = {at, len, link_at}};
}

static void head_link(pv_markup *m, const char *rel, pv_str href)
{
    if (!href.n)
        return;
    pv_markup_open(m, "link");
    pv_markup_attrs(m, "rel", rel);
    pv_markup_attr(m, "href", href);
    pv_markup_shut(m);
}

static void emit_head(const void *self, pv_markup *m)
{
    const pv_site *s = self;

    head_link(m, "icon", s->icon);
    head_link(m, "stylesheet", s->css);
    if (!s->js.n)
        return;
    pv_markup_open(m, "script");
    pv_markup_attr(m, "src", s->js);
    pv_markup_attrs(m, "defer", "");
    pv_markup_shut(m);
}

static pv_datum head(const void *record)
{
    return (pv_datum){.kind = PV_K_FRAGMENT,
                      .as.fragment = {record, emit_head}};
}

static pv_datum crumbs(const void *record)
{
    return links(SITE(record)->crumbs, SITE(record)->crumbs_len);
}

static pv_datum also(const void *record)
{
    return links(SITE(record)->also, SITE(record)->also_len);
}

static pv_datum around(const void *record)
{
    return links(SITE(record)->around, SITE(record)->around_len);
}

static const pv_field site_fields[] = {
    {"head", PV_K_FRAGMENT, NULL, head},
    {"crumbs", PV_K_LIST, &pv_link_type, crumbs},
    {"also", PV_K_LIST, &pv_link_type, also},
    {"around", PV_K_LIST, &pv_link_type, around},
    {0},
};
const pv_record_type pv_site_type = {"site", site_fields};

pv_datum pv_site_datum(const pv_job *job)
{
    return (pv_datum){.kind = PV_K_RECORD, .as.record = job->site};
}

/* ---- where functions are told of ---- */

void pv_site_link_word(pv_site_links *l)
{
    if (l->len < PV_SITE_LINKS)
        l->ends[l->len][0] = l->text.n;
}

void pv_site_link_end(pv_site_links *l)
{
    if (l->len < PV_SITE_LINKS)
        l->ends[l->len++][1] = l->text.n;
    else
        l->text.n = l->ends[PV_SITE_LINKS - 1][1];
}

void pv_site_link_source(pv_site_links *l)
{
    l->begin = l->source_end = l->text.n;
}

static pv_str between(const pv_site_links *l, size_t begin, size_t end)
{
    return pv_str_slice(pv_buf_text(&l->text), begin, end);
}

void pv_site_begin(pv_site_links *l)
{
    pv_buf_clear(&l->text);
    l->len = l->begin = l->source_end = 0;
    l->source = PV_STR("");
}

/* Texts have their place once all are there. */
void pv_site_end(pv_site_links *l)
{
    size_t from = l->begin;

    if (l->text.failed) {
        l->len = 0;
        return;
    }
    l->source = between(l, 0, l->source_end);
    for (size_t i = 0; i < l->len; i++) {
        l->at[i] = (pv_link){between(l, from, l->ends[i][0]),
                             between(l, l->ends[i][0], l->ends[i][1])};
        from = l->ends[i][1];
    }
}

void pv_site_find(pv_site_links *l, const pv_site *s, const pv_site_function *f)
{
    pv_site_begin(l);
    if (s && s->find)
        s->find(s, f, l);
    pv_site_end(l);
}

void pv_site_links_done(pv_site_links *l)
{
    pv_buf_done(&l->text);
    l->len = 0;
}

pv_datum pv_site_links_datum(const pv_site_links *l)
{
    return links(l->at, l->len);
}

/* ---- pages ---- */

/* Where a user's template finds what it includes. */
typedef struct shelf {
    const pv_page_template *page;
    pv_arena *a;
} shelf;

enum { INCLUDE_MAX = 4 << 20 };

static bool is_plain_name(pv_str name)
{
    return name.n > 0 && name.p[0] != '.' && pv_str_find(name, '/') == SIZE_MAX;
}

static bool read_beside(const shelf *s, pv_str name, pv_bytes *out)
{
    size_t slash = pv_str_rfind(s->page->path, '/');
    pv_str dir =
        pv_str_slice(s->page->path, 0, slash == SIZE_MAX ? 0 : slash + 1);
    pv_limits limits = PV_LIMITS_DEFAULT;
    pv_error ignored = {0};
    pv_input *in;
    pv_bytes all;
    bool ok;

    limits.input = INCLUDE_MAX;
    in = pv_input_open(pv_arena_join(s->a, dir, name).p, &limits, &ignored);
    if (!in)
        return false;
    ok = pv_input_all(in, &all, &ignored);
    if (ok) {
        pv_str kept = pv_arena_copy(s->a, (pv_str){(const char *)all.p, all.n});

        *out = (pv_bytes){(const uint8_t *)kept.p, kept.n};
    }
    pv_input_close(in);
    return ok;
}

/* A file beside the template, else the program's own. */
static bool find_include(void *ctx, pv_str name, pv_bytes *out)
{
    const shelf *s = ctx;

    return (s->page && is_plain_name(name) && read_beside(s, name, out)) ||
           pv_asset_find(name, out);
}

static void find_template(const pv_site *s, pv_str name, pv_bytes *xml)
{
    pv_asset_find(name, xml);
    for (size_t i = 0; s && i < s->overrides_len; i++)
        if (pv_str_equal(s->overrides[i].name, name))
            *xml = (pv_bytes){(const uint8_t *)s->overrides[i].xml.p,
                              s->overrides[i].xml.n};
}

bool pv_page_write(const pv_job *job, const char *name,
                   const pv_record_type *type, const void *root, pv_arena *a,
                   pv_sink *out, pv_error *err)
{
    shelf from = {job->page, a};
    const pv_includes includes = {find_include, &from};
    pv_str file = job->page ? job->page->path : pv_str_of(name);
    pv_bytes xml = {0};
    pv_template *t;
    pv_markup m;

    if (job->page)
        xml = job->page->xml;
    else
        find_template(job->site, pv_str_of(name), &xml);
    t = pv_template_compile(a, file, xml, type, &includes, err);
    if (!t)
        return false;
    pv_markup_init(&m, out, PV_HTML5);
    if (pv_site_section(job->site)) {
        m.prefix = job->site->prefix;
        pv_template_expand_body(t, root, &m);
    } else {
        pv_template_expand(t, root, &m);
    }
    pv_markup_done(&m);
    return true;
}
