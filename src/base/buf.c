/* SPDX-License-Identifier: MIT */
/* A growing run of bytes on the heap. */
#include "buf.h"

#include <stdarg.h>
#include <stdio.h>

#include "mem.h"

void pv_buf_done(pv_buf *b)
{
    pv_mem_free(b->p);
    *b = (pv_buf){0};
}

bool pv_buf_reserve(pv_buf *b, size_t more)
{
    size_t want;
    char *p;

    if (b->failed)
        return false;
    if (b->room - b->n >= more)
        return true;
    want = b->room < 64     ? 64
           : b->room < 8192 ? b->room * 4
                            : b->room + b->room / 2;
    if (more > SIZE_MAX / 4 - b->n) {
        b->failed = true;
        return false;
    }
    if (want < b->n + more)
        want = b->n + more;
    p = pv_mem_resize(b->p, want, 1);
    if (!p) {
        b->failed = true;
        return false;
    }
    b->p = p;
    b->room = want;
    return true;
}

void pv_buf_u64(pv_buf *b, uint64_t v)
{
    char text[20];
    size_t at = sizeof text;

    do {
        text[--at] = (char)('0' + v % 10);
        v /= 10;
    } while (v);
    pv_buf_add(b, text + at, sizeof text - at);
}

void pv_buf_format(pv_buf *b, const char *fmt, ...)
{
    va_list args, again;
    int n;

    va_start(args, fmt);
    va_copy(again, args);
    n = vsnprintf(NULL, 0, fmt, args);
    va_end(args);
    if (n > 0 && pv_buf_reserve(b, (size_t)n + 1)) {
        vsnprintf(b->p + b->n, (size_t)n + 1, fmt, again);
        b->n += (size_t)n;
    }
    va_end(again);
}
