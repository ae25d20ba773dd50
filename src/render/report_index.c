/* SPDX-License-Identifier: MIT */
/* The first page: what happened, in a sentence, four cards and two tables. */
#include "diff.h"
#include "number.h"
#include "profviz/profviz.h"
#include "report_records.h"
#include "report_spots.h"
#include "report_verdict.h"

/* ---- records ---- */

typedef struct card {
    pv_str label, href, figure, change, tone;
    const pv_report_item *item;
} card;

typedef struct row {
    pv_str name, href, tool, measure, now, change, change_tone, tag, tag_tone,
        step;
    pv_link links[PV_REPORT_LINKS];
    size_t links_len;
    const pv_report_item *item;
} row;

typedef struct change {
    pv_str chip, name, href, mark, mark_tone, place, before, after, delta, tone,
        x, width, bar, ratio;
    pv_link links[PV_SITE_LINKS];
    size_t links_len;
} change;

typedef struct failure {
    pv_str path, error;
} failure;

typedef struct pair {
    pv_str key, value;
} pair;

typedef struct page {
    pv_site site;
    pv_str title, head, about, run, key, rest, note, changes_title,
        changes_note, made, command, inputs_href, inputs, scheme, theme;
    pv_link lists[4];
    size_t lists_len;
    card cards[PV_REPORT_CARDS];
    size_t cards_len;
    row *rows;
    size_t rows_len;
    change changes[PV_REPORT_CHANGES];
    size_t changes_len;
    failure *failed;
    size_t failed_len;
    bool compared, trends, many;
} page;

/* Of more profiles one is looked for in a field, not by the eye. */
enum { MANY = 200 };

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
static const pv_record_type card_type = {"card", card_fields};

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
static const pv_record_type row_type = {"row", row_fields};

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
static const pv_record_type change_type = {"change", change_fields};

PV_RECORD_TEXT(failure, path)
PV_RECORD_TEXT(failure, error)

static const pv_field failure_fields[] = {
    {"path", PV_K_TEXT, NULL, failure_path},
    {"error", PV_K_TEXT, NULL, failure_error},
    {0},
};
static const pv_record_type failure_type = {"failure", failure_fields};

PV_RECORD_SITE(page)
PV_RECORD_TEXT(page, title)
PV_RECORD_TEXT(page, head)
PV_RECORD_TEXT(page, about)
PV_RECORD_TEXT(page, run)
PV_RECORD_TEXT(page, key)
PV_RECORD_TEXT(page, rest)
PV_RECORD_TEXT(page, note)
PV_RECORD_TEXT(page, changes_title)
PV_RECORD_TEXT(page, changes_note)
PV_RECORD_TEXT(page, made)
PV_RECORD_TEXT(page, command)
PV_RECORD_TEXT(page, inputs)
PV_RECORD_TEXT(page, inputs_href)
PV_RECORD_TEXT(page, scheme)
PV_RECORD_TEXT(page, theme)
PV_RECORD_LIST(page, lists, pv_link)
PV_RECORD_LIST(page, cards, card)
PV_RECORD_LIST(page, rows, row)
PV_RECORD_LIST(page, changes, change)
PV_RECORD_LIST(page, failed, failure)
PV_RECORD_BOOL(page, compared)
PV_RECORD_BOOL(page, trends)
PV_RECORD_BOOL(page, many)

static const pv_field page_fields[] = {
    {"site", PV_K_RECORD, &pv_site_type, page_site},
    {"title", PV_K_TEXT, NULL, page_title},
    {"head", PV_K_TEXT, NULL, page_head},
    {"about", PV_K_TEXT, NULL, page_about},
    {"run", PV_K_TEXT, NULL, page_run},
    {"key", PV_K_TEXT, NULL, page_key},
    {"rest", PV_K_TEXT, NULL, page_rest},
    {"note", PV_K_TEXT, NULL, page_note},
    {"changes_title", PV_K_TEXT, NULL, page_changes_title},
    {"changes_note", PV_K_TEXT, NULL, page_changes_note},
    {"made", PV_K_TEXT, NULL, page_made},
    {"command", PV_K_TEXT, NULL, page_command},
    {"inputs", PV_K_TEXT, NULL, page_inputs},
    {"inputs_href", PV_K_TEXT, NULL, page_inputs_href},
    {"scheme", PV_K_TEXT, NULL, page_scheme},
    {"theme", PV_K_TEXT, NULL, page_theme},
    {"lists", PV_K_LIST, &pv_link_type, page_lists},
    {"cards", PV_K_LIST, &card_type, page_cards},
    {"rows", PV_K_LIST, &row_type, page_rows},
    {"changes", PV_K_LIST, &change_type, page_changes},
    {"failed", PV_K_LIST, &failure_type, page_failed},
    {"compared", PV_K_BOOL, NULL, page_compared},
    {"trends", PV_K_BOOL, NULL, page_trends},
    {"many", PV_K_BOOL, NULL, page_many},
    {0},
};

