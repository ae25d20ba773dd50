/* SPDX-License-Identifier: MIT */
/* What happened, in one sentence. */
#include <math.h>

#include "diff_view.h"
#include "headline.h"
#include "md.h"
#include "number.h"

enum { MD_NAME = 300 }; /* bytes of a name in Markdown */
enum { CLAUSES = PV_SENTENCE_NAMES };

static int64_t size_of(int64_t change)
{
    return change < 0 ? -change : change;
}

/* ---- words ---- */

void pv_diff_put_was(pv_buf *out, const pv_diff_row *row)
{
    pv_buf_str(out, row->was_file);
    if (row->was_line)
        pv_buf_format(out, ":%u", row->was_line);
}

static pv_metric as_metric(const pv_diff_metric *m)
{
    return (pv_metric){.unit = m->unit, .exponent = m->exponent};
}

void pv_diff_amount(pv_buf *out, const pv_diff_metric *m, int64_t v,
                    bool unicode)
{
    pv_metric metric = as_metric(m);
    pv_str name = m->name;

    pv_text_value(out, v, &metric, unicode);
    if (m->unit != PV_COUNT)
        return;
    if (size_of(v) == pv_pow10(m->exponent) && pv_str_ends(name, PV_STR("s")))
        name.n--;
    pv_buf_char(out, ' ');
    pv_buf_str(out,
               pv_str_equal(name, PV_STR("count")) ? PV_STR("objects") : name);
}

/* A signed value with its unit: "+1.84 s", "-3 samples". */
static void diff_signed(pv_buf *out, const pv_diff_metric *m, int64_t v,
                        bool unicode)
{
    if (v > 0)
        pv_buf_char(out, '+');
    pv_diff_amount(out, m, v, unicode);
}

static const char *direction(const pv_diff_metric *m, bool more)
{
    if (m->unit == PV_NANOSECONDS)
        return more ? "slower" : "faster";
    return more ? "more" : m->unit == PV_COUNT ? "fewer" : "less";
}

void pv_diff_percent(pv_buf *out, int64_t part, int64_t whole, bool unicode)
{
    char text[PV_NUMBER_MAX];

    pv_buf_add(out, text,
               pv_write_percent(text, size_of(part), whole,
                                (pv_number_style){.ascii = !unicode}));
}

/* "1.84 s slower (22%)" */
static void put_total(pv_buf *out, const pv_diff_metric *m, bool series,
                      bool unicode)
{
    int64_t change = m->after - m->before;

    pv_diff_amount(out, m, size_of(change), unicode);
    pv_buf_char(out, ' ');
    pv_buf_puts(out, direction(m, change > 0));
    pv_buf_puts(out, series ? " at the peak" : "");
    if (m->before > 0) {
        pv_buf_puts(out, " (");
        pv_diff_percent(out, change, m->before, unicode);
        pv_buf_char(out, ')');
    }
}

/* In a heading, where '|' parts nothing. */
static void put_span(pv_buf *out, pv_str name)
{
    size_t n = name.n < MD_NAME ? name.n : MD_NAME;

    while (n < name.n && n > 1 && ((unsigned char)name.p[n] & 0xc0) == 0x80)
        n--;
    pv_md_span(out, pv_str_slice(name, 0, n));
    if (n < name.n)
        pv_buf_puts(out, "\u2026");
}

static void put_name(pv_buf *out, pv_str name, pv_medium medium, bool unicode)
{
    if (medium == PV_M_MD)
        put_span(out, name);
    else if (medium == PV_M_TXT)
        pv_ink_clean(out, name, unicode);
    else
        pv_buf_str(out, name);
}

typedef struct telling {
    const pv_diff_view *v;
    pv_medium medium;
    bool unicode;
    bool total;  /* the total's change was told */
    bool totals; /* rows are judged by their totals */
    pv_sentence *where;
} telling;

/* In pages and pictures a minus is a minus. */
static void put_signed(pv_buf *out, const telling *t, int64_t change)
{
    const pv_diff_metric *m = &t->v->d->metrics[t->v->d->main];
    bool page = !(t->medium & (PV_M_TXT | PV_M_MD | PV_M_JSON));

    if (change >= 0 || !page) {
        diff_signed(out, m, change, t->unicode);
        return;
    }
    pv_buf_puts(out, "\xe2\x88\x92");
    pv_diff_amount(out, m, -change, t->unicode);
}

