/* SPDX-License-Identifier: MIT */
/* The tables of a comparison's page, row by row. */
#include "diff_page_rows.h"

#include "cells.h"
#include "label.h"
#include "number.h"
#include "palette.h"

enum {
    NAME,
    PLACE,
    TAG,
    TAG_CLASS,
    WAS,
    BEFORE,
    AFTER,
    CHANGE,
    CHANGE_RAW,
    CHANGE_CLASS,
    BAR_X,
    BAR_WIDTH,
    BAR_CLASS,
    RATIO,
    TOTAL,
    TOTAL_RAW,
    TEST,
    CHIP,
    ORIGIN,
    ID,
    CELLS
};

/* What a template is given: the cells of a row, and where it leads. */
struct pv_diff_line {
    pv_buf cells[CELLS];
    pv_site_links links;
};

/* ---- values ---- */

static void put_value(pv_buf *out, const pv_diff_metric *m, int64_t v)
{
    const pv_metric metric = {.unit = m->unit, .exponent = m->exponent};
    char text[PV_NUMBER_MAX];

    pv_buf_add(out, text,
               pv_write_value(text, v, &metric, (pv_number_style){0}));
}

static void put_change(pv_buf *out, const pv_diff_metric *m, int64_t change)
{
    if (change > 0)
        pv_buf_char(out, '+');
    put_value(out, m, change);
}

static void put_raw(pv_buf *out, int64_t v)
{
    char text[PV_NUMBER_MAX];

    pv_buf_add(out, text, pv_write_i64(text, v));
}

static int64_t size_of(int64_t change)
{
    return change < 0 ? -change : change;
}

static const char *class_of(const pv_diff_view *v, int64_t change, bool noise)
{
    if (change == 0 || noise)
        return "n mu";
    return (change > 0) != v->o->negate ? "n bad" : "n good";
}

static void put_ratio(pv_buf *out, const pv_diff_row *row, int64_t before,
                      int64_t after)
{
    char digits[PV_NUMBER_MAX];

    if (row->status == PV_DIFF_ADDED || row->status == PV_DIFF_REMOVED ||
        before <= 0 || after <= 0 || after / before >= 100000)
        return;
    pv_buf_puts(out, "\xc3\x97");
    pv_buf_add(out, digits,
               pv_write_fixed(digits, pv_muldiv(after, 10, before), 1));
}

/* From the middle of the cell to either side, in tenths of a percent. */
static void put_bar(const pv_diff_table *t, pv_buf *c, int64_t change,
                    bool noise)
{
    int64_t half = t->most > 0 ? pv_muldiv(size_of(change), 500, t->most) : 0;
    char text[PV_NUMBER_MAX];

    pv_buf_add(&c[BAR_WIDTH], text, pv_write_decimal(text, half, 1));
    pv_buf_char(&c[BAR_WIDTH], '%');
    pv_buf_add(&c[BAR_X], text,
               pv_write_decimal(text, change < 0 ? 500 - half : 500, 1));
    pv_buf_char(&c[BAR_X], '%');
    pv_buf_puts(&c[BAR_CLASS], noise                             ? "kd4"
                               : (change > 0) != t->v->o->negate ? "kd7"
                                                                 : "kd1");
}

static const char *test_of(const pv_diff *d, uint8_t verdict)
{
    return verdict == PV_VERDICT_UNTESTED && d->sampled
               ? ""
               : pv_verdict_word(verdict);
}

/* ---- a row ---- */

static void put_tag(pv_buf *c, const pv_diff_row *row)
{
    const char *tag = row->status == PV_DIFF_ADDED     ? "new"
                      : row->status == PV_DIFF_REMOVED ? "gone"
                      : row->moved                     ? "moved"
                                                       : "";

    pv_buf_puts(&c[TAG], tag);
    pv_buf_puts(&c[TAG_CLASS], row->status == PV_DIFF_ADDED     ? "tag bad"
                               : row->status == PV_DIFF_REMOVED ? "tag good"
                                                                : "tag");
    if (!row->moved)
        return;
    pv_buf_puts(&c[WAS], "before: ");
    pv_diff_put_was(&c[WAS], row);
    pv_cell_clip(&c[WAS]);
}

static void put_names(const pv_diff_table *t, pv_buf *c, const pv_diff_row *row)
{
    const pv_profile *p = t->v->d->both;
    const pv_whence *w = &t->whence[row->fn.i];
    bool named = p->functions.at[row->fn.i].name.i != 0;

    pv_buf_str(&c[NAME], row->name);
    pv_cell_clip(&c[NAME]);
    if (t->v->d->places && row->fn.i && named &&
        !pv_str_equal(row->name, row->file))
        pv_label_place(&c[PLACE], p, row->fn, row->line);
    pv_cell_clip(&c[PLACE]);
    pv_buf_puts(&c[CHIP], "chip ");
    pv_buf_puts(&c[CHIP], pv_origin_class(row->fn.i ? w->origin : PV_UNKNOWN,
                                          w->variant));
    pv_buf_puts(&c[ORIGIN], pv_origin_title((pv_origin)w->origin));
    put_tag(c, row);
}

