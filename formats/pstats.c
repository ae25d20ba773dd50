/* SPDX-License-Identifier: MIT */
/* pstats: what cProfile, profile and Python 3.15's profilers dump.
 *
 * One marshalled dict {(file, line, name): (cc, nc, tt, ct, callers)}.  Every
 * row is checked before anything is built; see pstats.md.
 */
#include "formats.h"

#include <inttypes.h>

#include "marshal.h"
#include "pstats_rows.h"

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
    return pstats_read_row(f, key, value, holder);
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

static bool warn_of_rest(pstats_file *f, pstats_tail tail)
{
    return tail.bytes == 0 ||
           pv_source_warn_at(f->c.src, tail.at,
                             "%" PRIu64 " bytes follow the profile; ignored",
                             tail.bytes);
}

static void forget(pstats_file *f)
{
    pv_py_done(&f->data);
    PV_VEC_DONE(&f->rows);
    PV_VEC_DONE(&f->edges);
    PV_VEC_DONE(&f->syms);
}

/* As a tree of values: finds the first error, or what is odd in a file. */
static bool read_tree(pstats_file *f)
{
    pv_py top;

    if (!pv_marshal_read(&f->c, &f->data, &top) ||
        !warn_of_rest(f, (pstats_tail){f->c.pos, pv_cursor_left(&f->c)}) ||
        !grow_syms(f) || !read_rows(f, top) || !build(f))
        return false;
    f->entries = f->rows.len;
    return true;
}

/* In the way that nearly all files can be read, without holding one that can
 * be read again if it is of another kind. */
static bool read_any(pstats_file *f)
{
    pv_source *src = f->c.src;
    bool again = pv_input_twice(src->input);
    pstats_tail tail;

    if (!again && !pv_cursor_init(&f->c, src))
        return false;
    if (pstats_read_quick(f, again ? NULL : &f->c.all, &tail))
        return warn_of_rest(f, tail);
    if (again &&
        (!pv_input_again(src->input, src->err) || !pv_cursor_init(&f->c, src)))
        return false;
    return read_tree(f);
}

static bool read_file(pstats_file *f)
{
    if (!read_any(f))
        return false;
    pv_builder_counts(f->b, 0, (int64_t)f->entries);
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