/* What the row did: "explains +0.80 s of it". */
static void put_deed(pv_buf *out, const telling *t, const pv_diff_row *row,
                     int64_t change)
{
    const pv_diff *d = t->v->d;
    const pv_diff_metric *m = &d->metrics[d->main];
    bool same_way = (change > 0) == (m->after > m->before);

    if (row->status == PV_DIFF_ADDED) {
        pv_buf_puts(out, " is new with ");
        pv_diff_amount(out, m, change, t->unicode);
    } else if (row->status == PV_DIFF_REMOVED) {
        pv_buf_puts(out, " is gone (");
        put_signed(out, t, change);
        pv_buf_char(out, ')');
    } else if (t->total && same_way) {
        pv_buf_puts(out, " explains ");
        put_signed(out, t, change);
        pv_buf_puts(out, " of it");
    } else {
        pv_buf_puts(out, change > 0 ? " grew by " : " shrank by ");
        pv_diff_amount(out, m, size_of(change), t->unicode);
    }
}

/* What the sentence says of a row. */
static void told_values(const telling *t, uint32_t row, int64_t out[2])
{
    const pv_diff *d = t->v->d;
    int side = t->totals ? PV_BEFORE_TOTAL : PV_BEFORE_SELF;
    const int64_t *v = t->v->blame ? t->v->blame + 2 * (size_t)row
                                   : pv_diff_values(d, row, d->main) + side;

    out[0] = v[0];
    out[1] = v[1];
}

/* The rows that are worth a clause, greatest change first. */
static size_t choose(const telling *t, uint32_t rows[CLAUSES])
{
    const pv_diff *d = t->v->d;
    const uint32_t *order = t->v->blame ? t->v->blame_order : d->order;
    size_t n = 0;

    for (uint32_t i = 0; i < d->len && n < CLAUSES; i++) {
        int64_t v[2];

        told_values(t, order[i], v);
        if (d->rows[order[i]].verdict != PV_VERDICT_NOISE &&
            pv_diff_matters(t->v, v[0], v[1]))
            rows[n++] = order[i];
    }
    return n;
}

/* Is the row a line of a function?  Then the function's name says too little,
 * as the name does of several functions. */
static bool needs_line(const telling *t, const uint32_t *rows, size_t n,
                       size_t i)
{
    const pv_diff_row *at = t->v->d->rows;
    const pv_profile *p = t->v->d->both;

    if (!at[rows[i]].has_line || !at[rows[i]].line)
        return false;
    if (p->lines.len && !p->functions.cost && !(p->has & PV_HAS_TREE) &&
        !t->v->o->how.functions && at[rows[i]].fn.i)
        return true;
    for (size_t k = 0; k < n; k++)
        if (k != i && pv_str_equal(at[rows[k]].name, at[rows[i]].name))
            return true;
    return false;
}

static void put_row_name(pv_buf *out, const telling *t, const uint32_t *rows,
                         size_t n, size_t i)
{
    const pv_diff_row *row = &t->v->d->rows[rows[i]];
    pv_buf name = {0};

    pv_buf_str(&name, row->name);
    if (needs_line(t, rows, n, i))
        pv_buf_format(&name, ":%u", row->line);
    put_name(out, pv_buf_text(&name), t->medium, t->unicode);
    out->failed |= name.failed;
    pv_buf_done(&name);
}

static void put_clauses(pv_buf *out, const telling *t, const uint32_t *rows,
                        size_t n)
{
    t->where->names = n;
    for (size_t i = 0; i < n; i++) {
        const pv_diff_row *row = &t->v->d->rows[rows[i]];
        int64_t v[2];

        if (i > 0)
            pv_buf_puts(out, n > 2 ? ", " : " ");
        if (i > 0 && i == n - 1)
            pv_buf_puts(out, "and ");
        t->where->at[i] = out->n;
        put_row_name(out, t, rows, n, i);
        t->where->end[i] = out->n;
        told_values(t, rows[i], v);
        put_deed(out, t, row, v[1] - v[0]);
    }
    pv_buf_char(out, '.');
}

