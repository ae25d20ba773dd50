/* SPDX-License-Identifier: MIT */
/* lprof: what line_profiler 1.0 to 5.x pickles.
 *
 * One LineStats object with {"timings": {(file, first line, function):
 * [(line, hits, time), ...]}, "unit": seconds}.  See lprof.md.
 */
#include "formats.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "number.h"
#include "pickle.h"

typedef struct lprof {
    pv_cursor c;
    pv_builder *b;
    pv_py_data data;
    double unit;         /* seconds */
    int64_t digits;      /* the unit is digits * 10^exponent seconds, */
    int exponent;        /* in the fewest digits that give the double */
    uint32_t hits, time; /* metrics */
    size_t functions;
    int64_t rows;
    uint64_t odd_hits, odd_times, odd_lines;
} lprof;

static bool malformed(lprof *f, pv_py at, const char *what)
{
    return pv_source_fail_at(f->c.src, PV_E_FORMAT,
                             pv_py_offset(&f->data, at, 0), "%s", what);
}

static bool malformed_function(lprof *f, pv_py at, const char *what)
{
    return pv_source_fail_at(f->c.src, PV_E_FORMAT,
                             pv_py_offset(&f->data, at, 0), "function %zu: %s",
                             f->functions + 1, what);
}

/* ---- the unit ---- */

/* "1e-06" as Python writes the double, in the fewest digits. */
static void shortest(double v, char *out, size_t size)
{
    double back;

    for (int digits = 0; digits < 17; digits++) {
        (void)snprintf(out, size, "%.*e", digits, v);
        for (char *p = out; *p; p++)
            if (*p == ',')
                *p = '.'; /* a caller's locale */
        if (pv_parse_double(pv_str_of(out), &back) && back == v)
            return;
    }
}

/* Splits "1.5e-06" into 15 and -7. */
static void split_decimal(const char *text, int64_t *digits, int *exponent)
{
    bool fraction = false;
    int e = 0;

    *digits = 0;
    *exponent = 0;
    for (; *text && *text != 'e'; text++) {
        if (*text == '.') {
            fraction = true;
            continue;
        }
        *digits = *digits * 10 + (*text - '0');
        *exponent -= fraction;
    }
    if (*text == 'e')
        (void)sscanf(text + 1, "%d", &e);
    *exponent += e;
}

static bool read_unit(lprof *f, pv_py state)
{
    pv_py v = pv_py_find(&f->data, state, PV_STR("unit"));
    char text[40] = "";

    if (v.w == 0)
        return malformed(f, state, "the LineStats has no unit");
    if (!pv_py_get_number(&f->data, v, &f->unit) || !isfinite(f->unit) ||
        f->unit <= 0) {
        if (pv_py_get_number(&f->data, v, &f->unit))
            (void)snprintf(text, sizeof text, "%g", f->unit);
        return pv_source_fail_at(f->c.src, PV_E_FORMAT,
                                 pv_py_offset(&f->data, state, 0),
                                 "unit is %s: not a positive number of "
                                 "seconds",
                                 text[0] ? text : pv_py_kind_name(v));
    }
    shortest(f->unit, text, sizeof text);
    split_decimal(text, &f->digits, &f->exponent);
    pv_build_note(f->b, PV_STR("unit"), pv_str_of(text));
    return true;
}

/* ---- lines ---- */

static bool too_long(lprof *f, pv_py at)
{
    return pv_source_fail_at(f->c.src, PV_E_LIMIT,
                             pv_py_offset(&f->data, at, 0),
                             "a time above 2^63-1 ns, the most that is read");
}

/* Units to whole nanoseconds, exactly where they are, else to the nearest. */
static bool to_ns(lprof *f, int64_t units, pv_py at, int64_t *ns)
{
    int shift = f->exponent + 9;
    int64_t scale;

    if (shift < -18) /* a unit below 10^-10 ns: no digit of it is left */
        return pv_seconds_to_ns((double)units * f->unit, ns) || too_long(f, at);
    if (shift > 18)
        return units == 0 ? (*ns = 0, true) : too_long(f, at);
    scale = pv_pow10((unsigned)(shift < 0 ? -shift : shift));
    if (shift >= 0)
        return (pv_mul64(units, f->digits, ns) && pv_mul64(*ns, scale, ns)) ||
               too_long(f, at);
    if ((double)units * (double)f->digits / (double)scale > 9.2e18)
        return too_long(f, at);
    *ns = pv_muldiv(units, f->digits, scale);
    return true;
}

