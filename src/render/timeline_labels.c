/* SPDX-License-Identifier: MIT */
/* What stands in the plot of a timeline: flags, the peaks, the limit. No label
 * lies over another. */
#include "advance.h"
#include "fit.h"
#include "timeline_chart.h"

enum { DOT = 400, LABEL_UP = 1000, LINE = 1500, NEAR = 15000 };

static bool meet(pv_box a, pv_box b)
{
    return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h &&
           b.y < a.y + a.h;
}

static bool inside(pv_box in, pv_box b)
{
    return b.x >= in.x && b.y >= in.y && b.x + b.w <= in.x + in.w &&
           b.y + b.h <= in.y + in.h;
}

static bool take(pv_chart *c, pv_box b)
{
    if (!inside(c->plot, b) || c->labels_len == PV_TIMELINE_LABELS)
        return false;
    for (size_t i = 0; i < c->labels_len; i++)
        if (meet(c->labels[i], b))
            return false;
    c->labels[c->labels_len++] = b;
    return true;
}

/* The middle of a label `w` wide that is to stand at x. */
static pv_cpx shifted(const pv_chart *c, pv_cpx x, pv_cpx w)
{
    pv_cpx low = c->plot.x + w / 2, high = c->plot.x + c->plot.w - w / 2;

    return x > high ? high : x < low ? low : x;
}

static void peak(pv_chart *c)
{
    const pv_point *p = &c->layers[c->top].thin.peak;
    pv_cpx x = pv_chart_x(c, p->t), y = pv_chart_y(c, p->value), w, middle;
    pv_buf t = {0};
    pv_str head;

    pv_buf_puts(&t, "Peak ");
    pv_put_size(&t, p->value);
    if (c->top > 0)
        pv_buf_puts(&t, " of all processes");
    head = pv_chart_keep(c, &t);
    w = (pv_cpx)(pv_text_cpx(head, 12) * 27 / 25);
    if (pv_text_cpx(c->at_peak, 12) > w)
        w = (pv_cpx)pv_text_cpx(c->at_peak, 12);
    middle = shifted(c, x, w);
    pv_chart_upright(c, c->lead, PV_SHORT, x, y, c->plot.y + c->plot.h);
    pv_scene_add(&c->scene, (pv_item){.shape = PV_DOT,
                                      .flags = PV_ITEM_CLASS,
                                      .paint = c->ink,
                                      .box = {x, y, DOT, 0}});
    c->labels[c->labels_len++] =
        (pv_box){middle - w / 2, y - LABEL_UP - 2 * LINE, w, 2 * LINE + 600};
    pv_chart_text(c, PV_FONT_BODY, PV_ITEM_MIDDLE | PV_ITEM_BOLD | PV_ITEM_HALO,
                  c->ink, middle, y - LABEL_UP - LINE, head);
    pv_chart_text(c, PV_FONT_BODY, PV_ITEM_MIDDLE | PV_ITEM_HALO, c->ink2,
                  middle, y - LABEL_UP, c->at_peak);
}

/* Does the line on top run through a box?  It is asked for few of them. */
static bool crossed(const pv_chart *c, pv_box b)
{
    const pv_thinner *t = &c->layers[c->top].thin;

    for (size_t i = 1; i < t->kept.len; i++) {
        pv_cpx x0 = pv_chart_x(c, t->kept.at[i - 1].t);
        pv_cpx x1 = pv_chart_x(c, t->kept.at[i].t);
        pv_cpx y0 = pv_chart_y(c, t->kept.at[i - 1].value);
        pv_cpx y1 = pv_chart_y(c, t->kept.at[i].value);

        if (x0 < b.x + b.w && b.x < x1 && !t->kept.at[i].begins &&
            (y0 < b.y + b.h || y1 < b.y + b.h) && (y0 > b.y || y1 > b.y))
            return true;
    }
    return false;
}

/* Where the text's baseline and middle are: above the spot, with its left or
 * right end there, then below it. */
static pv_spot place(const pv_chart *c, pv_spot at, pv_cpx w, int i)
{
    pv_cpx middle = i % 3 == 0   ? at.x
                    : i % 3 == 1 ? at.x - w / 2
                                 : at.x + w / 2;

    return (pv_spot){shifted(c, middle, w), i < 3 ? at.y - 700 : at.y + 1600};
}

