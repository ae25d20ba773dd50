/* SPDX-License-Identifier: MIT */
/* Times that programs print: "parse took 0.41 seconds", "elapsed time: 12 ms",
 * timeit and its repeat lists, %timeit, %time, time(1).
 *
 * Each time is a row of its own, in the order of the log; equal names are
 * told apart by their line.
 */
#include <stdio.h>

#include "number.h"
#include "printed.h"

typedef struct timing {
    pv_str name;
    unsigned repeat; /* 1, 2, ... of timeit's list; else 0 */
    int64_t ns;
} timing;

/* What one line may hold; a longer list is not taken for repeats. */
enum { TIMINGS_MAX = 256 };

typedef struct timings {
    timing at[TIMINGS_MAX];
    size_t n;
} timings;

static void add(timings *t, pv_str name, int64_t ns)
{
    if (t->n < TIMINGS_MAX)
        t->at[t->n++] = (timing){.name = name, .ns = ns};
}

static bool number_and_unit(pv_str rest, int64_t *ns, pv_str *after)
{
    pv_str number, unit;

    if (!pv_word(&rest, &number) || !pv_word(&rest, &unit))
        return false;
    *after = rest;
    return pv_parse_time(number, unit, ns);
}

/* "parse took 0.4123 seconds", "@timefn: render took 1.25 s" */
static void parse_took(pv_str line, timings *t)
{
    size_t at = pv_find_text(line, PV_STR(" took ")), colon = SIZE_MAX;
    pv_str name, after;
    int64_t ns;

    if (at == SIZE_MAX ||
        !number_and_unit(pv_str_slice(line, at + 6, line.n), &ns, &after))
        return;
    name = pv_str_slice(line, 0, at);
    for (size_t i = 0; i + 1 < name.n; i++)
        if (name.p[i] == ':' && name.p[i + 1] == ' ')
            colon = i;
    if (colon != SIZE_MAX)
        name = pv_str_slice(name, colon + 2, name.n);
    name = pv_trim(name);
    if (name.n)
        add(t, name, ns);
}

static bool same_word(pv_str a, const char *b)
{
    for (size_t i = 0; i < a.n; i++)
        if (b[i] == '\0' || (a.p[i] | 0x20) != b[i])
            return false;
    return b[a.n] == '\0';
}

/* "elapsed time: 17.6 ms", "Elapsed: 3 s", "Wall time: 1.3 s" */
static void parse_elapsed(pv_str line, timings *t)
{
    static const char *const names[] = {"elapsed time", "elapsed", "wall time",
                                        "time elapsed", "total time"};
    size_t colon = pv_str_find(line, ':');
    pv_str name, after;
    int64_t ns;

    if (colon == SIZE_MAX ||
        !number_and_unit(pv_str_slice(line, colon + 1, line.n), &ns, &after))
        return;
    name = pv_trim(pv_str_slice(line, 0, colon));
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (same_word(name, names[i])) {
            add(t, name, ns);
            return;
        }
}

/* "CPU times: user 1.2 s, sys: 3 ms, total: 1.2 s" */
static void parse_cpu_times(pv_str line, timings *t)
{
    static const struct {
        const char *label, *name;
    } parts[] = {{"user ", "user"}, {"sys: ", "sys"}, {"total: ", "total"}};
    pv_str after;

    if (!pv_str_starts(pv_trim(line), PV_STR("CPU times: ")))
        return;
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        size_t at = pv_find_text(line, pv_str_of(parts[i].label));
        int64_t ns;

        if (at != SIZE_MAX &&
            number_and_unit(
                pv_str_slice(line, at + strlen(parts[i].label), line.n), &ns,
                &after))
            add(t, pv_str_of(parts[i].name), ns);
    }
}

/* "10 loops, best of 5: 24.1 msec per loop"; "527 ns +- 3.1 ns per loop ..." */
static void parse_timeit(pv_str line, timings *t)
{
    size_t per = pv_find_text(line, PV_STR(" per loop"));
    size_t best = pv_find_text(line, PV_STR("best of "));
    pv_str rest = line, after;
    int64_t ns;

    if (per == SIZE_MAX)
        return;
    if (best != SIZE_MAX && best < per) {
        rest = pv_str_slice(line, best, line.n);
        rest = pv_str_slice(rest, pv_str_find(rest, ':') + 1, rest.n);
    }
    if (number_and_unit(rest, &ns, &after))
        add(t, PV_STR("timeit"), ns);
}

static bool add_repeat(timings *t, pv_str cell)
{
    int64_t ns;

    if (t->n == TIMINGS_MAX || pv_str_find(cell, '.') == SIZE_MAX ||
        !pv_parse_scaled(cell, 9, &ns) || ns < 0)
        return false;
    add(t, PV_STR("timeit repeat"), ns);
    t->at[t->n - 1].repeat = (unsigned)t->n;
    return true;
}