const pv_record_type pv_report_index_type = {"page", page_fields};

/* ---- filling ---- */

static pv_str say_value(pv_report *r, const pv_report_measure *m, int64_t v)
{
    pv_buf b = {0};

    pv_report_value(&b, m, v);
    return pv_report_keep(r, &b);
}

static pv_str say_signed(pv_report *r, const pv_report_measure *m, int64_t v)
{
    pv_buf b = {0};

    pv_report_signed(&b, m, v);
    return pv_report_keep(r, &b);
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

static pv_str page_of(pv_report *r, const pv_report_item *it, pv_page_kind k,
                      const char *anchor)
{
    return it->pages[k] ? pv_report_address(r, PV_PAGE_TOP, k, it->slug, anchor)
                        : PV_STR("");
}

static pv_str source_of(pv_report *r, const pv_report_item *it)
{
    return it->first_source.n
               ? pv_report_address(r, PV_PAGE_TOP, PV_PAGE_SOURCE,
                                   it->first_source, "")
               : PV_STR("");
}

static void fill_card(pv_report *r, card *c, const pv_report_item *it)
{
    const pv_report_measure *m = pv_item_main(it);
    pv_buf b = {0};
    const char *tone;

    pv_buf_str(&b, pv_report_measure_name(r, it));
    pv_buf_puts(&b, ", ");
    pv_buf_str(&b, it->name);
    *c = (card){.item = it, .tone = pv_str_of(tone_of(it))};
    c->label = pv_report_keep(r, &b);
    c->href = page_of(r, it, first_page(it), "");
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
        {first, page_of(r, it, PV_PAGE_PROFILE, "")},
        {"Timeline", page_of(r, it, PV_PAGE_TIMELINE, "")},
        {"Source", source_of(r, it)},
        {"Compare", page_of(r, it, PV_PAGE_DIFF, "")},
    };

    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (all[i].href.n)
            to->links[to->links_len++] =
                (pv_link){pv_str_of(all[i].text), all[i].href};
}

static void fill_row(pv_report *r, row *to, const pv_report_item *it)
{
    const pv_report_measure *m = pv_item_main(it);
    const char *tone;
    pv_buf b = {0};

    *to = (row){
        .item = it, .name = it->name, .tool = tool_of(r, it), .step = it->step};
    to->href = page_of(r, it, first_page(it), "");
    to->measure = pv_report_measure_name(r, it);
    to->now = say_value(r, m, m->total);
    if (it->compared && m->compared && m->total != PV_NONE)
        to->change = say_signed(r, m, m->total - m->before);
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

/* ---- what changed most ---- */

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
        to->href = page_of(
            r, it, it->pages[PV_PAGE_DIFF] ? PV_PAGE_DIFF : PV_PAGE_PROFILE,
            "");
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
        say_value(r, m, c->status == PV_DIFF_ADDED ? PV_NONE : c->before);
    to->after =
        say_value(r, m, c->status == PV_DIFF_REMOVED ? PV_NONE : c->after);
    to->delta = say_signed(r, m, delta);
    to->tone = delta > 0 ? PV_STR("n bad") : PV_STR("n good");
    to->ratio = ratio_of(r, c->before, c->after);
    fill_bar(r, to, delta, most);
}

static void fill_changes(pv_report *r, page *g)
{
    const pv_report_item *it = NULL;
    char text[PV_NUMBER_MAX];
    int64_t most = 0;
    pv_buf b = {0};

    for (size_t i = 0; i < r->ranked_len && !it; i++)
        if (r->ranked[i]->changes_len)
            it = r->ranked[i];
    if (!it)
        return;
    for (size_t i = 0; i < it->changes_len; i++) {
        int64_t d = it->changes[i].after - it->changes[i].before;

        if ((d < 0 ? -d : d) > most)
            most = d < 0 ? -d : d;
    }
    for (size_t i = 0; i < it->changes_len; i++)
        fill_change(r, &g->changes[i], it, &it->changes[i], most);
    g->changes_len = it->changes_len;
    pv_buf_puts(&b, "What changed most in ");
    pv_buf_str(&b, it->name);
    g->changes_title = pv_report_keep(r, &b);
    pv_buf_puts(&b, "Self values. ");
    pv_buf_add(&b, text, pv_write_grouped(text, it->others, 0));
    pv_buf_puts(&b, it->others == 1 ? " other did not change enough to tell."
                                    : " others did not change enough to tell.");
    g->changes_note = pv_report_keep(r, &b);
}

/* ---- the rest ---- */

