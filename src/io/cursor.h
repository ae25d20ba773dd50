/* SPDX-License-Identifier: MIT */
/* Checked reading of a binary input that is held whole. */
#ifndef CURSOR_H
#define CURSOR_H

#include "source.h"

typedef struct pv_cursor {
    pv_source *src;
    pv_bytes all;
    size_t pos;
} pv_cursor;

/* Takes in the whole source. */
bool pv_cursor_init(pv_cursor *c, pv_source *src);

static inline size_t pv_cursor_left(const pv_cursor *c)
{
    return c->all.n - c->pos;
}

/* Each is false, with an error at the position where it began, when fewer
 * bytes are left; `what` names the thing in the message ("a float"). */
bool pv_cursor_take(pv_cursor *c, size_t n, const char *what, pv_bytes *out);
bool pv_cursor_u8(pv_cursor *c, const char *what, uint8_t *out);
bool pv_cursor_u16le(pv_cursor *c, const char *what, uint16_t *out);
bool pv_cursor_u32le(pv_cursor *c, const char *what, uint32_t *out);
bool pv_cursor_u64le(pv_cursor *c, const char *what, uint64_t *out);
bool pv_cursor_f64le(pv_cursor *c, const char *what, double *out);
bool pv_cursor_f64be(pv_cursor *c, const char *what, double *out);
/* Up to LF (not part of *out), which must be there. */
bool pv_cursor_line(pv_cursor *c, const char *what, pv_str *out);

#endif
