/* SPDX-License-Identifier: MIT */
/* How functions and frames are called, everywhere alike. */
#ifndef LABEL_H
#define LABEL_H

#include "buf.h"
#include "profviz/profile.h"

/* The name shown for a function: `name` without a trailing _[k] and such;
 * file:line where it has no name; raw bytes, not yet cleaned. */
void pv_label_function(pv_buf *out, const pv_profile *p, pv_fn fn);
/* "shop/orders.py:131", "built-in", "libc.so.6", "" : where it is defined or
 * (frames with executing lines) was; line 0 leaves it out. */
void pv_label_place(pv_buf *out, const pv_profile *p, pv_fn fn, uint32_t line);
/* The frame as a folded line spells it: its text, or made from the model as
 * cli.md says for `convert --format folded`. */
void pv_label_folded(pv_buf *out, const pv_profile *p, pv_node at);

#endif
