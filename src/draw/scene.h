/* SPDX-License-Identifier: MIT */
/* A picture as data: boxes, labels and groups with tooltips, for every medium.
 *
 * Lengths are hundredths of a pixel, so no float is ever printed.  Items stand
 * in drawing order.  Sticky: additions after memory ran out do nothing and
 * `failed` stays set.  Texts and boxes are borrowed: they must outlive the
 * scene (usually in an arena).
 */
#ifndef SCENE_H
#define SCENE_H

#include "palette.h"
#include "profviz/error.h"
#include "theme.h"
#include "vec.h"

typedef int32_t pv_cpx;

typedef struct pv_box {
    pv_cpx x, y, w, h;
} pv_box;

typedef enum pv_shape {
    PV_RECT,
    PV_TEXT,  /* at box.x and the baseline box.y */
    PV_BOXES, /* many boxes of one paint: `boxes` */
    PV_OPEN,  /* a group; moved by box.x, box.y */
    PV_CLOSE,
    PV_LINE, /* through `spots`, `thick` wide */
    PV_AREA, /* inside `spots` */
    PV_DOT,  /* around box.x, box.y with the radius box.w */
    PV_FRAME /* a group of a box and, where `more` is, the label on it */
} pv_shape;

typedef enum pv_font {
    PV_FONT_FRAME,   /* 12 px unless the scene says otherwise */
    PV_FONT_TITLE,   /* 17 px, 600 */
    PV_FONT_CAPTION, /* 11 px */
    PV_FONT_BODY,    /* 12 px */
    PV_FONT_AXIS     /* 11.5 px */
} pv_font;

enum {
    PV_ITEM_CLASS = 1,  /* carries its paint's class itself */
    PV_ITEM_INK = 2,    /* in the paint's text colour, not its fill */
    PV_ITEM_ROUND = 4,  /* corners of 2 px */
    PV_ITEM_MIDDLE = 8, /* PV_TEXT: box.x is its middle */
    PV_ITEM_BARE = 16,  /* no fill of its own */
    PV_ITEM_END = 32,   /* PV_TEXT: box.x is its end */
    PV_ITEM_BOLD = 64,  /* PV_TEXT: in 600 */
    PV_ITEM_HALO = 128, /* PV_TEXT: 4 px of background around the letters */
    PV_ITEM_PLOT = 128  /* PV_OPEN: `plot` is set, not `more` */
};

typedef struct pv_spot {
    pv_cpx x, y;
} pv_spot;

typedef enum pv_dash { PV_SOLID, PV_LONG, PV_SHORT, PV_MIXED } pv_dash;
/* Lengths of dashes and gaps in px, 0-ended. */
static const unsigned char pv_dashes[4][5] = {
    {0}, {6, 3}, {2, 3}, {8, 3, 2, 3}};

/* What a group's heights stand for: values at the bottom and top of a box. */
typedef struct pv_plot {
    pv_box box;
    int64_t v0, v1;
} pv_plot;

typedef struct pv_item {
    uint8_t shape, font, flags; /* pv_shape, pv_font, PV_ITEM_* */
    uint8_t dash;               /* PV_LINE: pv_dash */
    uint16_t paint;             /* index into the scene's paints */
    const char *id;             /* suffix of its id, or NULL */
    pv_box box;
    pv_str text; /* PV_TEXT: label; PV_OPEN, PV_FRAME: tooltip */
    union {
        pv_str more; /* PV_TEXT: what follows in 600; PV_FRAME: label;
                      * PV_OPEN: the key of a legend entry */
        struct {     /* PV_BOXES */
            const pv_box *boxes;
            size_t len;
        };
        struct { /* PV_LINE, PV_AREA */
            const pv_spot *spots;
            uint32_t spots_len;
            pv_cpx thick; /* PV_LINE */
        };
        const pv_plot *plot; /* PV_OPEN with PV_ITEM_PLOT */
    };
} pv_item;

/* The parts of a PV_FRAME: it stands for four items, and a picture is made of
 * little else. */
static inline pv_item pv_frame_box(const pv_item *frame)
{
    return (pv_item){
        .shape = PV_RECT, .paint = frame->paint, .box = frame->box};
}

static inline pv_item pv_frame_label(const pv_item *frame)
{
    pv_box b = frame->box;

    return (pv_item){.shape = PV_TEXT,
                     .flags = PV_ITEM_INK,
                     .paint = frame->paint,
                     .box = {b.x + 500, b.y + b.h - 430, 0, 0},
                     .text = frame->more};
}

typedef struct pv_scene {
    const char *id; /* of the picture: "pv"; others begin with it and '-' */
    pv_cpx width, height;
    pv_theme theme;
    pv_str title, desc;
    unsigned font_size; /* of frames */
    pv_str font_family;
    bool inline_; /* its title is an attribute: as an element it would show as
                     a tooltip everywhere */
    bool failed;
    PV_VEC(pv_item) items;
    PV_VEC(pv_paint) paints; /* pv_fixed_paints first */
} pv_scene;

void pv_scene_init(pv_scene *s, const char *id);
void pv_scene_done(pv_scene *s);
/* Room for `more` items, for those who know how many will come. */
void pv_scene_reserve(pv_scene *s, size_t more);
void pv_scene_add(pv_scene *s, pv_item item);
/* Index of a paint added behind the fixed ones; 0 when memory ran out. */
uint16_t pv_scene_paint(pv_scene *s, pv_paint paint);

#endif
