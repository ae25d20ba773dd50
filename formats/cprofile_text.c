/* SPDX-License-Identifier: MIT */
/* The tables that cProfile, profile, pstats and Python's sampler print.
 *
 * Functions with their counts and rounded times; who called whom where that
 * was printed, too (cprofile_edges.c).  Several tables in one log add up.  A
 * row without a function counts as unknown.
 */
#include "cprofile_text.h"

#include <inttypes.h>

#include "number.h"

/* Of tables that tell each row's share of all samples. */
typedef struct shares {
    int64_t sum; /* in 0.1 % */
    uint64_t rows, tables;
} shares;

typedef struct reader {
    pv_source *src;
    pv_builder *b;
    cprofile_metrics m;
    uint64_t tables, rows, nameless, nameless_line;
    uint64_t others;              /* tables of samples among those of calls */
    cprofile_reduced next, table; /* of the table to come; of functions */
    shares shares;
    bool sampled;
    cprofile_edges edges;
    PV_VEC(bool) rowed; /* by function: a table lists it */
} reader;

static bool opens(pv_str line)
{
    cprofile_heading h;

    return cprofile_heading_of(line, &h) || cprofile_opens_edges(line);
}

/* A table lists this function: its costs are known. */
static void note_row(reader *r, pv_fn fn)
{
    size_t more = fn.i + 1 > r->rowed.len ? fn.i + 1 - r->rowed.len : 0;

    r->edges.failed |= !PV_VEC_GROW(&r->rowed, more);
    if (r->edges.failed)
        return;
    if (more)
        memset(r->rowed.at + r->rowed.len, 0, more * sizeof *r->rowed.at);
    r->rowed.len += more;
    r->rowed.at[fn.i] = true;
}

static void take_row(reader *r, const cprofile_row *row, uint64_t line)
{
    pv_fn fn = {0};

    if (row->where.n)
        fn = cprofile_function(r->b, row->where);
    else if (r->nameless++ == 0)
        r->nameless_line = line;
    pv_cost_function(r->b, fn, r->m.calls, row->calls);
    pv_cost_function(r->b, fn, r->m.primitive, row->primitive);
    pv_cost_function(r->b, fn, r->m.time, row->self_ns);
    pv_cost_function(r->b, fn, r->m.total, row->total_ns);
    note_row(r, fn);
    r->rows++;
    r->shares.sum += row->share;
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
        r->next = (cprofile_reduced){.listed = to, .of = of};
    }
}

static void open_metrics(reader *r, bool sampled)
{
    pv_builder *b = r->b;
    pv_str samples = PV_STR("samples");

    r->sampled = sampled;
    if (sampled) {
        r->m.primitive = pv_build_metric(b, samples, PV_COUNT, false);
        r->m.calls = pv_build_metric(b, samples, PV_COUNT, true);
    } else {
        r->m.calls = pv_build_metric(b, PV_STR("calls"), PV_COUNT, false);
        r->m.primitive =
            pv_build_metric(b, PV_STR("primitive_calls"), PV_COUNT, false);
    }
    r->m.time = pv_build_metric(b, PV_STR("time"), PV_NANOSECONDS, false);
    r->m.total = pv_build_metric(b, PV_STR("time"), PV_NANOSECONDS, true);
    pv_builder_main_metric(b, sampled ? r->m.primitive : r->m.time);
    pv_builder_flags(b, sampled ? PV_SAMPLED : 0);
    pv_builder_producer(b, sampled ? PV_STR("profiling.sampling's table")
                                   : PV_STR("cProfile's printed table"));
}

/* Do rows that count follow?  Samples and calls are never added. */
static bool open_table(reader *r, const cprofile_heading *h)
{
    if (r->tables == 0)
        open_metrics(r, h->sampled);
    if (r->sampled != h->sampled) {
        r->others++;
        return false;
    }
    r->tables++;
    r->shares.tables += h->shares;
    return true;
}

/* What print_stats says above a table, and the blank lines below that. */
static bool is_above(pv_str line, bool before)
{
    return pv_find_text(line, PV_STR(" function calls ")) != SIZE_MAX ||
           pv_find_text(line, PV_STR("Ordered by: ")) != SIZE_MAX ||
           (before && pv_trim(line).n == 0);
}

