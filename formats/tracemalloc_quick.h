/* SPDX-License-Identifier: MIT */
/* A snapshot that is read straight from the bytes: its opcodes one by one, and
 * the tables that they fill. */
#ifndef TRACEMALLOC_QUICK_H
#define TRACEMALLOC_QUICK_H

#include "tracemalloc_parts.h"
#include "vec.h"
#include "window.h"

/* What a slot of the memo holds: payload << 2 | kind. */
enum { QUICK_NOTHING, QUICK_NAME, QUICK_FRAME, QUICK_TRACEBACK };

#define QUICK_NONE UINT32_MAX

typedef struct quick_frame {
    pv_sym file;
    uint32_t line;
    pv_fn fn; /* when it is built */
} quick_frame;

/* All traces of one traceback, domain and number of frames. */
typedef struct quick_place {
    uint32_t frames; /* before truncation; 0: not known */
    uint32_t next;   /* of the same traceback; QUICK_NONE: none */
    int64_t domain, size, blocks;
} quick_place;

typedef struct quick_traceback {
    uint32_t first, len; /* in `path` */
    quick_place here;    /* the one met last; no blocks: none so far */
} quick_traceback;

typedef struct quick_snapshot {
    pv_window w;
    pv_builder *b;
    uint32_t depth;  /* the most frames that are read */
    uint32_t fields; /* of each trace; 0: not known yet */
    uint32_t memoized;
    PV_VEC(uint32_t) memo;
    PV_VEC(quick_frame) frames;
    PV_VEC(uint32_t) path; /* frames of tracebacks */
    PV_VEC(quick_traceback) tracebacks;
    PV_VEC(quick_place) places; /* those that were met before */
    int64_t traces, limit;
    snapshot_domains domains;
    const trace_filters *filters;
    PV_VEC(trace_frame) seen; /* a traceback, as the filters see it */
} quick_snapshot;

/* ---- opcodes: the window has zeros behind its end, which are none ---- */

/* Frames of the pickle may begin before any opcode. */
static inline uint8_t quick_peek(quick_snapshot *s)
{
    while (*s->w.p == 0x95 && s->w.p < s->w.end)
        s->w.p += 9;
    return *s->w.p;
}

static inline bool quick_is_op(quick_snapshot *s, uint8_t op)
{
    if (quick_peek(s) != op)
        return false;
    s->w.p++;
    return true;
}

bool quick_wide_int(quick_snapshot *s, int64_t *out);

static inline bool quick_read_int(quick_snapshot *s, int64_t *out)
{
    switch (quick_peek(s)) {
    case 'K':
        *out = s->w.p[1];
        s->w.p += 2;
        return true;
    case 'M':
        *out = s->w.p[1] | s->w.p[2] << 8;
        s->w.p += 3;
        return true;
    case 'J':
        *out = (int32_t)pv_u32_at(s->w.p + 1);
        s->w.p += 5;
        return true;
    case 0x8a: return quick_wide_int(s, out);
    default: return false;
    }
}

/* A value from the memo. */
static inline bool quick_read_get(quick_snapshot *s, uint32_t *value)
{
    uint32_t i;

    switch (quick_peek(s)) {
    case 'h':
        i = s->w.p[1];
        s->w.p += 2;
        break;
    case 'j':
        i = pv_u32_at(s->w.p + 1);
        s->w.p += 5;
        break;
    default: return false;
    }
    *value = i < s->memo.len ? s->memo.at[i] : QUICK_NOTHING;
    return *value != QUICK_NOTHING;
}

/* MEMOIZE of what never is. */
static inline bool quick_memoize_nothing(quick_snapshot *s)
{
    s->memoized++;
    return quick_is_op(s, 0x94) && s->memoized < UINT32_MAX;
}

bool quick_is_text(quick_snapshot *s, pv_str want);
/* A new one, or one from the memo: an index into `tracebacks`. */
bool quick_read_traceback(quick_snapshot *s, uint32_t *out);

/* The tree of all that was read.  False when memory ran out, before anything
 * is built. */
bool quick_build_tree(quick_snapshot *s);

#endif
