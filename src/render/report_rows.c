/* SPDX-License-Identifier: MIT */
/* Of each profile, a card or a row of the first page. */
#include "number.h"
#include "report_index.h"
#include "report_records.h"
#include "report_verdict.h"

typedef pv_index_card card;
typedef pv_index_row row;

/* ---- records ---- */

static void emit_card_spark(const void *self, pv_markup *m)
{
    pv_report_spark(m, self, 240, 40);
}

static void emit_row_spark(const void *self, pv_markup *m)
{
    pv_report_spark(m, self, 96, 24);
}

static pv_datum spark(const pv_report_item *it,
                      void (*emit)(const void *, pv_markup *))
{
    return (pv_datum){.kind = PV_K_FRAGMENT,
                      .as.fragment = {it, it->runs_len > 1 ? emit : NULL}};
}

static pv_datum card_spark(const void *record)
{
    return spark(((const card *)record)->item, emit_card_spark);
}

static pv_datum row_spark(const void *record)
{
    return spark(((const row *)record)->item, emit_row_spark);
}

PV_RECORD_TEXT(card, label)
PV_RECORD_TEXT(card, href)
PV_RECORD_TEXT(card, figure)
PV_RECORD_TEXT(card, change)
PV_RECORD_TEXT(card, tone)

static const pv_field card_fields[] = {
    {"label", PV_K_TEXT, NULL, card_label},
    {"href", PV_K_TEXT, NULL, card_href},
    {"figure", PV_K_TEXT, NULL, card_figure},
    {"change", PV_K_TEXT, NULL, card_change},
    {"tone", PV_K_TEXT, NULL, card_tone},
    {"spark", PV_K_FRAGMENT, NULL, card_spark},
    {0},
};
const pv_record_type pv_index_card_type = {"card", card_fields};

PV_RECORD_TEXT(row, name)
PV_RECORD_TEXT(row, href)
PV_RECORD_TEXT(row, tool)
PV_RECORD_TEXT(row, measure)
PV_RECORD_TEXT(row, now)
PV_RECORD_TEXT(row, change)
PV_RECORD_TEXT(row, change_tone)
PV_RECORD_TEXT(row, tag)
PV_RECORD_TEXT(row, tag_tone)
PV_RECORD_TEXT(row, step)
PV_RECORD_LIST(row, links, pv_link)

static const pv_field row_fields[] = {
    {"name", PV_K_TEXT, NULL, row_name},
    {"href", PV_K_TEXT, NULL, row_href},
    {"tool", PV_K_TEXT, NULL, row_tool},
    {"measure", PV_K_TEXT, NULL, row_measure},
    {"now", PV_K_TEXT, NULL, row_now},
    {"change", PV_K_TEXT, NULL, row_change},
    {"change_tone", PV_K_TEXT, NULL, row_change_tone},
    {"tag", PV_K_TEXT, NULL, row_tag},
    {"tag_tone", PV_K_TEXT, NULL, row_tag_tone},
    {"step", PV_K_TEXT, NULL, row_step},
    {"links", PV_K_LIST, &pv_link_type, row_links},
    {"spark", PV_K_FRAGMENT, NULL, row_spark},
    {0},
};
const pv_record_type pv_index_row_type = {"row", row_fields};

/* ---- words ---- */

pv_str pv_index_value(pv_report *r, const pv_report_measure *m, int64_t v)
{
    pv_buf b = {0};

    pv_report_value(&b, m, v);
    return pv_report_keep(r, &b);
}

pv_str pv_index_signed(pv_report *r, const pv_report_measure *m, int64_t v)
{
    pv_buf b = {0};

    pv_report_signed(&b, m, v);
    return pv_report_keep(r, &b);
}

pv_str pv_index_page(pv_report *r, const pv_report_item *it, pv_page_kind k)
{
    return it->pages[k] ? pv_report_address(r, PV_PAGE_TOP, k, it->slug, "")
                        : PV_STR("");
}

static const char *tone_of(const pv_report_item *it)
{
    const pv_report_measure *m = pv_item_main(it);

    if (!it->matters || !m->compared)
        return "mu";
    return m->total > m->before ? "bad" : "good";
}

