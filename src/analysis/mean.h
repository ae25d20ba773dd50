/* SPDX-License-Identifier: MIT */
/* Several runs become one of average size. */
#ifndef MEAN_H
#define MEAN_H

#include "profviz/error.h"
#include "profviz/profile.h"

/* The sum of the runs with every value divided by how many they are, to the
 * nearest; counts get three more decimals.  Levels, whose sum is the greatest,
 * stay.  As pv_merge otherwise; len >= 1.  A new profile; the caller frees it. */
PV_MUST_USE pv_profile *pv_mean(const pv_profile *const *runs,
                                const pv_str *paths, size_t len, pv_error *err);

#endif
