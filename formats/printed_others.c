/* SPDX-License-Identifier: MIT */
/* Tables of other kinds in a log that is read as one kind: each is named once,
 * with the line where its first begins. */
#include "printed_others.h"

#include <inttypes.h>
#include <stdio.h>

#include "printed.h"

/* Evidence below that of a %memit line may be a stray one: times that programs
 * print are in most logs. */
static bool begins(const pv_format *f, pv_str line)
{
    return f->opens && f->evidence >= PV_BID_MEMIT && f->opens(line);
}

static bool is_known(const pv_printed_others *o, const pv_format *f)
{
    for (size_t i = 0; i < o->len; i++)
        if (o->at[i].format == f)
            return true;
    return false;
}

void pv_printed_others_line(pv_printed_others *o, const pv_format *own,
                            pv_str line, uint64_t number)
{
    for (size_t i = 0; pv_formats[i] && o->len < PV_PRINTED_OTHERS; i++) {
        const pv_format *f = pv_formats[i];

        if (f != own && !is_known(o, f) && begins(f, line))
            o->at[o->len++] = (pv_printed_other){f, number};
    }
}

enum { A_WARNING = 4 }; /* so many have room in one */

static bool say(const pv_printed_other *at, size_t len, pv_source *src)
{
    char list[320] = "";
    size_t n = 0;

    for (size_t i = 0; i < len && n < sizeof list; i++)
        n += (size_t)snprintf(
            list + n, sizeof list - n, "%s%s (%s, from line %" PRIu64 ")",
            i == 0        ? ""
            : i + 1 < len ? ", "
                          : " and ",
            at[i].format->noun, at[i].format->name, at[i].line);
    return pv_source_warn(src, 0,
                          "read as %s; it also holds %s: --input-format NAME "
                          "reads those",
                          src->format->noun, list);
}

bool pv_printed_others_say(const pv_printed_others *o, pv_source *src)
{
    for (size_t i = 0; i < o->len; i += A_WARNING)
        if (!say(o->at + i, o->len - i < A_WARNING ? o->len - i : A_WARNING,
                 src))
            return false;
    return true;
}
