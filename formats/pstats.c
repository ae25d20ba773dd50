/* SPDX-License-Identifier: MIT */
/* pstats: what cProfile, profile and Python 3.15's profilers dump.
 *
 * One marshalled dict {(file, line, name): (cc, nc, tt, ct, callers)}.  Every
 * row is checked before anything is built; see pstats.md.
 */
#include "formats.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "ahead.h"
#include "mem.h"
#include "number.h"
#include "pstats_rows.h"
#include "marshal.h"

/* ---- keys ---- */

static bool malformed(pstats_file *f, pv_py at, const char *what)
{
    return pv_source_fail_at(f->c.src, PV_E_FORMAT,
                             pv_py_offset(&f->data, at, 0), "entry %zu: %s",
                             f->entry, what);
}

static pv_sym text_symbol(pstats_file *f, pv_py v)
{
    uint32_t *known = &f->syms.at[pv_py_payload(v)];
    pv_str text = {0};

    if (*known == 0) {
        (void)pv_py_get_text(&f->data, v, &text);
        *known = pv_build_name(f->b, text).i + 1;
    }
    return (pv_sym){*known - 1};
}

/* `python -m profile` calls the code object that it ran by itself. */
static pv_sym code_symbol(pstats_file *f, pv_py v)
{
    char text[128];
    pv_str name = {0};
    int n;

    (void)pv_py_get_text(&f->data, pv_py_items(&f->data, v)[0], &name);
    if (name.n > 100)
        name.n = 100;
    n = snprintf(text, sizeof text, "<code object %.*s>", (int)name.n,
                 name.p ? name.p : "");
    return pv_build_name(f->b, (pv_str){text, n < 0 ? 0 : (size_t)n});
}

static bool is_text(pv_py v)
{
    return pv_py_is(v, PV_PY_STR) || pv_py_is(v, PV_PY_BYTES);
}

/* Is it a key? */
static bool check_key(pstats_file *f, pv_py key, pv_py holder)
{
    const pv_py *item;
    int64_t line;

    if (!pv_py_is(key, PV_PY_TUPLE) || pv_py_len(&f->data, key) != 3)
        return malformed(f, pv_py_is(key, PV_PY_TUPLE) ? key : holder,
                         "expected a key (file, line, function)");
    item = pv_py_items(&f->data, key);
    if (!is_text(item[0]) || !pv_py_get_int(&f->data, item[1], &line) ||
        !(is_text(item[2]) || pv_py_is(item[2], PV_PY_CODE)))
        return malformed(f, key, "the key is not (str, int, str)");
    return true;
}

bool pstats_read_key(pstats_file *f, pv_py key, pv_py holder, pstats_place *at)
{
    const pv_py *item;
    int64_t line = 0;

    if (!check_key(f, key, holder))
        return false;
    item = pv_py_items(&f->data, key);
    (void)pv_py_get_int(&f->data, item[1], &line);
    if (line < 0 || line > UINT32_MAX) {
        f->odd.line++;
        line = 0;
    }
    at->file = text_symbol(f, item[0]);
    at->line = (uint32_t)line;
    at->name = pv_py_is(item[2], PV_PY_CODE) ? code_symbol(f, item[2])
                                             : text_symbol(f, item[2]);
    return true;
}

/* ---- values ---- */

/* A count of a function; 0 for what counts as unknown (pyinstrument: -1). */
static bool read_count(pstats_file *f, pv_py v, pv_py holder, int64_t *out)
{
    if (pv_py_is(v, PV_PY_WIDE))
        return pv_source_fail_at(f->c.src, PV_E_LIMIT,
                                 pv_py_offset(&f->data, holder, 0),
                                 "entry %zu: a count above 2^63-1, the most "
                                 "that is read",
                                 f->entry);
    if (!pv_py_get_int(&f->data, v, out))
        return malformed(f, holder, "a number of calls is not an int");
    if (*out < 0) {
        f->odd.negative_count++;
        *out = 0;
    }
    return true;
}

/* Seconds to whole nanoseconds.  NaN and infinity count as 0. */
static bool read_time(pstats_file *f, pv_py v, pv_py holder, int64_t *out)
{
    double seconds;

    *out = 0;
    if (!pv_py_get_number(&f->data, v, &seconds))
        return malformed(f, holder, "a time is not a number");
    if (!isfinite(seconds)) {
        f->odd.number++;
        return true;
    }
    if (!pv_seconds_to_ns(seconds, out))
        return pv_source_fail_at(f->c.src, PV_E_LIMIT,
                                 pv_py_offset(&f->data, holder, 0),
                                 "entry %zu: a time above 2^63-1 ns, the most "
                                 "that is read",
                                 f->entry);
    f->odd.negative_time += *out < 0;
    return true;
}

