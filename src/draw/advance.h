/* SPDX-License-Identifier: MIT */
/* How wide text is where no browser can be asked.
 *
 * The widest of DejaVu Sans, Noto Sans and Liberation Sans for U+0020 to
 * U+024F, one em for anything else that takes room: a text that fits by this
 * table fits in each of them.
 */
#ifndef ADVANCE_H
#define ADVANCE_H

#include "scene.h"

/* Thousandths of an em; `cp` may be PV_BAD_BYTE. */
unsigned pv_advance(int32_t cp);
/* The same of a text, added up until it is more than `most`. */
int64_t pv_text_em(pv_str text, int64_t most);
/* Width of a whole text at a font size in px (weight 400). */
int64_t pv_text_cpx(pv_str text, unsigned size);

#endif
