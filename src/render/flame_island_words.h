/* SPDX-License-Identifier: MIT */
/* What the data island of a flame graph says besides its frames. */
#ifndef FLAME_ISLAND_WORDS_H
#define FLAME_ISLAND_WORDS_H

#include "flame_isle.h"
#include "flame_picture.h"

void pv_isle_geometry(pv_isle *out, const pv_picture *p);
/* `sandwich`: the number of the function that it is of. */
void pv_isle_words(pv_isle *out, const pv_picture *p, uint32_t sandwich);

#endif
