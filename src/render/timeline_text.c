/* SPDX-License-Identifier: MIT */
/* A timeline for terminals: a chart in blocks. */
#include "timeline_text.h"

#include "number.h"
#include "utf8.h"

enum {
    COLUMNS = 100, /* where no terminal says how many it has */
    LEAST = 40,
    ROWS = 12,
    FEW_ROWS = 8 /* of a narrow terminal */
};

/* ---- words ---- */

/* Our own words as terminals have them: a plain minus, and ASCII where that is
 * asked for. */
void pv_time_words(pv_buf *out, pv_str s, bool unicode)
{
    static const struct {
        pv_str sign, plain;
        bool always;
    } signs[] = {{PV_STR_INIT("\u2212"), PV_STR_INIT("-"), true},
                 {PV_STR_INIT(" \u00b7 "), PV_STR_INIT(", "), false},
                 {PV_STR_INIT("\u2014"), PV_STR_INIT("-"), false},
                 {PV_STR_INIT("\u00b5"), PV_STR_INIT("u"), false}};
    pv_buf plain = {0};

    while (s.n) {
        size_t i = 0;

        while (i < 4 && !((signs[i].always || !unicode) &&
                          pv_str_starts(s, signs[i].sign)))
            i++;
        pv_buf_str(&plain, i < 4 ? signs[i].plain : pv_str_slice(s, 0, 1));
        s = pv_str_slice(s, i < 4 ? signs[i].sign.n : 1, s.n);
    }
    pv_ink_clean(out, pv_buf_text(&plain), unicode);
    out->failed |= plain.failed;
    pv_buf_done(&plain);
}

void pv_time_flush(pv_time_text *t, pv_ink ink)
{
    pv_ink_text(t->out, t->style, ink, pv_buf_text(&t->line));
    pv_buf_clear(&t->line);
}

void pv_time_end_line(pv_time_text *t, pv_ink ink)
{
    while (t->line.n && t->line.p[t->line.n - 1] == ' ')
        t->line.n--;
    pv_time_flush(t, ink);
    pv_sink_puts(t->out, "\n");
}

void pv_time_pad(pv_time_text *t, int columns)
{
    for (int i = 0; i < columns; i++)
        pv_buf_char(&t->line, ' ');
}

/* Broken between words where the terminal is too narrow. */
static void paragraph(pv_time_text *t, pv_str words)
{
    int used = 0, most = t->style->width ? t->style->width : 0;
    pv_buf all = {0};
    pv_str rest;

    pv_time_words(&all, words, t->style->unicode);
    for (rest = pv_buf_text(&all); rest.n;) {
        size_t blank = pv_str_find(rest, ' ');
        pv_str word = pv_str_slice(rest, 0, blank);
        int wide = (int)pv_text_width(word);

        if (used && most && used + 1 + wide > most) {
            pv_time_end_line(t, PV_INK_PLAIN);
            used = 0;
        }
        if (used)
            pv_buf_char(&t->line, ' ');
        if (most && wide > most)
            pv_fit_middle(&t->line, word, most, t->style->unicode);
        else
            pv_buf_str(&t->line, word);
        used += (used ? 1 : 0) + wide;
        rest = pv_str_slice(rest, word.n + 1, rest.n);
    }
    pv_time_end_line(t, PV_INK_PLAIN);
    t->line.failed |= all.failed;
    pv_buf_done(&all);
}

/* ---- the chart ---- */

int pv_time_column(const pv_time_text *t, int64_t at)
{
    const pv_chart *c = t->c;
    int64_t span = c->to > c->from ? c->to - c->from : 1;
    int64_t x;

    if (at <= c->from)
        return 0;
    if (at >= c->to)
        return c->to > c->from ? t->width - 1 : 0;
    x = pv_muldiv(at - c->from, t->width, span);
    return x < t->width ? (int)x : t->width - 1;
}

static void raise_to(pv_time_text *t, int x, int64_t v)
{
    if (v > t->high[x])
        t->high[x] = v;
}

static bool gather(pv_time_text *t)
{
    const pv_thinner *line = &t->c->layers[t->c->top].thin;
    int before = 0;

    t->high = PV_NEW_N(&t->c->arena, int64_t, (size_t)t->width);
    if (!t->high)
        return pv_fail_nomem(t->c->err);
    for (int i = 0; i < t->width; i++)
        t->high[i] = -1;
    for (size_t i = 0; i < line->kept.len; i++) {
        const pv_kept *p = &line->kept.at[i];
        int x = pv_time_column(t, p->t);

        for (int k = before + 1; i > 0 && !p->begins && k < x; k++)
            raise_to(t, k,
                     p[-1].value + pv_muldiv(p->value - p[-1].value, k - before,
                                             x - before));
        raise_to(t, x, p->value);
        before = x;
    }
    return true;
}

/* Eighths of a row that a value reaches above the row's bottom; at least one,
 * so that it is seen. */