static bool read_row(pstats_file *f, pv_py key, pv_py value, pv_py holder)
{
    const pv_py *item;
    pstats_row row = {.key = pv_py_payload(key)};
    char what[80];

    /* those of a stream are read when all are there */
    if (!f->streamed && !pstats_read_key(f, key, holder, &row.at))
        return false;
    if (!pv_py_is(value, PV_PY_TUPLE))
        return malformed(f, key, "expected (cc, nc, tt, ct, callers)");
    if (pv_py_len(&f->data, value) != 5) {
        (void)snprintf(what, sizeof what,
                       "expected (cc, nc, tt, ct, callers), got %zu items",
                       pv_py_len(&f->data, value));
        return malformed(f, value, what);
    }
    item = pv_py_items(&f->data, value);
    if (!read_count(f, item[0], value, &row.cc) ||
        !read_count(f, item[1], value, &row.nc) ||
        !read_time(f, item[2], value, &row.tt) ||
        !read_time(f, item[3], value, &row.ct))
        return false;
    if (!pv_py_is(item[4], PV_PY_DICT))
        return malformed(f, value, "the callers are not a dict");
    row.callers = item[4];
    f->odd.fewer_calls += row.nc < row.cc;
    f->odd.own_above_total += row.tt > row.ct + 1;
    if (!PV_VEC_GROW(&f->rows, 1))
        return pv_fail_nomem(f->c.src->err);
    f->rows.at[f->rows.len++] = row;
    return true;
}

/* A count of an edge: one that is out of range costs only the edge. */
static bool edge_count(pstats_file *f, pv_py v, pv_py holder, int64_t *out)
{
    if (pv_py_is(v, PV_PY_WIDE)) {
        f->odd.wide_edge++;
        *out = 0;
        return true;
    }
    return read_count(f, v, holder, out);
}

static bool read_edge(pstats_file *f, const pstats_row *row, pv_py value,
                      pstats_edge *e)
{
    const pv_py *item;

    if (!pv_py_is(value, PV_PY_TUPLE)) {
        f->edges_without = true;
        if (!edge_count(f, value, row->callers, &e->nc))
            return false;
        e->cc = e->nc;
        return true;
    }
    if (pv_py_len(&f->data, value) != 4)
        return malformed(f, value, "a caller's value is not (nc, cc, tt, ct)");
    item = pv_py_items(&f->data, value);
    f->edges_with_times = true;
    return edge_count(f, item[0], value, &e->nc) &&
           edge_count(f, item[1], value, &e->cc) &&
           read_time(f, item[2], value, &e->tt) &&
           read_time(f, item[3], value, &e->ct);
}

/* Is the key there when its entry is gone? */
static bool stays(const pstats_file *f, pv_py key)
{
    return pv_py_is(key, PV_PY_TUPLE) && pv_py_payload(key) < f->data.kept;
}

/* Adds the callers of a row to `edges`. */
static bool read_edges(pstats_file *f, const pstats_row *row)
{
    pv_py key, value;
    pv_py_walk w;

    pv_py_walk_init(&f->data, row->callers, &w);
    while (pv_py_walk_next(&f->data, &w, &key) &&
           pv_py_walk_next(&f->data, &w, &value)) {
        pstats_edge e = {.key = key};

        /* a streamed key is checked when all are there */
        if (!(f->streamed ? stays(f, key) : check_key(f, key, row->callers)) ||
            !read_edge(f, row, value, &e))
            return false;
        if (!PV_VEC_GROW(&f->edges, 1))
            return pv_fail_nomem(f->c.src->err);
        f->edges.at[f->edges.len++] = e;
    }
    return true;
}

bool pstats_callers(pstats_file *f, const pstats_row *row, pstats_edges *out)
{
    size_t from = 0, to;

    if (!f->streamed) {
        f->edges.len = 0;
        if (!read_edges(f, row))
            return false;
        to = f->edges.len;
    } else {
        from = row->edges;
        to = row + 1 < f->rows.at + f->rows.len ? row[1].edges : f->edges.len;
    }
    *out = (pstats_edges){f->edges.at + from, f->edges.at + to};
    return true;
}

/* ---- the file ---- */

