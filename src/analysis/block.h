/* SPDX-License-Identifier: MIT */
/* Python source by the line, and where a function in it ends. */
#ifndef BLOCK_H
#define BLOCK_H

#include "arena.h"

typedef struct pv_source_text {
    pv_str *at; /* lines without their ends */
    uint32_t len;
} pv_source_text;

/* Splits at LF, CRLF and CR; a byte order mark is dropped; Latin-1 that the
 * file declares as such becomes UTF-8.  In the arena; false when memory ran
 * out. */
bool pv_source_split(pv_source_text *out, pv_str bytes, pv_arena *a);

/* How many lines the block has that begins at line `first` (from 1): those
 * that inspect.getblock takes, Cython's definitions too.  0 when the file
 * ends before. */
uint32_t pv_block_lines(const pv_source_text *text, uint32_t first);

#endif