/* In a report rows are led to from elsewhere. */
static void find_links(const pv_diff_table *t, uint32_t at)
{
    const pv_diff_row *row = &t->v->d->rows[at];
    const pv_profile *p = t->v->d->both;
    const pv_site_function f = {.name = row->name,
                                .file = row->file,
                                .line = row->has_line ? row->line : 0,
                                .nameless = p->functions.at[row->fn.i].kind ==
                                            PV_FN_LINE,
                                .gone = row->status == PV_DIFF_REMOVED};

    if (t->v->job->site)
        pv_buf_format(&t->line->cells[ID], "r%u", at);
    pv_site_find(&t->line->links, t->v->job->site, &f);
}

static void fill(const pv_diff_table *t, uint32_t at)
{
    const pv_diff *d = t->v->d;
    const pv_diff_row *row = &d->rows[t->rows[at]];
    const pv_diff_metric *m = &d->metrics[d->main];
    const int64_t *v = pv_diff_values(d, t->rows[at], d->main);
    int side = t->totals ? PV_BEFORE_TOTAL : PV_BEFORE_SELF;
    int64_t change = v[side + 1] - v[side];
    int64_t total = v[PV_AFTER_TOTAL] - v[PV_BEFORE_TOTAL];
    bool noise = row->verdict == PV_VERDICT_NOISE;
    pv_buf *c = t->line->cells;

    pv_cells_clear(c, CELLS);
    put_names(t, c, row);
    if (row->status == PV_DIFF_ADDED)
        pv_buf_puts(&c[BEFORE], "\xe2\x80\x93");
    else
        put_value(&c[BEFORE], m, v[side]);
    if (row->status == PV_DIFF_REMOVED)
        pv_buf_puts(&c[AFTER], "\xe2\x80\x93");
    else
        put_value(&c[AFTER], m, v[side + 1]);
    put_change(&c[CHANGE], m, change);
    put_raw(&c[CHANGE_RAW], size_of(change));
    pv_buf_puts(&c[CHANGE_CLASS], class_of(t->v, change, noise));
    put_bar(t, c, change, noise);
    put_ratio(&c[RATIO], row, v[side], v[side + 1]);
    if (t->beside)
        put_change(&c[TOTAL], m, total);
    put_raw(&c[TOTAL_RAW], size_of(total));
    pv_buf_puts(&c[TEST], test_of(d, row->verdict));
    find_links(t, t->rows[at]);
}

static const void *first_at(const void *self, size_t i)
{
    const pv_diff_table *t = self;

    fill(t, (uint32_t)i);
    return t->line;
}

static const void *rest_at(const void *self, size_t i)
{
    const pv_diff_table *t = self;

    fill(t, t->first + (uint32_t)i);
    return t->line;
}

PV_CELL(cell_name, NAME)
PV_CELL(cell_place, PLACE)
PV_CELL(cell_tag, TAG)
PV_CELL(cell_tag_class, TAG_CLASS)
PV_CELL(cell_was, WAS)
PV_CELL(cell_before, BEFORE)
PV_CELL(cell_after, AFTER)
PV_CELL(cell_change, CHANGE)
PV_CELL(cell_change_raw, CHANGE_RAW)
PV_CELL(cell_change_class, CHANGE_CLASS)
PV_CELL(cell_bar_x, BAR_X)
PV_CELL(cell_bar_width, BAR_WIDTH)
PV_CELL(cell_bar_class, BAR_CLASS)
PV_CELL(cell_ratio, RATIO)
PV_CELL(cell_total, TOTAL)
PV_CELL(cell_total_raw, TOTAL_RAW)
PV_CELL(cell_test, TEST)
PV_CELL(cell_chip, CHIP)
PV_CELL(cell_origin, ORIGIN)
PV_CELL(cell_id, ID)

static pv_datum cell_links(const void *record)
{
    return pv_site_links_datum(&((const struct pv_diff_line *)record)->links);
}

static const pv_field row_fields[] = {
    {"name", PV_K_TEXT, NULL, cell_name},
    {"place", PV_K_TEXT, NULL, cell_place},
    {"tag", PV_K_TEXT, NULL, cell_tag},
    {"tag_class", PV_K_TEXT, NULL, cell_tag_class},
    {"was", PV_K_TEXT, NULL, cell_was},
    {"before", PV_K_TEXT, NULL, cell_before},
    {"after", PV_K_TEXT, NULL, cell_after},
    {"change", PV_K_TEXT, NULL, cell_change},
    {"change_raw", PV_K_TEXT, NULL, cell_change_raw},
    {"change_class", PV_K_TEXT, NULL, cell_change_class},
    {"bar_x", PV_K_TEXT, NULL, cell_bar_x},
    {"bar_width", PV_K_TEXT, NULL, cell_bar_width},
    {"bar_class", PV_K_TEXT, NULL, cell_bar_class},
    {"ratio", PV_K_TEXT, NULL, cell_ratio},
    {"total", PV_K_TEXT, NULL, cell_total},
    {"total_raw", PV_K_TEXT, NULL, cell_total_raw},
    {"test", PV_K_TEXT, NULL, cell_test},
    {"chip", PV_K_TEXT, NULL, cell_chip},
    {"origin", PV_K_TEXT, NULL, cell_origin},
    {"id", PV_K_TEXT, NULL, cell_id},
    {"links", PV_K_LIST, &pv_link_type, cell_links},
    {0},
};
const pv_record_type pv_diff_row_type = {"row", row_fields};