/* ("__sampled__",): True, which Python 3.15's sampling profiler adds. */
static bool is_marker(pstats_file *f, pv_py key, pv_py value)
{
    pv_str text;

    return pv_py_is(value, PV_PY_BOOL) && pv_py_is(key, PV_PY_TUPLE) &&
           pv_py_len(&f->data, key) == 1 &&
           pv_py_get_text(&f->data, pv_py_items(&f->data, key)[0], &text) &&
           pv_str_equal(text, PV_STR("__sampled__"));
}

/* Room for the symbols of all strings so far. */
static bool grow_syms(pstats_file *f)
{
    size_t more = f->data.strs.len - f->syms.len;

    if (more == 0)
        return true;
    if (!PV_VEC_GROW(&f->syms, more))
        return pv_fail_nomem(f->c.src->err);
    memset(f->syms.at + f->syms.len, 0, more * sizeof *f->syms.at);
    f->syms.len += more;
    return true;
}

static bool read_entry(pstats_file *f, pv_py key, pv_py value, pv_py holder)
{
    if (is_marker(f, key, value)) {
        f->sampled = true;
        return true;
    }
    f->entry++;
    return read_row(f, key, value, holder);
}

static bool read_rows(pstats_file *f, pv_py top)
{
    pv_py key, value;
    pv_py_walk w;

    if (!pv_py_is(top, PV_PY_DICT))
        return pv_source_fail_at(f->c.src, PV_E_FORMAT, 0,
                                 "marshalled data, but %s and not a pstats "
                                 "dict of functions",
                                 pv_py_kind_name(top));
    pv_py_walk_init(&f->data, top, &w);
    while (pv_py_walk_next(&f->data, &w, &key) &&
           pv_py_walk_next(&f->data, &w, &value))
        if (!read_entry(f, key, value, top))
            return false;
    if (f->rows.len == 0)
        return pv_source_fail_at(f->c.src, PV_E_FORMAT, 0,
                                 "no functions in the profile");
    return true;
}

static bool say(pstats_file *f, uint64_t n, const char *text)
{
    return n == 0 || pv_source_warn(f->c.src, 0, "%s: %" PRIu64, text, n);
}

static bool say_odd(pstats_file *f)
{
    const pstats_odd *o = &f->odd;

    return say(f, o->number, "times that are NaN or infinite count as 0") &&
           say(f, o->negative_count, "negative numbers of calls count as 0") &&
           say(f, o->negative_time, "negative times") &&
           say(f, f->sampled ? 0 : o->fewer_calls,
               "functions with fewer calls than primitive calls") &&
           say(f, o->own_above_total,
               "functions with more own time than total time, as threads "
               "leave them; their totals are lower bounds") &&
           say(f, o->wide_edge,
               "numbers of calls from one caller above 2^63-1 count as 0") &&
           say(f, o->line,
               "line numbers that are negative or above 2^32 count as 0");
}

static bool build(pstats_file *f)
{
    return f->sampled ? pstats_build_sampled(f) : pstats_build_traced(f);
}

static bool warn_of_rest(pstats_file *f)
{
    return pv_cursor_left(&f->c) == 0 ||
           pv_source_warn_at(f->c.src, f->c.pos,
                             "%zu bytes follow the profile; ignored",
                             pv_cursor_left(&f->c));
}

/* The key of a row to come, and its text: they may be anywhere in memory, so
 * they are asked for some rows before they are used. */
static void ask_for_key(const pstats_file *f, size_t row, unsigned step)
{
    const uint64_t *at;
    pv_py name;

    if (row >= f->rows.len)
        return;
    at = &f->data.pool.at[f->rows.at[row].key];
    if (step == 0) {
        pv_ahead(at);
        return;
    }
    if ((at[0] & PV_PY_TUPLE_MAX) != 3)
        return;
    name = (pv_py){at[3]};
    if (!is_text(name))
        return;
    if (step == 2) {
        pv_ahead(f->data.strs.at[pv_py_payload(name)].p);
        return;
    }
    pv_ahead(&f->data.strs.at[pv_py_payload(name)]);
    pv_ahead(&f->syms.at[pv_py_payload(name)]);
}

/* The places of a stream's rows. */
static bool read_keys(pstats_file *f)
{
    enum { AHEAD = 8 };

    for (size_t i = 0; i < f->rows.len; i++) {
        pstats_row *row = &f->rows.at[i];
        pv_py key = pv_py_of(PV_PY_TUPLE, row->key);

        for (unsigned step = 0; step < 3; step++)
            ask_for_key(f, i + AHEAD * (3 - step), step);
        if (!pstats_read_key(f, key, key, &row->at))
            return false;
    }
    return true;
}

