/* SPDX-License-Identifier: MIT */
/* Filters and groups of profiles without stacks. */
#ifndef FILTER_ROWS_H
#define FILTER_ROWS_H

#include "filter.h"

/* A new profile.  Inclusive values of groups: what enters a group from
 * outside of it, as far as the caller table tells, never less than the
 * greatest of its functions nor more than all of them. */
PV_MUST_USE pv_profile *
pv_filter_rows(const pv_profile *p, const pv_filter_options *o, pv_error *err);

#endif
