/* SPDX-License-Identifier: MIT */
/* The table that cProfile, profile and pstats print.
 *
 * Functions with their counts and rounded times; no callers.  Several tables
 * in one log add up.  A row without a function counts as unknown.
 */
#include "number.h"
#include "printed.h"

static const pv_str header =
    PV_STR_INIT("ncalls  tottime  percall  cumtime  percall "
                "filename:lineno(function)");

/* Python 3.15's, of samples: "12/3" is in 12, on top of 3 */
static const pv_str sampled_header =
    PV_STR_INIT("nsamples  tottime persample cumtime persample "
                "filename:lineno(function)");

enum { INDENT = 3 };

typedef struct reader {
    pv_source *src;
    pv_builder *b;
    uint32_t calls, primitive, time, total;
    uint64_t tables, rows, nameless, nameless_line;
    uint64_t listed, of;        /* "List reduced from OF to LISTED" */
    uint64_t edges, edges_line; /* tables of callers or callees */
    uint64_t others;            /* tables of samples among those of calls */
    bool sampled;
} reader;

typedef struct table_row {
    int64_t calls, primitive, self_ns, total_ns;
    pv_str where;
} table_row;

/* Where a table's header begins, or SIZE_MAX. */
static size_t find_header(pv_str line, bool *sampled)
{
    size_t at = pv_find_text(line, sampled_header);

    *sampled = at != SIZE_MAX;
    return *sampled ? at : pv_find_text(line, header);
}

/* "Function    was called by..." of print_callers, "called..." of callees */
static bool opens_edges(pv_str line)
{
    return (pv_str_ends(line, PV_STR("  was called by...")) ||
            pv_str_ends(line, PV_STR("  called..."))) &&
           pv_find_text(line, PV_STR("Function ")) != SIZE_MAX;
}

static bool opens(pv_str line)
{
    bool sampled;

    return find_header(line, &sampled) != SIZE_MAX ||
           opens_edges(pv_trim(line));
}

/* "57313/1" or "12" */
static bool parse_calls(pv_str word, table_row *row)
{
    size_t slash = pv_str_find(word, '/');
    pv_str all = pv_str_slice(word, 0, slash == SIZE_MAX ? word.n : slash);

    if (!pv_parse_i64(all, &row->calls))
        return false;
    row->primitive = row->calls;
    return slash == SIZE_MAX ||
           pv_parse_i64(pv_str_slice(word, slash + 1, word.n), &row->primitive);
}

/* "0.123": what a time cell looks like and no function does */
static bool is_time(pv_str word)
{
    size_t dot = pv_str_find(word, '.');
    int64_t ns;

    return dot != SIZE_MAX && word.n == dot + 4 &&
           pv_parse_scaled(word, 9, &ns);
}

/* The percall cells are blank where they would divide by 0. */
static bool parse_row(pv_str line, table_row *row)
{
    pv_str word, rest = line, time[4];
    size_t n = 0, total;

    if (!pv_word(&rest, &word) || !parse_calls(word, row))
        return false;
    for (pv_str after = rest; n < 4 && pv_word(&after, &word); rest = after) {
        if (!is_time(word))
            break;
        time[n++] = word;
    }
    if (n < 2)
        return false;
    total = n == 4 || (n == 3 && row->calls != 0) ? 2 : 1;
    row->where = pv_trim(rest);
    return pv_parse_scaled(time[0], 9, &row->self_ns) &&
           pv_parse_scaled(time[total], 9, &row->total_ns);
}

/* Where "file:12(name)" has its ":12(": the colon, or SIZE_MAX. */
static size_t find_place(pv_str s, uint32_t *line, size_t *name)
{
    for (size_t i = 0; i + 2 < s.n; i++) {
        size_t k = i + 1;
        uint64_t v;

        if (s.p[i] != ':')
            continue;
        while (k < s.n && s.p[k] >= '0' && s.p[k] <= '9')
            k++;
        if (k == i + 1 || k >= s.n || s.p[k] != '(')
            continue;
        if (!pv_parse_u64(pv_str_slice(s, i + 1, k), &v) || v > UINT32_MAX)
            continue;
        *line = (uint32_t)v;
        *name = k + 1;
        return i;
    }
    return SIZE_MAX;
}

static pv_fn function_of(reader *r, pv_str where)
{
    uint32_t line = 0;
    size_t name = 0, colon;
    pv_buf text = {0};
    pv_fn fn;

    if (where.n > 1 && where.p[0] == '{' && where.p[where.n - 1] == '}') {
        pv_buf_char(&text, '<');
        pv_buf_str(&text, pv_str_slice(where, 1, where.n - 1));
        pv_buf_char(&text, '>');
        fn = pv_build_function(r->b, pv_build_name(r->b, pv_buf_text(&text)),
                               pv_build_name(r->b, PV_STR("~")), 0, PV_FN_CODE);
        pv_buf_done(&text);
        return fn;
    }
    colon = find_place(where, &line, &name);
    if (colon == SIZE_MAX || where.p[where.n - 1] != ')')
        return pv_build_function(r->b, pv_build_name(r->b, where), (pv_sym){0},
                                 0, PV_FN_CODE);
    return pv_build_function(
        r->b, pv_build_name(r->b, pv_str_slice(where, name, where.n - 1)),
        pv_build_name(r->b, pv_str_slice(where, 0, colon)), line, PV_FN_CODE);
}

static void take_row(reader *r, const table_row *row, uint64_t line)
{
    pv_fn fn = {0};

    if (row->where.n)
        fn = function_of(r, row->where);
    else if (r->nameless++ == 0)
        r->nameless_line = line;
    pv_cost_function(r->b, fn, r->calls, row->calls);
    pv_cost_function(r->b, fn, r->primitive, row->primitive);
    pv_cost_function(r->b, fn, r->time, row->self_ns);
    pv_cost_function(r->b, fn, r->total, row->total_ns);
    r->rows++;
}