/* The first of six places around a spot where nothing stands yet; if possible
 * one that the line does not cross. */
static void around(pv_chart *c, uint16_t paint, pv_spot at, pv_str text)
{
    pv_cpx w = (pv_cpx)pv_text_cpx(text, 12) + 400;

    for (int i = 0; i < 12; i++) {
        pv_spot p = place(c, at, w, i % 6);
        pv_box b = {p.x - w / 2, p.y - 1100, w, 1400};

        if ((i < 6 && crossed(c, b)) || !take(c, b))
            continue;
        pv_chart_text(c, PV_FONT_BODY, PV_ITEM_MIDDLE | PV_ITEM_HALO, paint,
                      p.x, p.y, text);
        return;
    }
}

/* The main process's own, where the other is that of all: above its dot,
 * below it, or nowhere but in the sentence on top. */
static void own_peak(pv_chart *c)
{
    const pv_point *p = &c->layers[0].thin.peak;
    pv_cpx x = pv_chart_x(c, p->t), y = pv_chart_y(c, p->value);
    pv_buf t = {0};
    pv_str text;

    if (c->top == 0)
        return;
    pv_buf_puts(&t, "main process ");
    pv_put_size(&t, p->value);
    text = pv_chart_keep(c, &t);
    pv_scene_add(&c->scene, (pv_item){.shape = PV_DOT,
                                      .flags = PV_ITEM_CLASS,
                                      .paint = c->ink,
                                      .box = {x, y, 250, 0}});
    around(c, c->ink2, (pv_spot){x, y}, text);
}

/* The label stands where there is room: right or left, above or below. */
static void limit(pv_chart *c)
{
    pv_cpx y, w;
    pv_buf t = {0};
    pv_str text;

    if (c->limit < 0)
        return;
    y = pv_chart_y(c, c->limit);
    pv_buf_puts(&t, "limit ");
    pv_put_size(&t, c->limit);
    text = pv_chart_keep(c, &t);
    w = (pv_cpx)pv_text_cpx(text, 12) + 400;
    pv_chart_across(c, c->line[1], 150, PV_LONG, y);
    for (int i = 0; i < 4; i++) {
        pv_cpx left = i & 1 ? c->plot.x : c->plot.x + c->plot.w - w;
        pv_cpx base = i & 2 ? y + 1500 : y - 600;

        if (!take(c, (pv_box){left, base - 1100, w, 1400}))
            continue;
        pv_chart_text(c, PV_FONT_BODY, PV_ITEM_MIDDLE | PV_ITEM_HALO,
                      c->line[1], left + w / 2, base, text);
        return;
    }
}

/* ---- other runs, and the slope ---- */

static pv_str run_label(pv_chart *c, const pv_chart_run *r, bool peak)
{
    pv_buf t = {0}, name = {0};

    pv_fit_text(&name, r->name, (pv_fitting){16000, 12, PV_CUT_MIDDLE});
    pv_buf_str(&t, pv_buf_text(&name));
    if (peak) {
        pv_buf_puts(&t, " peak ");
        pv_put_size(&t, r->thin.peak.value);
    }
    c->arena.failed |= name.failed;
    pv_buf_done(&name);
    return pv_chart_keep(c, &t);
}

static void peak_dots(pv_chart *c)
{
    for (size_t i = 1; i < c->runs_len && i < PV_TIMELINE_NAMED; i++) {
        const pv_chart_run *r = &c->run_at[i];

        if (r->thin.seen)
            pv_scene_add(
                &c->scene,
                (pv_item){.shape = PV_DOT,
                          .flags = PV_ITEM_CLASS,
                          .paint = r->paint,
                          .box = {pv_chart_x(c, r->thin.peak.t),
                                  pv_chart_y(c, r->thin.peak.value), 250, 0}});
    }
}

/* At the end of the line, where that is not at the peak. */
static bool has_end(const pv_chart *c, const pv_chart_run *r)
{
    return pv_chart_x(c, r->last.t) - pv_chart_x(c, r->thin.peak.t) > NEAR;
}

