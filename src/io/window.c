/* SPDX-License-Identifier: MIT */
/* A window that moves over an input. */
#include "window.h"

#include "mem.h"

enum { ROOM = 1 << 17 };

bool pv_window_init(pv_window *w, pv_source *src, const pv_bytes *all)
{
    *w = (pv_window){.src = src, .room = pv_mem_alloc(1, ROOM)};
    if (all) {
        w->memory = *all;
        w->held = true;
    }
    w->p = w->end = w->room;
    return w->room != NULL;
}

void pv_window_done(pv_window *w)
{
    pv_mem_free(w->room);
    w->room = NULL;
}

static bool take(pv_window *w, uint8_t *into, size_t room, size_t *got)
{
    if (!w->held)
        return pv_input_read(w->src->input, into, room, got, w->src->err);
    *got = room < w->memory.n ? room : w->memory.n;
    if (*got)
        memcpy(into, w->memory.p, *got);
    w->memory.p += *got;
    w->memory.n -= *got;
    return true;
}

bool pv_window_fill(pv_window *w)
{
    size_t n, got = 1;

    if (w->p > w->end)
        return false;
    n = (size_t)(w->end - w->p);
    w->before += (uint64_t)(w->p - w->room);
    memmove(w->room, w->p, n);
    while (got > 0 && n < ROOM - PV_WINDOW_ZEROS) {
        if (!take(w, w->room + n, ROOM - PV_WINDOW_ZEROS - n, &got))
            return false;
        n += got;
    }
    w->over = got == 0;
    memset(w->room + n, 0, PV_WINDOW_ZEROS);
    w->p = w->room;
    w->end = w->room + n;
    return true;
}

bool pv_window_rest(pv_window *w, uint64_t *bytes)
{
    *bytes = 0;
    for (;;) {
        *bytes += (uint64_t)(w->end - w->p);
        w->p = w->end;
        if (w->over)
            return true;
        if (!pv_window_fill(w))
            return false;
    }
}
