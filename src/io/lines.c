/* SPDX-License-Identifier: MIT */
/* Long text by the line: one buffer that slides over the input. */
#include "lines.h"

#include "mem.h"

enum { FIRST_ROOM = 256 * 1024 };

bool pv_lines_init(pv_lines *l, pv_input *in, pv_error *err)
{
    *l = (pv_lines){.in = in, .room = FIRST_ROOM};
    l->p = pv_mem_alloc(l->room, 1);
    return l->p ? true : pv_fail_nomem(err);
}

void pv_lines_done(pv_lines *l)
{
    pv_mem_free(l->p);
    l->p = NULL;
}

static bool too_long(const pv_lines *l, pv_error *err)
{
    pv_place at = {.file = pv_input_name(l->in),
                   .line = (uint32_t)(l->number + 1)};

    return pv_fail(err, PV_E_LIMIT, &at, "line is longer than 16 MiB");
}

/* More bytes behind `end`; the unread ones move to the front or the buffer
 * doubles when they fill it. */
static bool fill(pv_lines *l, pv_error *err)
{
    size_t held = l->end - l->begin, got;

    if (held > PV_LINE_MAX)
        return too_long(l, err);
    if (l->begin > 0) {
        memmove(l->p, l->p + l->begin, held);
        l->begin = 0;
        l->end = held;
    }
    if (l->end == l->room) {
        char *p = pv_mem_resize(l->p, l->room * 2, 1);

        if (!p)
            return pv_fail_nomem(err);
        l->p = p;
        l->room *= 2;
    }
    if (!pv_input_read(l->in, l->p + l->end, l->room - l->end, &got, err))
        return false;
    l->end += got;
    l->done = got == 0;
    return true;
}

static void hand_out(pv_lines *l, size_t n, bool lf, pv_str *line)
{
    *line = (pv_str){l->p + l->begin, n};
    l->begin += n + lf;
    l->offset += n + lf;
    l->number++;
    l->cut = !lf;
}

bool pv_lines_next(pv_lines *l, pv_str *line, pv_error *err)
{
    size_t looked = 0;

    for (;;) {
        size_t held = l->end - l->begin;
        const char *at = l->p + l->begin;
        const char *lf = memchr(at + looked, '\n', held - looked);

        if (lf && (size_t)(lf - at) > PV_LINE_MAX)
            return too_long(l, err);
        if (lf || (l->done && held > 0)) {
            hand_out(l, lf ? (size_t)(lf - at) : held, lf != NULL, line);
            return true;
        }
        if (l->done)
            return false;
        looked = held;
        if (!fill(l, err))
            return false;
    }
}
