/* SPDX-License-Identifier: MIT */
/* What the module's files share: a scene on its way through Cairo. */
#ifndef CAIRO_DRAW_H
#define CAIRO_DRAW_H

#include <cairo.h>
#include <pango/pangocairo.h>

#include "cairo_module.h"

typedef struct drawing {
    const pv_cairo_job *job;
    const pv_scene *scene;
    cairo_t *cr;
    PangoLayout *layout;
    cairo_pattern_t *hatch;
    double top, bottom; /* what of the scene is being drawn */
    double x, y;        /* moved by the open groups */
} drawing;

static inline double px(pv_cpx v)
{
    return v / 100.0;
}

/* Three-pixel stripes at 45 degrees, as the SVG's pattern. */
cairo_pattern_t *make_hatch(const drawing *d);
void begin_drawing(drawing *d, cairo_surface_t *surface);
void draw_items(drawing *d);
void end_drawing(drawing *d);
/* Text as Pango and file formats take it; g_free it. */
char *clean_text(pv_str s);

/* NULL, or what went wrong (static text). */
const char *draw_pdf(drawing *d);
const char *draw_png(drawing *d);

#endif
