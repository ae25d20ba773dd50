/* SPDX-License-Identifier: MIT */
/* tracemalloc: snapshots of Python 3.4 to 3.15.
 *
 * A pickled Snapshot whose traces are (size, traceback), with a domain in
 * front from 3.6 and the number of frames before truncation behind from 3.9.
 * Tracebacks have the most recent call first, in every version.  Equal ones
 * are one tuple in the file (the pickle reader shares those that are not), so
 * that traces are added up before a tree is built of them.  See
 * tracemalloc.md.
 */
#include "formats.h"

#include <inttypes.h>
#include <stdio.h>

#include "mem.h"
#include "pickle.h"
#include "trace.h"
#include "tracemalloc_parts.h"

/* All traces of one place. */
typedef struct sum {
    int64_t size, blocks;
} sum;

typedef struct snapshot {
    pv_cursor c;
    pv_builder *b;
    pv_py_data data;
    sum *sums; /* one for each of data.places */
    size_t sums_len;
    uint32_t fields; /* of each trace */
    int64_t traces;
    snapshot_domains domains;
    trace_filters filters;
    PV_VEC(trace_frame) seen; /* a traceback, as the filters see it */
    uint32_t *fns;  /* function of each frame tuple, by its third word */
    uint32_t *syms; /* symbol + 1 of each string */
} snapshot;

static bool malformed(snapshot *s, pv_py at, const char *what)
{
    return pv_source_fail_at(s->c.src, PV_E_FORMAT,
                             pv_py_offset(&s->data, at, 0),
                             "trace %" PRId64 ": %s", s->traces + 1, what);
}

/* ---- places ---- */

static bool frame_fits(const snapshot *s, pv_py v)
{
    const pv_py *item;
    int64_t line;

    if (!pv_py_is(v, PV_PY_TUPLE) || pv_py_len(&s->data, v) != 2)
        return false;
    item = pv_py_items(&s->data, v);
    return (pv_py_is(item[0], PV_PY_STR) || pv_py_is(item[0], PV_PY_BYTES)) &&
           pv_py_get_int(&s->data, item[1], &line) && line >= 0 &&
           line <= UINT32_MAX;
}

static bool wrong_place(snapshot *s, const pv_py_place *p, const char *what)
{
    return pv_source_fail_at(s->c.src, PV_E_FORMAT, p->offset,
                             "trace %" PRId64 ": %s", s->traces + 1, what);
}

static bool traceback_fits(snapshot *s, const pv_py_place *p)
{
    uint32_t limit = s->c.src->options->limits.depth;
    size_t n;

    if (!pv_py_is(p->traceback, PV_PY_TUPLE))
        return wrong_place(s, p, "the traceback is not a tuple");
    n = pv_py_len(&s->data, p->traceback);
    if (n == 0)
        return wrong_place(s, p, "the traceback is empty");
    if (limit && n > limit)
        return pv_source_fail_at(s->c.src, PV_E_LIMIT, p->offset,
                                 "a traceback of %zu frames, above the limit "
                                 "depth=%" PRIu32 "; raise it by --limits "
                                 "depth=N",
                                 n, limit);
    for (size_t i = 0; i < n; i++)
        if (!frame_fits(s, pv_py_items(&s->data, p->traceback)[i]))
            return wrong_place(s, p, "a frame is not (file, line)");
    return true;
}

/* The first trace of a place: is all as it should be, and as in the others? */
static bool check_place(snapshot *s, const pv_py_place *p)
{
    char what[80];

    if (s->fields == 0)
        s->fields = p->fields;
    if (p->fields != s->fields) {
        (void)snprintf(what, sizeof what,
                       "it has %" PRIu32 " fields, earlier ones %" PRIu32,
                       p->fields, s->fields);
        return wrong_place(s, p, what);
    }
    if (!traceback_fits(s, p))
        return false;
    return true;
}

