/* SPDX-License-Identifier: MIT */
/* Which top-level modules belong to Python itself. */
#ifndef STDLIB_NAMES_H
#define STDLIB_NAMES_H

#include "profviz/str.h"

/* Is this the name of a top-level module ("json") of any Python since 2.7? */
bool pv_is_stdlib(pv_str module);

#endif
