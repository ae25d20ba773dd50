/* SPDX-License-Identifier: MIT */
/* The longest form of a name that fits a box: the label ladder.
 *
 * Full name, last two components, last component, the last component cut
 * short, nothing.  Nothing is ever cut inside a grapheme, and what is
 * returned is never wider than asked (by advance.h).
 */
#ifndef FIT_H
#define FIT_H

#include "buf.h"
#include "scene.h"

typedef enum pv_cut { PV_CUT_MIDDLE, PV_CUT_RIGHT, PV_CUT_LEFT } pv_cut;

typedef struct pv_fitting {
    pv_cpx inner;  /* room for text */
    unsigned size; /* font size, px */
    pv_cut cut;
} pv_fitting;

/* Replaces the contents of `out`: clean UTF-8, empty where nothing fits. */
void pv_fit_name(pv_buf *out, pv_str name, pv_fitting f);
/* The whole text or as much as fits, for titles and captions. */
void pv_fit_text(pv_buf *out, pv_str text, pv_fitting f);

/* The steps of the ladder, for tests: what is left of `name` when `<built-in
 * method builtins.len>` becomes `len`, templates and parameters go; then its
 * last `count` components.  Slices of `name` or of `room`. */
pv_str pv_short_name(pv_str name, pv_buf *room);
pv_str pv_last_components(pv_str name, unsigned count);

#endif