/* ---- totals ---- */

static void fill_total(const pv_diff_table *t, uint32_t at)
{
    const pv_diff *d = t->v->d;
    const pv_diff_metric *m = &d->metrics[at];
    int64_t change = m->after - m->before;
    bool noise = m->verdict == PV_VERDICT_NOISE;
    pv_buf *c = t->line->cells;

    pv_cells_clear(c, CELLS);
    pv_buf_str(&c[NAME], m->name);
    put_value(&c[BEFORE], m, m->before);
    put_value(&c[AFTER], m, m->after);
    put_change(&c[CHANGE], m, change);
    pv_buf_puts(&c[CHANGE_CLASS], class_of(t->v, change, noise));
    if (m->before > 0 && change) {
        pv_buf_puts(&c[RATIO], change < 0 ? "\xe2\x88\x92" : "+");
        pv_diff_percent(&c[RATIO], change, m->before, true);
    }
    pv_buf_puts(&c[TEST], m->verdict == PV_VERDICT_UNTESTED
                              ? "one run each, not tested"
                              : test_of(d, m->verdict));
}

static const void *total_at(const void *self, size_t i)
{
    const pv_diff_table *t = self;

    fill_total(t, (uint32_t)i);
    return t->line;
}

static const pv_field total_fields[] = {
    {"name", PV_K_TEXT, NULL, cell_name},
    {"before", PV_K_TEXT, NULL, cell_before},
    {"after", PV_K_TEXT, NULL, cell_after},
    {"change", PV_K_TEXT, NULL, cell_change},
    {"change_class", PV_K_TEXT, NULL, cell_change_class},
    {"percent", PV_K_TEXT, NULL, cell_ratio},
    {"test", PV_K_TEXT, NULL, cell_test},
    {0},
};
const pv_record_type pv_diff_total_type = {"total", total_fields};

/* ---- the whole ---- */

/* The rows that matter, then the others that changed. */
static void choose_rows(pv_diff_table *t, uint32_t limit)
{
    const pv_diff *d = t->v->d;

    for (int turn = 0; turn < 2; turn++)
        for (uint32_t i = 0; i < d->len; i++) {
            uint32_t row = d->order[i];

            if (pv_diff_wanted(t->v, row) &&
                pv_diff_shown(t->v, row) == (turn == 0))
                t->rows[t->len++] = row;
            t->first = turn ? t->first : t->len;
        }
    if (limit && t->first > limit)
        t->first = limit;
    t->rest = t->len - t->first;
    if (t->rest > PV_DIFF_PAGE_REST)
        t->rest = PV_DIFF_PAGE_REST;
    for (uint32_t i = 0; i < t->len; i++) {
        int64_t change = size_of(pv_diff_change(d, t->rows[i], t->totals));

        if (change > t->most)
            t->most = change;
    }
}

bool pv_diff_table_init(pv_diff_table *t, const pv_diff_view *v, uint32_t limit,
                        pv_arena *a, pv_error *err)
{
    const pv_filter_options *f = &v->o->filter;
    const pv_origin_rules rules = {f->own.at, f->own.len, f->origin.at,
                                   f->origin.len};

    *t = (pv_diff_table){
        .v = v, .totals = pv_diff_by_total(v), .beside = pv_diff_beside(v)};
    t->whence = pv_origins(v->d->both, &rules, a, err);
    t->rows = PV_NEW_N(a, uint32_t, v->d->len + 1);
    t->line = PV_NEW(a, struct pv_diff_line);
    if (!t->whence || !t->rows || !t->line)
        return pv_fail_nomem(err); /* keeps an earlier error */
    choose_rows(t, limit);
    return true;
}

void pv_diff_table_done(pv_diff_table *t)
{
    if (!t->line)
        return;
    pv_cells_done(t->line->cells, CELLS);
    pv_site_links_done(&t->line->links);
}

bool pv_diff_table_failed(const pv_diff_table *t)
{
    return t->line && (pv_cells_failed(t->line->cells, CELLS) ||
                       t->line->links.text.failed);
}

pv_datum pv_diff_table_first(const pv_diff_table *t)
{
    return (pv_datum){.kind = PV_K_LIST, .as.list = {t, t->first, first_at}};
}

pv_datum pv_diff_table_rest(const pv_diff_table *t)
{
    return (pv_datum){.kind = PV_K_LIST, .as.list = {t, t->rest, rest_at}};
}

pv_datum pv_diff_table_totals(const pv_diff_table *t)
{
    return (pv_datum){.kind = PV_K_LIST,
                      .as.list = {t, t->v->d->width, total_at}};
}
