/* SPDX-License-Identifier: MIT */
/* Flame graph SVGs: what the parts of the reader share.
 *
 * scan: the boxes with their titles out of XML, sound or broken; title: a
 * box's title into name and count; nest: which box stands on which.
 */
#ifndef FLAMESVG_H
#define FLAMESVG_H

#include "arena.h"
#include "buf.h"
#include "source.h"
#include "vec.h"

/* Geometry is in 10^-4 of the unit of the file (pixels or percent). */
typedef struct svg_box {
    pv_str title, label;
    int64_t x, y, w;
    int64_t samples, at; /* inferno's fg:w and fg:x; -1: not there */
} svg_box;

typedef struct svg_picture {
    pv_arena arena; /* texts */
    PV_VEC(svg_box) boxes;
    pv_str title, subtitle;
    pv_buf island; /* our own data, where the picture carries it */
    bool percent;  /* geometry is in percent */
    bool nomem;
} svg_picture;

/* Reads the XML from its start on; bytes that are not well-formed are read by
 * a scanner that only looks for boxes, and *broken says so.  False when memory
 * ran out or the file declares entities. */
bool svg_scan(pv_source *src, pv_str xml, svg_picture *out, bool *broken);
void svg_picture_done(svg_picture *p);

/* "NAME (1,234 samples, 12.3%)", "...; +1.2%)": parsed from the right. */
typedef struct svg_title {
    pv_str name, unit;
    int64_t count; /* in 10^-exponent */
    uint8_t exponent;
    bool differs; /* a differential graph: the count before is lost */
} svg_title;
bool svg_parse_title(pv_str title, svg_title *out);

typedef struct svg_frame {
    uint32_t parent; /* index of a frame before it; of the root: itself */
    pv_str name;
    int64_t count, self;
} svg_frame;

typedef struct svg_tree {
    PV_VEC(svg_frame) frames; /* parents precede children; [0] is the root */
    pv_str unit;
    uint8_t exponent;
    uint64_t orphans; /* boxes that stand on none: left out */
    uint64_t over;    /* frames whose children count more than they do */
    bool differs;
} svg_tree;

/* False and the source's error when there is no box with a count. */
bool svg_nest(pv_source *src, svg_picture *picture, svg_tree *out);

/* Our own island: exact, whatever was drawn. */
bool svg_read_island(pv_source *src, pv_str json, pv_builder *b);

#endif
