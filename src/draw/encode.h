/* SPDX-License-Identifier: MIT */
/* Scenes into media. */
#ifndef ENCODE_H
#define ENCODE_H

#include "markup.h"
#include "scene.h"

/* The parts of an <svg> in order: head (root element with title, description,
 * `css` if any, patterns), items, tail.  The caller may write elements of its
 * own, such as scripts, before the tail. */
void pv_svg_head(pv_markup *m, const pv_scene *s, const pv_str *css,
                 size_t css_len);
void pv_svg_items(pv_markup *m, const pv_scene *s);
void pv_svg_tail(pv_markup *m);

/* One line per item, for golden tests. */
void pv_plain(pv_sink *out, const pv_scene *s);

#endif
