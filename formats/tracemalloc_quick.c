/* SPDX-License-Identifier: MIT */
/* A snapshot as Python 3.6 and later pickle it, straight from the bytes.
 *
 * The opcodes come in one order (tracemalloc.md shows it): a trace is its
 * domain and size, a traceback that is new or was memoized, and the number of
 * frames.  Traces are added up as they pass; nothing but texts, frames and
 * tracebacks is kept of the memo.  Says no to all else, however valid or
 * broken, and leaves nothing behind but names.
 */
#include "ahead.h"
#include "tracemalloc_quick.h"

enum {
    FRAMES_MAX = 1 << 16,
    LARGE = 8 << 20 /* of inputs with a large memo */
};

/* ---- traces ---- */

/* Makes the place that fits the one met last. */
static bool change_place(quick_snapshot *s, quick_traceback *t,
                         const quick_place *to)
{
    uint32_t link = t->here.next;

    for (; link != QUICK_NONE; link = s->places.at[link].next) {
        quick_place *p = &s->places.at[link], here = t->here;

        if (p->frames != to->frames || p->domain != to->domain)
            continue;
        t->here = *p;
        t->here.next = here.next;
        here.next = p->next;
        *p = here;
        return true;
    }
    if (t->here.blocks > 0) {
        if (s->places.len >= QUICK_NONE || !PV_VEC_GROW(&s->places, 1))
            return false;
        s->places.at[s->places.len++] = t->here;
        link = (uint32_t)s->places.len - 1;
    }
    t->here =
        (quick_place){.frames = to->frames, .domain = to->domain, .next = link};
    return true;
}

static inline bool add_trace(quick_snapshot *s, uint32_t at,
                             const quick_place *one)
{
    quick_traceback *t = &s->tracebacks.at[at];

    if ((t->here.frames != one->frames || t->here.domain != one->domain ||
         t->here.blocks == 0) &&
        !change_place(s, t, one))
        return false;
    if (one->size < 0 ||
        __builtin_add_overflow(t->here.size, one->size, &t->here.size))
        return false;
    t->here.blocks++;
    s->traces++;
    return true;
}

/* Nearly all traces: small numbers, a traceback that was there before and
 * nothing between. */
typedef struct plain {
    uint32_t got; /* from the memo; then the traceback */
    quick_place one;
} plain;

/* Behind such a trace; NULL: it is another. */
static inline const uint8_t *plain_at(const uint8_t *p, plain *out)
{
    if (*p++ != '(' || *p++ != 'K')
        return NULL;
    out->one.domain = *p++;
    if (*p == 'K') {
        out->one.size = p[1];
        p += 2;
    } else if (*p == 'M') {
        out->one.size = p[1] | p[2] << 8;
        p += 3;
    } else {
        return NULL;
    }
    if (*p == 'j') {
        out->got = pv_u32_at(p + 1);
        p += 5;
    } else if (*p == 'h') {
        out->got = p[1];
        p += 2;
    } else {
        return NULL;
    }
    out->one.frames = p[1];
    return *p == 'K' && p[2] == 't' && p[3] == 0x94 ? p + 4 : NULL;
}

enum { RUN = 32 };

/* Plain traces that follow one another. */
static size_t scan_run(quick_snapshot *s, plain *run)
{
    size_t n = 0;

    for (; n < RUN && s->memoized < UINT32_MAX - 1; n++) {
        const uint8_t *behind = plain_at(s->w.p, &run[n]);

        if (!behind || run[n].got >= s->memo.len)
            break;
        pv_ahead(&s->memo.at[run[n].got]);
        s->w.p = behind;
        s->memoized++;
    }
    return n;
}

/* Each step asks for what the next one needs of far apart tables. */
static bool read_run(quick_snapshot *s)
{
    plain run[RUN];
    size_t n = scan_run(s, run);

    for (size_t i = 0; i < n; i++) {
        uint32_t value = s->memo.at[run[i].got];

        if ((value & 3) != QUICK_TRACEBACK)
            return false;
        run[i].got = value >> 2;
        pv_ahead(&s->tracebacks.at[run[i].got]);
    }
    for (size_t i = 0; i < n; i++)
        if (!add_trace(s, run[i].got, &run[i].one))
            return false;
    return true;
}