/* "   List reduced from 108 to 8 due to restriction <8>" */
static void note_reduction(reader *r, pv_str line)
{
    size_t at = pv_find_text(line, PV_STR("List reduced from "));
    pv_str rest, word;
    uint64_t of, to;

    if (at == SIZE_MAX)
        return;
    rest = pv_str_slice(line, at + 18, line.n);
    if (pv_word(&rest, &word) && pv_parse_u64(word, &of) &&
        pv_word(&rest, &word) && pv_word(&rest, &word) &&
        pv_parse_u64(word, &to) && to < of) {
        r->of += of;
        r->listed += to;
    }
}

static void open_metrics(reader *r, bool sampled)
{
    pv_builder *b = r->b;
    pv_str samples = PV_STR("samples");

    r->sampled = sampled;
    r->calls = pv_build_metric(b, sampled ? samples : PV_STR("calls"), PV_COUNT,
                               sampled);
    r->primitive = pv_build_metric(
        b, sampled ? samples : PV_STR("primitive_calls"), PV_COUNT, false);
    r->time = pv_build_metric(b, PV_STR("time"), PV_NANOSECONDS, false);
    r->total = pv_build_metric(b, PV_STR("time"), PV_NANOSECONDS, true);
    pv_builder_main_metric(b, sampled ? r->primitive : r->time);
    pv_builder_flags(b, sampled ? PV_SAMPLED : 0);
    pv_builder_producer(b, sampled ? PV_STR("profiling.sampling's table")
                                   : PV_STR("cProfile's printed table"));
}

/* Do rows that count follow?  Samples and calls are never added. */
static bool open_table(reader *r, bool sampled)
{
    if (r->tables == 0)
        open_metrics(r, sampled);
    if (r->sampled != sampled) {
        r->others++;
        return false;
    }
    r->tables++;
    return true;
}

static void note_edges(reader *r, uint64_t line)
{
    if (r->edges++ == 0)
        r->edges_line = line;
}

static bool read_lines(reader *r, pv_printed *report)
{
    bool inside = false;
    size_t cut = 0;
    pv_str line;

    while (pv_printed_line(report, &line)) {
        bool sampled;
        size_t at = find_header(line, &sampled);
        table_row row;

        if (at != SIZE_MAX) {
            cut = at > INDENT ? at - INDENT : 0;
            inside = open_table(r, sampled);
            continue;
        }
        if (opens_edges(pv_trim(line)))
            note_edges(r, report->lines.number);
        if (!inside)
            note_reduction(r, line);
        else if (parse_row(pv_str_slice(line, cut, line.n), &row))
            take_row(r, &row, report->lines.number);
        else
            inside = false;
    }
    return pv_printed_ok(report);
}

static bool say_what_is_passed_over(reader *r)
{
    if (r->rows == 0 && r->edges)
        return pv_source_fail(
            r->src, PV_E_FORMAT,
            "line %llu: a table of print_callers or print_callees, which is "
            "not read: the pstats file it was printed from (`python -m "
            "cProfile -o FILE`) holds who called whom",
            (unsigned long long)r->edges_line);
    if (r->edges &&
        !pv_source_warn(r->src, r->edges_line,
                        "tables of callers or callees are passed over; the "
                        "pstats file they were printed from holds them"))
        return false;
    return r->others == 0 ||
           pv_source_warn(r->src, 0,
                          "%llu table%s of %s passed over: samples are not "
                          "added to calls",
                          (unsigned long long)r->others,
                          r->others == 1 ? "" : "s",
                          r->sampled ? "calls" : "samples");
}

static bool say_what_is_missing(reader *r)
{
    if (!say_what_is_passed_over(r))
        return false;
    if (r->rows == 0)
        return pv_source_fail(r->src, PV_E_FORMAT,
                              "a table of cProfile without a row");
    if (r->nameless &&
        !pv_source_warn(r->src, r->nameless_line,
                        "%llu row%s without a function (lost in copying): "
                        "counted in the total as unknown",
                        (unsigned long long)r->nameless,
                        r->nameless == 1 ? "" : "s"))
        return false;
    if (r->of && !pv_source_warn(r->src, 0,
                                 "the table lists %llu of %llu functions; the "
                                 "totals are theirs alone",
                                 (unsigned long long)r->listed,
                                 (unsigned long long)r->of))
        return false;
    return r->tables < 2 || pv_source_warn(r->src, 0, "%llu tables, added up",
                                           (unsigned long long)r->tables);
}

static bool read_table(pv_source *src, pv_builder *b)
{
    reader r = {.src = src, .b = b};
    pv_printed report;
    bool ok;

    if (!pv_printed_open(&report, src))
        return false;
    pv_builder_has(b, PV_HAS_TOTALS);
    ok = read_lines(&r, &report) && say_what_is_missing(&r);
    pv_builder_counts(b, 0, (int64_t)r.rows);
    pv_printed_close(&report);
    return ok;
}

static int bid(pv_bytes head, bool whole)
{
    return pv_printed_bid(head, whole, opens, PV_BID_CPROFILE_TEXT);
}

static const char *const extensions[] = {".txt", ".log", NULL};

extern const pv_format pv_format_cprofile_text;
const pv_format pv_format_cprofile_text = {
    .name = "cprofile_text",
    .title = "printed cProfile/pstats table, anywhere in a log",
    .noun = "printed cProfile tables",
    .stacks = "`python -m cProfile -o FILE` keeps the callers",
    .extensions = extensions,
    .provides = PV_HAS_TOTALS,
    .bid = bid,
    .opens = opens,
    .read = read_table,
};
