/* SPDX-License-Identifier: MIT */
/* --compare: under the plot of several runs, what each has more or less than
 * the first, column by column. */
#include "fit.h"
#include "timeline_chart.h"

enum { HALF = 2200, GAP = 1000, STRIPS = 5, COLUMN = 200 };

/* The greatest value within each column; between samples the straight line,
 * before the first and after the last nothing. */
typedef struct columns {
    int64_t *value; /* -1: none */
    size_t len;
} columns;

static size_t column_of(const pv_chart *c, pv_cpx x, size_t len)
{
    size_t i = (size_t)(x - c->plot.x) * len / (size_t)c->plot.w;

    return i < len ? i : len - 1;
}

static void raise_to(columns *k, size_t i, int64_t v)
{
    if (v > k->value[i])
        k->value[i] = v;
}

/* Columns that a line passes without a kept point in them. */
static void bridge(columns *k, size_t from, size_t to, int64_t a, int64_t b)
{
    for (size_t i = from + 1; i < to; i++)
        raise_to(k, i,
                 a + (int64_t)((double)(b - a) * (double)(i - from) /
                               (double)(to - from)));
}

static bool gather(pv_chart *c, const pv_thinner *t, columns *k)
{
    size_t before = 0;

    k->value = PV_NEW_N(&c->arena, int64_t, k->len);
    if (!k->value)
        return pv_fail_nomem(c->err);
    for (size_t i = 0; i < k->len; i++)
        k->value[i] = -1;
    for (size_t i = 0; i < t->kept.len; i++) {
        const pv_kept *p = &t->kept.at[i];
        size_t at = column_of(c, pv_chart_x(c, p->t), k->len);

        if (i > 0 && !p->begins)
            bridge(k, before, at, p[-1].value, p->value);
        raise_to(k, at, p->value);
        before = at;
    }
    return true;
}

typedef struct strip {
    pv_chart *c;
    const columns *first;
    columns second;
    int64_t most; /* of all strips */
    pv_cpx zero;  /* its middle line */
} strip;

static int64_t by(const strip *s, size_t i)
{
    int64_t a = s->first->value[i], b = s->second.value[i];

    return a < 0 || b < 0 ? 0 : b - a;
}

static int64_t greatest(const strip *s)
{
    int64_t most = 0;

    for (size_t i = 0; i < s->first->len; i++) {
        int64_t v = by(s, i);

        v = v < 0 ? -v : v;
        most = v > most ? v : most;
    }
    return most;
}

/* The columns where there is more (or less), as boxes of one paint. */
static void boxes(strip *s, bool more)
{
    pv_chart *c = s->c;
    pv_box *box = PV_NEW_N(&c->arena, pv_box, s->first->len);
    size_t n = 0;

    for (size_t i = 0; box && i < s->first->len; i++) {
        int64_t v = by(s, i);
        pv_cpx h = (pv_cpx)pv_muldiv(v < 0 ? -v : v, HALF, s->most);
        pv_cpx x = c->plot.x +
                   (pv_cpx)(c->plot.w * (int64_t)i / (int64_t)s->first->len);
        pv_cpx end = c->plot.x + (pv_cpx)(c->plot.w * (int64_t)(i + 1) /
                                          (int64_t)s->first->len);

        if (h > 0 && (v > 0) == more)
            box[n++] = (pv_box){x, more ? s->zero - h : s->zero, end - x, h};
    }
    if (n)
        pv_scene_add(&c->scene, (pv_item){.shape = PV_BOXES,
                                          .flags = PV_ITEM_CLASS,
                                          .paint = more ? c->more : c->less,
                                          .boxes = box,
                                          .len = n});
}

static void side_label(strip *s, pv_cpx y, int64_t bytes)
{
    pv_buf t = {0};

    pv_put_change(&t, bytes);
    pv_chart_text(s->c, PV_FONT_AXIS, PV_ITEM_END, s->c->ink3,
                  s->c->plot.x - 1000, y, pv_chart_keep(s->c, &t));
}

static pv_str caption(pv_chart *c, const pv_chart_run *r)
{
    pv_buf t = {0}, fitted = {0};
    pv_str text;

    pv_buf_str(&t, pv_str_slice(r->name, 0, 400));
    pv_buf_puts(&t, " against ");
    pv_buf_str(&t, pv_str_slice(c->run_at[0].name, 0, 400));
    pv_buf_puts(&t, ": orange above is more, blue below is less");
    text = pv_chart_keep(c, &t);
    pv_fit_text(&fitted, text, (pv_fitting){c->width, 12, PV_CUT_RIGHT});
    return pv_chart_keep(c, &fitted);
}

static void draw(strip *s, const pv_chart_run *r)
{
    pv_chart *c = s->c;

    c->bottom += 1200;
    pv_chart_text(c, PV_FONT_BODY, 0, c->ink3, c->pad, c->bottom,
                  caption(c, r));
    s->zero = c->bottom + 800 + HALF;
    if (s->most > 0) {
        boxes(s, true);
        boxes(s, false);
        side_label(s, s->zero - HALF + 800, s->most);
        side_label(s, s->zero + HALF, -s->most);
    }
    pv_chart_across(c, c->base, 100, PV_SOLID, s->zero);
    c->bottom = s->zero + HALF + GAP;
}

bool pv_chart_strips(pv_chart *c)
{
    columns first = {.len = (size_t)(c->plot.w / COLUMN)};
    size_t len = c->runs_len < STRIPS + 1 ? c->runs_len : STRIPS + 1;
    strip s[STRIPS + 1] = {0};
    int64_t most = 0;

    if (!c->o->compare)
        return true;
    if (!gather(c, &c->layers[c->top].thin, &first))
        return false;
    for (size_t i = 1; i < len; i++) {
        s[i] = (strip){.c = c, .first = &first, .second.len = first.len};
        if (!gather(c, &c->run_at[i].thin, &s[i].second))
            return false;
        most = greatest(&s[i]) > most ? greatest(&s[i]) : most;
    }
    for (size_t i = 1; i < len; i++) {
        s[i].most = most;
        draw(&s[i], &c->run_at[i]);
    }
    return true;
}
