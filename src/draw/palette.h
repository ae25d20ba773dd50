/* SPDX-License-Identifier: MIT */
/* Colours by meaning, light and dark.
 *
 * Colours are 0xRRGGBB.  The tables are checked by a test: text on every fill
 * reads at 4.5:1 or better, origins stay apart under four kinds of vision.
 */
#ifndef PALETTE_H
#define PALETTE_H

#include "profviz/str.h"

typedef uint32_t pv_rgb;

enum { PV_PAINT_NAME = 12 };

typedef struct pv_paint {
    char name[PV_PAINT_NAME]; /* its CSS class, or "" */
    pv_rgb light, dark;
    pv_rgb ink_light, ink_dark; /* of text on it */
    bool hatch;                 /* drawn with the hatch; colours: without */
} pv_paint;

enum {
    PV_P_BG,
    PV_P_INK,
    PV_P_INK2,
    PV_P_INK3,
    PV_P_PANEL,
    PV_P_LINE2,
    PV_P_SMALL,  /* hatched: frames too narrow to draw */
    PV_P_PRUNED, /* hatched: frames left out of the data */
    PV_P_MATCH,
    PV_P_ORIGIN, /* 7 origins x 3 variants: k0, k0 v, k0 w, k1, ... */
    PV_P_DELTA = PV_P_ORIGIN + 21, /* 9 steps from much less to much more */
    PV_P_GONE = PV_P_DELTA + 9,    /* hatched: what only the old side had */
    PV_FIXED_PAINTS
};

extern const pv_paint pv_fixed_paints[PV_FIXED_PAINTS];

/* `origin` 0..6 in the order of the legend, `variant` 0..2. */
static inline uint16_t pv_origin_paint(unsigned origin, unsigned variant)
{
    return (uint16_t)(PV_P_ORIGIN + 3 * (origin % 7) + variant % 3);
}

static inline const char *pv_origin_class(unsigned origin, unsigned variant)
{
    return pv_fixed_paints[pv_origin_paint(origin, variant)].name;
}

enum { PV_HEAT_STEPS = 6, PV_PACKAGE_HUES = 36 };
extern const pv_paint pv_heat_paints[PV_HEAT_STEPS];
extern const pv_paint pv_plain_paint;
/* Step 0..5 of a share of the whole: > 0, 0.2 %, 1 %, 3 %, 8 %, 20 %. */
unsigned pv_heat_step(int64_t part, int64_t whole);
pv_paint pv_package_paint(uint32_t hash);

/* What --colors can name beside ours; the order of pv_color_names. */
typedef enum pv_colors {
    PV_COLORS_ORIGIN,
    PV_COLORS_PACKAGE,
    PV_COLORS_SELF,
    PV_COLORS_DEPTH,
    PV_COLORS_DIFF, /* of two counts a stack */
    PV_COLORS_HOT,
    PV_COLORS_MEM,
    PV_COLORS_IO,
    PV_COLORS_RED,
    PV_COLORS_GREEN,
    PV_COLORS_BLUE,
    PV_COLORS_YELLOW,
    PV_COLORS_PURPLE,
    PV_COLORS_AQUA,
    PV_COLORS_ORANGE,
    PV_COLORS_JAVA, /* from here on the name chooses one of the above */
    PV_COLORS_JS,
    PV_COLORS_PERL,
    PV_COLORS_WAKEUP,
    PV_COLORS_CHAIN
} pv_colors;
extern const char *const pv_color_names[]; /* NULL-ended */

/* The range that a name falls into: itself, or one of a multi palette's. */
pv_colors pv_range_of(pv_colors colors, pv_str name);
/* A colour inside a range (hot to orange), each v in [0, 1); channels are cut,
 * not rounded.  Black for any other palette. */
pv_rgb pv_range_colour(pv_colors range, double v1, double v2, double v3);
/* flamegraph.pl's two ways from a name to values in [0, 1). */
double pv_name_seeded(pv_str name);
void pv_name_hashed(pv_str name, double *v1, double *v2);
/* White, red for more, blue for less; `most` > 0 is the largest change. */
pv_rgb pv_delta_colour(double delta, double most);

/* The same ranges in our own pictures: a paint whose text reads. */
pv_paint pv_range_paint(pv_colors range, uint32_t hash);

/* "#rrggbb"; black for anything else. */
pv_rgb pv_rgb_of(pv_str text);

/* Relative luminance (WCAG), 0..65535. */
uint32_t pv_luminance(pv_rgb c);

#endif
