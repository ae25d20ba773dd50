/* SPDX-License-Identifier: MIT */
/* The plot of a timeline: grid, axes, areas, lines. */
#include "number.h"
#include "timeline_chart.h"

enum { THICK = 180, DOTS = 200 };

pv_cpx pv_chart_x(const pv_chart *c, int64_t t)
{
    int64_t span = c->to > c->from ? c->to - c->from : 1;

    if (t <= c->from)
        return c->plot.x;
    if (t >= c->to && c->to > c->from)
        return c->plot.x + c->plot.w;
    return c->plot.x + (pv_cpx)pv_muldiv(t - c->from, c->plot.w, span);
}

pv_cpx pv_chart_y(const pv_chart *c, int64_t value)
{
    return c->plot.y + c->plot.h -
           (pv_cpx)pv_muldiv(value, c->plot.h, c->sizes.top);
}

void pv_chart_text(pv_chart *c, pv_font font, unsigned flags, uint16_t paint,
                   pv_cpx x, pv_cpx y, pv_str text)
{
    pv_scene_add(&c->scene, (pv_item){.shape = PV_TEXT,
                                      .font = (uint8_t)font,
                                      .flags = (uint8_t)(flags | PV_ITEM_CLASS),
                                      .paint = paint,
                                      .box = {x, y, 0, 0},
                                      .text = text});
}

void pv_chart_line(pv_chart *c, uint16_t paint, pv_cpx thick, pv_dash dash,
                   const pv_spot *spots, size_t len)
{
    pv_spot *own = PV_NEW_N(&c->arena, pv_spot, len ? len : 1);

    if (!own)
        return;
    memcpy(own, spots, len * sizeof *own);
    pv_scene_add(&c->scene, (pv_item){.shape = PV_LINE,
                                      .flags = PV_ITEM_CLASS,
                                      .paint = paint,
                                      .thick = thick,
                                      .dash = (uint8_t)dash,
                                      .spots = own,
                                      .spots_len = (uint32_t)len});
}

void pv_chart_open(pv_chart *c, pv_str title)
{
    pv_scene_add(
        &c->scene,
        (pv_item){.shape = PV_OPEN, .flags = PV_ITEM_BARE, .text = title});
}

void pv_chart_close(pv_chart *c)
{
    pv_scene_add(&c->scene, (pv_item){.shape = PV_CLOSE});
}

void pv_chart_across(pv_chart *c, uint16_t paint, pv_cpx thick, pv_dash dash,
                     pv_cpx y)
{
    const pv_spot ends[] = {{c->plot.x, y}, {c->plot.x + c->plot.w, y}};

    pv_chart_line(c, paint, thick, dash, ends, 2);
}

void pv_chart_upright(pv_chart *c, uint16_t paint, pv_dash dash, pv_cpx x,
                      pv_cpx top, pv_cpx bottom)
{
    const pv_spot ends[] = {{x, top}, {x, bottom}};

    pv_chart_line(c, paint, 100, dash, ends, 2);
}

static pv_str kept_text(pv_chart *c, const char *text, size_t n)
{
    return pv_arena_copy(&c->arena, (pv_str){text, n});
}

/* ---- grid and axes ---- */

static void size_ticks(pv_chart *c)
{
    char text[PV_NUMBER_MAX];

    for (int64_t v = 0; v <= c->sizes.top; v += c->sizes.step) {
        pv_cpx y = pv_chart_y(c, v);

        if (v > 0)
            pv_chart_across(c, c->grid, 100, PV_SOLID, y);
        pv_chart_text(c, PV_FONT_AXIS, PV_ITEM_END, c->ink3, c->plot.x - 1000,
                      y + 400,
                      kept_text(c, text, pv_size_label(&c->sizes, v, text)));
    }
}

/* Whole numbers, where time is an index. */
static size_t tick_label(const pv_chart *c, int64_t t, char *text)
{
    return c->snapshots ? pv_write_i64(text, t / 1000000000)
                        : pv_time_label(&c->times, t, text);
}

