/* SPDX-License-Identifier: MIT */
/* tracemalloc's printed statistics: "FILE:LINE: size=84.3 KiB, count=678, ..."
 * and the "Top 10" lists of its documentation ("#1: FILE:LINE: 33.2 KiB").
 *
 * Sizes are as rounded as they were printed.  Changes (+N) belong to a
 * comparison and are left out.
 */
#include "number.h"
#include "printed.h"

typedef struct entry {
    pv_str file; /* empty: "N other" */
    uint64_t line;
    int64_t size, count;
    bool has_count, changed;
} entry;

typedef struct reader {
    pv_source *src;
    pv_builder *b;
    uint32_t size, blocks;
    uint64_t rows, changed;
    bool counts; /* every entry has told its blocks */
} reader;

/* "84.3 KiB" at the start of s; *end is behind it. */
static bool size_at(pv_str s, int64_t *bytes, size_t *end)
{
    pv_str rest = s, number, unit;

    if (!pv_word(&rest, &number) || !pv_word(&rest, &unit))
        return false;
    if (unit.n && unit.p[unit.n - 1] == ',')
        unit.n--;
    *end = (size_t)(unit.p + unit.n - s.p);
    return pv_parse_size(number, unit, bytes) && *bytes >= 0;
}

/* "FILE:LINE" */
static bool split_place(pv_str place, entry *e)
{
    size_t colon = pv_str_rfind(place, ':');

    if (colon == SIZE_MAX || colon == 0)
        return false;
    e->file = pv_str_slice(place, 0, colon);
    return pv_parse_u64(pv_str_slice(place, colon + 1, place.n), &e->line) &&
           e->line <= UINT32_MAX;
}

/* "FILE:LINE: size=84.3 KiB (+12 KiB), count=678 (+3), average=127 B" */
static bool parse_statistic(pv_str line, entry *e)
{
    size_t at = pv_find_text(line, PV_STR(": size=")), end;
    size_t count = pv_find_text(line, PV_STR(", count="));
    pv_str rest, word;

    if (at == SIZE_MAX || count == SIZE_MAX || count < at ||
        !split_place(pv_trim(pv_str_slice(line, 0, at)), e) ||
        !size_at(pv_str_slice(line, at + 7, line.n), &e->size, &end))
        return false;
    e->changed =
        pv_find_text(pv_str_slice(line, at, line.n), PV_STR(" (")) != SIZE_MAX;
    rest = pv_str_slice(line, count + 8, line.n);
    if (!pv_word(&rest, &word))
        return false;
    if (word.p[word.n - 1] == ',')
        word.n--;
    e->has_count = pv_parse_i64(word, &e->count);
    return e->has_count && e->count >= 0;
}

/* "#1: FILE:LINE: 33.2 KiB" */
static bool parse_ranked(pv_str line, entry *e)
{
    pv_str text = pv_trim(line);
    size_t hash = pv_find_text(text, PV_STR(": ")), last = SIZE_MAX, end;
    uint64_t rank;

    if (text.n == 0 || text.p[0] != '#' || hash == SIZE_MAX ||
        !pv_parse_u64(pv_str_slice(text, 1, hash), &rank))
        return false;
    text = pv_str_slice(text, hash + 2, text.n);
    for (size_t i = 0; i + 2 < text.n; i++)
        if (text.p[i] == ':' && text.p[i + 1] == ' ')
            last = i;
    return last != SIZE_MAX && split_place(pv_str_slice(text, 0, last), e) &&
           size_at(pv_str_slice(text, last + 2, text.n), &e->size, &end) &&
           pv_trim(pv_str_slice(text, last + 2 + end, text.n)).n == 0;
}

/* "12 other: 30.1 KiB" */
static bool parse_other(pv_str line, entry *e)
{
    pv_str rest = line, number, word;
    uint64_t n;
    size_t end;

    return pv_word(&rest, &number) && pv_parse_u64(number, &n) &&
           pv_word(&rest, &word) && pv_str_equal(word, PV_STR("other:")) &&
           size_at(rest, &e->size, &end);
}

static bool parse(pv_str line, entry *e)
{
    *e = (entry){0};
    if (parse_statistic(line, e) || parse_ranked(line, e))
        return true;
    *e = (entry){0};
    return parse_other(line, e);
}

static bool opens(pv_str line)
{
    entry e;

    return parse(line, &e) && e.file.n > 0;
}

static void take(reader *r, const entry *e)
{
    pv_fn fn;
    pv_node at;

    if (e->file.n)
        fn = pv_build_function(r->b, (pv_sym){0}, pv_build_name(r->b, e->file),
                               (uint32_t)e->line, PV_FN_LINE);
    else
        fn = pv_build_function(r->b, pv_build_name(r->b, PV_STR("[other]")),
                               (pv_sym){0}, 0, PV_FN_MARK);
    at = pv_build_frame(r->b, (pv_node){0}, fn, (uint32_t)e->line, (pv_sym){0});
    pv_cost_frame(r->b, at, r->size, e->size);
    pv_cost_frame(r->b, at, r->blocks, e->count);
    r->counts = r->counts && e->has_count;
    r->changed += e->changed;
    r->rows++;
}

/* Source text or a traceback below a row? */
static bool is_below(const pv_printed *report, pv_str line)
{
    return report->row && report->row + 1 == report->lines.number &&
           pv_str_starts(line, PV_STR("  "));
}

static bool read_lines(reader *r, pv_printed *report)
{
    pv_str line;
    entry e;

    while (pv_printed_line(report, &line)) {
        if (parse(line, &e))
            take(r, &e);
        else if (!is_below(report, line))
            continue;
        pv_printed_row(report);
    }
    return pv_printed_end(report);
}

static bool say(reader *r)
{
    if (r->rows == 0)
        return pv_source_fail(r->src, PV_E_FORMAT,
                              "no statistics of tracemalloc in it");
    if (!r->counts &&
        !pv_source_warn(r->src, 0,
                        "the list does not tell the number of "
                        "blocks everywhere; it counts as 0 there"))
        return false;
    return r->changed == 0 ||
           pv_source_warn(r->src, 0,
                          "the changes (+N) of %llu rows are left out: `profviz"
                          " diff` compares snapshots",
                          (unsigned long long)r->changed);
}

static bool read_table(pv_source *src, pv_builder *b)
{
    reader r = {.src = src, .b = b, .counts = true};
    pv_printed report;
    bool ok;

    if (!pv_printed_open(&report, src))
        return false;
    r.size = pv_build_metric(b, PV_STR("size"), PV_BYTES, false);
    r.blocks = pv_build_metric(b, PV_STR("blocks"), PV_COUNT, false);
    pv_builder_has(b, PV_HAS_TREE);
    pv_builder_flags(b, PV_FILE_LINE_FRAMES | PV_LEAF_LINES);
    pv_builder_producer(b, PV_STR("tracemalloc's printed statistics"));
    ok = read_lines(&r, &report) && say(&r);
    pv_builder_counts(b, (int64_t)r.rows, (int64_t)r.rows);
    pv_printed_close(&report);
    return ok;
}

static const char *const extensions[] = {".txt", ".log", NULL};

extern const pv_format pv_format_tracemalloc_text;
const pv_format pv_format_tracemalloc_text = {
    .name = "tracemalloc_text",
    .title = "printed tracemalloc statistics, anywhere in a log",
    .noun = "printed tracemalloc statistics",
    .extensions = extensions,
    .provides = PV_HAS_TREE,
    .opens = opens,
    .evidence = PV_BID_TRACEMALLOC_TEXT,
    .read = read_table,
};
