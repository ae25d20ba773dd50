/* SPDX-License-Identifier: MIT */
/* What the output can show: width, colour, glyphs. */
#ifndef TERMINAL_H
#define TERMINAL_H

#include "shared.h"

/* Of help and other prose on standard output: PV_HELP_COLUMNS, or what a
 * narrower terminal has. */
size_t pv_terminal_prose(void);

/* For text that goes to `fd` (-1: to a file). */
pv_text_style pv_terminal_style(int fd, const pv_shared *o);

#endif
