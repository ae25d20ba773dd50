/* SPDX-License-Identifier: MIT */
/* What lies between the program and the module that draws PNG and PDF.
 *
 * Cairo and Pango cost 4-5 ms at every start, so they are linked into a module
 * that is loaded on the first PNG or PDF.  The module is given a scene and
 * writes bytes; it calls nothing of the program's.
 */
#ifndef CAIRO_MODULE_H
#define CAIRO_MODULE_H

#include "scene.h"

typedef struct pv_cairo_job {
    const pv_scene *scene;
    bool pdf;
    int scale; /* PNG: pixels a px, 1..8 */
    bool dark;
    pv_str description; /* the command, for the file's text chunks */
    /* The file's bytes as they come; false stops the drawing. */
    bool (*write)(void *ctx, const void *p, size_t n);
    void *ctx;
} pv_cairo_job;

/* NULL, or what went wrong (static text). */
typedef const char *pv_cairo_draw_fn(const pv_cairo_job *job);

/* The module's one name, and the number that must fit. */
#define PV_CAIRO_SYMBOL "pv_cairo_draw_1"
#define PV_CAIRO_FILE   "profviz-cairo.so"

#endif
