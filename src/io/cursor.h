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

/* False, with an error at the position where it began, when fewer bytes are
 * left; `what` names the thing in the message ("a float"). */
bool pv_cursor_take(pv_cursor *c, size_t n, const char *what, pv_bytes *out);

#endif
