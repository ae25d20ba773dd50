/* SPDX-License-Identifier: MIT */
/* The first page: what happened, in a sentence, four cards and two tables. */
#include "report_index.h"

#include "number.h"
#include "profviz/profviz.h"
#include "report_records.h"
#include "report_verdict.h"
#include "theme.h"

/* ---- records ---- */

typedef struct failure {
    pv_str path, error;
} failure;

typedef struct page {
    pv_site site;
    pv_str title, head, about, run, key, rest, note, changes_title,
        changes_note, made, command, inputs_href, inputs, scheme, theme;
    pv_link lists[4];
    size_t lists_len;
    pv_index_card cards[PV_REPORT_CARDS];
    size_t cards_len;
    pv_index_row *rows;
    size_t rows_len;
    pv_index_change changes[PV_REPORT_CHANGES];
    size_t changes_len;
    failure *failed;
    size_t failed_len;
    bool compared, trends, many;
} page;

/* Of more profiles one is looked for in a field, not by the eye. */
enum { MANY = 200 };

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
PV_RECORD_LIST(page, cards, pv_index_card)
PV_RECORD_LIST(page, rows, pv_index_row)
PV_RECORD_LIST(page, changes, pv_index_change)
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
    {"cards", PV_K_LIST, &pv_index_card_type, page_cards},
    {"rows", PV_K_LIST, &pv_index_row_type, page_rows},
    {"changes", PV_K_LIST, &pv_index_change_type, page_changes},
    {"failed", PV_K_LIST, &failure_type, page_failed},
    {"compared", PV_K_BOOL, NULL, page_compared},
    {"trends", PV_K_BOOL, NULL, page_trends},
    {"many", PV_K_BOOL, NULL, page_many},
    {0},
};

const pv_record_type pv_report_index_type = {"page", page_fields};

/* ---- filling ---- */

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
    const pv_report_options *o = r->o;
    pv_buf b = {0};

    g->title = o->title.n ? o->title : PV_STR("Profile report");
    g->head = pv_arena_join(&r->arena, g->title, PV_STR(" - profviz"));
    g->scheme = pv_theme_scheme(o->theme);
    g->theme = pv_theme_attr(o->theme);
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
    g->rows = PV_NEW_N(&r->arena, pv_index_row, r->len + 1);
    g->failed = PV_NEW_N(&r->arena, failure, r->failed + 1);
    if (!g->rows || !g->failed)
        return pv_fail_nomem(r->err);
    for (size_t i = 0; i < r->len; i++) {
        const pv_report_item *it = &r->items[i];

        if (it->error.n)
            g->failed[g->failed_len++] = (failure){it->name, it->error};
        else
            pv_index_row_fill(r, &g->rows[g->rows_len++], it);
        g->compared |= it->compared || r->plan->baseline;
        g->trends |= it->runs_len > 1;
    }
    for (size_t i = 0; i < r->ranked_len && i < PV_REPORT_CARDS; i++)
        pv_index_card_fill(r, &g->cards[g->cards_len++], r->ranked[i]);
    g->many = g->rows_len > MANY;
    g->changes_len = pv_index_changes_fill(r, g->changes, &g->changes_title,
                                           &g->changes_note);
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
