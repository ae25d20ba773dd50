/* SPDX-License-Identifier: MIT */
/* Columns of text within the width of a terminal, or in Markdown. */
#include "table.h"

#include "md.h"
#include "utf8.h"

enum { GAP = 2, BAR = 8, NAME_GOOD = 24, NAME_LEAST = 8 };

void pv_table_init(pv_table *t, const pv_text_style *style, pv_medium medium)
{
    memset(t, 0, sizeof *t);
    t->style = *style;
    t->medium = medium;
    pv_arena_init(&t->text, 0);
}

void pv_table_done(pv_table *t)
{
    pv_arena_done(&t->text);
    pv_buf_done(&t->work);
    PV_VEC_DONE(&t->cells);
}

void pv_table_column(pv_table *t, pv_column column)
{
    if (t->len == PV_COLUMNS_MAX)
        return;
    column.gone = t->medium == PV_M_MD && column.yield == PV_YIELD_BAR;
    t->columns[t->len++] = column;
}

/* The work buffer becomes the next cell. */
static void add_cell(pv_table *t, pv_ink ink)
{
    pv_cell cell = {pv_arena_copy(&t->text, pv_buf_text(&t->work)), ink};

    t->failed |= t->work.failed || t->text.failed;
    if (!t->failed && PV_VEC_GROW(&t->cells, 1))
        t->cells.at[t->cells.len++] = cell;
    else
        t->failed = true;
    pv_buf_clear(&t->work);
}

void pv_table_text(pv_table *t, pv_str text, pv_ink ink)
{
    if (t->medium == PV_M_MD)
        pv_md_text(&t->work, text);
    else
        pv_buf_str(&t->work, text);
    add_cell(t, ink);
}

void pv_table_name(pv_table *t, pv_str name, pv_ink ink)
{
    if (t->medium == PV_M_MD)
        pv_md_code(&t->work, name);
    else
        pv_ink_clean(&t->work, name, t->style.unicode);
    add_cell(t, ink);
}

void pv_table_bar(pv_table *t, int64_t part, int64_t whole)
{
    pv_ink_bar(&t->work, part, whole, BAR, t->style.unicode);
    add_cell(t, pv_ink_heat(part, whole));
}

static int text_width(pv_str s)
{
    size_t w = pv_text_width(s);

    return w > 1000000 ? 1000000 : (int)w;
}

static void measure(pv_table *t)
{
    for (size_t c = 0; c < t->len; c++)
        t->columns[c].width = text_width(t->columns[c].title);
    for (size_t i = 0; i < t->cells.len; i++) {
        pv_column *c = &t->columns[i % t->len];
        int w = text_width(t->cells.at[i].text);

        if (w > c->width)
            c->width = w;
    }
}

/* Columns that are still there take this much. */
static int64_t taken(const pv_table *t)
{
    int64_t sum = 0;

    for (size_t c = 0; c < t->len; c++)
        if (!t->columns[c].gone)
            sum += t->columns[c].width + GAP;
    return sum - GAP;
}

static void drop(pv_table *t, pv_yield yield)
{
    for (size_t c = 0; c < t->len; c++)
        if (t->columns[c].yield == yield)
            t->columns[c].gone = true;
}

/* The last figure that may go; false when none is left. */
static bool drop_figure(pv_table *t)
{
    for (size_t c = t->len; c > 0; c--) {
        if (t->columns[c - 1].yield != PV_YIELD_FIGURE ||
            t->columns[c - 1].gone)
            continue;
        t->columns[c - 1].gone = true;
        return true;
    }
    return false;
}

/* Shrinks the names, to `least` at most; true when all fits. */
static bool shrink(pv_table *t, int wanted, int least)
{
    int64_t over = taken(t) - t->style.width;

    for (size_t c = 0; c < t->len && over > 0; c++) {
        pv_column *name = &t->columns[c];

        if (name->yield != PV_YIELD_NAME)
            continue;
        if (wanted - over >= least) {
            name->width = (int)(wanted - over);
            return true;
        }
        name->width = wanted < least ? wanted : least;
        return wanted - over >= name->width;
    }
    return over <= 0;
}

static int name_width(const pv_table *t)
{
    for (size_t c = 0; c < t->len; c++)
        if (t->columns[c].yield == PV_YIELD_NAME)
            return t->columns[c].width;
    return 0;
}

