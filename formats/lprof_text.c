/* SPDX-License-Identifier: MIT */
/* What line_profiler prints (1.0b to 5.x): lines with hits and times, with
 * the source beside them.  Labels are read, not their order. */
#include "number.h"
#include "printed.h"

typedef struct reader {
    pv_source *src;
    pv_builder *b;
    uint32_t hits, time;
    uint64_t rows, functions;
    pv_buf file, name; /* of the block that is being read */
    uint32_t def_line; /* 0: not printed; the first row's will do */
    bool used;         /* the labels belong to a table before */
    pv_fn fn;
    pv_buf unit;      /* "1e-06": seconds of one unit of the Time column */
    size_t source_at; /* column of the source in the table's rows */
    bool inside;
} reader;

/* Columns grow with what they hold, so the header is told by its words. */
static bool is_header(pv_str line, size_t *begin, size_t *source)
{
    size_t at = pv_find_text(line, PV_STR("Line #"));
    size_t contents = pv_find_text(line, PV_STR("Line Contents"));

    if (at == SIZE_MAX || contents == SIZE_MAX ||
        pv_find_text(line, PV_STR("Per Hit")) == SIZE_MAX ||
        pv_find_text(line, PV_STR("% Time")) == SIZE_MAX)
        return false;
    *begin = at;
    *source = contents;
    return true;
}

static bool opens(pv_str line)
{
    size_t begin, source;

    return is_header(line, &begin, &source) ||
           pv_str_starts(line, PV_STR("Timer unit: "));
}

static void set(pv_buf *b, pv_str text)
{
    pv_buf_clear(b);
    pv_buf_str(b, text);
}

/* "Function: NAME at line 4" */
static void take_function(reader *r, pv_str rest)
{
    size_t at = SIZE_MAX;
    uint64_t line = 0;

    for (size_t i = 0; rest.p && i + 9 <= rest.n; i++)
        if (memcmp(rest.p + i, " at line ", 9) == 0)
            at = i;
    if (at == SIZE_MAX)
        return;
    pv_parse_u64(pv_trim(pv_str_slice(rest, at + 9, rest.n)), &line);
    set(&r->name, pv_trim(pv_str_slice(rest, 0, at)));
    r->def_line = (uint32_t)line;
}

/* The next label belongs to another function. */
static void forget(reader *r)
{
    if (!r->used)
        return;
    pv_buf_clear(&r->file);
    pv_buf_clear(&r->name);
    r->def_line = 0;
    r->used = false;
}

static bool take_label(reader *r, pv_str line)
{
    /* in the place of File and Function where the source was gone */
    const pv_str missing = PV_STR("Could not find file ");
    size_t at;

    if ((at = pv_find_text(line, PV_STR("Timer unit: "))) != SIZE_MAX) {
        pv_str rest = pv_str_slice(line, at + 12, line.n), word;

        if (pv_word(&rest, &word))
            set(&r->unit, word);
    } else if ((at = pv_find_text(line, missing)) != SIZE_MAX) {
        forget(r);
        set(&r->file, pv_trim(pv_str_slice(line, at + missing.n, line.n)));
    } else if ((at = pv_find_text(line, PV_STR("File: "))) != SIZE_MAX) {
        forget(r);
        set(&r->file, pv_trim(pv_str_slice(line, at + 6, line.n)));
    } else if ((at = pv_find_text(line, PV_STR("Function: "))) != SIZE_MAX) {
        forget(r);
        take_function(r, pv_str_slice(line, at + 10, line.n));
    } else {
        return false;
    }
    return true;
}

/* A label; "Total time: " follows from the rows; a blank line stands between
 * a function's labels and its table. */
static bool is_label(reader *r, pv_str line)
{
    return take_label(r, line) || pv_str_starts(line, PV_STR("Total time: ")) ||
           (r->name.n > 0 && !r->used && pv_trim(line).n == 0);
}

/* Where the name was not printed, the first row is the function's first. */
static void find_function(reader *r, uint32_t first)
{
    if (r->fn.i == 0)
        r->fn =
            pv_build_function(r->b, pv_build_name(r->b, pv_buf_text(&r->name)),
                              pv_build_name(r->b, pv_buf_text(&r->file)),
                              r->def_line ? r->def_line : first, PV_FN_CODE);
}

static void start_table(reader *r)
{
    forget(r);
    r->inside = r->used = true;
    r->fn.i = 0;
    r->functions++;
    if (r->name.n) /* it may have no rows */
        find_function(r, 0);
}

/* Time column times the unit, to the nanosecond: exact where the unit is a
 * power of ten, as it always is but on Windows. */
