/* SPDX-License-Identifier: MIT */
/* The profiles in a published report. */
#ifndef PROFVIZ_PARTS_H
#define PROFVIZ_PARTS_H

#include "vec.h"

/* The next profile in the text of a page at or after *at, which moves behind
 * it: its name and its data.  False: there is no more. */
bool pv_next_part(pv_str page, size_t *at, pv_str *slug, pv_str *json);

#endif
