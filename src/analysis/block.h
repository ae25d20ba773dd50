/* SPDX-License-Identifier: MIT */
/* Python source by the line, and where a function in it ends. */
#ifndef BLOCK_H
#define BLOCK_H

#include "arena.h"
#include "source_codec.h"

typedef struct pv_source_text {
    pv_str *at; /* lines without their ends */
    uint32_t len;
    pv_str all; /* the text that they are parts of */
    pv_decoded decoded;
} pv_source_text;

/* Decodes and splits at LF, CRLF and CR.  In the arena; false when memory ran
 * out.  No line where the encoding is not known. */
bool pv_source_split(pv_source_text *out, pv_str bytes, pv_arena *a);

/* How many lines the block has that begins at line `first` (from 1): those
 * that inspect.getblock takes, Cython's definitions too.  0 when the file
 * ends before. */
uint32_t pv_block_lines(const pv_source_text *text, uint32_t first);

#endif
