/* SPDX-License-Identifier: MIT */
/* Many profiles into one; the same bytes in whatever order they come. */
#ifndef MERGE_H
#define MERGE_H

#include "profviz/error.h"
#include "profviz/profile.h"

/* Metrics are matched by name and unit (exponents are aligned); what only some
 * inputs measure is kept.  Values add up, also inclusive ones, but for bytes
 * that are levels (the greatest counts).  Stacks in the order of time follow
 * each other as the inputs do.  Notes and the producer stay where all agree.
 *
 * Profiles of kinds that cannot be added are PV_E_FORMAT, naming the two
 * `paths`.  Estimated trees are not merged: merge the call tables.  A new
 * profile that the caller frees. */
PV_MUST_USE pv_profile *pv_merge(const pv_profile *const *inputs,
                                 const pv_str *paths, size_t len,
                                 pv_error *err);

#endif
