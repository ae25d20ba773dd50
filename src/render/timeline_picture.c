/* SPDX-License-Identifier: MIT */
/* A timeline as a picture: header, legend, plot, lanes, footer. */
#include "advance.h"
#include "asset.h"
#include "cairo_load.h"
#include "encode.h"
#include "fit.h"
#include "timeline_chart.h"

enum {
    LEFT = 8000,
    RIGHT = 2600,
    TITLE_Y = 3100,
    LINE = 1800,
    SWATCH = 1100,
    PLOT = 29200,
    MARK_LINE = 1500,
    FLAG_MOST = 20000
};

static const char sans[] = "system-ui,-apple-system,'Segoe UI',Roboto,"
                           "'Noto Sans','Liberation Sans',Arial,sans-serif";

/* Lines read at 5:1 on the background, areas lie under a line in ink. */
static const struct {
    const char *name;
    pv_rgb light, dark;
} areas[PV_TIMELINE_LAYERS] =
    {
        {"a1", 0xbcd6f5, 0x1f4470}, {"a2", 0xf7cfae, 0x6b3d1e},
        {"a3", 0xbfe3d1, 0x1f5a45}, {"a4", 0xe2cdf0, 0x4d2f66},
        {"a5", 0xeadcb0, 0x55461c}, {"a6", 0xf3c9d6, 0x662f46},
        {"a7", 0xd3d8de, 0x3b424c},
},
  lines[PV_TIMELINE_COLOURS] = {
      {"s1", 0x0a58a8, 0x6cb0ff}, {"s2", 0xc2410c, 0xff9a5c},
      {"s3", 0x0f7a57, 0x5fcf9f}, {"s4", 0x8b3fb0, 0xd29bf0},
      {"s5", 0x7a5200, 0xe6c15a}, {"s6", 0x5c6673, 0xa6aebb},
};

static uint16_t paint(pv_chart *c, const char *name, pv_rgb light, pv_rgb dark)
{
    pv_paint p = {.light = light,
                  .dark = dark,
                  .ink_light = 0x16181d,
                  .ink_dark = 0xf2f4f7};

    memcpy(p.name, name, strlen(name) + 1);
    return pv_scene_paint(&c->scene, p);
}

static void set_up(pv_chart *c, int64_t width, const char *id)
{
    pv_scene_init(&c->scene, id);
    c->scene.theme = (pv_theme)c->o->theme;
    c->scene.font_family = pv_str_of(sans);
    c->scene.width = (pv_cpx)width * 100;
    c->pad = width < 640 ? c->inside ? 0 : 1200 : LEFT;
    c->width = c->scene.width - c->pad - RIGHT;
    c->plot = (pv_box){LEFT, 0, c->scene.width - LEFT - RIGHT, PLOT};
    c->ink = paint(c, "ti", 0x16181d, 0xe8eaee);
    c->ink2 = c->lead = paint(c, "", 0x454c58, 0xb4bbc6);
    c->ink3 = paint(c, "mu", 0x626a77, 0x959dab);
    c->grid = paint(c, "grid", 0xe3e6ea, 0x262b34);
    c->base = paint(c, "hb", 0x8a93a0, 0x6b7483);
    c->more = paint(c, "kd7", 0xf1905c, 0xcd753f);
    c->less = paint(c, "kd1", 0x6cabec, 0x5590cc);
    for (size_t i = 0; i < PV_TIMELINE_LAYERS; i++)
        c->area[i] = paint(c, areas[i].name, areas[i].light, areas[i].dark);
    for (size_t i = 0; i < PV_TIMELINE_COLOURS; i++)
        c->line[i] = paint(c, lines[i].name, lines[i].light, lines[i].dark);
}

static pv_str fitted(pv_chart *c, pv_str text, unsigned size)
{
    pv_buf t = {0};

    pv_fit_text(&t, text, (pv_fitting){c->width, size, PV_CUT_RIGHT});
    return pv_chart_keep(c, &t);
}

/* ---- header ---- */

static pv_cpx header(pv_chart *c)
{
    pv_cpx y = TITLE_Y + 2100;

    if (c->inside)
        return 600;
    pv_scene_add(&c->scene, (pv_item){.shape = PV_TEXT,
                                      .id = "h1",
                                      .flags = PV_ITEM_CLASS,
                                      .font = PV_FONT_TITLE,
                                      .paint = c->ink,
                                      .box = {c->pad, TITLE_Y, 0, 0},
                                      .text = fitted(c, c->title, 20)});
    for (size_t i = 0; i < c->subtitle_len; i++, y += LINE)
        pv_chart_text(c, PV_FONT_BODY, 0, c->ink2, c->pad, y,
                      fitted(c, c->subtitle[i], 12));
    return y;
}

