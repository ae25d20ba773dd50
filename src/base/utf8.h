/* SPDX-License-Identifier: MIT */
/* UTF-8 by the code point; names in files are bytes and may be anything. */
#ifndef UTF8_H
#define UTF8_H

#include "buf.h"

#define PV_BAD_BYTE (-1)

/* Decodes one code point at *pos (< s.n) and moves past it; PV_BAD_BYTE and
 * one byte forward where the bytes are no UTF-8 (surrogates are none). */
int32_t pv_utf8_wide(pv_str s, size_t *pos);
static inline int32_t pv_utf8_next(pv_str s, size_t *pos)
{
    unsigned char c = (unsigned char)s.p[*pos];

    if (c >= 0x80)
        return pv_utf8_wide(s, pos);
    (*pos)++;
    return c;
}
/* Printable ASCII all through? */
bool pv_is_plain(pv_str s);
bool pv_utf8_valid(pv_str s);
size_t pv_utf8_encode(int32_t cp, char out[4]);

/* Columns in a terminal (wcwidth semantics; -1 never: controls count 0). */
int pv_cp_width(int32_t cp);
size_t pv_text_width(pv_str s);
/* Next grapheme break at or after *pos + 1. */
size_t pv_grapheme_end(pv_str s, size_t pos);

/* Embeddings, overrides and isolates: what turns text around that follows. */
static inline bool pv_is_bidi(int32_t cp)
{
    return (cp >= 0x202a && cp <= 0x202e) || (cp >= 0x2066 && cp <= 0x2069);
}

/* Appends `s` as valid UTF-8 without C0, DEL, C1 controls, bad bytes
 * (U+FFFD each): what may be shown anywhere.  Bidi controls stay. */
void pv_clean(pv_buf *out, pv_str s);
/* For terminals: as pv_clean, and where !unicode each code point beyond ASCII
 * becomes \u{HEX}. */
void pv_clean_terminal(pv_buf *out, pv_str s, bool unicode);
/* Bytes to UTF-8: bad bytes become U+FFFD, all else (controls too) stays. */
void pv_to_utf8(pv_buf *out, pv_str s);

#endif
