/* SPDX-License-Identifier: MIT */
/* Names of modules and packages for functions whose origin is known. */
#ifndef WHENCE_H
#define WHENCE_H

#include "origin.h"

/* Fills module, package and variant; false when memory ran out. */
bool pv_whence_names(pv_whence *w, const pv_profile *p, pv_arena *a);

#endif