typedef struct pen {
    pv_chart *c;
    pv_cpx x, y;
} pen;

/* Neither a layer nor a run: the line in ink. */
typedef struct entry {
    const pv_layer *layer;
    const pv_chart_run *run;
    pv_str name;
} entry;

static bool is_area(const pv_chart *c, const entry *e)
{
    return e->layer && (c->stacked || e->layer == c->layers);
}

/* A swatch of the area, or a piece of the line. */
static void legend_sign(const pen *at, const entry *e)
{
    const pv_spot ends[] = {{at->x, at->y - 400}, {at->x + 2000, at->y - 400}};
    pv_chart *c = at->c;

    if (is_area(c, e))
        pv_scene_add(&c->scene,
                     (pv_item){.shape = PV_RECT,
                               .flags = PV_ITEM_CLASS | PV_ITEM_ROUND,
                               .paint = e->layer->area,
                               .box = {at->x, at->y - 1000, SWATCH, SWATCH}});
    else if (e->layer)
        pv_chart_line(c, e->layer->line, 180, (pv_dash)e->layer->dash, ends, 2);
    else if (e->run && e->run != c->run_at)
        pv_chart_line(c, e->run->paint, 180, (pv_dash)e->run->dash, ends, 2);
    else
        pv_chart_line(c, c->ink, 180, PV_SOLID, ends, 2);
}

/* Room for `w`, on the next line if need be. */
static void make_room(pen *at, pv_cpx w)
{
    if (at->x <= at->c->pad || at->x + w <= at->c->pad + at->c->width)
        return;
    at->x = at->c->pad;
    at->y += LINE;
}

static void legend_entry(pen *at, entry e)
{
    pv_cpx room = is_area(at->c, &e) ? 1700 : 2600, w;
    pv_buf t = {0};
    pv_str name;

    pv_fit_text(&t, e.name, (pv_fitting){20000, 12, PV_CUT_MIDDLE});
    name = pv_chart_keep(at->c, &t);
    w = room + (pv_cpx)pv_text_cpx(name, 12);
    make_room(at, w);
    legend_sign(at, &e);
    pv_chart_text(at->c, PV_FONT_BODY, 0, at->c->ink2, at->x + room, at->y,
                  name);
    at->x += w + 2000;
}

static void legend_rest(pen *at)
{
    pv_buf t = {0};
    pv_str text;

    pv_buf_format(&t, "and %zu more", at->c->runs_len - PV_TIMELINE_NAMED);
    text = pv_chart_keep(at->c, &t);
    make_room(at, (pv_cpx)pv_text_cpx(text, 12));
    pv_chart_text(at->c, PV_FONT_BODY, 0, at->c->ink3, at->x, at->y, text);
}

/* Returns the next line's baseline. */
static pv_cpx legend(pv_chart *c, pv_cpx y)
{
    pen at = {c, c->pad, y + 600};

    if (c->layers_len < 2 && c->runs_len < 2)
        return y;
    if (c->layers_len > 1 || c->runs_len < 2)
        for (size_t i = 0; i < c->layers_len; i++)
            legend_entry(&at, (entry){.layer = &c->layers[i],
                                      .name = c->layers[i].name});
    if (c->runs_len > 1)
        legend_entry(&at, (entry){.run = c->run_at, .name = c->run_at[0].name});
    else if (c->stacked)
        legend_entry(&at, (entry){.name = PV_STR("all processes")});
    for (size_t i = 1; i < c->runs_len && i < PV_TIMELINE_NAMED; i++)
        legend_entry(&at,
                     (entry){.run = &c->run_at[i], .name = c->run_at[i].name});
    if (c->runs_len > PV_TIMELINE_NAMED)
        legend_rest(&at);
    return at.y + LINE;
}

/* ---- flags above the plot ---- */

