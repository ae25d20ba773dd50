/* SPDX-License-Identifier: MIT */
/* Function lanes under a timeline: a bracket from entry to exit of each call,
 * a lane a function, up to three rows where its calls overlap. */
#include <stdlib.h>

#include "advance.h"
#include "fit.h"
#include "flame_words.h"
#include "number.h"
#include "timeline_chart.h"

enum {
    ROW = 2700,
    HALF = 900,   /* of a bracket's ends */
    CLOSE = 200,  /* calls nearer than that are drawn as one, ... */
    NARROW = 300, /* ... if one of them is narrower than that */
    LABEL_MOST = 26000,
    TITLE_NAMES = 40,
    NAME_MOST = 400
};

typedef struct lane {
    const pv_mark **call; /* by begin; those that show a part of themselves */
    size_t len;
    int64_t added, first; /* of all its calls */
    pv_str name, label;
    uint16_t paint;
} lane;

typedef struct lanes {
    pv_chart *c;
    const pv_mark **mark;
    lane *at;
    size_t len;    /* functions */
    size_t hidden; /* calls that overlap too deep */
} lanes;

/* ---- calls into lanes ---- */

static int by_function(const void *pa, const void *pb)
{
    const pv_mark *a = *(const pv_mark *const *)pa;
    const pv_mark *b = *(const pv_mark *const *)pb;

    if (a->label.i != b->label.i)
        return a->label.i < b->label.i ? -1 : 1;
    if (a->begin != b->begin)
        return a->begin < b->begin ? -1 : 1;
    if (a->end != b->end)
        return a->end > b->end ? -1 : 1;
    return (a > b) - (a < b);
}

static bool gather(lanes *l)
{
    const pv_chart *c = l->c;
    size_t n = 0;

    l->mark = PV_NEW_N(&l->c->arena, const pv_mark *, c->p->marks.len + 1);
    l->at = PV_NEW_N(&l->c->arena, lane, c->p->marks.len + 1);
    if (!l->mark || !l->at)
        return false;
    for (uint32_t i = 0; i < c->p->marks.len; i++) {
        const pv_mark *m = &c->p->marks.at[i];

        if (m->run == c->run && m->end >= c->from && m->begin <= c->to)
            l->mark[n++] = m;
    }
    if (n)
        /* of pointers: NOLINTNEXTLINE(bugprone-sizeof-expression) */
        qsort(l->mark, n, sizeof *l->mark, by_function);
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || l->mark[i]->label.i != l->mark[i - 1]->label.i)
            l->at[l->len++] =
                (lane){.call = &l->mark[i], .first = l->mark[i]->begin};
        l->at[l->len - 1].len++;
    }
    return true;
}

/* What a call added to the main process; saturates, as it only ranks. */
static void sum_up(lane *f)
{
    for (size_t i = 0; i < f->len; i++) {
        int64_t by = f->call[i]->end_value - f->call[i]->begin_value;

        if (!pv_add64(f->added, by, &f->added))
            f->added = by < 0 ? INT64_MIN : INT64_MAX;
    }
}

static int by_added(const void *pa, const void *pb)
{
    const lane *a = pa, *b = pb;

    if (a->added != b->added)
        return a->added > b->added ? -1 : 1;
    return a->first != b->first ? (a->first > b->first) - (a->first < b->first)
                                : (a->call > b->call) - (a->call < b->call);
}

static int by_first(const void *pa, const void *pb)
{
    const lane *a = pa, *b = pb;

    return a->first != b->first ? (a->first > b->first) - (a->first < b->first)
                                : (a->call > b->call) - (a->call < b->call);
}

/* "inner" of "__main__.inner", unless another lane ends like that, too. */
static void label_lanes(lanes *l, size_t shown)
{
    pv_chart *c = l->c;

    for (size_t i = 0; i < shown; i++) {
        lane *f = &l->at[i];
        pv_str last = pv_chart_short_name(f->name);
        bool clash = false;
        pv_buf t = {0};

        for (size_t k = 0; k < shown; k++)
            clash = clash ||
                    (k != i &&
                     pv_str_equal(last, pv_chart_short_name(l->at[k].name)));
        pv_fit_text(&t, clash ? f->name : last,
                    (pv_fitting){LABEL_MOST, 12, PV_CUT_MIDDLE});
        f->label = pv_chart_keep(c, &t);
        /* with several runs colours are theirs */
        f->paint = c->runs_len > 1 ? c->ink2 : c->line[i % PV_TIMELINE_COLOURS];
    }
}

