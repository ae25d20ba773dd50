/* SPDX-License-Identifier: MIT */
/* PNG and PDF by the module beside the program. */
#ifndef CAIRO_LOAD_H
#define CAIRO_LOAD_H

#include "profviz/sink.h"
#include "scene.h"

typedef struct pv_cairo_options {
    bool pdf;
    int scale; /* PNG: pixels a px, 1..8; 0 = 2 */
    pv_str description;
} pv_cairo_options;

/* Loads the module when it is first asked for.  PV_E_UNSUPPORTED, with what to
 * install, where it or its libraries are missing. */
bool pv_cairo_write(const pv_scene *scene, const pv_cairo_options *options,
                    pv_sink *out, pv_error *err);

#endif
