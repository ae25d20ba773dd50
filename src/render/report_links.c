/* SPDX-License-Identifier: MIT */
/* From a function to where else it is told of: words and addresses. */
#include "report_spots.h"
#include "timeline_tables.h"

/* ---- addresses ---- */

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || c == '_' || c == '.';
}

static void put_escaped(pv_buf *out, char c)
{
    if (is_letter(c))
        pv_buf_char(out, c);
    else
        pv_buf_format(out, "%%%02X", (unsigned)(unsigned char)c);
}

/* "s=%5Ename%24": the search that finds exactly this function. */
static void put_search(pv_buf *out, pv_str name)
{
    pv_buf_puts(out, "s=%5E");
    for (size_t i = 0; i < name.n; i++) {
        if (strchr(".*+?^${}()|[]\\/", name.p[i]))
            pv_buf_puts(out, "%5C");
        put_escaped(out, name.p[i]);
    }
    pv_buf_puts(out, "%24");
}

/* Its callers above it, what it calls below. */
static void put_sandwich(pv_buf *out, pv_str name)
{
    pv_buf_puts(out, "v=sandwich&f=");
    for (size_t i = 0; i < name.n; i++)
        put_escaped(out, name.p[i]);
}

static void put_anchor(pv_buf *out, const pv_report_spot *s, bool callers)
{
    switch ((pv_spot_kind)s->kind) {
    case PV_SPOT_BOXES:
        if (callers)
            put_sandwich(out, s->name);
        else
            put_search(out, s->name);
        break;
    case PV_SPOT_LINES: pv_buf_format(out, "L%u", s->at); break;
    case PV_SPOT_MOMENT: pv_timeline_anchor(out, s->name); break;
    case PV_SPOT_CHANGE: pv_buf_format(out, "r%u", s->at); break;
    }
    pv_buf_char(out, '\0');
}

static void put_address(pv_report *r, pv_buf *out, pv_page_kind from,
                        const pv_report_spot *s, bool callers)
{
    static const pv_page_kind pages[] = {PV_PAGE_PROFILE, PV_PAGE_SOURCE,
                                         PV_PAGE_TIMELINE, PV_PAGE_DIFF};
    pv_buf anchor = {0};

    put_anchor(&anchor, s, callers);
    if (!anchor.failed)
        pv_report_href(r, out, from, pages[s->kind],
                       s->kind == PV_SPOT_LINES ? s->slug
                                                : r->items[s->item].slug,
                       anchor.p);
    out->failed |= anchor.failed;
    pv_buf_done(&anchor);
}

/* ---- links ---- */

static void add(pv_report *r, pv_site_links *to, pv_page_kind from,
                const pv_report_spot *s, const char *word)
{
    pv_buf_puts(&to->text, word);
    pv_site_link_word(to);
    put_address(r, &to->text, from, s, false);
    pv_site_link_end(to);
}

static void add_callers(pv_report *r, pv_site_links *to, pv_page_kind from,
                        const pv_report_spot *s)
{
    pv_buf_puts(&to->text, "callers");
    pv_site_link_word(to);
    put_address(r, &to->text, from, s, true);
    pv_site_link_end(to);
}

static void add_bytes(pv_report *r, pv_site_links *to, pv_page_kind from,
                      const pv_report_spot *s)
{
    pv_buf_puts(&to->text, "allocates ");
    pv_report_value(&to->text, pv_item_main(&r->items[s->item]), s->value);
    add(r, to, from, s, "");
}

static void add_change(pv_report *r, pv_site_links *to, pv_page_kind from,
                       const pv_report_spot *s, const pv_site_function *f)
{
    bool own = s->value && !pv_spots_other_line(s, f); /* else its total's */

    if (own)
        pv_report_signed(&to->text, pv_item_main(&r->items[s->item]), s->value);
    add(r, to, from, s, own ? "" : "change");
}

/* A row about a line inside the function leads to that line. */
static pv_report_spot line_of(const pv_report_spot *s,
                              const pv_site_function *f)
{
    pv_report_spot at = *s;

    if (f->line && f->line != s->line && f->line <= s->whole && !f->gone)
        at.at = f->line;
    return at;
}

static void put_source(pv_report *r, pv_site_links *to, pv_page_kind from,
                       const pv_spots_found *all, const pv_site_function *f)
{
    const pv_report_spot *s = all->lines         ? all->lines
                              : all->other_lines ? all->other_lines
                                                 : all->bytes;
    pv_report_spot at;

    if (!s || s->kind != PV_SPOT_LINES || f->gone)
        return;
    at = line_of(s, f);
    put_address(r, &to->text, from, &at, false);
    pv_site_link_source(to);
}

static void add_source(pv_report *r, pv_site_links *to, pv_page_kind from,
                       const pv_report_spot *s, const pv_site_function *f)
{
    pv_report_spot at = line_of(s, f);

    add(r, to, from, &at, "source");
}

void pv_spots_find(pv_report *r, const pv_report_item *it, pv_page_kind from,
                   const pv_site_function *f, unsigned which, pv_site_links *to)
{
    pv_spots_found all = pv_spots_look(r, it, f);

    put_source(r, to, from, &all, f);
    if (all.boxes && !(which & PV_LINK_OTHERS) && it &&
        all.boxes->item != it->index)
        all.boxes = NULL;
    if (all.boxes &&
        (which & PV_LINK_BOXES || !it || all.boxes->item != it->index))
        add(r, to, from, all.boxes, "boxes");
    if (which & PV_LINK_OWN) {
        if (all.boxes && all.boxes->alone)
            add_callers(r, to, from, all.boxes);
        if (all.lines && from != PV_PAGE_SOURCE)
            add_source(r, to, from, all.lines, f);
        if (all.change && from != PV_PAGE_DIFF)
            add_change(r, to, from, all.change, f);
    }
    if (!(which & PV_LINK_OTHERS))
        return;
    if (all.other_lines)
        add(r, to, from, all.other_lines, "lines");
    if (all.moment)
        add(r, to, from, all.moment, "memory curve");
    if (all.bytes)
        add_bytes(r, to, from, all.bytes);
}

typedef struct asker {
    pv_report *r;
    const pv_report_item *it;
    pv_page_kind kind;
} asker;

/* On a profile's own page the names themselves lead to their boxes. */
static void find_for_page(const pv_site *s, const pv_site_function *f,
                          pv_site_links *to)
{
    const asker *a = s->ctx;

    pv_spots_find(a->r, a->it, a->kind, f,
                  a->kind == PV_PAGE_PROFILE ? PV_LINK_OWN | PV_LINK_OTHERS
                                             : PV_LINK_ALL,
                  to);
}

void pv_report_find_for(pv_report *r, pv_site *s, pv_page_kind kind,
                        const pv_report_item *it)
{
    asker *a = it ? PV_NEW(&r->arena, asker) : NULL;

    if (!a)
        return;
    *a = (asker){r, it, kind};
    s->ctx = a;
    s->find = find_for_page;
}

pv_str pv_spots_change(pv_report *r, const pv_report_item *it,
                       pv_page_kind from, const pv_site_function *f)
{
    pv_spots_found all = pv_spots_look(r, it, f);
    pv_buf b = {0};

    if (all.change)
        put_address(r, &b, from, all.change, false);
    return pv_report_keep(r, &b);
}

pv_str pv_spots_search(pv_report *r, const pv_report_item *it,
                       const pv_site_function *f)
{
    pv_spots_found all = pv_spots_look(r, it, f);
    pv_buf b = {0};

    if (all.boxes && all.boxes->item == it->index)
        put_search(&b, all.boxes->name);
    return pv_report_keep(r, &b);
}