static bool arrange(lanes *l)
{
    size_t shown;

    if (!gather(l))
        return false;
    for (size_t i = 0; i < l->len; i++) {
        l->at[i].name = pv_profile_text(l->c->p, l->at[i].call[0]->label);
        sum_up(&l->at[i]);
    }
    shown = l->len < PV_TIMELINE_LANES ? l->len : PV_TIMELINE_LANES;
    if (l->len == 0)
        return true;
    qsort(l->at, l->len, sizeof *l->at, by_added);
    qsort(l->at, shown, sizeof *l->at, by_first);
    label_lanes(l, shown);
    return true;
}

/* ---- brackets ---- */

/* One bracket: a call, or several that lie too close to be told apart. */
typedef struct bracket {
    pv_cpx x0, x1;
    size_t first, last; /* calls of the lane; `count` of them in this row */
    size_t count;
    int64_t begin, end, added;
    const pv_mark *call; /* the first */
} bracket;

static void put_added(pv_buf *t, int64_t by)
{
    if (by >= 0)
        pv_buf_char(t, '+');
    pv_put_size(t, by);
}

static pv_str bracket_title(pv_chart *c, const lane *f, const bracket *b)
{
    pv_buf t = {0};

    pv_buf_str(&t, pv_str_slice(f->name, 0, NAME_MOST));
    if (b->count > 1)
        pv_buf_format(&t, ", %zu calls, the first %zu of %zu", b->count,
                      b->first + 1, f->len);
    else if (f->len > 1)
        pv_buf_format(&t, ", call %zu of %zu", b->first + 1, f->len);
    pv_buf_char(&t, '\n');
    pv_put_time(&t, b->begin);
    pv_buf_puts(&t, " to ");
    pv_put_time(&t, b->end);
    pv_buf_puts(&t, " (");
    pv_put_time(&t, b->end - b->begin);
    pv_buf_puts(&t, ")\n");
    if (b->count == 1) {
        pv_put_size(&t, b->call->begin_value);
        pv_buf_puts(&t, " to ");
        pv_put_size(&t, b->call->end_value);
        pv_buf_puts(&t, " (");
    }
    put_added(&t, b->added);
    pv_buf_puts(&t, b->count == 1 ? ")" : "");
    return pv_chart_keep(c, &t);
}

/* Hebrew, Arabic, Syriac, Thaana and N'Ko are written from the right. */
static bool from_the_right(pv_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] >= 0xd6 && (unsigned char)s.p[i] <= 0xdf)
            return true;
    return false;
}

static pv_str bracket_label(pv_chart *c, const lane *f, const bracket *b)
{
    pv_buf t = {0};

    pv_buf_str(&t, f->label);
    if (from_the_right(f->label))
        pv_buf_puts(&t, "\xe2\x80\x8e"); /* the figures are no part of it */
    if (b->count > 1)
        pv_buf_format(&t, " \xc3\x97%zu", b->count);
    pv_buf_char(&t, ' ');
    put_added(&t, b->added);
    return pv_chart_keep(c, &t);
}

/* Inside, right of it or left of it, where the row is free from `used` to
 * `free`.  Returns how far the row is used then. */
static pv_cpx draw_label(pv_chart *c, const lane *f, const bracket *b,
                         pv_box at, pv_cpx used, pv_cpx free)
{
    pv_str label = bracket_label(c, f, b);
    pv_cpx w = (pv_cpx)pv_text_cpx(label, 12), end = at.x + at.w;

    if (w + 1200 <= at.w) {
        pv_chart_text(c, PV_FONT_AXIS, 0, f->paint, at.x + 600, at.y - 400,
                      label);
        return end;
    }
    if (end + 700 + w + 600 <= free) {
        pv_chart_text(c, PV_FONT_AXIS, 0, f->paint, end + 700, at.y + 400,
                      label);
        return end + 700 + w;
    }
    if (at.x - 700 - w >= used + 600)
        pv_chart_text(c, PV_FONT_AXIS, PV_ITEM_END, f->paint, at.x - 700,
                      at.y + 400, label);
    return end;
}

/* `free` is where the next bracket of the row begins. */
static pv_cpx draw_bracket(lanes *l, const lane *f, const bracket *b, pv_cpx y,
                           pv_cpx used, pv_cpx free)
{
    pv_chart *c = l->c;
    pv_cpx x0 = b->x0, x1 = b->x1 > x0 + 100 ? b->x1 : x0 + 100;
    const pv_spot shape[] = {{x0, y - HALF}, {x0, y + HALF}, {x0, y},
                             {x1, y},        {x1, y - HALF}, {x1, y + HALF}};

    pv_chart_open(c, bracket_title(c, f, b));
    pv_chart_line(c, f->paint, 200, PV_SOLID, shape, 6);
    used = draw_label(c, f, b, (pv_box){x0, y, x1 - x0, 0}, used, free);
    pv_chart_close(c);
    return used;
}

