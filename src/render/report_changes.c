/* SPDX-License-Identifier: MIT */
/* The functions that changed most, on a report's first page. */
#include "diff.h"
#include "number.h"
#include "report_index.h"
#include "report_records.h"
#include "report_spots.h"

typedef pv_index_change change;

PV_RECORD_TEXT(change, chip)
PV_RECORD_TEXT(change, name)
PV_RECORD_TEXT(change, href)
PV_RECORD_TEXT(change, mark)
PV_RECORD_TEXT(change, mark_tone)
PV_RECORD_TEXT(change, place)
PV_RECORD_TEXT(change, before)
PV_RECORD_TEXT(change, after)
PV_RECORD_TEXT(change, delta)
PV_RECORD_TEXT(change, tone)
PV_RECORD_TEXT(change, x)
PV_RECORD_TEXT(change, width)
PV_RECORD_TEXT(change, bar)
PV_RECORD_TEXT(change, ratio)
PV_RECORD_LIST(change, links, pv_link)

static const pv_field change_fields[] = {
    {"chip", PV_K_TEXT, NULL, change_chip},
    {"name", PV_K_TEXT, NULL, change_name},
    {"href", PV_K_TEXT, NULL, change_href},
    {"mark", PV_K_TEXT, NULL, change_mark},
    {"mark_tone", PV_K_TEXT, NULL, change_mark_tone},
    {"place", PV_K_TEXT, NULL, change_place},
    {"before", PV_K_TEXT, NULL, change_before},
    {"after", PV_K_TEXT, NULL, change_after},
    {"delta", PV_K_TEXT, NULL, change_delta},
    {"tone", PV_K_TEXT, NULL, change_tone},
    {"x", PV_K_TEXT, NULL, change_x},
    {"width", PV_K_TEXT, NULL, change_width},
    {"bar", PV_K_TEXT, NULL, change_bar},
    {"ratio", PV_K_TEXT, NULL, change_ratio},
    {"links", PV_K_LIST, &pv_link_type, change_links},
    {0},
};
const pv_record_type pv_index_change_type = {"change", change_fields};

static void fill_bar(pv_report *r, change *c, int64_t delta, int64_t most)
{
    int64_t size = delta < 0 ? -delta : delta;
    int64_t width = most ? pv_muldiv(size, 500, most) : 0;
    char text[PV_NUMBER_MAX];
    pv_buf b = {0};

    pv_buf_add(&b, text, pv_write_decimal(text, width, 1));
    c->width = pv_report_keep(r, &b);
    pv_buf_add(&b, text,
               pv_write_decimal(text, delta < 0 ? 500 - width : 500, 1));
    c->x = pv_report_keep(r, &b);
    c->bar = pv_str_of(delta < 0 ? "kd1" : "kd7");
}

/* "x1.8" where both sides have something. */
static pv_str ratio_of(pv_report *r, int64_t before, int64_t after)
{
    char text[PV_NUMBER_MAX];
    pv_buf b = {0};

    if (before <= 0 || after <= 0)
        return PV_STR("");
    pv_buf_puts(&b, "\xc3\x97");
    if (after / before >= 100)
        pv_buf_add(&b, text, pv_write_grouped(text, after / before, 0));
    else if (after < before)
        pv_buf_add(&b, text,
                   pv_write_fixed(text, pv_muldiv(after, 100, before), 2));
    else
        pv_buf_add(&b, text,
                   pv_write_fixed(text, pv_muldiv(after, 10, before), 1));
    return pv_report_keep(r, &b);
}

/* To its row on the page of the comparison, and to where else it is. */
static void link_change(pv_report *r, change *to, const pv_report_item *it,
                        const pv_report_change *c)
{
    const pv_site_function f = {.name = c->name,
                                .file = c->file,
                                .line = c->line,
                                .nameless = c->nameless,
                                .gone = c->status == PV_DIFF_REMOVED};
    pv_site_links l = {0};

    to->href = pv_spots_change(r, it, PV_PAGE_TOP, &f);
    if (!to->href.n)
        to->href = pv_index_page(
            r, it, it->pages[PV_PAGE_DIFF] ? PV_PAGE_DIFF : PV_PAGE_PROFILE);
    pv_site_begin(&l);
    pv_spots_find(r, it, PV_PAGE_TOP, &f, PV_LINK_ALL, &l);
    pv_site_end(&l);
    for (size_t i = 0; i < l.len; i++)
        if (!pv_str_equal(l.at[i].href, to->href))
            to->links[to->links_len++] =
                (pv_link){pv_arena_copy(&r->arena, l.at[i].text),
                          pv_arena_copy(&r->arena, l.at[i].href)};
    r->arena.failed |= l.text.failed;
    pv_site_links_done(&l);
}

static void fill_change(pv_report *r, change *to, const pv_report_item *it,
                        const pv_report_change *c, int64_t most)
{
    const pv_report_measure *m = pv_item_main(it);
    int64_t delta = c->after - c->before;

    *to = (change){.name = c->name, .place = c->place};
    to->chip = pv_arena_join(&r->arena, PV_STR("chip "), pv_str_of(c->chip));
    link_change(r, to, it, c);
    if (c->status == PV_DIFF_ADDED)
        to->mark = PV_STR("new");
    if (c->status == PV_DIFF_REMOVED)
        to->mark = PV_STR("gone");
    to->mark_tone =
        c->status == PV_DIFF_ADDED ? PV_STR("tag warn") : PV_STR("tag neu");
    to->before =
        pv_index_value(r, m, c->status == PV_DIFF_ADDED ? PV_NONE : c->before);
    to->after =
        pv_index_value(r, m, c->status == PV_DIFF_REMOVED ? PV_NONE : c->after);
    to->delta = pv_index_signed(r, m, delta);
    to->tone = delta > 0 ? PV_STR("n bad") : PV_STR("n good");
    to->ratio = ratio_of(r, c->before, c->after);
    fill_bar(r, to, delta, most);
}

/* The first of the ranked that has any. */
static const pv_report_item *most_changed(const pv_report *r)
{
    for (size_t i = 0; i < r->ranked_len; i++)
        if (r->ranked[i]->changes_len)
            return r->ranked[i];
    return NULL;
}

static int64_t greatest(const pv_report_item *it)
{
    int64_t most = 0;

    for (size_t i = 0; i < it->changes_len; i++) {
        int64_t d = it->changes[i].after - it->changes[i].before;

        if ((d < 0 ? -d : d) > most)
            most = d < 0 ? -d : d;
    }
    return most;
}

size_t pv_index_changes_fill(pv_report *r, change to[PV_REPORT_CHANGES],
                             pv_str *title, pv_str *note)
{
    const pv_report_item *it = most_changed(r);
    char text[PV_NUMBER_MAX];
    pv_buf b = {0};

    if (!it)
        return 0;
    for (size_t i = 0; i < it->changes_len; i++)
        fill_change(r, &to[i], it, &it->changes[i], greatest(it));
    pv_buf_puts(&b, "What changed most in ");
    pv_buf_str(&b, it->name);
    *title = pv_report_keep(r, &b);
    pv_buf_puts(&b, "Self values. ");
    pv_buf_add(&b, text, pv_write_grouped(text, it->others, 0));
    pv_buf_puts(&b, it->others == 1 ? " other did not change enough to tell."
                                    : " others did not change enough to tell.");
    *note = pv_report_keep(r, &b);
    return it->changes_len;
}