/* domain, size, traceback[, frames], the end of the tuple and MEMOIZE */
static bool read_fields(quick_snapshot *s)
{
    quick_place one;
    uint32_t at;
    int64_t frames = 0;

    if (!quick_read_int(s, &one.domain) || !quick_read_int(s, &one.size) ||
        !quick_read_traceback(s, &at))
        return false;
    if (s->fields == 4 && (!quick_read_int(s, &frames) || frames < 0 ||
                           frames >= FRAMES_MAX || !quick_is_op(s, 't')))
        return false;
    one.frames = (uint32_t)frames;
    return (s->fields == 4 || quick_is_op(s, 0x87)) &&
           quick_memoize_nothing(s) && add_trace(s, at, &one);
}

/* Every trace has as many fields as the first. */
static bool wants(quick_snapshot *s, uint32_t fields)
{
    if (s->fields == 0)
        s->fields = fields;
    return s->fields == fields;
}

/* Traces up to APPENDS. */
static bool read_batch(quick_snapshot *s)
{
    while (pv_window_ready(&s->w)) {
        if (s->fields == 4 && !read_run(s))
            return false;
        if (quick_is_op(s, 'e'))
            return true;
        if ((s->fields == 4 && !quick_is_op(s, '(')) || !read_fields(s))
            return false;
    }
    return false;
}

static bool read_one(quick_snapshot *s)
{
    return read_fields(s) && quick_is_op(s, 'a');
}

/* One trace and APPEND, or MARK, traces and APPENDS, until the list is full.
 * A tuple of four fields begins with a MARK, too. */
static bool read_traces(quick_snapshot *s)
{
    bool ok = true;

    while (ok && pv_window_ready(&s->w)) {
        if (quick_peek(s) == 's')
            return true;
        if (!quick_is_op(s, '('))
            ok = wants(s, 3) && read_one(s);
        else if (quick_peek(s) == '(')
            ok = wants(s, 4) && read_batch(s);
        else
            ok = s->fields == 4 ? read_one(s) : wants(s, 3) && read_batch(s);
    }
    return false;
}

/* ---- the file ---- */

/* An object without arguments, its state a dict. */
static bool open_object(quick_snapshot *s)
{
    return quick_is_op(s, 0x93) && quick_memoize_nothing(s) &&
           quick_is_op(s, ')') && quick_is_op(s, 0x81) &&
           quick_memoize_nothing(s) && quick_is_op(s, '}') &&
           quick_memoize_nothing(s);
}

static bool read_header(quick_snapshot *s)
{
    uint8_t version;

    if (!pv_window_ready(&s->w) || !quick_is_op(s, 0x80))
        return false;
    version = *s->w.p++;
    if ((version != 4 && version != 5) ||
        !quick_is_text(s, PV_STR("tracemalloc")) ||
        !quick_is_text(s, PV_STR("Snapshot")) || !open_object(s) ||
        !quick_is_op(s, '(') || !quick_is_text(s, PV_STR("traces")) ||
        !quick_is_op(s, 'h') || *s->w.p++ != 0)
        return false;
    return quick_is_text(s, PV_STR("_Traces")) && open_object(s) &&
           quick_is_text(s, PV_STR("_traces")) && quick_is_op(s, ']') &&
           quick_memoize_nothing(s);
}

static bool read_footer(quick_snapshot *s)
{
    uint64_t rest;

    return quick_is_op(s, 's') && quick_is_op(s, 'b') &&
           quick_is_text(s, PV_STR("traceback_limit")) &&
           quick_read_int(s, &s->limit) && quick_is_op(s, 'u') &&
           quick_is_op(s, 'b') && quick_is_op(s, '.') && s->w.p <= s->w.end &&
           pv_window_rest(&s->w, &rest) && rest == 0;
}

static void forget(quick_snapshot *s)
{
    pv_window_done(&s->w);
    PV_VEC_DONE(&s->memo);
    PV_VEC_DONE(&s->frames);
    PV_VEC_DONE(&s->path);
    PV_VEC_DONE(&s->tracebacks);
    PV_VEC_DONE(&s->places);
    PV_VEC_DONE(&s->seen);
}

bool snapshot_read_quick(pv_source *src, const pv_bytes *all, pv_builder *b,
                         const trace_filters *filters)
{
    uint32_t depth = src->options->limits.depth;
    pv_source quiet = *src;
    pv_error err = {0};
    quick_snapshot s = {
        .b = b, .depth = depth ? depth : UINT32_MAX, .filters = filters};
    bool ok;

    quiet.err = &err;
    if ((all ? all->n : pv_input_size(src->input)) >= LARGE)
        PV_VEC_LARGE(&s.memo);
    ok = pv_window_init(&s.w, &quiet, all) && read_header(&s) &&
         read_traces(&s) && read_footer(&s) && quick_build_tree(&s);
    forget(&s);
    return ok;
}
