/* SPDX-License-Identifier: MIT */
/* A growing run of bytes on the heap.  Sticky: after a refusal `failed` is set
 * and additions do nothing. */
#ifndef BUF_H
#define BUF_H

#include "profviz/str.h"

typedef struct pv_buf {
    char *p;
    size_t n, room;
    bool failed;
} pv_buf;

void pv_buf_done(pv_buf *b); /* frees; a zeroed pv_buf is an empty one */
bool pv_buf_reserve(pv_buf *b, size_t more);
void pv_buf_u64(pv_buf *b, uint64_t v); /* in decimal */
void pv_buf_format(pv_buf *b, const char *fmt, ...) PV_PRINTF(2, 3);

static inline void pv_buf_add(pv_buf *b, const void *p, size_t n)
{
    if (n == 0 || !p)
        return;
    if ((b->room - b->n < n || b->failed) && !pv_buf_reserve(b, n))
        return;
    memcpy(b->p + b->n, p, n);
    b->n += n;
}

static inline void pv_buf_str(pv_buf *b, pv_str s)
{
    pv_buf_add(b, s.p, s.n);
}

static inline void pv_buf_puts(pv_buf *b, const char *s)
{
    pv_buf_add(b, s, strlen(s));
}

static inline void pv_buf_char(pv_buf *b, char c)
{
    pv_buf_add(b, &c, 1);
}

static inline pv_str pv_buf_text(const pv_buf *b)
{
    return (pv_str){b->p ? b->p : "", b->n};
}

static inline void pv_buf_clear(pv_buf *b)
{
    b->n = 0;
}

#endif
