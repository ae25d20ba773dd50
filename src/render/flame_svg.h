/* SPDX-License-Identifier: MIT */
/* A flame graph as a stand-alone SVG, and as scene lines for golden tests. */
#ifndef FLAME_SVG_H
#define FLAME_SVG_H

#include "flame_picture.h"
#include "markup.h"

/* Boxes and what stands around them, into p->scene. */
bool pv_flame_draw(pv_picture *p);
bool pv_flame_svg(pv_picture *p, pv_sink *out);
bool pv_flame_plain(pv_picture *p, pv_sink *out);
/* Script and data at the end of an <svg> or page. */
bool pv_flame_scripts(pv_picture *p, pv_markup *m);

#endif