static void widen(pv_table *t, int wanted)
{
    for (size_t c = 0; c < t->len; c++)
        if (t->columns[c].yield == PV_YIELD_NAME)
            t->columns[c].width = wanted;
}

static void fit(pv_table *t)
{
    int wanted = name_width(t);

    if (t->style.width <= 0 || taken(t) <= t->style.width)
        return;
    drop(t, PV_YIELD_BAR);
    if (taken(t) <= t->style.width)
        return;
    drop(t, PV_YIELD_PLACE);
    if (taken(t) <= t->style.width || shrink(t, wanted, NAME_GOOD))
        return;
    drop(t, PV_YIELD_SHARE);
    for (;;) {
        widen(t, wanted);
        if (taken(t) <= t->style.width || shrink(t, wanted, NAME_LEAST))
            return;
        if (!drop_figure(t))
            break;
    }
    widen(t, wanted);
    shrink(t, wanted, 1);
}

static bool last_shown(const pv_table *t, size_t c)
{
    while (++c < t->len)
        if (!t->columns[c].gone)
            return false;
    return true;
}

/* True when nothing but blanks follows in this row. */
static bool rest_empty(const pv_table *t, const pv_cell *row, size_t c)
{
    while (++c < t->len)
        if (!t->columns[c].gone && row[c].text.n > 0)
            return false;
    return true;
}

static void write_cell(pv_table *t, pv_sink *out, const pv_column *c,
                       const pv_cell *cell, bool last)
{
    pv_str s = cell->text;
    int w = text_width(s), pad;

    if (w > c->width && c->yield == PV_YIELD_NAME) {
        pv_buf_clear(&t->work);
        pv_fit_middle(&t->work, s, c->width, t->style.unicode);
        s = pv_buf_text(&t->work);
        w = text_width(s);
    }
    pad = w < c->width ? c->width - w : 0;
    if (c->right)
        pv_ink_pad(out, (size_t)pad);
    pv_ink_text(out, &t->style, cell->ink, s);
    if (!c->right && !last)
        pv_ink_pad(out, (size_t)pad);
}

static void write_row(pv_table *t, pv_sink *out, const pv_cell *row)
{
    bool first = true;

    for (size_t c = 0; c < t->len; c++) {
        bool last = last_shown(t, c) || rest_empty(t, row, c);

        if (t->columns[c].gone)
            continue;
        if (!first)
            pv_ink_pad(out, GAP);
        first = false;
        write_cell(t, out, &t->columns[c], &row[c], last);
        if (last)
            break;
    }
    pv_sink_write(out, "\n", 1);
}

static void write_md_row(const pv_table *t, pv_sink *out, const pv_cell *row)
{
    pv_sink_puts(out, "|");
    for (size_t c = 0; c < t->len; c++) {
        if (t->columns[c].gone)
            continue;
        pv_sink_puts(out, " ");
        pv_sink_text(out, row[c].text);
        pv_sink_puts(out, " |");
    }
    pv_sink_puts(out, "\n");
}

static void write_md_rule(const pv_table *t, pv_sink *out)
{
    pv_sink_puts(out, "|");
    for (size_t c = 0; c < t->len; c++)
        if (!t->columns[c].gone)
            pv_sink_puts(out, t->columns[c].right ? " ---: |" : " :--- |");
    pv_sink_puts(out, "\n");
}

static void write_rows(pv_table *t, pv_sink *out)
{
    pv_cell heading[PV_COLUMNS_MAX];
    bool md = t->medium == PV_M_MD;

    for (size_t c = 0; c < t->len; c++)
        heading[c] = (pv_cell){t->columns[c].title, PV_INK_PLAIN};
    if (md) {
        write_md_row(t, out, heading);
        write_md_rule(t, out);
    } else {
        write_row(t, out, heading);
    }
    for (size_t i = 0; i + t->len <= t->cells.len; i += t->len) {
        if (md)
            write_md_row(t, out, t->cells.at + i);
        else
            write_row(t, out, t->cells.at + i);
    }
}

bool pv_table_write(pv_table *t, pv_sink *out, pv_error *err)
{
    if (t->failed || t->len == 0)
        return pv_fail_nomem(err);
    if (t->medium != PV_M_MD) {
        measure(t);
        fit(t);
    }
    write_rows(t, out);
    return (!t->failed && !t->work.failed) || pv_fail_nomem(err);
}