/* What the columns of the table are about. */
static pv_str note_of(pv_report *r, const page *g)
{
    size_t runs = 0;
    pv_buf b = {0};

    for (size_t i = 0; i < r->len; i++)
        if (r->items[i].runs_len > runs)
            runs = r->items[i].runs_len;
    if (g->compared)
        pv_buf_puts(&b, "Change is against the baseline.");
    if (g->trends)
        pv_buf_format(&b, "%sThe line shows the last %zu runs.", b.n ? " " : "",
                      runs);
    if (r->passed_over)
        pv_buf_format(&b,
                      "%sThe history has %zu line%s that this version cannot "
                      "read.",
                      b.n ? " " : "", r->passed_over,
                      r->passed_over == 1 ? "" : "s");
    return pv_report_keep(r, &b);
}

static void fill_words(pv_report *r, page *g)
{
    static const char *const schemes[] = {"light dark", "light", "dark"};
    static const char *const themes[] = {"", "light", "dark"};
    const pv_report_options *o = r->o;
    pv_buf b = {0};

    g->title = o->title.n ? o->title : PV_STR("Profile report");
    g->head = pv_arena_join(&r->arena, g->title, PV_STR(" - profviz"));
    g->scheme = pv_str_of(schemes[o->theme]);
    g->theme = pv_str_of(themes[o->theme]);
    if (o->run_id.n) {
        pv_buf_puts(&b, "Run ");
        pv_buf_str(&b, o->run_id);
    }
    pv_buf_puts(&b, b.n && o->revision.n ? " \xc2\xb7 " : "");
    pv_buf_str(&b, o->revision);
    pv_buf_puts(&b, b.n && r->plan->date.n ? " \xc2\xb7 " : "");
    pv_buf_str(&b, r->plan->date);
    g->run = pv_report_keep(r, &b);
    pv_buf_format(&b, "%zu profile%s%s", r->ranked_len,
                  r->ranked_len == 1 ? "" : "s",
                  g->compared ? ", compared with the baseline" : "");
    if (r->plan->share) {
        char share[PV_NUMBER_MAX];

        pv_buf_puts(&b, "; to fit --max-bytes, what is below ");
        pv_buf_add(&b, share, pv_write_decimal(share, r->plan->share, 3));
        pv_buf_puts(&b, "% of its profile is folded into counted "
                        "\"[pruned]\" boxes");
    }
    g->about = pv_report_keep(r, &b);
    g->note = note_of(r, g);
    g->made = PV_STR("profviz " PV_VERSION);
    g->command = r->plan->command;
}

static void fill_inputs(pv_report *r, page *g)
{
    pv_buf b = {0};
    const pv_report_input *in = &r->plan->inputs[0];

    pv_buf_str(&b, r->items[0].name);
    if (in->sha256.n)
        pv_buf_format(&b, " sha256:%.8s\xe2\x80\xa6", in->sha256.p);
    if (r->len > 1)
        pv_buf_format(&b, " and %zu other%s", r->len - 1,
                      r->len == 2 ? "" : "s");
    g->inputs = pv_report_keep(r, &b);
    g->inputs_href =
        pv_report_address(r, PV_PAGE_TOP, PV_PAGE_TOP, PV_STR("inputs"), "");
}

static void add_list(pv_report *r, page *g, const char *text, const char *slug)
{
    g->lists[g->lists_len++] = (pv_link){
        pv_str_of(text),
        pv_report_address(r, PV_PAGE_TOP, PV_PAGE_TOP, pv_str_of(slug), "")};
}

static bool fill(pv_report *r, page *g)
{
    g->rows = PV_NEW_N(&r->arena, row, r->len + 1);
    g->failed = PV_NEW_N(&r->arena, failure, r->failed + 1);
    if (!g->rows || !g->failed)
        return pv_fail_nomem(r->err);
    for (size_t i = 0; i < r->len; i++) {
        const pv_report_item *it = &r->items[i];

        if (it->error.n)
            g->failed[g->failed_len++] = (failure){it->name, it->error};
        else
            fill_row(r, &g->rows[g->rows_len++], it);
        g->compared |= it->compared || r->plan->baseline;
        g->trends |= it->runs_len > 1;
    }
    for (size_t i = 0; i < r->ranked_len && i < PV_REPORT_CARDS; i++)
        fill_card(r, &g->cards[g->cards_len++], r->ranked[i]);
    g->many = g->rows_len > MANY;
    fill_changes(r, g);
    pv_report_verdict(r, false, &g->key, &g->rest);
    fill_words(r, g);
    fill_inputs(r, g);
    add_list(r, g, "Functions", "functions");
    add_list(r, g, "Source files", "files");
    add_list(r, g, "Inputs", "inputs");
    return !pv_report_failed(r);
}

bool pv_report_index(pv_report *r)
{
    page *g = PV_NEW(&r->arena, page);

    if (!g)
        return pv_fail_nomem(r->err);
    return pv_report_site(r, &g->site, PV_PAGE_TOP, NULL, PV_STR("index")) &&
           fill(r, g) &&
           pv_report_template(r, "index.html", PV_PAGE_TOP, PV_STR("index"),
                              &pv_report_index_type, g, &g->site);
}
