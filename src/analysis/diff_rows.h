/* SPDX-License-Identifier: MIT */
/* What both ways to make a comparison's rows share. */
#ifndef DIFF_ROWS_H
#define DIFF_ROWS_H

#include "diff_parts.h"

bool pv_diff_too_large(pv_error *err);
bool pv_diff_make_room(pv_diffing *g, uint32_t rows);
/* Name, place, and where it was before. */
void pv_diff_name_row(pv_diffing *g, uint32_t row, pv_fn fn);
/* What the rows come to: their status, the profile's totals. */
bool pv_diff_finish(pv_diffing *g);

static inline int64_t *pv_diff_cell(pv_diff *d, uint32_t row, uint32_t metric,
                                    int which)
{
    return d->value + ((size_t)row * d->width + metric) * PV_DIFF_VALUES +
           which;
}

#endif
