/* SPDX-License-Identifier: MIT */
/* A snapshot as Python 3.6 and later pickle it, straight from the bytes.
 *
 * The opcodes come in one order (tracemalloc.md shows it): a trace is its
 * domain and size, a traceback that is new or was memoized, and the number of
 * frames.  Traces are added up as they pass; nothing but texts, frames and
 * tracebacks is kept of the memo.  Says no to all else, however valid or
 * broken, and leaves nothing behind but names.
 */
#include "mem.h"
#include "py_text.h"
#include "tracemalloc_parts.h"
#include "vec.h"
#include "window.h"

/* What a slot of the memo holds: payload << 2 | kind. */
enum { NOTHING, TEXT /* name */, FRAME, TRACEBACK };

enum { FRAMES_MAX = 1 << 16 };

static const uint32_t NONE = UINT32_MAX;

typedef struct frame {
    pv_sym file;
    uint32_t line;
    pv_fn fn; /* when it is built */
} frame;

/* All traces of one traceback, domain and number of frames. */
typedef struct place {
    uint32_t frames; /* before truncation; 0: not known */
    uint32_t next;   /* of the same traceback; NONE: none */
    int64_t domain, size, blocks;
} place;

typedef struct traceback {
    uint32_t first, len; /* in `path` */
    place here;          /* the one met last; no blocks: none so far */
} traceback;

typedef struct scanner {
    pv_window w;
    pv_builder *b;
    uint32_t depth;  /* the most frames that are read */
    uint32_t fields; /* of each trace; 0: not known yet */
    uint32_t memoized;
    PV_VEC(uint32_t) memo;
    PV_VEC(frame) frames;
    PV_VEC(uint32_t) path; /* frames of tracebacks */
    PV_VEC(traceback) tracebacks;
    PV_VEC(place) places; /* those that were met before */
    int64_t traces, limit;
    snapshot_domains domains;
    const trace_filters *filters;
    PV_VEC(trace_frame) seen; /* a traceback, as the filters see it */
} scanner;

/* ---- opcodes: the window has zeros behind its end, which are none ---- */

/* Frames of the pickle may begin before any opcode. */
static inline uint8_t peek(scanner *s)
{
    while (*s->w.p == 0x95 && s->w.p < s->w.end)
        s->w.p += 9;
    return *s->w.p;
}

static inline bool is_op(scanner *s, uint8_t op)
{
    if (peek(s) != op)
        return false;
    s->w.p++;
    return true;
}

static inline uint32_t u32_at(const uint8_t *p)
{
    return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 |
           (uint32_t)p[3] << 24;
}

static bool wide_int(scanner *s, int64_t *out)
{
    unsigned n = s->w.p[1];
    uint64_t v = 0;

    if (n == 0 || n > 8)
        return false;
    for (unsigned i = n; i-- > 0;)
        v = v << 8 | s->w.p[2 + i];
    s->w.p += 2 + n;
    *out = (int64_t)(v << (64 - 8 * n)) >> (64 - 8 * n);
    return true;
}

static inline bool read_int(scanner *s, int64_t *out)
{
    switch (peek(s)) {
    case 'K':
        *out = s->w.p[1];
        s->w.p += 2;
        return true;
    case 'M':
        *out = s->w.p[1] | s->w.p[2] << 8;
        s->w.p += 3;
        return true;
    case 'J':
        *out = (int32_t)u32_at(s->w.p + 1);
        s->w.p += 5;
        return true;
    case 0x8a: return wide_int(s, out);
    default: return false;
    }
}

/* A value from the memo. */
static inline bool read_get(scanner *s, uint32_t *value)
{
    uint32_t i;

    switch (peek(s)) {
    case 'h':
        i = s->w.p[1];
        s->w.p += 2;
        break;
    case 'j':
        i = u32_at(s->w.p + 1);
        s->w.p += 5;
        break;
    default: return false;
    }
    *value = i < s->memo.len ? s->memo.at[i] : NOTHING;
    return *value != NOTHING;
}