static int eighths(const pv_time_text *t, int64_t v, int row)
{
    int64_t all = pv_muldiv(v, (int64_t)t->rows * 8, t->c->sizes.top);

    all = all == 0 && v > 0 ? 1 : all;
    all -= (int64_t)row * 8;
    return all < 0 ? 0 : all > 8 ? 8 : (int)all;
}

static void block(pv_time_text *t, int eighth)
{
    if (eighth == 0)
        pv_buf_char(&t->line, ' ');
    else if (!t->style->unicode)
        pv_buf_char(&t->line, eighth >= 4 ? '#' : '.');
    else
        pv_buf_format(&t->line, "\xe2\x96%c", 0x80 + eighth); /* U+2581.. */
}

/* The tick that stands in a row, as text, or nothing. */
static pv_str tick_in(const pv_time_text *t, int row, char *out)
{
    const pv_size_axis *a = &t->c->sizes;

    for (int64_t v = 0; v <= a->top; v += a->step)
        if (v / a->step * (t->rows * a->step / a->top) == row)
            return (pv_str){out, pv_size_label(a, v, out)};
    return PV_STR("");
}

static void axis_label(pv_time_text *t, pv_str label)
{
    pv_time_pad(t, t->label - (int)pv_text_width(label));
    pv_buf_str(&t->line, label);
    pv_buf_puts(&t->line, t->style->unicode ? label.n ? " \u2524" : " \u2502"
                          : label.n         ? " +"
                                            : " |");
    pv_time_flush(t, PV_INK_PLAIN);
}

static void chart_row(pv_time_text *t, int row)
{
    char label[PV_NUMBER_MAX];

    axis_label(t, tick_in(t, row, label));
    for (int x = 0; x < t->width; x++)
        block(t, t->high[x] < 0 ? 0 : eighths(t, t->high[x], row));
    pv_time_end_line(t, PV_INK_STD);
}

/* Ticks under the chart, as far as their labels do not meet. */
static void time_axis(pv_time_text *t)
{
    const pv_chart *c = t->c;
    pv_time_axis a =
        pv_time_axis_of(c->to > c->from ? c->to - c->from : 1000000000,
                        (unsigned)t->width / 12 + 1);
    int used = 0;

    if (c->snapshots && a.step < 1000000000)
        a.step = 1000000000;
    pv_time_pad(t, t->label + 2);
    for (int64_t at = c->from / a.step * a.step; at <= c->to; at += a.step) {
        char label[PV_NUMBER_MAX];
        size_t n = c->snapshots ? pv_write_i64(label, at / 1000000000)
                                : pv_time_label(&a, at, label);
        int wide = (int)pv_text_width((pv_str){label, n});
        int x = at < c->from ? t->width : pv_time_column(t, at);

        if (x >= used && x + wide <= t->width) {
            pv_time_pad(t, x - used);
            pv_time_words(&t->line, (pv_str){label, n}, t->style->unicode);
            used = x + wide + 1;
            pv_time_pad(t, 1);
        }
        if (at > INT64_MAX - a.step)
            break;
    }
    pv_time_end_line(t, PV_INK_PLAIN);
}

/* ---- the whole ---- */

/* The widest of the sizes at the axis and of the functions' names. */
static void measure(pv_time_text *t)
{
    int all = t->style->width ? t->style->width : COLUMNS;
    char label[PV_NUMBER_MAX];
    int names = pv_time_lanes_label(t->c);

    for (int64_t v = 0; v <= t->c->sizes.top; v += t->c->sizes.step) {
        int w = (int)pv_size_label(&t->c->sizes, v, label);

        t->label = w > t->label ? w : t->label;
    }
    if (names > t->label && all >= 60)
        t->label = names;
    all = all < LEAST ? LEAST : all;
    t->width = all - t->label - 2;
    t->rows = all < 60 ? FEW_ROWS : ROWS;
    t->rows -= t->rows % (int)(t->c->sizes.top / t->c->sizes.step);
}

static bool draw(pv_time_text *t)
{
    measure(t);
    if (!gather(t))
        return false;
    paragraph(t, t->c->title);
    paragraph(t, t->c->scene.desc);
    pv_sink_puts(t->out, "\n");
    for (int row = t->rows; row >= 0; row--)
        chart_row(t, row);
    time_axis(t);
    return pv_time_lanes(t) && pv_time_tables(t) &&
           (!(t->line.failed || t->c->arena.failed) ||
            pv_fail_nomem(t->c->err));
}

bool pv_timeline_text(const pv_job *job, pv_sink *out, pv_error *err)
{
    const pv_timeline_options *o = job->options;
    pv_text_style style = job->style;
    pv_chart c = {.job = job, .o = o, .err = err};
    pv_time_text t = {.c = &c, .style = &style, .out = out};
    bool ok;

    if (o->width_given)
        style.width = (int)o->width;
    ok = pv_chart_make(&c, 1200, "tl") && draw(&t);
    pv_buf_done(&t.line);
    pv_chart_done(&c);
    return ok;
}