/* "[3.12, 2.98, 3.05]": timeit.repeat's seconds */
static void parse_repeat(pv_str line, timings *t)
{
    pv_str text = pv_trim(line);

    if (text.n < 5 || text.p[0] != '[' || text.p[text.n - 1] != ']')
        return;
    text = pv_str_slice(text, 1, text.n - 1);
    while (text.n) {
        size_t comma = pv_str_find(text, ',');
        size_t end = comma == SIZE_MAX ? text.n : comma;

        if (!add_repeat(t, pv_trim(pv_str_slice(text, 0, end)))) {
            t->n = 0;
            return;
        }
        text = pv_str_slice(text, end < text.n ? end + 1 : end, text.n);
    }
    if (t->n < 2)
        t->n = 0;
}

/* "real    0m0.003s" or "real 0.05", "user ...", "sys ..." of time(1) */
static void parse_time_command(pv_str line, timings *t)
{
    pv_str rest = line, name, value, more;
    int64_t ns, minutes = 0;
    size_t m;

    if (!pv_word(&rest, &name) || !pv_word(&rest, &value) ||
        pv_word(&rest, &more) ||
        !(pv_str_equal(name, PV_STR("real")) ||
          pv_str_equal(name, PV_STR("user")) ||
          pv_str_equal(name, PV_STR("sys"))))
        return;
    m = pv_str_find(value, 'm');
    if (m != SIZE_MAX) {
        if (!pv_parse_i64(pv_str_slice(value, 0, m), &minutes) ||
            minutes > 100000000)
            return;
        value = pv_str_slice(value, m + 1, value.n);
    }
    if (pv_str_ends(value, PV_STR("s")))
        value.n--;
    if (pv_parse_scaled(value, 9, &ns) && ns >= 0 &&
        pv_add64(ns, minutes * INT64_C(60000000000), &ns))
        add(t, name, ns);
}

static void parse(pv_str line, timings *t)
{
    t->n = 0;
    parse_took(line, t);
    if (t->n == 0)
        parse_elapsed(line, t);
    if (t->n == 0)
        parse_cpu_times(line, t);
    if (t->n == 0)
        parse_timeit(line, t);
    if (t->n == 0)
        parse_repeat(line, t);
    if (t->n == 0)
        parse_time_command(line, t);
}

static bool opens(pv_str line)
{
    timings t;

    parse(line, &t);
    return t.n > 0;
}

static pv_sym build_name(pv_builder *b, const timing *t)
{
    char text[40];
    int n;

    if (t->repeat == 0)
        return pv_build_name(b, t->name);
    n = snprintf(text, sizeof text, "timeit repeat %u", t->repeat);
    return pv_build_name(b, (pv_str){text, (size_t)n});
}

static uint64_t read_lines(pv_builder *b, pv_printed *report, uint32_t metric)
{
    uint64_t rows = 0;
    timings t;
    pv_str line;

    while (pv_printed_line(report, &line)) {
        parse(line, &t);
        if (t.n > 0)
            pv_printed_row(report);
        for (size_t i = 0; i < t.n; i++, rows++) {
            pv_fn fn =
                pv_build_function(b, build_name(b, &t.at[i]), (pv_sym){0},
                                  (uint32_t)report->lines.number, PV_FN_MARK);

            pv_cost_function(b, fn, metric, t.at[i].ns);
        }
    }
    return rows;
}

static bool read_timings(pv_source *src, pv_builder *b)
{
    pv_printed report;
    uint64_t rows;
    uint32_t metric;
    bool ok;

    if (!pv_printed_open(&report, src))
        return false;
    metric = pv_build_metric(b, PV_STR("time"), PV_NANOSECONDS, false);
    pv_builder_has(b, PV_HAS_TOTALS);
    pv_builder_producer(b, PV_STR("printed times"));
    rows = read_lines(b, &report, metric);
    ok = pv_printed_end(&report);
    pv_builder_counts(b, 0, (int64_t)rows);
    pv_printed_close(&report);
    if (ok && rows == 0)
        ok = pv_source_fail(src, PV_E_FORMAT, "no printed time in it");
    return ok;
}

static const char *const extensions[] = {".txt", ".log", NULL};

extern const pv_format pv_format_timings;
const pv_format pv_format_timings = {
    .name = "timings",
    .title = "printed times (timeit, time, 'NAME took 1.5 seconds')",
    .noun = "printed times",
    .stacks = "`python -m cProfile -o FILE` records calls",
    .extensions = extensions,
    .provides = PV_HAS_TOTALS,
    .opens = opens,
    .evidence = PV_BID_TIMINGS,
    .read = read_timings,
};
