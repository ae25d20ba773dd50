/* SPDX-License-Identifier: MIT */
/* What stands around the boxes of a stand-alone flame graph: header, legend,
 * hint, footer. */
#include "flame_picture.h"

#include "advance.h"
#include "fit.h"

enum {
    TITLE_Y = 3100,
    SUBTITLE_Y = 5200,
    LEGEND_Y = 8000,
    HINT_Y = 10200,
    TOP = 11600,
    LINE = 1800
};

typedef struct place {
    size_t line;
    pv_cpx x;
} place;

/* 600 is wider than 400 by up to a seventh over a word. */
static pv_cpx strong(int64_t w)
{
    return (pv_cpx)(w * 115 / 100);
}

static pv_str fitted(pv_picture *p, pv_str text, pv_cpx room, unsigned size)
{
    pv_buf t = {0};

    pv_fit_text(&t, text,
                (pv_fitting){room > 0 ? room : 0, size, PV_CUT_MIDDLE});
    return pv_picture_keep(p, &t);
}

/* Where a legend entry of that width goes: behind the one before, or at the
 * start of the next line. */
static place next_place(const pv_picture *p, place at, pv_cpx w)
{
    if (at.x > p->pad && at.x + w > p->width - p->pad)
        return (place){at.line + 1, p->pad};
    return at;
}

static pv_cpx entry_width(const pv_legend_entry *e)
{
    return (pv_cpx)(1700 + pv_text_cpx(e->name, 12) + 400 +
                    strong(pv_text_cpx(e->share, 12)));
}

static void add_entry(pv_picture *p, const pv_legend_entry *e, place at)
{
    pv_scene *s = &p->scene;
    pv_cpx y = LEGEND_Y + (pv_cpx)at.line * LINE;

    pv_scene_add(
        s, (pv_item){.shape = PV_OPEN, .flags = PV_ITEM_BARE, .more = e->key});
    pv_scene_add(s, (pv_item){.shape = PV_RECT,
                              .flags = PV_ITEM_CLASS | PV_ITEM_ROUND,
                              .paint = e->paint,
                              .box = {at.x, y - 1000, 1100, 1100}});
    pv_scene_add(s, (pv_item){.shape = PV_TEXT,
                              .font = PV_FONT_BODY,
                              .paint = PV_P_INK2,
                              .box = {at.x + 1700, y, 0, 0},
                              .text = e->name,
                              .more = e->share});
    pv_scene_add(s, (pv_item){.shape = PV_CLOSE});
}

/* Returns the lines it took beyond the first. */
static size_t legend(pv_picture *p, bool draw)
{
    place at = {0, p->pad};
    pv_cpx w;

    for (size_t i = 0; i < p->legend_len; i++) {
        w = entry_width(&p->legend[i]);
        at = next_place(p, at, w);
        if (draw)
            add_entry(p, &p->legend[i], at);
        at.x += w + 2000;
    }
    if (!p->legend_len)
        return 0;
    w = (pv_cpx)pv_text_cpx(p->legend_note, 12);
    at = next_place(p, at, w);
    if (draw)
        pv_scene_add(
            &p->scene,
            (pv_item){.shape = PV_TEXT,
                      .flags = PV_ITEM_CLASS,
                      .font = PV_FONT_BODY,
                      .paint = PV_P_INK3,
                      .box = {at.x, LEGEND_Y + (pv_cpx)at.line * LINE, 0, 0},
                      .text = p->legend_note});
    return at.line;
}

static void add_text(pv_picture *p, const char *id, pv_font font,
                     uint16_t paint, pv_cpx y, pv_str text)
{
    static const unsigned sizes[] = {12, 20, 11, 12}; /* 17 px at 600 */
    pv_cpx room = p->width - 2 * p->pad;

    pv_scene_add(&p->scene,
                 (pv_item){.shape = PV_TEXT,
                           .id = id,
                           .flags = paint == PV_P_INK3 ? PV_ITEM_CLASS : 0,
                           .font = (uint8_t)font,
                           .paint = paint,
                           .box = {p->pad, y, 0, 0},
                           .text = fitted(p, text, room, sizes[font])});
}

static void open_group(pv_picture *p, const char *id, pv_cpx y)
{
    pv_scene_add(&p->scene, (pv_item){.shape = PV_OPEN,
                                      .flags = PV_ITEM_BARE,
                                      .id = id,
                                      .box = {0, y, 0, 0}});
}

static void close_group(pv_picture *p)
{
    pv_scene_add(&p->scene, (pv_item){.shape = PV_CLOSE});
}

static void background(pv_picture *p, const char *id, pv_cpx height)
{
    pv_scene_add(&p->scene, (pv_item){.shape = PV_RECT,
                                      .id = id,
                                      .paint = PV_P_BG,
                                      .box = {0, 0, p->width, height}});
}

/* ---- the parts ---- */

void pv_picture_measure(pv_picture *p)
{
    p->top = p->inline_ ? 600 : TOP + (pv_cpx)legend(p, false) * LINE;
    if (!p->inline_ && !p->legend_len)
        p->top -= 2200;
    p->foot = p->inline_ ? 400 : p->notes.n ? 5200 : 3600;
}

void pv_picture_background(pv_picture *p)
{
    background(p, "bg", p->scene.height);
}

void pv_picture_footer(pv_picture *p)
{
    open_group(p, "foot", p->bottom);
    add_text(p, NULL, PV_FONT_CAPTION, PV_P_INK3, 2200, p->footer);
    if (p->notes.n)
        add_text(p, NULL, PV_FONT_CAPTION, PV_P_INK3, 3800, p->notes);
    close_group(p);
}

void pv_picture_header(pv_picture *p)
{
    pv_cpx hint = p->top - (TOP - HINT_Y);

    open_group(p, "top", 0);
    background(p, "topbg", p->top - 600);
    add_text(p, "h1", PV_FONT_TITLE, PV_P_INK, TITLE_Y, p->title);
    add_text(p, "sub", PV_FONT_BODY, PV_P_INK2, SUBTITLE_Y, p->subtitle);
    open_group(p, "legend", 0);
    legend(p, true);
    close_group(p);
    open_group(p, "bar", 0);
    add_text(p, NULL, PV_FONT_BODY, PV_P_INK3, hint, p->hint);
    close_group(p);
    close_group(p);
}
