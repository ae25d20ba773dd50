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
    PV_CLOSE
} pv_shape;

typedef enum pv_font {
    PV_FONT_FRAME,   /* 12 px unless the scene says otherwise */
    PV_FONT_TITLE,   /* 17 px, 600 */
    PV_FONT_CAPTION, /* 11 px */
    PV_FONT_BODY     /* 12 px */
} pv_font;

enum {
    PV_ITEM_CLASS = 1,  /* carries its paint's class itself */
    PV_ITEM_INK = 2,    /* in the paint's text colour, not its fill */
    PV_ITEM_ROUND = 4,  /* corners of 2 px */
    PV_ITEM_MIDDLE = 8, /* PV_TEXT: box.x is its middle */
    PV_ITEM_BARE = 16   /* no fill of its own */
};

typedef struct pv_item {
    uint8_t shape, font, flags; /* pv_shape, pv_font, PV_ITEM_* */
    uint16_t paint;             /* index into the scene's paints */
    const char *id;             /* suffix of its id, or NULL */
    pv_box box;
    pv_str text; /* PV_TEXT: label; PV_OPEN: tooltip */
    union {
        pv_str more; /* PV_TEXT: what follows in 600;
                      * PV_OPEN: the key of a legend entry */
        struct {     /* PV_BOXES */
            const pv_box *boxes;
            size_t len;
        };
    };
} pv_item;

typedef enum pv_theme { PV_THEME_AUTO, PV_THEME_LIGHT, PV_THEME_DARK } pv_theme;

typedef struct pv_scene {
    const char *id; /* of the picture: "pv"; others begin with it and '-' */
    pv_cpx width, height;
    pv_theme theme;
    pv_str title, desc;
    unsigned font_size; /* of frames */
    pv_str font_family;
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
