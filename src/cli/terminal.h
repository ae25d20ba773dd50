/* SPDX-License-Identifier: MIT */
/* What the output can show: width, colour, glyphs. */
#ifndef TERMINAL_H
#define TERMINAL_H

#include "shared.h"

/* For text that goes to `fd` (-1: to a file). */
pv_text_style pv_terminal_style(int fd, const pv_shared *o);

#endif
