/* SPDX-License-Identifier: MIT */
/* Stacks as a table of functions. */
#ifndef FLATTEN_H
#define FLATTEN_H

#include "profviz/builder.h"

/* Each metric becomes two, of self and of total; a function's total counts a
 * stack once however often it stands there.  A new profile (PV_HAS_TOTALS)
 * that the caller frees; NULL and *err. */
PV_MUST_USE pv_profile *pv_flatten(const pv_profile *p, pv_error *err);

#endif
