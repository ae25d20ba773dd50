/* SPDX-License-Identifier: MIT */
/* The encoding of a source file, as PEP 263 has it, to UTF-8. */
#ifndef SOURCE_CODEC_H
#define SOURCE_CODEC_H

#include "buf.h"

enum { PV_ENCODING_MAX = 40 };

typedef struct pv_decoded {
    char encoding[PV_ENCODING_MAX]; /* "utf-8", or as declared */
    bool known;                     /* else nothing was decoded */
    bool replaced;                  /* bytes that it does not have: U+FFFD */
} pv_decoded;

/* Appends `bytes` as text; a byte order mark is dropped.  The encoding is the
 * one that the first two lines declare, UTF-8 without one. */
void pv_source_decode(pv_buf *out, pv_str bytes, pv_decoded *how);

#endif