/* Real files hold whole units; files written by hand may not. */
static bool read_time(lprof *f, pv_py v, pv_py at, int64_t *ns)
{
    double units;
    int64_t whole;

    if (pv_py_get_int(&f->data, v, &whole))
        return to_ns(f, whole, at, ns);
    if (!pv_py_get_number(&f->data, v, &units))
        return malformed_function(f, at, "a time is not a number");
    if (isnan(units)) {
        f->odd_times++;
        *ns = 0;
        return true;
    }
    return pv_seconds_to_ns(units * f->unit, ns) || too_long(f, at);
}

static bool read_line(lprof *f, pv_py v, pv_py list, pv_fn fn, pv_sym file,
                      int64_t first)
{
    const pv_py *item;
    int64_t line, hits, ns;
    uint32_t row;

    if (!pv_py_is(v, PV_PY_TUPLE) || pv_py_len(&f->data, v) != 3)
        return malformed_function(f, pv_py_is(v, PV_PY_TUPLE) ? v : list,
                                  "expected (line, hits, time)");
    item = pv_py_items(&f->data, v);
    if (!pv_py_get_int(&f->data, item[0], &line) || line < 0 ||
        line > UINT32_MAX)
        return malformed_function(f, v, "a line is not a line number");
    if (pv_py_is(item[1], PV_PY_WIDE) || pv_py_is(item[2], PV_PY_WIDE))
        return too_long(f, v);
    if (!pv_py_get_int(&f->data, item[1], &hits))
        return malformed_function(f, v, "a number of hits is not an int");
    if (!read_time(f, item[2], v, &ns))
        return false;
    f->odd_hits += hits <= 0;
    f->odd_times += ns < 0;
    f->odd_lines += line < first;
    f->rows++;
    row = pv_build_line(f->b, fn, file, (uint32_t)line, 0);
    pv_cost_line(f->b, row, f->hits, hits);
    pv_cost_line(f->b, row, f->time, ns);
    return true;
}

static bool read_lines(lprof *f, pv_py value, pv_py key, pv_fn fn, pv_sym file,
                       int64_t first)
{
    pv_py_walk w;
    pv_py v;

    if (pv_py_is(value, PV_PY_TUPLE)) {
        for (size_t i = 0; i < pv_py_len(&f->data, value); i++)
            if (!read_line(f, pv_py_items(&f->data, value)[i], value, fn, file,
                           first))
                return false;
        return true;
    }
    if (!pv_py_is(value, PV_PY_LIST))
        return malformed_function(f, key, "its lines are not a list");
    pv_py_walk_init(&f->data, value, &w);
    while (pv_py_walk_next(&f->data, &w, &v))
        if (!read_line(f, v, value, fn, file, first))
            return false;
    return true;
}

static bool is_text(pv_py v)
{
    return pv_py_is(v, PV_PY_STR) || pv_py_is(v, PV_PY_BYTES);
}

static bool read_function(lprof *f, pv_py key, pv_py value, pv_py timings)
{
    const pv_py *item;
    pv_str file, name;
    int64_t first;
    pv_sym file_sym;
    pv_fn fn;

    if (!pv_py_is(key, PV_PY_TUPLE) || pv_py_len(&f->data, key) != 3)
        return malformed_function(f, pv_py_is(key, PV_PY_TUPLE) ? key : timings,
                                  "expected a key (file, line, function)");
    item = pv_py_items(&f->data, key);
    if (!is_text(item[0]) || !is_text(item[2]) ||
        !pv_py_get_int(&f->data, item[1], &first) || first < 0 ||
        first > UINT32_MAX)
        return malformed_function(f, key, "the key is not (str, int, str)");
    (void)pv_py_get_text(&f->data, item[0], &file);
    (void)pv_py_get_text(&f->data, item[2], &name);
    file_sym = pv_build_name(f->b, file);
    fn = pv_build_function(f->b, pv_build_name(f->b, name), file_sym,
                           (uint32_t)first, PV_FN_CODE);
    if (!read_lines(f, value, key, fn, file_sym, first))
        return false;
    f->functions++;
    return true;
}

