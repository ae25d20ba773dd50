/* SPDX-License-Identifier: MIT */
/* What every fuzz target does with a profile, and what it may refuse. */
#ifndef FUZZ_KIT_H
#define FUZZ_KIT_H

#include "profviz/format.h"

/* The file in memory that the caller frees with free(); NULL on failure. */
uint8_t *fuzz_slurp(const char *path, size_t *n);

/* Renders `p` with the presets of every renderer that can show it, in every
 * medium, each into memory; then through every writer.  False and *err at the
 * first that fails. */
bool fuzz_render(const pv_profile *p, pv_error *err);

/* One of the codes that bad input may earn, with a text. */
bool fuzz_refusal(const pv_error *err);

#endif