static void time_ticks(pv_chart *c)
{
    pv_cpx base = c->plot.y + c->plot.h;
    int64_t step = c->times.step, t = c->from / step * step;
    char text[PV_NUMBER_MAX];

    pv_chart_across(c, c->base, 100, PV_SOLID, base);
    if (t < c->from)
        t += step;
    for (; t <= c->to; t += step) {
        pv_chart_upright(c, c->base, PV_SOLID, pv_chart_x(c, t), base,
                         base + 500);
        pv_chart_text(c, PV_FONT_AXIS, PV_ITEM_MIDDLE, c->ink3,
                      pv_chart_x(c, t), base + 1900,
                      kept_text(c, text, tick_label(c, t, text)));
        if (t > INT64_MAX - step)
            return;
    }
}

/* ---- series ---- */

typedef struct piece {
    pv_spot *spots; /* two more than `len`, for an area's feet */
    size_t len, next;
} piece;

static piece piece_at(pv_chart *c, const pv_thinner *t, size_t from)
{
    piece p = {.next = from + 1};

    while (p.next < t->kept.len && !t->kept.at[p.next].begins)
        p.next++;
    p.len = p.next - from;
    p.spots = PV_NEW_N(&c->arena, pv_spot, p.len + 2);
    for (size_t i = 0; p.spots && i < p.len; i++) {
        p.spots[i].x = pv_chart_x(c, t->kept.at[from + i].t);
        p.spots[i].y = pv_chart_y(c, t->kept.at[from + i].value);
    }
    return p;
}

/* Down to the axis: those of a stack's lower layers are drawn over it. */
static void area(pv_chart *c, const pv_layer *l)
{
    pv_cpx base = c->plot.y + c->plot.h;

    for (size_t i = 0; i < l->thin.kept.len;) {
        piece p = piece_at(c, &l->thin, i);

        i = p.next;
        if (!p.spots || p.len < 2)
            continue;
        p.spots[p.len] = (pv_spot){p.spots[p.len - 1].x, base};
        p.spots[p.len + 1] = (pv_spot){p.spots[0].x, base};
        pv_scene_add(&c->scene, (pv_item){.shape = PV_AREA,
                                          .flags = PV_ITEM_CLASS,
                                          .paint = l->area,
                                          .spots = p.spots,
                                          .spots_len = (uint32_t)p.len + 2});
    }
}

static void line(pv_chart *c, const pv_thinner *t, uint16_t paint, pv_dash dash)
{
    for (size_t i = 0; i < t->kept.len;) {
        piece p = piece_at(c, t, i);

        i = p.next;
        if (p.spots && p.len == 1)
            pv_scene_add(&c->scene, (pv_item){.shape = PV_DOT,
                                              .flags = PV_ITEM_CLASS,
                                              .paint = paint,
                                              .box = {p.spots[0].x,
                                                      p.spots[0].y, 150, 0}});
        else if (p.spots)
            pv_chart_line(c, paint, THICK, dash, p.spots, p.len);
    }
}

static pv_str layer_title(pv_chart *c, const pv_layer *l)
{
    pv_buf t = {0};

    pv_buf_str(&t, pv_str_slice(l->name, 0, 400));
    pv_buf_puts(&t, c->stacked && l != c->layers ? "\nwith all below: peak "
                                                 : "\npeak ");
    pv_put_size(&t, l->thin.peak.value);
    pv_buf_puts(&t, " at ");
    pv_put_moment(c, &t, l->thin.peak.t);
    return pv_chart_keep(c, &t);
}