/* Room in `sums` for every place. */
static bool grow_sums(snapshot *s)
{
    size_t want = s->data.places.room;
    sum *sums = pv_mem_resize(s->sums, want, sizeof *sums);

    if (!sums)
        return pv_fail_nomem(s->c.src->err);
    memset(sums + s->sums_len, 0, (want - s->sums_len) * sizeof *sums);
    s->sums = sums;
    s->sums_len = want;
    return true;
}

/* ---- traces ---- */

static bool wide_sum(snapshot *s, uint64_t offset)
{
    return pv_source_fail_at(s->c.src, PV_E_LIMIT, offset,
                             "trace %" PRId64 ": a size or a sum above "
                             "2^63-1, the most that is read",
                             s->traces + 1);
}

static bool add_trace(snapshot *s, uint32_t place, int64_t size)
{
    sum *to;

    if (place >= s->sums_len && !grow_sums(s))
        return false;
    to = &s->sums[place];
    if (to->blocks == 0 && !check_place(s, &s->data.places.at[place]))
        return false;
    to->blocks++;
    s->traces++;
    if (size <= INT64_MAX - to->size) {
        to->size += size;
        return true;
    }
    s->traces--;
    return wide_sum(s, s->data.places.at[place].offset);
}

/* A trace that did not fit a word. */
static bool read_tuple(snapshot *s, pv_py trace)
{
    uint32_t n = (uint32_t)pv_py_len(&s->data, trace), number;
    const pv_py *item = pv_py_items(&s->data, trace);
    pv_py_place p = {.fields = n, .offset = pv_py_offset(&s->data, trace, 0)};
    int64_t size, frames = 0;
    char what[80];

    if (n < 2 || n > 4) {
        (void)snprintf(what, sizeof what,
                       "it has %" PRIu32 " field%s, expected 2 to 4", n,
                       n == 1 ? "" : "s");
        return malformed(s, trace, what);
    }
    if (s->fields && n != s->fields)
        return check_place(s, &p);
    if (n > 2 && !pv_py_get_int(&s->data, *item++, &p.domain))
        return malformed(s, trace, "the domain is not an int");
    if (pv_py_is(item[0], PV_PY_WIDE))
        return wide_sum(s, p.offset);
    if (!pv_py_get_int(&s->data, item[0], &size) || size < 0)
        return malformed(s, trace, "the size is not a number of bytes");
    if (n == 4 && (!pv_py_get_int(&s->data, item[2], &frames) || frames < 0 ||
                   frames > UINT16_MAX))
        return malformed(s, trace, "the number of frames is not one");
    p.traceback = item[1];
    p.frames = (uint32_t)frames;
    if (!traceback_fits(s, &p))
        return false;
    number = pv_py_place_of(&s->data, &p);
    if (number == UINT32_MAX && pv_py_place_fits(&s->data, &p))
        return pv_fail_nomem(s->c.src->err);
    if (number == UINT32_MAX)
        return malformed(s, trace, "more places than can be told apart");
    return add_trace(s, number, size);
}

static bool read_traces(snapshot *s, pv_py list)
{
    pv_py_walk w;
    pv_py v;

    pv_py_walk_init(&s->data, list, &w);
    while (pv_py_walk_next(&s->data, &w, &v)) {
        bool ok;

        if (pv_py_is(v, PV_PY_TRACE))
            ok = add_trace(s, pv_py_trace_place(v), pv_py_trace_size(v));
        else if (pv_py_is(v, PV_PY_TUPLE))
            ok = read_tuple(s, v);
        else
            ok = malformed(s, list, "it is not a tuple");
        if (!ok)
            return false;
    }
    return true;
}

/* ---- the tree ---- */

static pv_sym file_symbol(snapshot *s, pv_py v)
{
    uint32_t *known = &s->syms[pv_py_payload(v)];
    pv_str text = {0};

    if (*known == 0) {
        (void)pv_py_get_text(&s->data, v, &text);
        *known = pv_build_name(s->b, text).i + 1;
    }
    return (pv_sym){*known - 1};
}