static bool time_of(const reader *r, pv_str text, int64_t *ns)
{
    static const struct {
        const char *unit;
        unsigned places;
    } exact[] = {{"1e-06", 3}, {"1e-09", 0}, {"1e-07", 2}, {"0.001", 6},
                 {"1e-03", 6}, {"1", 9},     {"1e-08", 1}, {"1e-6", 3},
                 {"1e-9", 0},  {"0.01", 7},  {"0.1", 8},   {"0.0001", 5},
                 {"1e-05", 4}};
    pv_str unit = pv_buf_text(&r->unit);
    double time, seconds;

    for (size_t i = 0; i < sizeof exact / sizeof exact[0]; i++)
        if (pv_str_equal(unit, pv_str_of(exact[i].unit)))
            return pv_parse_scaled(text, exact[i].places, ns);
    return pv_parse_double(unit, &seconds) && pv_parse_double(text, &time) &&
           pv_seconds_to_ns(time * seconds, ns);
}

static bool parse_hits(pv_str word, int64_t *hits)
{
    return pv_parse_i64(word, hits) || pv_parse_scaled(word, 0, hits);
}

/* "    8        98          114      1.2     53.3          marks[i] = None";
 * a row that was not executed has its number and text alone. */
static bool take_row(reader *r, pv_str line)
{
    pv_str rest = line, word, cells[4], source;
    uint64_t number;
    int64_t hits, ns;
    uint32_t row;
    size_t n = 0;

    if (!pv_word(&rest, &word) || !pv_parse_u64(word, &number) ||
        number > UINT32_MAX)
        return false;
    source = pv_str_slice(line, r->source_at, line.n);
    find_function(r, (uint32_t)number);
    row = pv_build_line(r->b, r->fn, pv_build_name(r->b, pv_buf_text(&r->file)),
                        (uint32_t)number, 0);
    for (pv_str after = rest; n < 4 && pv_word(&after, &word); rest = after) {
        double d;

        if (!pv_parse_double(word, &d))
            break;
        cells[n++] = word;
    }
    if (n < 3 || (size_t)(cells[0].p - line.p) >= r->source_at) {
        pv_line_source(r->b, row, pv_build_name(r->b, source));
        pv_cost_line(r->b, row, r->hits, PV_NONE);
        pv_cost_line(r->b, row, r->time, PV_NONE);
        return true;
    }
    if (!parse_hits(cells[0], &hits) || !time_of(r, cells[1], &ns))
        return false;
    /* wide numbers push the row out of its columns */
    if ((size_t)(cells[n - 1].p + cells[n - 1].n - line.p) > r->source_at)
        source = rest.n > 2 ? pv_str_slice(rest, 2, rest.n) : rest;
    pv_line_source(r->b, row, pv_build_name(r->b, source));
    pv_cost_line(r->b, row, r->hits, hits);
    pv_cost_line(r->b, row, r->time, ns);
    r->rows++;
    return true;
}

static bool is_rule(pv_str line)
{
    line = pv_trim(line);
    for (size_t i = 0; i < line.n; i++)
        if (line.p[i] != '=')
            return false;
    return line.n > 0;
}

static bool read_lines(reader *r, pv_printed *report)
{
    size_t cut = 0, begin, source;
    pv_str line;

    while (pv_printed_line(report, &line)) {
        if (is_header(line, &begin, &source)) {
            cut = begin;
            r->source_at = source - begin;
            start_table(r);
        } else if (r->inside) {
            pv_str cells = pv_str_slice(line, cut, line.n);

            r->inside = is_rule(cells) || take_row(r, cells);
        }
        if (r->inside || is_label(r, line))
            pv_printed_row(report);
    }
    return pv_printed_end(report);
}

static bool read_table(pv_source *src, pv_builder *b)
{
    reader r = {.src = src, .b = b};
    pv_printed report;
    bool ok;

    if (!pv_printed_open(&report, src))
        return false;
    r.hits = pv_build_metric(b, PV_STR("hits"), PV_COUNT, false);
    r.time = pv_build_metric(b, PV_STR("time"), PV_NANOSECONDS, false);
    pv_builder_main_metric(b, r.time);
    pv_builder_has(b, PV_HAS_LINES);
    pv_builder_producer(b, PV_STR("line_profiler's printed report"));
    pv_buf_puts(&r.unit, "1e-06");
    ok = read_lines(&r, &report);
    if (ok && r.functions == 0)
        ok = pv_source_fail(src, PV_E_FORMAT,
                            "a report of line_profiler without a function");
    if (ok && (r.file.failed || r.name.failed || r.unit.failed))
        ok = pv_fail_nomem(src->err);
    pv_build_note(b, PV_STR("unit"), pv_buf_text(&r.unit));
    pv_builder_counts(b, 0, (int64_t)r.rows);
    pv_buf_done(&r.file);
    pv_buf_done(&r.name);
    pv_buf_done(&r.unit);
    pv_printed_close(&report);
    return ok;
}

static const char *const extensions[] = {".txt", ".log", NULL};

extern const pv_format pv_format_lprof_text;
const pv_format pv_format_lprof_text = {
    .name = "lprof_text",
    .title = "printed line_profiler report, anywhere in a log",
    .noun = "printed line_profiler reports",
    .extensions = extensions,
    .provides = PV_HAS_LINES,
    .opens = opens,
    .evidence = PV_BID_LPROF_TEXT,
    .read = read_table,
};