static void series(pv_chart *c)
{
    bool apart = c->layers_len > 1 && !c->stacked;

    for (size_t i = apart ? 1 : c->layers_len; i-- > 0;) {
        pv_chart_open(c, layer_title(c, &c->layers[i]));
        area(c, &c->layers[i]);
        pv_chart_close(c);
    }
    for (size_t i = c->layers_len; apart && i-- > 1;) {
        pv_chart_open(c, layer_title(c, &c->layers[i]));
        line(c, &c->layers[i].thin, c->layers[i].line,
             (pv_dash)c->layers[i].dash);
        pv_chart_close(c);
    }
    line(c, &c->layers[c->top].thin, c->ink, PV_SOLID);
}

static pv_str run_title(pv_chart *c, const pv_chart_run *r)
{
    pv_buf t = {0};

    pv_buf_str(&t, pv_str_slice(r->name, 0, 400));
    pv_buf_puts(&t, "\npeak ");
    pv_put_size(&t, r->thin.peak.value);
    pv_buf_puts(&t, " at ");
    pv_put_moment(c, &t, r->thin.peak.t);
    pv_buf_puts(&t, "\nends at ");
    pv_put_size(&t, r->last.value);
    return pv_chart_keep(c, &t);
}

static void other_runs(pv_chart *c)
{
    for (size_t i = c->runs_len; i-- > 1;) {
        const pv_chart_run *r = &c->run_at[i];

        pv_chart_open(c, run_title(c, r));
        line(c, &r->thin, r->paint, (pv_dash)r->dash);
        pv_chart_close(c);
    }
}

/* Each snapshot has a dot that names its file. */
static void snapshot_dots(pv_chart *c)
{
    for (uint32_t i = 0; c->snapshots && i < c->own->len && i < DOTS; i++) {
        const pv_point *p = &c->own->at[i];
        pv_buf t = {0};

        if (p->t < c->from || p->t > c->to || i >= c->job->paths_len)
            continue;
        pv_put_moment(c, &t, p->t);
        pv_buf_puts(&t, ": ");
        pv_buf_str(&t, pv_str_slice(c->job->paths[i], 0, 400));
        pv_buf_char(&t, '\n');
        pv_put_size(&t, p->value);
        pv_chart_open(c, pv_chart_keep(c, &t));
        pv_scene_add(&c->scene,
                     (pv_item){.shape = PV_DOT,
                               .flags = PV_ITEM_CLASS,
                               .paint = c->ink,
                               .box = {pv_chart_x(c, p->t),
                                       pv_chart_y(c, p->value), 250, 0}});
        pv_chart_close(c);
    }
}

static void gaps(pv_chart *c)
{
    for (size_t i = 0; i < c->gaps.len; i++) {
        pv_cpx x0 = pv_chart_x(c, c->gaps.at[i].begin);
        pv_cpx x1 = pv_chart_x(c, c->gaps.at[i].end);
        pv_buf t = {0};

        if (x1 - x0 < 100)
            continue;
        pv_buf_puts(&t, "no samples for ");
        pv_put_time(&t, c->gaps.at[i].end - c->gaps.at[i].begin);
        pv_chart_open(c, pv_chart_keep(c, &t));
        pv_scene_add(&c->scene,
                     (pv_item){.shape = PV_RECT,
                               .paint = PV_P_SMALL,
                               .box = {x0, c->plot.y, x1 - x0, c->plot.h}});
        pv_chart_close(c);
    }
}

void pv_chart_plot(pv_chart *c)
{
    pv_plot *plot = PV_NEW(&c->arena, pv_plot);

    if (!plot)
        return;
    *plot = (pv_plot){c->plot, 0, c->sizes.top};
    pv_scene_add(&c->scene, (pv_item){.shape = PV_OPEN,
                                      .flags = PV_ITEM_BARE | PV_ITEM_PLOT,
                                      .id = "plot",
                                      .plot = plot});
    size_ticks(c);
    gaps(c);
    series(c);
    other_runs(c);
    snapshot_dots(c);
    time_ticks(c);
    pv_chart_labels(c);
    pv_chart_close(c);
    c->bottom = c->plot.y + c->plot.h + 3200;
}
