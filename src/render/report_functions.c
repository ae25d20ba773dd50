/* SPDX-License-Identifier: MIT */
/* All functions that cost something, and where each is to be seen: its boxes
 * in every flame graph, its lines, its change, its moment on the memory
 * curve. */
#include "report_functions.h"

#include "number.h"
#include "origin.h"
#include "report_records.h"
#include "report_spots.h"
#include "theme.h"

enum { ROWS_MAX = 500, LINKS_MAX = 12 };

typedef struct place {
    pv_str profile, href, value, share;
    pv_link links[PV_SITE_LINKS];
    size_t links_len;
} place;

typedef struct row {
    pv_str id, chip, origin, name, file, source;
    pv_link links[PV_SITE_LINKS]; /* about memory, and in other tools */
    size_t links_len;
    place *places;
    size_t places_len;
} row;

typedef struct page {
    pv_site site;
    pv_str head, scheme, theme;
    row *rows;
    size_t rows_len;
} page;

PV_RECORD_TEXT(place, profile)
PV_RECORD_TEXT(place, href)
PV_RECORD_TEXT(place, value)
PV_RECORD_TEXT(place, share)
PV_RECORD_LIST(place, links, pv_link)
static const pv_field place_fields[] = {
    {"profile", PV_K_TEXT, NULL, place_profile},
    {"href", PV_K_TEXT, NULL, place_href},
    {"value", PV_K_TEXT, NULL, place_value},
    {"share", PV_K_TEXT, NULL, place_share},
    {"links", PV_K_LIST, &pv_link_type, place_links},
    {0},
};
static const pv_record_type place_type = {"place", place_fields};

PV_RECORD_TEXT(row, id)
PV_RECORD_TEXT(row, chip)
PV_RECORD_TEXT(row, origin)
PV_RECORD_TEXT(row, name)
PV_RECORD_TEXT(row, file)
PV_RECORD_TEXT(row, source)
PV_RECORD_LIST(row, places, place)
PV_RECORD_LIST(row, links, pv_link)
static const pv_field row_fields[] = {
    {"id", PV_K_TEXT, NULL, row_id},
    {"chip", PV_K_TEXT, NULL, row_chip},
    {"origin", PV_K_TEXT, NULL, row_origin},
    {"name", PV_K_TEXT, NULL, row_name},
    {"file", PV_K_TEXT, NULL, row_file},
    {"source", PV_K_TEXT, NULL, row_source},
    {"places", PV_K_LIST, &place_type, row_places},
    {"links", PV_K_LIST, &pv_link_type, row_links},
    {0},
};
static const pv_record_type row_type = {"row", row_fields};

PV_RECORD_SITE(page)
PV_RECORD_TEXT(page, head)
PV_RECORD_TEXT(page, scheme)
PV_RECORD_TEXT(page, theme)
PV_RECORD_LIST(page, rows, row)
static const pv_field page_fields[] = {
    {"site", PV_K_RECORD, &pv_site_type, page_site},
    {"head", PV_K_TEXT, NULL, page_head},
    {"scheme", PV_K_TEXT, NULL, page_scheme},
    {"theme", PV_K_TEXT, NULL, page_theme},
    {"rows", PV_K_LIST, &row_type, page_rows},
    {0},
};

const pv_record_type pv_report_functions_type = {"page", page_fields};

/* ---- entries of all profiles, those of one function together ---- */

typedef struct entry {
    const pv_report_item *item;
    const pv_report_function *fn;
    pv_str file; /* as told from furthest up */
    int64_t ppm;
} entry;

typedef struct group {
    const entry *at;
    size_t len;
    int64_t ppm; /* the greatest */
} group;

static int by_function(const void *a, const void *b)
{
    const entry *x = a, *y = b;
    int order = pv_str_compare(x->fn->name, y->fn->name);

    if (!order)
        order = pv_str_compare(x->file, y->file);
    if (!order && x->item->index != y->item->index)
        order = x->item->index < y->item->index ? -1 : 1;
    return order ? order
                 : (x->fn->line > y->fn->line) - (x->fn->line < y->fn->line);
}

static bool same_function(const entry *x, const entry *y)
{
    return pv_str_equal(x->fn->name, y->fn->name) &&
           pv_str_equal(x->file, y->file);
}

enum { NAMESAKES = 400 };

/* The one file among those of its namesakes that ends as this one does. */
static pv_str fullest(const entry *e, const entry *at, size_t len)
{
    pv_str best = e->fn->file;

    for (size_t i = 0; best.n && i < len && i < NAMESAKES; i++) {
        pv_str file = at[i].fn->file;

        if (pv_files_fit(best, file))
            best = file.n > best.n ? file : best;
        else if (pv_files_fit(e->fn->file, file))
            return e->fn->file; /* several */
    }
    return best;
}

/* Tools tell a file from different places; a function is one all the same. */
static void join_files(entry *all, size_t len)
{
    size_t end;

    for (size_t i = 0; i < len; i = end) {
        end = i + 1;
        while (end < len && pv_str_equal(all[i].fn->name, all[end].fn->name))
            end++;
        for (size_t k = i; k < end; k++)
            all[k].file = fullest(&all[k], &all[i], end - i);
    }
}

static int by_share(const void *a, const void *b)
{
    const group *x = a, *y = b;

    if (x->ppm != y->ppm)
        return x->ppm > y->ppm ? -1 : 1;
    return by_function(x->at, y->at);
}

