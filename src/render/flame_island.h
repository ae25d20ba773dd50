/* SPDX-License-Identifier: MIT */
/* The data island of a flame graph: templates/README.md, part 2. */
#ifndef FLAME_ISLAND_H
#define FLAME_ISLAND_H

#include "flame_picture.h"
#include "markup.h"

/* Writes the JSON object into the open <script type="application/json">. */
bool pv_flame_island(pv_picture *p, pv_markup *m);

#endif