static pv_page_kind first_page(const pv_report_item *it)
{
    return it->pages[PV_PAGE_PROFILE] ? PV_PAGE_PROFILE : PV_PAGE_TIMELINE;
}

/* ---- filling ---- */

static pv_str source_of(pv_report *r, const pv_report_item *it)
{
    return it->first_source.n
               ? pv_report_address(r, PV_PAGE_TOP, PV_PAGE_SOURCE,
                                   it->first_source, "")
               : PV_STR("");
}

void pv_index_card_fill(pv_report *r, card *c, const pv_report_item *it)
{
    const pv_report_measure *m = pv_item_main(it);
    pv_buf b = {0};
    const char *tone;

    pv_buf_str(&b, pv_report_measure_name(r, it));
    pv_buf_puts(&b, ", ");
    pv_buf_str(&b, it->name);
    *c = (card){.item = it, .tone = pv_str_of(tone_of(it))};
    c->label = pv_report_keep(r, &b);
    c->href = pv_index_page(r, it, first_page(it));
    pv_report_amount(&b, m, m->total);
    c->figure = pv_report_keep(r, &b);
    if (!it->compared || !m->compared)
        return;
    if (it->matters) {
        pv_report_signed(&b, m, m->total - m->before);
        pv_buf_puts(&b, ", ");
    }
    pv_report_tag(&b, it, &tone);
    c->change = pv_report_keep(r, &b);
}

static pv_str tool_of(pv_report *r, const pv_report_item *it)
{
    char text[PV_NUMBER_MAX];
    pv_buf b = {0};
    int64_t n = it->has & PV_HAS_SERIES ? it->points
                : it->stacks            ? it->stacks
                                        : it->records;

    if (it->producer.n)
        pv_buf_str(&b, it->producer);
    else
        pv_buf_puts(&b, it->format);
    pv_buf_puts(&b, " \xc2\xb7 ");
    pv_buf_add(&b, text, pv_write_grouped(text, n, 0));
    pv_buf_puts(&b, it->has & PV_HAS_SERIES ? " points"
                    : it->stacks            ? " stacks"
                                            : " records");
    return pv_report_keep(r, &b);
}

static void fill_links(pv_report *r, row *to, const pv_report_item *it)
{
    const char *first =
        it->has & (PV_HAS_TREE | PV_HAS_CALLS) ? "Flame graph" : "Table";
    const struct {
        const char *text;
        pv_str href;
    } all[] = {
        {first, pv_index_page(r, it, PV_PAGE_PROFILE)},
        {"Timeline", pv_index_page(r, it, PV_PAGE_TIMELINE)},
        {"Source", source_of(r, it)},
        {"Compare", pv_index_page(r, it, PV_PAGE_DIFF)},
    };

    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (all[i].href.n)
            to->links[to->links_len++] =
                (pv_link){pv_str_of(all[i].text), all[i].href};
}

void pv_index_row_fill(pv_report *r, row *to, const pv_report_item *it)
{
    const pv_report_measure *m = pv_item_main(it);
    const char *tone;
    pv_buf b = {0};

    *to = (row){
        .item = it, .name = it->name, .tool = tool_of(r, it), .step = it->step};
    to->href = pv_index_page(r, it, first_page(it));
    to->measure = pv_report_measure_name(r, it);
    to->now = pv_index_value(r, m, m->total);
    if (it->compared && m->compared && m->total != PV_NONE)
        to->change = pv_index_signed(r, m, m->total - m->before);
    to->change_tone =
        pv_arena_join(&r->arena, PV_STR("n few "), pv_str_of(tone_of(it)));
    pv_report_tag(&b, it, &tone);
    if (!b.n && it->compare_error.n)
        pv_buf_puts(&b, "not comparable");
    else if (!b.n && r->plan->baseline)
        pv_buf_puts(&b, "new");
    to->tag = pv_report_keep(r, &b);
    to->tag_tone = pv_str_of(tone);
    fill_links(r, to, it);
}