/* Peaks first: a name can be read in the legend as well. */
static void runs(pv_chart *c)
{
    for (int peak = 1; peak >= 0; peak--)
        for (size_t i = 1; i < c->runs_len && i < PV_TIMELINE_NAMED; i++) {
            const pv_chart_run *r = &c->run_at[i];
            const pv_point *p = peak ? &r->thin.peak : &r->last;

            if (r->thin.seen && (peak || has_end(c, r)))
                around(c, r->paint,
                       (pv_spot){pv_chart_x(c, p->t), pv_chart_y(c, p->value)},
                       run_label(c, r, peak));
        }
}

/* A point of the line, within the plot. */
static pv_spot slope_end(const pv_chart *c, const pv_slope *s, int64_t t)
{
    int64_t v = pv_slope_at(s, t), edge = v < 0 ? 0 : c->sizes.top;

    if (v < 0 || v > c->sizes.top) {
        double after = (double)(edge - s->level) * 1e12 / (double)s->rate;

        t = s->from + (int64_t)after;
        v = edge;
    }
    return (pv_spot){pv_chart_x(c, t), pv_chart_y(c, v)};
}

/* Only growth that is sure is drawn; the sentence tells the rest. */
static bool slope_ends(const pv_chart *c, pv_spot ends[2])
{
    const pv_slope *s = &c->run_at[0].slope;

    if (!c->o->slope || pv_slope_sign(s) == 0)
        return false;
    ends[0] = slope_end(c, s, s->from);
    ends[1] = slope_end(c, s, s->to);
    return true;
}

static void slope_line(pv_chart *c)
{
    pv_spot ends[2];
    pv_buf t = {0};

    if (!slope_ends(c, ends))
        return;
    pv_buf_puts(&t, "95% interval ");
    pv_put_interval(c, &t, &c->run_at[0].slope);
    pv_chart_open(c, pv_chart_keep(c, &t));
    pv_chart_line(c, c->lead, 150, PV_LONG, ends, 2);
    pv_chart_close(c);
}

static void slope_label(pv_chart *c)
{
    pv_spot ends[2];
    pv_buf t = {0};

    if (!slope_ends(c, ends))
        return;
    pv_put_slope(c, &t, &c->run_at[0].slope);
    around(c, c->lead,
           (pv_spot){(ends[0].x + ends[1].x) / 2, (ends[0].y + ends[1].y) / 2},
           pv_chart_keep(c, &t));
}

/* ---- flags ---- */

static pv_cpx flag_y(const pv_chart *c, const pv_flag *f)
{
    return c->plot.y - 700 - (pv_cpx)f->level * LINE;
}

static void flag(pv_chart *c, const pv_flag *f)
{
    pv_cpx base = c->plot.y + c->plot.h, x = pv_chart_x(c, f->t);
    const pv_spot pennant[] = {
        {x, base}, {x, base - 1000}, {x + 700, base - 700}, {x, base - 400}};

    pv_chart_open(c, f->title);
    pv_chart_upright(c, c->ink3, PV_SHORT, x,
                     f->text.n ? flag_y(c, f) + 300 : c->plot.y, base);
    pv_chart_line(c, c->ink3, 100, PV_SOLID, pennant, 4);
    pv_chart_close(c);
}

/* All lines, then all texts: no line runs through a text. */
static void flags(pv_chart *c)
{
    for (size_t i = 0; i < c->flags_len; i++)
        if (c->flags[i].t >= c->from && c->flags[i].t <= c->to)
            flag(c, &c->flags[i]);
    for (size_t i = 0; i < c->flags_len; i++) {
        const pv_flag *f = &c->flags[i];

        if (f->t < c->from || f->t > c->to || !f->text.n)
            continue;
        pv_chart_open(c, f->title);
        pv_chart_text(c, PV_FONT_BODY, PV_ITEM_MIDDLE | PV_ITEM_HALO, c->ink2,
                      f->x, flag_y(c, f), f->text);
        pv_chart_close(c);
    }
}

void pv_chart_labels(pv_chart *c)
{
    slope_line(c);
    peak_dots(c);
    flags(c);
    peak(c);
    own_peak(c);
    limit(c);
    slope_label(c);
    runs(c);
}
