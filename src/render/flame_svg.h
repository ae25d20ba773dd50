/* SPDX-License-Identifier: MIT */
/* A flame graph as a stand-alone SVG, and as scene lines for golden tests. */
#ifndef FLAME_SVG_H
#define FLAME_SVG_H

#include "flame_picture.h"
#include "markup.h"

/* The picture of job->inputs[0]; `diff` NULL: of one side.  Ended in any
 * case. */
bool pv_flame_begin(pv_picture *p, const pv_job *job,
                    const pv_differential *diff, pv_error *err);
void pv_flame_end(pv_picture *p);
/* Into the medium of its job. */
bool pv_flame_encode(pv_picture *p, pv_sink *out);

/* Boxes and what stands around them, into p->scene. */
bool pv_flame_draw(pv_picture *p);
bool pv_flame_svg(pv_picture *p, pv_sink *out);
bool pv_flame_plain(pv_picture *p, pv_sink *out);

#endif