static size_t make_groups(group *groups, const entry *all, size_t len)
{
    size_t n = 0;

    for (size_t i = 0; i < len; i++) {
        if (n && same_function(groups[n - 1].at, &all[i])) {
            groups[n - 1].len++;
        } else {
            groups[n++] = (group){&all[i], 1, 0};
        }
        if (all[i].ppm > groups[n - 1].ppm)
            groups[n - 1].ppm = all[i].ppm;
    }
    return n;
}

/* ---- rows ---- */

static pv_site_function asked(const entry *e)
{
    return (pv_site_function){.name = e->fn->name,
                              .file = e->fn->file,
                              .line = e->fn->line,
                              .nameless =
                                  e->item->has & PV_HAS_TREE &&
                                  pv_str_equal(e->fn->name, e->fn->place)};
}

static size_t keep_links(pv_report *r, pv_link *to, const pv_site_links *l)
{
    for (size_t i = 0; i < l->len; i++)
        to[i] = (pv_link){pv_arena_copy(&r->arena, l->at[i].text),
                          pv_arena_copy(&r->arena, l->at[i].href)};
    r->arena.failed |= l->text.failed;
    return l->len;
}

/* Links from this page, and the address of its source line. */
static size_t find_links(pv_report *r, const entry *e, unsigned which,
                         pv_link *to, pv_str *source)
{
    pv_site_function f = asked(e);
    pv_site_links l = {0};
    size_t n;

    pv_site_begin(&l);
    pv_spots_find(r, e->item, PV_PAGE_TOP, &f, which, &l);
    pv_site_end(&l);
    n = keep_links(r, to, &l);
    *source = e->fn->place.n ? pv_arena_copy(&r->arena, l.source) : PV_STR("");
    pv_site_links_done(&l);
    return n;
}

/* Where its boxes are marked; the page alone where it has none. */
static pv_str boxes_of(pv_report *r, const entry *e)
{
    pv_site_function f = asked(e);
    pv_str search = pv_spots_search(r, e->item, &f);

    return pv_report_address(r, PV_PAGE_TOP, PV_PAGE_PROFILE, e->item->slug,
                             search.n ? search.p : "");
}

static void fill_place(pv_report *r, place *to, const entry *e)
{
    const pv_report_measure *m = pv_item_main(e->item);
    char text[PV_NUMBER_MAX];
    pv_buf b = {0};
    pv_str source;

    *to = (place){.profile = e->item->name, .href = boxes_of(r, e)};
    pv_report_amount(&b, m, e->fn->self);
    to->value = pv_report_keep(r, &b);
    if (e->fn->self > 0)
        pv_buf_add(&b, text,
                   pv_write_percent(text, e->fn->self, m->total,
                                    (pv_number_style){0}));
    to->share = pv_report_keep(r, &b);
    to->links_len = find_links(r, e, PV_LINK_OWN, to->links, &source);
}

static void fill_row(pv_report *r, row *to, const group *g)
{
    const pv_report_function *fn = g->at->fn;
    size_t n = g->len < LINKS_MAX ? g->len : LINKS_MAX;
    pv_buf b = {0};

    pv_report_anchor(&b, fn->name, fn->file);
    *to = (row){.name = fn->name,
                .file = fn->place,
                .origin = pv_str_of(pv_origin_title((pv_origin)fn->origin))};
    to->id = pv_report_keep(r, &b);
    to->chip = pv_arena_join(&r->arena, PV_STR("chip "), pv_str_of(fn->chip));
    to->places = PV_NEW_N(&r->arena, place, n + 1);
    for (size_t i = 0; to->places && i < n; i++)
        fill_place(r, &to->places[i], &g->at[i]);
    to->places_len = to->places ? n : 0;
    to->links_len =
        find_links(r, g->at, PV_LINK_OTHERS, to->links, &to->source);
}

static size_t collect(const pv_report *r, entry *all)
{
    size_t n = 0;

    for (size_t i = 0; i < r->len; i++)
        for (size_t k = 0; k < r->items[i].functions_len; k++) {
            const pv_report_function *f = &r->items[i].functions[k];

            if (all)
                all[n] = (entry){&r->items[i], f, f->file,
                                 pv_report_ppm(&r->items[i], f->self)};
            n++;
        }
    return n;
}

static bool fill(pv_report *r, page *g)
{
    size_t n = collect(r, NULL);
    entry *all = PV_NEW_N(&r->arena, entry, n + 1);
    group *groups = PV_NEW_N(&r->arena, group, n + 1);

    if (!all || !groups)
        return pv_fail_nomem(r->err);
    collect(r, all);
    qsort(all, n, sizeof *all, by_function);
    join_files(all, n);
    qsort(all, n, sizeof *all, by_function);
    n = make_groups(groups, all, n);
    qsort(groups, n, sizeof *groups, by_share);
    if (n > ROWS_MAX)
        n = ROWS_MAX;
    g->rows = PV_NEW_N(&r->arena, row, n + 1);
    for (size_t i = 0; g->rows && i < n; i++)
        fill_row(r, &g->rows[i], &groups[i]);
    g->rows_len = n;
    return !pv_report_failed(r);
}

bool pv_report_functions(pv_report *r)
{
    page *g = PV_NEW(&r->arena, page);

    if (!g)
        return pv_fail_nomem(r->err);
    g->head = PV_STR("Functions - profviz");
    g->scheme = pv_theme_scheme(r->o->theme);
    g->theme = pv_theme_attr(r->o->theme);
    return pv_report_site(r, &g->site, PV_PAGE_TOP, NULL,
                          PV_STR("functions")) &&
           fill(r, g) &&
           pv_report_template(r, "functions.html", PV_PAGE_TOP,
                              PV_STR("functions"), &pv_report_functions_type, g,
                              &g->site);
}
