/* SPDX-License-Identifier: MIT */
/* A binary input by the window, for readers that take no notice of what a file
 * announces: small things are read without looking for the end, as there are
 * always some bytes of zero behind it. */
#ifndef WINDOW_H
#define WINDOW_H

#include "source.h"

enum {
    PV_WINDOW_AHEAD = 1 << 15, /* so much is there after pv_window_ready */
    PV_WINDOW_ZEROS = 128      /* behind the end */
};

typedef struct pv_window {
    const uint8_t *p, *end; /* next byte; `p` may pass `end` by a few */
    uint8_t *room;
    pv_source *src;
    pv_bytes memory; /* what is to come, unless it is pulled from `src` */
    uint64_t before; /* bytes of the input in front of `room` */
    bool held, over;
} pv_window;

/* `all`: the whole input; NULL: it is pulled from `src`.  False without an
 * error when there is no memory. */
bool pv_window_init(pv_window *w, pv_source *src, const pv_bytes *all);
void pv_window_done(pv_window *w);

bool pv_window_fill(pv_window *w);
/* Are PV_WINDOW_AHEAD bytes there, or all that are left?  False when reading
 * failed, or when `p` passed the end. */
static inline bool pv_window_ready(pv_window *w)
{
    return w->end - w->p >= PV_WINDOW_AHEAD ||
           (w->over ? w->p <= w->end : pv_window_fill(w));
}

/* The least byte first. */
static inline uint32_t pv_u32_at(const uint8_t *p)
{
    return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 |
           (uint32_t)p[3] << 24;
}

/* Where `p` is in the input. */
static inline uint64_t pv_window_at(const pv_window *w)
{
    return w->before + (uint64_t)(w->p - w->room);
}

/* How many bytes are left?  Reads to the end. */
bool pv_window_rest(pv_window *w, uint64_t *bytes);

#endif
