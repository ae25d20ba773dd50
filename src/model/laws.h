/* SPDX-License-Identifier: MIT */
/* What is true of every finished profile, checked: for tests and fuzzers. */
#ifndef LAWS_H
#define LAWS_H

#include "profviz/error.h"
#include "profviz/profile.h"

/* False and PV_E_BUG with the broken rule. */
bool pv_profile_check(const pv_profile *p, pv_error *err);
/* The same when `p` and `q` do not list the same functions with the same
 * values: how who called whom is read must not show there. */
bool pv_profile_same_rows(const pv_profile *p, const pv_profile *q,
                          pv_error *err);

#endif
