/* SPDX-License-Identifier: MIT */
/* What a flame graph of two sides has of its own: widths of a side, colours by
 * change, slivers for what is gone, words. */
#ifndef FLAME_CHANGE_H
#define FLAME_CHANGE_H

#include "flame_picture.h"

/* "after", "before", "max"; NULL-ended. */
extern const char *const pv_width_names[];

/* The changes of p->data, and the stacks of the widths that are asked for. */
bool pv_change_data(pv_picture *p);
uint16_t pv_change_paint(const pv_picture *p, const pv_flame_box *b);
/* Boxes for what is gone, behind all others: at least 3 px under the caller
 * that it was taken from, where it was at least 0.5 % of all. */
bool pv_change_slivers(pv_picture *p, pv_layout *l, const pv_layout_spec *spec);
/* The lines of a tooltip behind name and place. */
void pv_change_title(const pv_picture *p, pv_buf *out, uint32_t node);
/* "+", "gone" or nothing, before a label. */
pv_str pv_change_sign(const pv_picture *p, uint32_t node);

bool pv_change_legend(pv_picture *p);
pv_str pv_change_subtitle(pv_picture *p);
/* For one of pv_width_names. */
pv_str pv_change_hint(pv_picture *p, unsigned width);
pv_str pv_change_note(pv_picture *p);
/* "samples" of "after_samples", and of the folded stacks' bare "after". */
pv_str pv_change_metric(pv_str name);

#endif
