/* SPDX-License-Identifier: MIT */
/* A comparison for terminals: the sentence, the totals, the rows that matter. */
#include "diff_view.h"
#include "headline.h"
#include "label.h"
#include "number.h"
#include "table.h"
#include "utf8.h"

enum { ROWS = 20 };

typedef struct text {
    const pv_diff_view *v;
    const pv_diff_metric *m; /* the main one */
    pv_metric metric;
    bool unicode;
    bool totals; /* rows are judged by their totals */
    bool beside; /* and the change of total stands beside that of self */
    int side;
    pv_buf work;
} text;

static pv_ink ink_of(const text *t, int64_t change)
{
    if (change == 0)
        return PV_INK_PLAIN;
    return (change > 0) != t->v->o->negate ? PV_INK_MORE : PV_INK_LESS;
}

static void column(pv_table *table, const char *title, pv_yield yield)
{
    pv_table_column(
        table,
        (pv_column){.title = pv_str_of(title), .right = true, .yield = yield});
}

static void amount(text *t, pv_table *table, int64_t v, const pv_metric *m)
{
    pv_buf_clear(&t->work);
    pv_text_value(&t->work, v, m, t->unicode);
    pv_table_text(table, pv_buf_text(&t->work), PV_INK_PLAIN);
}

/* With several runs: where they lie. */
static void span_column(const text *t, pv_table *table)
{
    if (t->v->d->judged)
        column(table, "in runs", PV_YIELD_BAR);
}

static void span_cell(text *t, pv_table *table, const pv_span *span,
                      const pv_metric *m)
{
    if (!t->v->d->judged)
        return;
    pv_buf_clear(&t->work);
    pv_text_value(&t->work, span->least, m, t->unicode);
    pv_buf_puts(&t->work, " .. ");
    pv_text_value(&t->work, span->most, m, t->unicode);
    pv_table_text(table, pv_buf_text(&t->work), PV_INK_PLAIN);
}

static void change_cell(text *t, pv_table *table, int64_t change,
                        const pv_metric *m, pv_ink ink)
{
    pv_buf_clear(&t->work);
    if (change > 0)
        pv_buf_char(&t->work, '+');
    pv_text_value(&t->work, change, m, t->unicode);
    pv_table_text(table, pv_buf_text(&t->work), ink);
}

/* ---- totals ---- */

static void test_cell(text *t, pv_table *table, const pv_diff_metric *m)
{
    const pv_diff *d = t->v->d;

    pv_buf_clear(&t->work);
    if (m->verdict != PV_VERDICT_UNTESTED)
        pv_buf_puts(&t->work, pv_verdict_word(m->verdict));
    else if (!d->sampled || m != t->m)
        pv_buf_puts(&t->work, "one run each, not tested");
    if (d->judged)
        pv_buf_format(&t->work, ", %u and %u runs", d->runs[0], d->runs[1]);
    pv_table_text(table, pv_buf_text(&t->work), PV_INK_PLAIN);
}

static void put_sign(text *t, pv_table *table, int64_t change)
{
    const char *up = t->unicode ? "▲" : "^", *down = t->unicode ? "▼" : "v";

    pv_table_text(table,
                  pv_str_of(change > 0   ? up
                            : change < 0 ? down
                                         : ""),
                  ink_of(t, change));
}

static void percent_cell(text *t, pv_table *table, int64_t change,
                         int64_t before)
{
    char share[PV_NUMBER_MAX];
    size_t n;

    pv_buf_clear(&t->work);
    if (before > 0) {
        n = pv_write_percent(share, change < 0 ? -change : change, before,
                             (pv_number_style){.ascii = !t->unicode});
        pv_buf_char(&t->work, change < 0 ? '-' : '+');
        pv_buf_add(&t->work, share, n);
    }
    pv_table_text(table, pv_buf_text(&t->work), ink_of(t, change));
}

static bool put_totals(text *t, pv_sink *out, pv_error *err)
{
    pv_table table;
    bool ok;

    pv_table_init(&table, &t->v->job->style, PV_M_TXT);
    pv_table_column(&table, (pv_column){.title = PV_STR("")});
    column(&table, "before", PV_YIELD_NEVER);
    span_column(t, &table);
    column(&table, "after", PV_YIELD_NEVER);
    span_column(t, &table);
    column(&table, "change", PV_YIELD_NEVER);
    column(&table, "%", PV_YIELD_FIGURE);
    column(&table, "", PV_YIELD_FIGURE);
    pv_table_column(
        &table, (pv_column){.title = PV_STR("test"), .yield = PV_YIELD_FIGURE});
    for (uint32_t i = 0; i < t->v->d->width; i++) {
        const pv_diff_metric *m = &t->v->d->metrics[i];
        pv_metric metric = {.unit = m->unit, .exponent = m->exponent};
        int64_t change = m->after - m->before;

        pv_table_text(&table, pv_diff_label(t->v, m), PV_INK_PLAIN);
        amount(t, &table, m->before, &metric);
        span_cell(t, &table, &m->span[0], &metric);
        amount(t, &table, m->after, &metric);
        span_cell(t, &table, &m->span[1], &metric);
        change_cell(t, &table, change, &metric, ink_of(t, change));
        percent_cell(t, &table, change, m->before);
        put_sign(t, &table, change);
        test_cell(t, &table, m);
    }
    table.failed |= t->work.failed;
    ok = pv_table_write(&table, out, err);
    pv_table_done(&table);
    return ok;
}