/* MEMOIZE of something that is to be found again. */
static bool memoize(scanner *s, unsigned kind, size_t payload)
{
    size_t more = s->memoized - s->memo.len + 1;

    if (!is_op(s, 0x94) || payload >= UINT32_MAX / 4 ||
        s->memoized == UINT32_MAX || !PV_VEC_GROW(&s->memo, more))
        return false;
    memset(s->memo.at + s->memo.len, 0, more * sizeof *s->memo.at);
    s->memo.len += more;
    s->memo.at[s->memoized++] = (uint32_t)payload << 2 | kind;
    return true;
}

/* MEMOIZE of what never is. */
static inline bool memoize_nothing(scanner *s)
{
    s->memoized++;
    return is_op(s, 0x94) && s->memoized < UINT32_MAX;
}

static bool take_text(scanner *s, pv_str *out)
{
    uint32_t n;

    if (is_op(s, 0x8c)) {
        n = *s->w.p++;
    } else if (is_op(s, 'X')) {
        n = u32_at(s->w.p);
        s->w.p += 4;
    } else {
        return false;
    }
    if (s->w.p > s->w.end || n > (size_t)(s->w.end - s->w.p))
        return false;
    *out = (pv_str){(const char *)s->w.p, n};
    s->w.p += n;
    return true;
}

static bool is_text(scanner *s, pv_str want)
{
    pv_str text;

    return take_text(s, &text) && pv_str_equal(text, want) &&
           memoize_nothing(s);
}

/* ---- tracebacks ---- */

static bool new_text(scanner *s, uint32_t *value)
{
    pv_str text;
    pv_sym name;

    if (!take_text(s, &text) || !pv_py_utf8(text))
        return false;
    name = pv_build_name(s->b, text);
    *value = name.i << 2 | TEXT;
    return memoize(s, TEXT, name.i);
}

/* A frame, or the traceback that a value of the memo is. */
static bool read_part(scanner *s, uint32_t *value)
{
    int64_t line;
    frame f = {0};

    if (!read_get(s, value) && !new_text(s, value))
        return false;
    if ((*value & 3) != TEXT)
        return true;
    f.file.i = *value >> 2;
    if (!read_int(s, &line) || line < 0 || line > UINT32_MAX ||
        !is_op(s, 0x86) || !PV_VEC_GROW(&s->frames, 1))
        return false;
    f.line = (uint32_t)line;
    s->frames.at[s->frames.len] = f;
    *value = (uint32_t)s->frames.len << 2 | FRAME;
    return memoize(s, FRAME, s->frames.len++);
}

static bool add_part(scanner *s, traceback *t, uint32_t value)
{
    if ((value & 3) != FRAME || t->len >= s->depth || !PV_VEC_GROW(&s->path, 1))
        return false;
    s->path.at[s->path.len++] = value >> 2;
    t->len++;
    return true;
}

/* Does the tuple of a traceback's frames end here? */
static bool closes(scanner *s, bool marked, uint32_t len)
{
    if (marked)
        return is_op(s, 't');
    return len <= 3 && is_op(s, (uint8_t)(0x84 + len));
}

static bool end_traceback(scanner *s, const traceback *t, uint32_t *out)
{
    if (t->len == 0 || !PV_VEC_GROW(&s->tracebacks, 1))
        return false;
    *out = (uint32_t)s->tracebacks.len;
    s->tracebacks.at[s->tracebacks.len++] = *t;
    return memoize(s, TRACEBACK, *out);
}

static bool read_traceback(scanner *s, uint32_t *out)
{
    traceback t = {.first = (uint32_t)s->path.len, .here = {.next = NONE}};
    bool marked = is_op(s, '(');
    uint32_t value;

    if (s->path.len > UINT32_MAX / 2 || !read_part(s, &value))
        return false;
    if (!marked && (value & 3) == TRACEBACK) {
        *out = value >> 2;
        return true;
    }
    do {
        if (!add_part(s, &t, value))
            return false;
        if (closes(s, marked, t.len))
            return end_traceback(s, &t, out);
    } while (read_part(s, &value));
    return false;
}

/* ---- traces ---- */