static bracket bracket_of(const lanes *l, const lane *f, size_t i)
{
    const pv_mark *m = f->call[i];

    return (bracket){.x0 = pv_chart_x(l->c, m->begin),
                     .x1 = pv_chart_x(l->c, m->end),
                     .first = i,
                     .last = i,
                     .count = 1,
                     .begin = m->begin,
                     .end = m->end,
                     .added = m->end_value - m->begin_value,
                     .call = m};
}

static bool too_close(const bracket *a, const bracket *b)
{
    return b->x0 - a->x1 < CLOSE &&
           (a->x1 - a->x0 < NARROW || b->x1 - b->x0 < NARROW);
}

static void join(bracket *a, const bracket *b)
{
    a->x1 = b->x1 > a->x1 ? b->x1 : a->x1;
    a->end = b->end > a->end ? b->end : a->end;
    a->last = b->last;
    a->count++;
    if (!pv_add64(a->added, b->added, &a->added))
        a->added = INT64_MAX;
}

/* The calls whose row is `row`. */
static void draw_row(lanes *l, const lane *f, const uint8_t *rows, unsigned row,
                     pv_cpx y)
{
    pv_cpx used = l->c->pad - 600, end = l->c->scene.width - 800;
    bracket held = {0};

    for (size_t i = 0; i < f->len; i++) {
        bracket b;

        if (rows[i] != row)
            continue;
        b = bracket_of(l, f, i);
        if (held.count && too_close(&held, &b)) {
            join(&held, &b);
            continue;
        }
        if (held.count)
            used = draw_bracket(l, f, &held, y, used, b.x0);
        held = b;
    }
    if (held.count)
        draw_bracket(l, f, &held, y, used, end);
}

/* The first row that is free when a call begins. */
static unsigned find_rows(lanes *l, const lane *f, uint8_t *rows)
{
    int64_t until[PV_TIMELINE_DEPTH];
    unsigned used = 0;

    for (size_t i = 0; i < f->len; i++) {
        unsigned row = 0;

        while (row < used && until[row] > f->call[i]->begin)
            row++;
        rows[i] = (uint8_t)row;
        if (row == PV_TIMELINE_DEPTH) {
            l->hidden++;
            continue;
        }
        used = row == used ? used + 1 : used;
        until[row] = f->call[i]->end;
    }
    return used;
}

static void draw_lane(lanes *l, const lane *f)
{
    uint8_t *rows = PV_NEW_N(&l->c->arena, uint8_t, f->len);
    unsigned used;

    if (!rows)
        return;
    used = find_rows(l, f, rows);
    for (unsigned row = 0; row < used; row++) {
        draw_row(l, f, rows, row, l->c->bottom + ROW / 2);
        l->c->bottom += ROW;
    }
}

/* ---- what the lanes are, and what has none ---- */

static void put_others(const lanes *l, pv_buf *t)
{
    for (size_t i = PV_TIMELINE_LANES; i < l->len; i++) {
        if (i == PV_TIMELINE_LANES + TITLE_NAMES) {
            pv_buf_format(t, "\nand %zu more", l->len - i);
            return;
        }
        pv_buf_puts(t, i == PV_TIMELINE_LANES ? "" : "\n");
        pv_buf_str(t, pv_str_slice(l->at[i].name, 0, NAME_MOST));
        pv_buf_char(t, ' ');
        put_added(t, l->at[i].added);
    }
}

static void caption(lanes *l, pv_cpx y)
{
    pv_chart *c = l->c;
    pv_buf t = {0}, fitted = {0}, others = {0};

    pv_buf_puts(&t, "Calls, with what each added to the main process");
    if (l->len > PV_TIMELINE_LANES) {
        pv_buf_str(&t, pv_dot);
        pv_buf_puts(&t, "and ");
        pv_put_count(&t, l->len - PV_TIMELINE_LANES, "more function",
                     "more functions");
    }
    if (l->hidden) {
        pv_buf_str(&t, pv_dot);
        pv_put_count(&t, l->hidden, "deeper call not drawn",
                     "deeper calls not drawn");
    }
    pv_fit_text(&fitted, pv_buf_text(&t),
                (pv_fitting){c->width, 12, PV_CUT_RIGHT});
    c->arena.failed |= t.failed;
    pv_buf_done(&t);
    put_others(l, &others);
    pv_chart_open(c, pv_chart_keep(c, &others));
    pv_chart_text(c, PV_FONT_BODY, 0, c->ink3, c->pad, y,
                  pv_chart_keep(c, &fitted));
    pv_chart_close(c);
}

bool pv_chart_lanes(pv_chart *c)
{
    lanes l = {.c = c};
    pv_cpx y = c->bottom + 1200;

    if (!arrange(&l))
        return pv_fail_nomem(c->err);
    if (l.len == 0)
        return true;
    c->bottom += 2000;
    for (size_t i = 0; i < l.len && i < PV_TIMELINE_LANES; i++)
        draw_lane(&l, &l.at[i]);
    caption(&l, y);
    return true;
}