/* ---- rows ---- */

/* "×4.8", "new", "gone". */
static void ratio_cell(text *t, pv_table *table, const pv_diff_row *row,
                       int64_t before, int64_t after)
{
    char digits[PV_NUMBER_MAX];

    pv_buf_clear(&t->work);
    if (row->status == PV_DIFF_ADDED || row->status == PV_DIFF_REMOVED) {
        pv_buf_puts(&t->work, row->status == PV_DIFF_ADDED ? "new" : "gone");
    } else if (before > 0 && after > 0 && after / before < 100000) {
        pv_buf_str(&t->work, pv_glyph_text(PV_G_TIMES, t->unicode));
        pv_buf_add(&t->work, digits,
                   pv_write_fixed(digits, pv_muldiv(after, 10, before), 1));
    }
    pv_table_text(table, pv_buf_text(&t->work), PV_INK_PLAIN);
}

static void name_cells(text *t, pv_table *table, const pv_diff_row *row)
{
    const pv_profile *p = t->v->d->both;
    bool named = p->functions.at[row->fn.i].name.i != 0;

    pv_table_name(table, row->name, PV_INK_PLAIN);
    if (!t->v->d->places)
        return;
    pv_buf_clear(&t->work);
    if (row->fn.i && named && !pv_str_equal(row->name, row->file))
        pv_label_place(&t->work, p, row->fn, row->line);
    if (row->moved && t->work.n) {
        pv_buf_puts(&t->work, " (was ");
        pv_diff_put_was(&t->work, row);
        pv_buf_char(&t->work, ')');
    }
    pv_table_name(table, pv_buf_text(&t->work), PV_INK_DIM);
}

static void side_cell(text *t, pv_table *table, int64_t v, bool absent)
{
    if (absent)
        pv_table_text(table, pv_glyph_text(PV_G_DASH, t->unicode),
                      PV_INK_PLAIN);
    else
        amount(t, table, v, &t->metric);
}

static void put_row(text *t, pv_table *table, uint32_t row, int64_t longest)
{
    const pv_diff *d = t->v->d;
    const pv_diff_row *r = &d->rows[row];
    const int64_t *v = pv_diff_values(d, row, d->main);
    const pv_span *span = d->span ? d->span + (v - d->value) + t->side : NULL;
    int64_t before = v[t->side], after = v[t->side + 1], change;
    pv_ink ink;

    change = after - before;
    ink = r->verdict == PV_VERDICT_NOISE ? PV_INK_DIM : ink_of(t, change);
    side_cell(t, table, before, r->status == PV_DIFF_ADDED);
    span_cell(t, table, span, &t->metric);
    side_cell(t, table, after, r->status == PV_DIFF_REMOVED);
    span_cell(t, table, span ? span + 1 : NULL, &t->metric);
    change_cell(t, table, change, &t->metric, ink);
    pv_table_bar(table, change < 0 ? -change : change, longest);
    ratio_cell(t, table, r, before, after);
    if (t->beside)
        change_cell(t, table, v[PV_AFTER_TOTAL] - v[PV_BEFORE_TOTAL],
                    &t->metric,
                    ink_of(t, v[PV_AFTER_TOTAL] - v[PV_BEFORE_TOTAL]));
    if (d->judged)
        pv_table_text(table, pv_str_of(pv_verdict_word(r->verdict)),
                      PV_INK_PLAIN);
    name_cells(t, table, r);
}

static void make_columns(const text *t, pv_table *table)
{
    const char *what = t->v->d->both->has & PV_HAS_TREE ? "function" : "name";

    if (t->v->o->how.by == PV_DIFF_BY_STACK)
        what = "stack";
    column(table, "before", PV_YIELD_FIGURE);
    span_column(t, table);
    column(table, "after", PV_YIELD_FIGURE);
    span_column(t, table);
    column(table, "change", PV_YIELD_NEVER);
    pv_table_column(table,
                    (pv_column){.title = pv_glyph_text(PV_G_BARS, t->unicode),
                                .yield = PV_YIELD_BAR});
    column(table, "ratio", PV_YIELD_FIGURE);
    if (t->beside)
        column(table, "in total", PV_YIELD_SHARE);
    if (t->v->d->judged)
        pv_table_column(table, (pv_column){.title = PV_STR("test"),
                                           .yield = PV_YIELD_SHARE});
    pv_table_column(table, (pv_column){.title = pv_str_of(what),
                                       .name = true,
                                       .yield = PV_YIELD_NAME});
    if (t->v->d->places)
        pv_table_column(table, (pv_column){.title = PV_STR("defined at"),
                                           .name = true,
                                           .yield = PV_YIELD_PLACE});
}