/* Makes the place that fits the one met last. */
static bool change_place(scanner *s, traceback *t, const place *to)
{
    uint32_t link = t->here.next;

    for (; link != NONE; link = s->places.at[link].next) {
        place *p = &s->places.at[link], here = t->here;

        if (p->frames != to->frames || p->domain != to->domain)
            continue;
        t->here = *p;
        t->here.next = here.next;
        here.next = p->next;
        *p = here;
        return true;
    }
    if (t->here.blocks > 0) {
        if (s->places.len >= NONE || !PV_VEC_GROW(&s->places, 1))
            return false;
        s->places.at[s->places.len++] = t->here;
        link = (uint32_t)s->places.len - 1;
    }
    t->here = (place){.frames = to->frames, .domain = to->domain, .next = link};
    return true;
}

static inline bool add_trace(scanner *s, uint32_t at, const place *one)
{
    traceback *t = &s->tracebacks.at[at];

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
static bool read_plain(scanner *s, uint32_t *at, place *one)
{
    const uint8_t *p = s->w.p;
    uint32_t i;

    if (*p++ != 'K')
        return false;
    one->domain = *p++;
    if (*p == 'K') {
        one->size = p[1];
        p += 2;
    } else if (*p == 'M') {
        one->size = p[1] | p[2] << 8;
        p += 3;
    } else {
        return false;
    }
    if (*p == 'j') {
        i = u32_at(p + 1);
        p += 5;
    } else if (*p == 'h') {
        i = p[1];
        p += 2;
    } else {
        return false;
    }
    if (i >= s->memo.len || (s->memo.at[i] & 3) != TRACEBACK || *p != 'K' ||
        p[2] != 't' || p[3] != 0x94 || s->fields != 4)
        return false;
    *at = s->memo.at[i] >> 2;
    one->frames = p[1];
    s->w.p = p + 4;
    s->memoized++;
    return true;
}

static bool read_slowly(scanner *s, uint32_t *at, place *one)
{
    int64_t frames = 0;

    if (!read_int(s, &one->domain) || !read_int(s, &one->size) ||
        !read_traceback(s, at))
        return false;
    if (s->fields == 4 && (!read_int(s, &frames) || frames < 0 ||
                           frames >= FRAMES_MAX || !is_op(s, 't')))
        return false;
    one->frames = (uint32_t)frames;
    return (s->fields == 4 || is_op(s, 0x87)) && memoize_nothing(s);
}

/* domain, size, traceback[, frames], the end of the tuple and MEMOIZE */
static inline bool read_fields(scanner *s)
{
    uint32_t at;
    place one;

    return (read_plain(s, &at, &one) || read_slowly(s, &at, &one)) &&
           add_trace(s, at, &one);
}

/* Every trace has as many fields as the first. */
static bool wants(scanner *s, uint32_t fields)
{
    if (s->fields == 0)
        s->fields = fields;
    return s->fields == fields;
}

/* Traces up to APPENDS. */
static bool read_batch(scanner *s)
{
    while (pv_window_ready(&s->w)) {
        if (is_op(s, 'e'))
            return true;
        if ((s->fields == 4 && !is_op(s, '(')) || !read_fields(s))
            return false;
    }
    return false;
}

static bool read_one(scanner *s)
{
    return read_fields(s) && is_op(s, 'a');
}

/* One trace and APPEND, or MARK, traces and APPENDS, until the list is full.
 * A tuple of four fields begins with a MARK, too. */
static bool read_traces(scanner *s)
{
    bool ok = true;

    while (ok && pv_window_ready(&s->w)) {
        if (peek(s) == 's')
            return true;
        if (!is_op(s, '('))
            ok = wants(s, 3) && read_one(s);
        else if (peek(s) == '(')
            ok = wants(s, 4) && read_batch(s);
        else
            ok = s->fields == 4 ? read_one(s) : wants(s, 3) && read_batch(s);
    }
    return false;
}

/* ---- the file ---- */

/* An object without arguments, its state a dict. */
static bool open_object(scanner *s)
{
    return is_op(s, 0x93) && memoize_nothing(s) && is_op(s, ')') &&
           is_op(s, 0x81) && memoize_nothing(s) && is_op(s, '}') &&
           memoize_nothing(s);
}

static bool read_header(scanner *s)
{
    uint8_t version;

    if (!pv_window_ready(&s->w) || !is_op(s, 0x80))
        return false;
    version = *s->w.p++;
    if ((version != 4 && version != 5) || !is_text(s, PV_STR("tracemalloc")) ||
        !is_text(s, PV_STR("Snapshot")) || !open_object(s) || !is_op(s, '(') ||
        !is_text(s, PV_STR("traces")) || !is_op(s, 'h') || *s->w.p++ != 0)
        return false;
    return is_text(s, PV_STR("_Traces")) && open_object(s) &&
           is_text(s, PV_STR("_traces")) && is_op(s, ']') && memoize_nothing(s);
}

static bool read_footer(scanner *s)
{
    uint64_t rest;

    return is_op(s, 's') && is_op(s, 'b') &&
           is_text(s, PV_STR("traceback_limit")) && read_int(s, &s->limit) &&
           is_op(s, 'u') && is_op(s, 'b') && is_op(s, '.') &&
           s->w.p <= s->w.end && pv_window_rest(&s->w, &rest) && rest == 0;
}

/* ---- the tree ---- */

static pv_node build_path(scanner *s, const traceback *t, uint32_t frames)
{
    pv_node at = {0};

    if (frames > t->len)
        at = snapshot_build_cut(s->b, frames - t->len);
    for (uint32_t i = t->len; i-- > 0;) {
        const frame *f = &s->frames.at[s->path.at[t->first + i]];
        pv_fn fn =
            pv_build_function(s->b, (pv_sym){0}, f->file, f->line, PV_FN_LINE);

        at = pv_build_frame(s->b, at, fn, f->line, (pv_sym){0});
    }
    return at;
}

/* The frames of a traceback, in the order of the file. */
static bool look_at(scanner *s, const traceback *t)
{
    s->seen.len = 0;
    if (s->filters->len == 0)
        return true;
    if (!PV_VEC_GROW(&s->seen, t->len))
        return false;
    for (uint32_t i = 0; i < t->len; i++) {
        const frame *f = &s->frames.at[s->path.at[t->first + i]];

        s->seen.at[s->seen.len++] =
            (trace_frame){pv_builder_text(s->b, f->file), f->line};
    }
    return true;
}

static void build_place(scanner *s, const traceback *t, const place *p,
                        snapshot_landed *to, size_t *n)
{
    pv_node at;

    if (!trace_filters_keep(s->filters, p->domain, s->seen.at, s->seen.len)) {
        s->traces -= p->blocks;
        return;
    }
    snapshot_note_domain(&s->domains, p->domain);
    at = build_path(s, t, p->frames);
    pv_cost_frame(s->b, at, SNAPSHOT_SIZE, p->size);
    pv_cost_frame(s->b, at, SNAPSHOT_BLOCKS, p->blocks);
    to[(*n)++] = (snapshot_landed){at.i, p->domain};
}

/* False when memory ran out, before anything is built. */
static bool build(scanner *s)
{
    size_t most = s->tracebacks.len + s->places.len, n = 0;
    snapshot_landed *to = pv_mem_alloc(most, sizeof *to);

    if (!to)
        return false;
    for (size_t i = 0; i < s->tracebacks.len; i++) {
        const traceback *t = &s->tracebacks.at[i];

        if (t->here.blocks == 0)
            continue; /* its trace was not of the list */
        if (!look_at(s, t)) {
            pv_mem_free(to);
            return false;
        }
        build_place(s, t, &t->here, to, &n);
        for (uint32_t k = t->here.next; k != NONE; k = s->places.at[k].next)
            build_place(s, t, &s->places.at[k], to, &n);
    }
    pv_builder_counts(s->b, snapshot_count_stacks(to, n), s->traces);
    snapshot_build_limit(s->b, s->limit);
    snapshot_build_domains(&s->domains, s->b);
    pv_mem_free(to);
    return true;
}

static void forget(scanner *s)
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
    scanner s = {
        .b = b, .depth = depth ? depth : UINT32_MAX, .filters = filters};
    bool ok;

    quiet.err = &err;
    ok = pv_window_init(&s.w, &quiet, all) && read_header(&s) &&
         read_traces(&s) && read_footer(&s) && build(&s);
    forget(&s);
    return ok;
}