/* The lowest of three levels on which its text meets none before it. */
static void place_flags(pv_chart *c)
{
    pv_cpx free[3] = {0, 0, 0};

    for (size_t i = 0; i < c->flags_len; i++) {
        pv_flag *f = &c->flags[i];
        pv_buf t = {0};
        pv_cpx w, low, high;

        if (f->t < c->from || f->t > c->to)
            continue;
        pv_fit_text(&t, f->text, (pv_fitting){FLAG_MOST, 12, PV_CUT_RIGHT});
        f->text = pv_chart_keep(c, &t);
        w = (pv_cpx)pv_text_cpx(f->text, 12);
        low = c->plot.x + w / 2;
        high = c->plot.x + c->plot.w - w / 2;
        f->x = pv_chart_x(c, f->t);
        f->x = f->x > high ? high : f->x < low ? low : f->x;
        while (f->level < 3 && free[f->level] > f->x - w / 2)
            f->level++;
        if (f->level == 3) {
            f->level = 0;
            f->text = PV_STR("");
            continue;
        }
        free[f->level] = f->x + w / 2 + 800;
        if (f->level + 1 > c->flag_levels)
            c->flag_levels = f->level + 1;
    }
}

/* ---- the whole ---- */

static void footer(pv_chart *c)
{
    c->scene.height = c->bottom + 600;
    if (c->inside)
        return;
    c->bottom += 2000;
    pv_scene_add(&c->scene, (pv_item){.shape = PV_TEXT,
                                      .flags = PV_ITEM_CLASS,
                                      .font = PV_FONT_CAPTION,
                                      .paint = c->ink3,
                                      .box = {c->pad, c->bottom, 0, 0},
                                      .text = fitted(c, c->footer, 11)});
    c->scene.height = c->bottom + 1400;
}

static bool draw(pv_chart *c)
{
    pv_cpx y;

    pv_scene_add(&c->scene, (pv_item){.shape = PV_RECT, .id = "bg"});
    y = legend(c, header(c));
    place_flags(c);
    c->plot.y = y + 400 + (pv_cpx)c->flag_levels * MARK_LINE;
    pv_chart_plot(c);
    if (!pv_chart_strips(c) || (!c->o->no_lanes && !pv_chart_lanes(c)))
        return false;
    footer(c);
    if (c->arena.failed || c->scene.failed)
        return pv_fail_nomem(c->err);
    c->scene.items.at[0].box = (pv_box){0, 0, c->scene.width, c->scene.height};
    return true;
}

static pv_str asset(const char *name)
{
    pv_bytes b = {0};

    pv_asset_find(pv_str_of(name), &b);
    return (pv_str){(const char *)b.p, b.n};
}

static bool encode(pv_chart *c, pv_sink *out)
{
    pv_cairo_options o = {.pdf = c->job->medium == PV_M_PDF,
                          .scale = (int)c->o->scale,
                          .description = c->job->command.n ? c->job->command
                                                           : c->job->recipe};
    pv_str css[2] = {asset("theme.css"), asset("timeline.css")};
    pv_markup m;

    if (c->job->medium == PV_M_PLAIN) {
        pv_plain(out, &c->scene);
        return true;
    }
    if (c->job->medium & (PV_M_PNG | PV_M_PDF))
        return pv_cairo_write(&c->scene, &o, out, c->err);
    pv_markup_init(&m, out, PV_XML);
    pv_svg_head(&m, &c->scene, css, 2);
    pv_svg_items(&m, &c->scene);
    pv_svg_tail(&m);
    pv_markup_done(&m);
    return true;
}

bool pv_chart_make(pv_chart *c, int64_t width, const char *id)
{
    c->snapshots = strcmp(c->job->inputs[0]->format, "tracemalloc") == 0;
    pv_arena_init(&c->arena, 0);
    set_up(c, width, id);
    return pv_chart_runs(c) && pv_chart_flags(c) && pv_chart_data(c) &&
           pv_chart_words(c) && draw(c);
}

void pv_chart_done(pv_chart *c)
{
    for (size_t i = 0; i < c->layers_len; i++)
        pv_thin_done(&c->layers[i].thin);
    for (size_t i = 1; i < c->runs_len; i++)
        pv_thin_done(&c->run_at[i].thin);
    PV_VEC_DONE(&c->gaps);
    pv_scene_done(&c->scene);
    pv_arena_done(&c->arena);
}

bool pv_timeline_picture(const pv_job *job, pv_sink *out, pv_error *err)
{
    const pv_timeline_options *o = job->options;
    pv_chart c = {.job = job, .o = o, .err = err};
    bool ok = pv_chart_make(&c, o->width, "tl") && encode(&c, out);

    pv_chart_done(&c);
    return ok;
}
