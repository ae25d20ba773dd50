/* SPDX-License-Identifier: MIT */
/* What is true of every finished profile, checked: for tests and fuzzers. */
#ifndef LAWS_H
#define LAWS_H

#include "profviz/error.h"
#include "profviz/profile.h"

/* False and PV_E_BUG with the broken rule. */
bool pv_profile_check(const pv_profile *p, pv_error *err);

#endif