static bool read_lines(reader *r, pv_printed *report)
{
    cprofile_heading now = {0}, h;
    bool inside = false, above = false;
    cprofile_row row;
    pv_str line;

    while (pv_printed_line(report, &line)) {
        if (cprofile_heading_of(line, &h)) {
            cprofile_reduce(&r->table, &r->next);
            now = h;
            inside = open_table(r, &now);
            r->edges.inside = false;
        } else if (cprofile_edges_line(&r->edges, r->b, line, report,
                                       &r->next)) {
            inside = false;
        } else if (!inside) {
            note_reduction(r, line);
        } else if (cprofile_row_of(line, &now, &row)) {
            take_row(r, &row, report->lines.number);
            r->shares.rows += now.shares;
        } else {
            inside = false;
        }
        above = is_above(line, above);
        if (inside || above || r->edges.inside)
            pv_printed_row(report);
    }
    if (r->edges.nameless) /* that row is left out, and said to be */
        report->row = 0;
    return pv_printed_end(report);
}

/* Calls of functions, where they were printed, too. */
static bool build_edges(reader *r)
{
    if (r->edges.failed)
        return pv_fail_nomem(r->src->err);
    if (r->edges.at.len == 0 || r->sampled)
        return true;
    if (r->tables == 0)
        open_metrics(r, false);
    pv_builder_has(r->b, PV_HAS_CALLS);
    return cprofile_edges_build(&r->edges, r->b, &r->m, r->rowed.at,
                                r->rowed.len) ||
           pv_fail_nomem(r->src->err);
}

static bool say_what_is_passed_over(reader *r)
{
    if (r->sampled && r->edges.line &&
        !pv_source_warn(r->src, r->edges.line,
                        "tables of callers or callees are passed over: they "
                        "count no calls"))
        return false;
    return r->others == 0 ||
           pv_source_warn(r->src, 0,
                          "%llu table%s of %s passed over: samples are not "
                          "added to calls",
                          (unsigned long long)r->others,
                          r->others == 1 ? "" : "s",
                          r->sampled ? "calls" : "samples");
}

/* The sampler lists the first of many and tells nobody; what was rounded away
 * is half of 0.1 % a row. */
static bool say_what_share_is_listed(reader *r)
{
    const shares *s = &r->shares;
    int64_t whole = (int64_t)s->tables * 1000, share;

    if (s->tables == 0 || whole - s->sum <= (int64_t)(s->rows + 1) / 2)
        return true;
    share = s->sum / (int64_t)s->tables;
    return pv_source_warn(r->src, 0,
                          "the rows hold %" PRId64 ".%" PRId64
                          " %% of the samples; the totals are theirs alone",
                          share / 10, share % 10);
}

static bool say_what_is_missing(reader *r)
{
    if (!say_what_is_passed_over(r))
        return false;
    if (r->rows == 0 && (r->edges.at.len == 0 || r->sampled))
        return pv_source_fail(r->src, PV_E_FORMAT,
                              "a table of cProfile without a row");
    if (r->nameless &&
        !pv_source_warn(r->src, r->nameless_line,
                        "%llu row%s without a function (lost in copying): "
                        "counted in the total as unknown",
                        (unsigned long long)r->nameless,
                        r->nameless == 1 ? "" : "s"))
        return false;
    if (r->table.of && !pv_source_warn(r->src, 0,
                                       "the table lists %llu of %llu "
                                       "functions; the totals are theirs alone",
                                       (unsigned long long)r->table.listed,
                                       (unsigned long long)r->table.of))
        return false;
    return say_what_share_is_listed(r) &&
           (r->tables < 2 || pv_source_warn(r->src, 0, "%llu tables, added up",
                                            (unsigned long long)r->tables)) &&
           (r->sampled || cprofile_edges_say(&r->edges, r->src, r->rows == 0));
}

static bool read_table(pv_source *src, pv_builder *b)
{
    reader r = {.src = src, .b = b};
    pv_printed report;
    bool ok;

    if (!pv_printed_open(&report, src))
        return false;
    pv_builder_has(b, PV_HAS_TOTALS);
    ok = read_lines(&r, &report) && build_edges(&r) && say_what_is_missing(&r);
    pv_builder_counts(b, 0, (int64_t)(r.rows + r.edges.at.len));
    cprofile_edges_done(&r.edges);
    PV_VEC_DONE(&r.rowed);
    pv_printed_close(&report);
    return ok;
}

static const char *const extensions[] = {".txt", ".log", NULL};

extern const pv_format pv_format_cprofile_text;
const pv_format pv_format_cprofile_text = {
    .name = "cprofile_text",
    .title = "printed cProfile/pstats table, anywhere in a log",
    .noun = "printed cProfile tables",
    .stacks = "`python -m cProfile -o FILE` keeps the callers",
    .extensions = extensions,
    .provides = PV_HAS_TOTALS | PV_HAS_CALLS,
    .opens = opens,
    .evidence = PV_BID_CPROFILE_TEXT,
    .read = read_table,
};
