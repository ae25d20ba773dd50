/* SPDX-License-Identifier: MIT */
/* Profiles whose names are not in UTF-8. */
#ifndef RECODE_H
#define RECODE_H

#include "profviz/error.h"
#include "profviz/profile.h"

/* Is `name` an encoding that can be read?  PV_E_USAGE naming --encoding.  It
 * becomes empty where nothing is to be done, as of UTF-8. */
bool pv_recode_settle(pv_str *name, pv_error *err);

/* A new profile that the caller frees: the same with each text taken for one
 * in that encoding, in UTF-8.  A text that holds a byte which the encoding
 * does not have is PV_E_FORMAT; so different texts stay different. */
PV_MUST_USE pv_profile *pv_recode(const pv_profile *p, pv_str path,
                                  pv_str encoding, pv_error *err);

#endif
