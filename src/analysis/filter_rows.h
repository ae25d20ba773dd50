/* SPDX-License-Identifier: MIT */
/* Filters and groups of profiles without stacks. */
#ifndef FILTER_ROWS_H
#define FILTER_ROWS_H

#include "filter.h"

/* A new profile.  Inclusive values of groups are what their outermost frames
 * have on estimated stacks, never less than the greatest of their functions or
 * than their own parts, nor more than all of them. */
PV_MUST_USE pv_profile *
pv_filter_rows(const pv_profile *p, const pv_filter_options *o, pv_error *err);

#endif