/* ---- the file ---- */

static bool read_timings(lprof *f, pv_py state)
{
    pv_py timings = pv_py_find(&f->data, state, PV_STR("timings"));
    pv_py key, value;
    pv_py_walk w;

    if (timings.w == 0)
        return malformed(f, state, "the LineStats has no timings");
    if (!pv_py_is(timings, PV_PY_DICT))
        return malformed(f, state, "the timings are not a dict");
    pv_py_walk_init(&f->data, timings, &w);
    while (pv_py_walk_next(&f->data, &w, &key) &&
           pv_py_walk_next(&f->data, &w, &value))
        if (!read_function(f, key, value, timings))
            return false;
    return true;
}

static bool say(lprof *f, uint64_t n, const char *text)
{
    return n == 0 || pv_source_warn(f->c.src, 0, "%s: %" PRIu64, text, n);
}

static bool say_odd(lprof *f)
{
    return say(f, f->odd_hits, "lines without hits") &&
           say(f, f->odd_times,
               "lines with negative times, as a clock leaves them that was "
               "set back") &&
           say(f, f->odd_lines, "lines that stand before their function");
}

/* The class's path tells the generation. */
static bool is_line_stats(lprof *f, pv_py root)
{
    pv_str path;

    if (!pv_py_is(root, PV_PY_OBJECT))
        return pv_source_fail_at(
            f->c.src, PV_E_FORMAT, pv_py_offset(&f->data, root, 0),
            "a pickle of %s, not of a profile", pv_py_kind_name(root));
    path = pv_str_of(pv_py_class_name(pv_py_class(&f->data, root)));
    if (pv_py_class(&f->data, root) > PV_PY_LINE_STATS_5)
        return pv_source_fail_at(f->c.src, PV_E_FORMAT,
                                 pv_py_offset(&f->data, root, 0),
                                 "a pickle of %s, not of a LineStats", path.p);
    pv_build_note(f->b, PV_STR("class"), path);
    return true;
}

static bool read_file(lprof *f)
{
    pv_py root, state;

    if (!pv_cursor_init(&f->c, f->c.src) ||
        !pv_pickle_read(&f->c, &f->data, &root) || !is_line_stats(f, root))
        return false;
    state = pv_py_state(&f->data, root);
    if (state.w == 0)
        return malformed(f, root, "the LineStats has no state");
    return read_unit(f, state) && read_timings(f, state) && say_odd(f);
}

static bool read_source(pv_source *src, pv_builder *b)
{
    lprof f = {.c = {.src = src}, .b = b};
    bool ok;

    f.hits = pv_build_metric(b, PV_STR("hits"), PV_COUNT, false);
    f.time = pv_build_metric(b, PV_STR("time"), PV_NANOSECONDS, false);
    pv_builder_main_metric(b, f.time);
    pv_builder_has(b, PV_HAS_LINES);
    pv_builder_producer(b, PV_STR("line_profiler"));
    pv_py_init(&f.data, src->options->limits.memory);
    ok = read_file(&f);
    pv_py_done(&f.data);
    pv_builder_counts(b, 0, f.rows);
    return ok;
}

static int bid(pv_bytes head, bool whole)
{
    return pv_pickle_bid(head, whole, PV_STR("line_profiler"),
                         PV_STR("LineStats"));
}

static const char *const extensions[] = {".lprof", ".pkl", ".pickle", NULL};

const pv_format pv_format_lprof = {
    .name = "lprof",
    .title = "line_profiler 1.0 to 5.x: pickled LineStats",
    .noun = "line_profiler .lprof files",
    .extensions = extensions,
    .provides = PV_HAS_LINES,
    .bid = bid,
    .read = read_source,
};
