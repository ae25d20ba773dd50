/* SPDX-License-Identifier: MIT */
/* The tables that cProfile, profile and pstats print.
 *
 * Functions with their counts and rounded times; who called whom where that
 * was printed, too (cprofile_edges.c).  Several tables in one log add up.  A
 * row without a function counts as unknown.
 */
#include "cprofile_text.h"

#include "number.h"

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
    cprofile_metrics m;
    uint64_t tables, rows, nameless, nameless_line;
    uint64_t others;              /* tables of samples among those of calls */
    cprofile_reduced next, table; /* of the table to come; of functions */
    bool sampled;
    cprofile_edges edges;
    PV_VEC(bool) rowed; /* by function: a table lists it */
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

static bool opens(pv_str line)
{
    bool sampled;

    return find_header(line, &sampled) != SIZE_MAX ||
           cprofile_opens_edges(line);
}

bool cprofile_calls(pv_str word, int64_t *calls, int64_t *primitive)
{
    size_t slash = pv_str_find(word, '/');
    pv_str all = pv_str_slice(word, 0, slash == SIZE_MAX ? word.n : slash);

    if (!pv_parse_i64(all, calls))
        return false;
    *primitive = *calls;
    return slash == SIZE_MAX ||
           pv_parse_i64(pv_str_slice(word, slash + 1, word.n), primitive);
}

bool cprofile_time(pv_str word, int64_t *ns)
{
    size_t dot = pv_str_find(word, '.');

    return dot != SIZE_MAX && word.n == dot + 4 && pv_parse_scaled(word, 9, ns);
}

/* The percall cells are blank where they would divide by 0. */
static bool parse_row(pv_str line, table_row *row)
{
    pv_str word, rest = line;
    int64_t time[4];
    size_t n = 0;

    if (!pv_word(&rest, &word) ||
        !cprofile_calls(word, &row->calls, &row->primitive))
        return false;
    for (pv_str after = rest; n < 4 && pv_word(&after, &word); rest = after)
        if (!cprofile_time(word, &time[n++])) {
            n--;
            break;
        }
    if (n < 2)
        return false;
    row->where = pv_trim(rest);
    row->self_ns = time[0];
    row->total_ns = time[n == 4 || (n == 3 && row->calls != 0) ? 2 : 1];
    return true;
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

/* `python -m profile` prints the code object that it ran with an address. */
static pv_sym name_symbol(pv_builder *b, pv_str name)
{
    size_t at = pv_find_text(name, PV_STR(" at 0x"));
    pv_buf text = {0};
    pv_sym sym;

    if (!pv_str_starts(name, PV_STR("<code object ")) || at == SIZE_MAX)
        return pv_build_name(b, name);
    pv_buf_str(&text, pv_str_slice(name, 0, at));
    pv_buf_char(&text, '>');
    sym = pv_build_name(b, pv_buf_text(&text));
    pv_buf_done(&text);
    return sym;
}

static pv_fn builtin_function(pv_builder *b, pv_str name)
{
    pv_buf text = {0};
    pv_fn fn;

    pv_buf_char(&text, '<');
    pv_buf_str(&text, name);
    pv_buf_char(&text, '>');
    fn = pv_build_function(b, pv_build_name(b, pv_buf_text(&text)),
                           pv_build_name(b, PV_STR("~")), 0, PV_FN_CODE);
    pv_buf_done(&text);
    return fn;
}

pv_fn cprofile_function(pv_builder *b, pv_str where)
{
    uint32_t line = 0;
    size_t name = 0, colon;

    if (where.n > 1 && where.p[0] == '{' && where.p[where.n - 1] == '}')
        return builtin_function(b, pv_str_slice(where, 1, where.n - 1));
    colon = find_place(where, &line, &name);
    if (colon == SIZE_MAX || where.p[where.n - 1] != ')')
        return pv_build_function(b, pv_build_name(b, where), (pv_sym){0}, 0,
                                 PV_FN_CODE);
    return pv_build_function(
        b, name_symbol(b, pv_str_slice(where, name, where.n - 1)),
        pv_build_name(b, pv_str_slice(where, 0, colon)), line, PV_FN_CODE);
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

static void take_row(reader *r, const table_row *row, uint64_t line)
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
    r->m.calls = pv_build_metric(b, sampled ? samples : PV_STR("calls"),
                                 PV_COUNT, sampled);
    r->m.primitive = pv_build_metric(
        b, sampled ? samples : PV_STR("primitive_calls"), PV_COUNT, false);
    r->m.time = pv_build_metric(b, PV_STR("time"), PV_NANOSECONDS, false);
    r->m.total = pv_build_metric(b, PV_STR("time"), PV_NANOSECONDS, true);
    pv_builder_main_metric(b, sampled ? r->m.primitive : r->m.time);
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
            cprofile_reduce(&r->table, &r->next);
            cut = at > INDENT ? at - INDENT : 0;
            inside = open_table(r, sampled);
            r->edges.inside = false;
        } else if (cprofile_edges_line(&r->edges, r->b, line, report,
                                       &r->next)) {
            inside = false;
        } else if (!inside) {
            note_reduction(r, line);
        } else if (parse_row(pv_str_slice(line, cut, line.n), &row)) {
            take_row(r, &row, report->lines.number);
        } else {
            inside = false;
        }
        if (inside || r->edges.inside)
            pv_printed_row(report);
    }
    /* that warning names the row, too */
    return r->edges.nameless ? pv_printed_ok(report) : pv_printed_end(report);
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
    return (r->tables < 2 || pv_source_warn(r->src, 0, "%llu tables, added up",
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
    .provides = PV_HAS_TOTALS | PV_HAS_CALLS,
    .bid = bid,
    .opens = opens,
    .read = read_table,
};