/* A frame's tuple takes three words: a third of its place tells it apart. */
static pv_node build_frame(snapshot *s, pv_node parent, pv_py frame)
{
    uint32_t *fn = &s->fns[pv_py_payload(frame) / 3];
    const pv_py *item = pv_py_items(&s->data, frame);
    int64_t line = 0;

    (void)pv_py_get_int(&s->data, item[1], &line);
    if (*fn == 0)
        *fn = pv_build_function(s->b, (pv_sym){0}, file_symbol(s, item[0]),
                                (uint32_t)line, PV_FN_LINE)
                  .i;
    return pv_build_frame(s->b, parent, (pv_fn){*fn}, (uint32_t)line,
                          (pv_sym){0});
}

/* False when memory ran out. */
static bool look_at(snapshot *s, pv_py traceback)
{
    size_t n = pv_py_len(&s->data, traceback);

    s->seen.len = 0;
    if (s->filters.len == 0)
        return true;
    if (!PV_VEC_GROW(&s->seen, n))
        return pv_fail_nomem(s->c.src->err);
    for (size_t i = 0; i < n; i++) {
        pv_py frame = pv_py_items(&s->data, traceback)[i];
        const pv_py *item = pv_py_items(&s->data, frame);
        trace_frame f = {{0}, 0};
        int64_t line = 0;

        (void)pv_py_get_text(&s->data, item[0], &f.file);
        (void)pv_py_get_int(&s->data, item[1], &line);
        f.line = (uint32_t)line;
        s->seen.at[s->seen.len++] = f;
    }
    return true;
}

static snapshot_landed build_stack(snapshot *s, const pv_py_place *p,
                                   const sum *of)
{
    size_t n = pv_py_len(&s->data, p->traceback);
    pv_node at = {0};

    if (p->frames > n)
        at = snapshot_build_cut(s->b, p->frames - n);
    while (n-- > 0)
        at = build_frame(s, at, pv_py_items(&s->data, p->traceback)[n]);
    pv_cost_frame(s->b, at, SNAPSHOT_SIZE, of->size);
    pv_cost_frame(s->b, at, SNAPSHOT_BLOCKS, of->blocks);
    return (snapshot_landed){at.i, p->domain};
}

static bool build_tree(snapshot *s)
{
    snapshot_landed *to = pv_mem_alloc(s->data.places.len, sizeof *to);
    size_t n = 0;
    bool ok = true;

    s->fns = pv_mem_alloc(s->data.pool.len / 3 + 1, sizeof *s->fns);
    s->syms = pv_mem_alloc(s->data.strs.len + 1, sizeof *s->syms);
    if (!to || !s->fns || !s->syms) {
        pv_mem_free(to);
        return pv_fail_nomem(s->c.src->err);
    }
    for (size_t i = 0; ok && i < s->data.places.len && i < s->sums_len; i++) {
        const pv_py_place *p = &s->data.places.at[i];

        if (s->sums[i].blocks == 0)
            continue;
        ok = look_at(s, p->traceback);
        if (!trace_filters_keep(&s->filters, p->domain, s->seen.at,
                                s->seen.len)) {
            s->traces -= s->sums[i].blocks;
            continue;
        }
        snapshot_note_domain(&s->domains, p->domain);
        to[n++] = build_stack(s, p, &s->sums[i]);
    }
    pv_builder_counts(s->b, snapshot_count_stacks(to, n), s->traces);
    pv_mem_free(to);
    return ok;
}

/* ---- the file ---- */

static bool wrong(snapshot *s, pv_py at, const char *what)
{
    return pv_source_fail_at(s->c.src, PV_E_FORMAT,
                             pv_py_offset(&s->data, at, 0), "%s", what);
}

static bool read_limit(snapshot *s, pv_py state)
{
    pv_py v = pv_py_find(&s->data, state, PV_STR("traceback_limit"));
    int64_t limit;

    if (!pv_py_get_int(&s->data, v, &limit))
        return pv_source_warn_at(s->c.src, pv_py_offset(&s->data, state, 0),
                                 "the snapshot does not say its "
                                 "traceback_limit");
    snapshot_build_limit(s->b, limit);
    return true;
}

