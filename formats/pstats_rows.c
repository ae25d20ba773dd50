/* SPDX-License-Identifier: MIT */
/* One entry of a pstats dict: key, value and callers, each checked before
 * anything is built of it. */
#include "pstats_rows.h"

#include <math.h>
#include <stdio.h>

#include "number.h"

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

/* Seconds to whole nanoseconds.  NaN and infinity count as 0.  `residue`: what
 * that takes away; NULL: not asked for. */
static bool read_time(pstats_file *f, pv_py v, pv_py holder, int64_t *out,
                      int64_t *residue)
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
    if (residue)
        *residue = pv_seconds_residue(seconds, *out);
    f->odd.negative_time += *out < 0;
    return true;
}

bool pstats_read_row(pstats_file *f, pv_py key, pv_py value, pv_py holder)
{
    const pv_py *item;
    pstats_row row = {.key = pv_py_payload(key)};
    char what[80];

    if (!pstats_read_key(f, key, holder, &row.at))
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
        !read_time(f, item[2], value, &row.tt, &row.tt_residue) ||
        !read_time(f, item[3], value, &row.ct, &row.ct_residue))
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
           read_time(f, item[2], value, &e->tt, NULL) &&
           read_time(f, item[3], value, &e->ct, NULL);
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

        if (!check_key(f, key, row->callers) || !read_edge(f, row, value, &e))
            return false;
        if (!PV_VEC_GROW(&f->edges, 1))
            return pv_fail_nomem(f->c.src->err);
        f->edges.at[f->edges.len++] = e;
    }
    return true;
}

bool pstats_callers(pstats_file *f, const pstats_row *row, pstats_edges *out)
{
    f->edges.len = 0;
    if (!read_edges(f, row))
        return false;
    *out = (pstats_edges){0};
    if (f->edges.len > 0)
        *out = (pstats_edges){f->edges.at, f->edges.at + f->edges.len};
    return true;
}
