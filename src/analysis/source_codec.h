/* SPDX-License-Identifier: MIT */
/* Text in older encodings to UTF-8; of a source file as PEP 263 has it. */
#ifndef SOURCE_CODEC_H
#define SOURCE_CODEC_H

#include "buf.h"

enum { PV_ENCODING_MAX = 40 };

typedef struct pv_decoded {
    char encoding[PV_ENCODING_MAX]; /* "utf-8", or as declared */
    bool known;                     /* else nothing was decoded */
    bool utf8;                      /* it is UTF-8 by one of its names */
    bool replaced;                  /* bytes that it does not have: U+FFFD */
} pv_decoded;

/* Appends `bytes` as text; a byte order mark is dropped.  The encoding is the
 * one that the first two lines declare, UTF-8 without one. */
void pv_source_decode(pv_buf *out, pv_str bytes, pv_decoded *how);

/* Appends `bytes` as text of the encoding of that name. */
void pv_decode_as(pv_buf *out, pv_str bytes, pv_str name, pv_decoded *how);

#endif
