/* SPDX-License-Identifier: MIT */
/* Files that are installed with the program: beside it, in the lib directory
 * beside its bin, or where the build put it; never by the loader's search path
 * or the environment. */
#ifndef BESIDE_H
#define BESIDE_H

#include "profviz/str.h"

enum { PV_BESIDE_MAX = 2400 };

/* The place to look at `turn`th (0, 1, ...) for a file called `name`; false
 * when there are no more. */
bool pv_beside(unsigned turn, const char *name, char path[PV_BESIDE_MAX]);

#endif
