/* SPDX-License-Identifier: MIT */
/* Frames as folded lines spell them. */
#ifndef SPELLING_H
#define SPELLING_H

#include "buf.h"
#include "profviz/profile.h"

/* A function of the interpreter, written in C: it has no file. */
bool pv_spells_builtin(pv_str name, pv_str file);
/* "file:line", or the file where the line is 0 */
void pv_spell_place(pv_buf *out, pv_str file, uint32_t line);
/* The text that the input had for the frame, raw; or, from other kinds,
 * "name (file:line)", "name" for built-ins, "file:line" without a name, with
 * ';' as ':' and line ends as blanks. */
void pv_spell_frame(pv_buf *out, const pv_profile *p, pv_node at);

#endif