static int64_t longest_bar(const text *t)
{
    int64_t most = 0;

    for (uint32_t i = 0; i < t->v->d->len; i++) {
        const int64_t *v = pv_diff_values(t->v->d, i, t->v->d->main);
        int64_t change = v[t->side + 1] - v[t->side];

        if (change < 0)
            change = -change;
        if (change > most)
            most = change;
    }
    return most;
}

/* The first `shown` of the rows that matter. */
static bool put_rows(text *t, pv_sink *out, uint32_t shown, pv_error *err)
{
    const pv_diff *d = t->v->d;
    int64_t longest = longest_bar(t);
    pv_table table;
    bool ok;

    pv_table_init(&table, &t->v->job->style, PV_M_TXT);
    make_columns(t, &table);
    for (uint32_t i = 0; i < d->len && shown; i++)
        if (pv_diff_shown(t->v, d->order[i])) {
            put_row(t, &table, d->order[i], longest);
            shown--;
        }
    table.failed |= t->work.failed;
    ok = pv_table_write(&table, out, err);
    pv_table_done(&table);
    return ok;
}

static void put_rest(text *t, pv_sink *out, uint32_t rest, bool cut)
{
    if (rest == 0)
        return;
    pv_buf_clear(&t->work);
    pv_buf_format(&t->work, "%u more changed%s\n", rest,
                  cut ? " (--limit 0 for all)" : " by less.");
    pv_sink_text(out, pv_buf_text(&t->work));
}

static bool put_changes(text *t, pv_sink *out, pv_error *err)
{
    const pv_diff *d = t->v->d;
    int64_t limit = t->v->o->limit < 0 ? ROWS : t->v->o->limit;
    uint32_t shown = 0, wanted = 0, cut;

    if (t->v->series)
        return true; /* the totals are all there is */
    for (uint32_t i = 0; i < d->len; i++) {
        shown += pv_diff_shown(t->v, i);
        wanted += pv_diff_wanted(t->v, i);
    }
    cut = limit && limit < shown ? shown - (uint32_t)limit : 0;
    if (shown) {
        pv_sink_puts(out, "\n");
        if (!put_rows(t, out, shown - cut, err))
            return false;
    } else if (wanted) {
        pv_sink_puts(out, "\n");
    }
    put_rest(t, out, wanted - shown + cut, cut > 0);
    return true;
}

/* The words of a line, broken where a terminal is too narrow for them. */
static bool put_wrapped(const text *t, pv_str line, pv_sink *out)
{
    size_t width = (size_t)t->v->job->style.width, at = 0;
    pv_buf cut = {0};
    bool ok;

    while (line.n > 0) {
        size_t blank = pv_str_find(line, ' ');
        pv_str word = pv_str_slice(line, 0, blank);
        size_t wide = pv_text_width(word);

        line = pv_str_slice(line, word.n + 1, line.n);
        pv_buf_clear(&cut);
        if (width && wide > width)
            pv_fit_middle(&cut, word, (int)width, t->unicode);
        else
            pv_buf_str(&cut, word);
        wide = width && wide > width ? width : wide;
        if (at)
            pv_sink_puts(out, width && at + 1 + wide > width ? "\n" : " ");
        at = at && !(width && at + 1 + wide > width) ? at + 1 + wide : wide;
        pv_sink_text(out, pv_buf_text(&cut));
    }
    ok = !cut.failed;
    pv_buf_done(&cut);
    return ok;
}

static bool put_all(text *t, pv_sink *out, pv_error *err)
{
    pv_buf_clear(&t->work);
    pv_diff_sentence(&t->work, t->v, PV_M_TXT);
    if (!put_wrapped(t, pv_buf_text(&t->work), out))
        return pv_fail_nomem(err);
    pv_sink_puts(out, "\n\n");
    if (!put_totals(t, out, err))
        return false;
    if (t->v->o->how.normalize)
        pv_sink_puts(out, "Before is scaled to the total after.\n");
    return put_changes(t, out, err) && (!t->work.failed || pv_fail_nomem(err));
}

bool pv_diff_text(const pv_diff_view *v, pv_sink *out, pv_error *err)
{
    const pv_diff_metric *m = &v->d->metrics[v->d->main];
    text t = {.v = v, .m = m, .unicode = v->job->style.unicode};
    bool ok;

    t.metric = (pv_metric){.unit = m->unit, .exponent = m->exponent};
    t.totals = pv_diff_by_total(v);
    t.side = t.totals ? PV_BEFORE_TOTAL : PV_BEFORE_SELF;
    t.beside = pv_diff_beside(v);
    ok = put_all(&t, out, err);
    pv_buf_done(&t.work);
    return ok;
}