static bool is_object(const snapshot *s, pv_py v, pv_py_class_id id)
{
    return pv_py_is(v, PV_PY_OBJECT) && pv_py_class(&s->data, v) == id &&
           pv_py_state(&s->data, v).w != 0;
}

static bool find_traces(snapshot *s, pv_py root, pv_py *list)
{
    pv_py state, traces;

    if (!pv_py_is(root, PV_PY_OBJECT))
        return pv_source_fail_at(
            s->c.src, PV_E_FORMAT, pv_py_offset(&s->data, root, 0),
            "a pickle of %s, not of a profile", pv_py_kind_name(root));
    if (!is_object(s, root, PV_PY_SNAPSHOT))
        return pv_source_fail_at(
            s->c.src, PV_E_FORMAT, pv_py_offset(&s->data, root, 0),
            "a pickle of %s, not of a tracemalloc Snapshot",
            pv_py_class_name(pv_py_class(&s->data, root)));
    state = pv_py_state(&s->data, root);
    traces = pv_py_find(&s->data, state, PV_STR("traces"));
    if (!is_object(s, traces, PV_PY_TRACES))
        return wrong(s, state, "the snapshot's traces are no _Traces");
    traces = pv_py_state(&s->data, traces);
    *list = pv_py_find(&s->data, traces, PV_STR("_traces"));
    if (!pv_py_is(*list, PV_PY_LIST))
        return wrong(s, traces, "the snapshot's traces are not a list");
    return read_limit(s, state);
}

static bool read_tree(snapshot *s)
{
    pv_py root = {0}, list = {0};

    if (!pv_pickle_read(&s->c, &s->data, &root) ||
        !find_traces(s, root, &list) || !read_traces(s, list) || !build_tree(s))
        return false;
    snapshot_build_domains(&s->domains, s->b);
    return true;
}

/* In the way that nearly all files can be read, without holding one that can
 * be read again if it is of another kind. */
static bool read_file(snapshot *s)
{
    pv_source *src = s->c.src;
    bool again = pv_input_twice(src->input);

    if (!trace_filters_init(&s->filters, src) ||
        (!again && !pv_cursor_init(&s->c, src)))
        return false;
    if (snapshot_read_quick(src, again ? NULL : &s->c.all, s->b, &s->filters))
        return true;
    if (again &&
        (!pv_input_again(src->input, src->err) || !pv_cursor_init(&s->c, src)))
        return false;
    return read_tree(s);
}

static bool read_source(pv_source *src, pv_builder *b)
{
    snapshot s = {.c = {.src = src}, .b = b};
    bool ok;

    (void)pv_build_metric(b, PV_STR("size"), PV_BYTES, false);
    (void)pv_build_metric(b, PV_STR("blocks"), PV_COUNT, false);
    pv_builder_has(b, PV_HAS_TREE);
    pv_builder_flags(b, PV_FILE_LINE_FRAMES | PV_LEAF_LINES);
    pv_builder_producer(b, PV_STR("tracemalloc"));
    pv_py_init(&s.data, src->options->limits.memory);
    ok = read_file(&s);
    pv_py_done(&s.data);
    pv_mem_free(s.sums);
    pv_mem_free(s.fns);
    pv_mem_free(s.syms);
    PV_VEC_DONE(&s.seen);
    trace_filters_done(&s.filters);
    return ok;
}

static int bid(pv_bytes head, bool whole)
{
    int bits =
        pv_pickle_bid(head, whole, PV_STR("tracemalloc"), PV_STR("Snapshot"));

    return bits > 13 ? bits : 0; /* lprof takes other pickles and says no */
}

static const char *const extensions[] = {".tracemalloc", ".snap", ".snapshot",
                                         ".pickle",      ".dump", NULL};

const pv_format pv_format_tracemalloc = {
    .name = "tracemalloc",
    .title = "tracemalloc snapshots of Python 3.4 to 3.15",
    .extensions = extensions,
    .provides = PV_HAS_TREE,
    .bid = bid,
    .read = read_source,
};