/* What before would come to, had it been recorded as long as after. */
static int64_t due(const pv_diff_metric *m, int64_t before)
{
    double v = (double)before * m->rate;

    return m->rate == 1 || v >= 9e18 ? before : llround(v);
}

/* "total within 0.3%" */
static void put_within(pv_buf *out, const telling *t)
{
    const pv_diff *d = t->v->d;
    const pv_diff_metric *m = &d->metrics[d->main];
    int64_t before = due(m, m->before);

    pv_buf_puts(out, m->rate != 1 ? "for the runs' lengths, " : "");
    pv_buf_puts(out, "total within ");
    if (before > 0)
        pv_diff_percent(out, m->after - before, before, t->unicode);
    else
        pv_diff_amount(out, m, size_of(m->after - before), t->unicode);
}

/* What no row's change is above. */
static int64_t greatest(const telling *t)
{
    const pv_diff *d = t->v->d;
    const pv_diff_metric *m = &d->metrics[d->main];
    int side = t->totals ? PV_BEFORE_TOTAL : PV_BEFORE_SELF;
    int64_t most = pv_diff_threshold(t->v);

    for (uint32_t i = 0; i < d->len; i++) {
        const int64_t *v = pv_diff_values(d, i, d->main) + side;
        int64_t change = size_of(v[1] - due(m, v[0]));

        most = change > most ? change : most;
    }
    return most;
}

/* Is there a change after all, though too small to be told by itself? */
static bool is_clear(const pv_diff *d)
{
    bool clear = d->metrics[d->main].verdict == PV_VERDICT_CLEAR;

    for (uint32_t i = 0; i < d->len && !clear; i++)
        clear = d->rows[i].verdict == PV_VERDICT_CLEAR;
    return clear;
}

static void put_nothing(pv_buf *out, const telling *t)
{
    const pv_diff *d = t->v->d;
    const pv_diff_metric *m = &d->metrics[d->main];
    int64_t most = greatest(t);
    bool told = m->verdict != PV_VERDICT_NOISE && m->after != m->before;
    bool small =
        is_clear(d) || (told && pv_diff_is_small(t->v, m->before, m->after));

    if (small) {
        pv_buf_puts(out, "No change of ");
        pv_diff_amount(out, m, pv_diff_threshold(t->v), t->unicode);
        pv_buf_puts(out, " or more: ");
    } else {
        pv_buf_puts(out, d->verdict == PV_VERDICT_NOISE
                             ? "No change beyond noise: "
                             : "No change: ");
    }
    if (small && told) {
        pv_buf_puts(out, "total ");
        put_total(out, m, t->v->series, t->unicode);
    } else {
        put_within(out, t);
    }
    if (t->v->series) {
        pv_buf_puts(out, small ? "." : " at the peak.");
        return;
    }
    pv_buf_puts(out, small ? ", no function moved by more than "
                           : " and no function moved by more than ");
    pv_diff_amount(out, m, most, t->unicode);
    pv_buf_char(out, '.');
}

void pv_diff_sentence(pv_buf *out, const pv_diff_view *v, pv_medium medium)
{
    pv_sentence where;

    pv_diff_tell(out, v, medium, &where);
}

void pv_diff_tell(pv_buf *out, const pv_diff_view *v, pv_medium medium,
                  pv_sentence *where)
{
    const pv_diff_metric *m = &v->d->metrics[v->d->main];
    telling t = {.v = v,
                 .medium = medium,
                 .unicode = medium != PV_M_TXT || v->job->style.unicode,
                 .totals = v->o->how.by_total || v->o->how.cumulative,
                 .where = where};
    uint32_t rows[CLAUSES];
    size_t n = v->series ? 0 : choose(&t, rows);

    t.total = m->verdict != PV_VERDICT_NOISE &&
              pv_diff_matters(v, m->before, m->after);
    *where = (pv_sentence){0};
    if (t.total) {
        put_total(out, m, v->series, t.unicode);
        pv_buf_char(out, '.');
    }
    where->lead = out->n;
    if (t.total && n)
        pv_buf_char(out, ' ');
    if (n)
        put_clauses(out, &t, rows, n);
    if (!n && !t.total)
        put_nothing(out, &t);
}
