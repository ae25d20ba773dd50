/* SPDX-License-Identifier: MIT */
/* Options that nobody gave. */
#ifndef PRESET_H
#define PRESET_H

#include "profviz/option.h"

/* The option's preset into the struct that begins at `base`. */
void pv_option_preset(const pv_opt *o, char *base);

#endif