/* An entry on its way past. */
static bool take_entry(void *ctx, pv_py key, pv_py value)
{
    pstats_file *f = ctx;
    size_t rows = f->rows.len, edges = f->edges.len;

    if (edges > UINT32_MAX || !stays(f, key) || !read_entry(f, key, value, key))
        return false;
    if (f->rows.len == rows)
        return true; /* the marker */
    f->rows.at[rows].edges = (uint32_t)edges;
    return read_edges(f, &f->rows.at[rows]);
}

/* Entry by entry: for all files as Python writes them.  False, without an
 * error and with nothing built but names and functions, for any other. */
static bool read_stream(pstats_file *f)
{
    pv_source *real = f->c.src, quiet = *real;
    pv_error err = {0};
    bool ok;

    f->streamed = true;
    if (!pv_marshal_entries(&f->c, &f->data,
                            &(pv_marshal_taker){take_entry, f}) ||
        f->rows.len == 0 || !grow_syms(f))
        return false;
    quiet.err = &err;
    f->c.src = &quiet;
    ok = read_keys(f) && build(f);
    f->c.src = real;
    return ok;
}

static void forget(pstats_file *f)
{
    pv_py_done(&f->data);
    PV_VEC_DONE(&f->rows);
    PV_VEC_DONE(&f->edges);
    PV_VEC_DONE(&f->syms);
}

/* The whole tree first: finds the first error, or what is odd in a file. */
static bool read_tree(pstats_file *f)
{
    pstats_file fresh = {.c = f->c, .b = f->b};
    pv_py top;

    forget(f);
    *f = fresh;
    f->c.pos = 0;
    pv_py_init(&f->data, f->c.src->options->limits.memory);
    return pv_marshal_read(&f->c, &f->data, &top) && warn_of_rest(f) &&
           grow_syms(f) && read_rows(f, top) && build(f);
}

static bool read_file(pstats_file *f)
{
    if (!pv_cursor_init(&f->c, f->c.src) ||
        !(read_stream(f) ? warn_of_rest(f) : read_tree(f)))
        return false;
    pv_builder_counts(f->b, 0, (int64_t)f->rows.len);
    return say_odd(f);
}

static bool read_source(pv_source *src, pv_builder *b)
{
    pstats_file f = {.c = {.src = src}, .b = b};
    bool ok;

    pv_py_init(&f.data, src->options->limits.memory);
    ok = read_file(&f);
    forget(&f);
    return ok;
}

/* ---- detection ---- */

/* Bits that a dict of tuples begins, from the second byte on. */
static int bid_inside(pv_bytes head)
{
    static const uint8_t wide[] = {3, 0, 0, 0};
    size_t n = head.n < 6 ? head.n : 6;

    if (head.n < 2)
        return 0;
    switch (head.p[1] & 0x7f) {
    case '0': return 8;
    case ')':
        if (head.n > 2 && head.p[2] != 3 && head.p[2] != 1)
            return 6;
        return 8 * (int)(head.n > 2 ? 2 : 1);
    case '(':
        for (size_t i = 2; i < n; i++)
            if (head.p[i] != wide[i - 2] && !(i == 2 && head.p[i] == 1))
                return 6;
        return 8 * (int)(n - 1);
    case 'r': return 4;
    default: return 0;
    }
}

static int bid(pv_bytes head, bool whole)
{
    int inside;

    if (head.n == 0)
        return 0;
    inside = bid_inside(head);
    if ((head.p[0] & 0x7f) == '{')
        return head.p[0] == '{' && inside == 0 ? (whole && head.n == 1)
                                               : 8 + inside;
    /* a list or a tuple: marshal, though no profile */
    if (head.n >= 5 && head.p[0] != 0x80 && strchr("[(", head.p[0] & 0x7f) &&
        head.p[3] == 0 && head.p[4] == 0)
        return 8;
    return 0;
}

static const char *const extensions[] = {".prof",  ".pstats",  ".pstat",
                                         ".cprof", ".profile", NULL};

const pv_format pv_format_pstats = {
    .name = "pstats",
    .title = "cProfile and profile: marshalled pstats of Python 2.4 to 3.15",
    .extensions = extensions,
    .provides = PV_HAS_CALLS | PV_HAS_TOTALS | PV_HAS_LINES,
    .bid = bid,
    .read = read_source,
};
