/* SPDX-License-Identifier: MIT */
/* memory_profiler's line-by-line report, of 2012 to today: MB or MiB (the same
 * 2^20 bytes), with and without Increment and Occurrences.
 *
 * One block a call where the decorator was imported: the blocks of one
 * function are its calls 1, 2, ..., kept apart.  The function's name is not
 * printed; it is the first `def` of the block.
 */
#include "number.h"
#include "printed.h"
#include "vec.h"

typedef struct cells {
    uint64_t line;
    int64_t memory, increment, occurrences; /* PV_NONE: an empty cell */
    pv_str source;
} cells;

typedef struct kept_row {
    uint32_t line;
    int64_t memory, increment, occurrences;
    pv_sym source;
} kept_row;

typedef struct block_key {
    pv_sym file, name;
    uint32_t line, calls;
} block_key;

typedef struct heading {
    size_t begin;  /* of the table in its lines */
    size_t source; /* column of the source in rows without cells */
    bool increment, count;
} heading;

typedef struct reader {
    pv_source *src;
    pv_builder *b;
    uint32_t memory, increment, occurrences;
    uint64_t rows, blocks;
    pv_buf file, name;
    uint32_t def_line;
    PV_VEC(kept_row) block;
    PV_VEC(block_key) seen; /* functions and how often each was reported */
    heading at;
    bool inside, nomem;
} reader;

/* Where the heading has its words; the cell below "Occurrences" is narrower
 * than the word. */
static bool is_header(pv_str line, heading *h)
{
    enum { COUNT_WIDTH = 10, GAP = 3 };
    size_t at = pv_find_text(line, PV_STR("Line #"));
    size_t usage = pv_find_text(line, PV_STR("Mem usage"));
    size_t contents = pv_find_text(line, PV_STR("Line Contents"));
    size_t count = pv_find_text(line, PV_STR("Occur")); /* 0.58: "Occurences" */

    if (at == SIZE_MAX || usage == SIZE_MAX || contents == SIZE_MAX)
        return false;
    *h = (heading){.begin = at,
                   .source = contents - at,
                   .increment =
                       pv_find_text(line, PV_STR("Increment")) != SIZE_MAX,
                   .count = count != SIZE_MAX};
    if (h->count)
        h->source = count - at + COUNT_WIDTH + GAP;
    return true;
}

static bool opens(pv_str line)
{
    heading h;

    return is_header(line, &h);
}

/* "52.395 MiB"; false and *rest as it was where the next words are none. */
static bool take_size(pv_str *rest, int64_t *bytes)
{
    pv_str after = *rest, number, unit;

    if (!pv_word(&after, &number) || !pv_word(&after, &unit) ||
        !(pv_str_equal(unit, PV_STR("MiB")) ||
          pv_str_equal(unit, PV_STR("MB"))) ||
        !pv_parse_size(number, unit, bytes))
        return false;
    *rest = after;
    return true;
}

static bool take_count(pv_str *rest, int64_t *count)
{
    pv_str after = *rest, word;

    if (!pv_word(&after, &word) || !pv_parse_i64(word, count))
        return false;
    *rest = after;
    return true;
}

/* The source of a row: three blanks behind its cells, which may have been
 * pushed to the right; without cells at its column. */
static pv_str source_of(const reader *r, pv_str line, pv_str rest, bool data)
{
    size_t used = (size_t)(rest.p - line.p), blanks = 0;
    size_t most = data ? 3 : r->at.source - used;

    if (!data && used >= r->at.source)
        return rest;
    while (blanks < rest.n && blanks < most && rest.p[blanks] == ' ')
        blanks++;
    return pv_str_slice(rest, blanks, rest.n);
}

/* A row without cells; its source may look like one. */
static bool blank_until_source(const reader *r, pv_str line, pv_str rest)
{
    while (rest.n && rest.p[0] == ' ')
        rest = pv_str_slice(rest, 1, rest.n);
    return rest.n == 0 || (size_t)(rest.p - line.p) >= r->at.source;
}

static bool parse_row(const reader *r, pv_str line, cells *c)
{
    pv_str rest = line, word;

    *c = (cells){
        .memory = PV_NONE, .increment = PV_NONE, .occurrences = PV_NONE};
    if (!pv_word(&rest, &word) || !pv_parse_u64(word, &c->line) ||
        c->line > UINT32_MAX)
        return false;
    if (!blank_until_source(r, line, rest) && take_size(&rest, &c->memory) &&
        (!r->at.increment || take_size(&rest, &c->increment)) && r->at.count)
        take_count(&rest, &c->occurrences);
    c->source = source_of(r, line, rest, c->memory != PV_NONE);
    return true;
}

/* "113.859 MiB13.859 MiB@profile": cells that were glued in copying. */
static bool glued(pv_str line)
{
    size_t at = pv_find_text(line, PV_STR("MiB"));

    return at != SIZE_MAX && at + 3 < line.n && line.p[at + 3] >= '0' &&
           line.p[at + 3] <= '9';
}

/* "def NAME(" or "async def NAME(" in the source of a row */
static bool find_def(pv_str source, pv_str *name)
{
    pv_str text = pv_trim(source);
    size_t n = 0;

    if (pv_str_starts(text, PV_STR("async ")))
        text = pv_trim(pv_str_slice(text, 6, text.n));
    if (!pv_str_starts(text, PV_STR("def ")))
        return false;
    text = pv_trim(pv_str_slice(text, 4, text.n));
    while (n < text.n && text.p[n] != '(' && text.p[n] != ':' &&
           text.p[n] != ' ')
        n++;
    *name = pv_str_slice(text, 0, n);
    return n > 0;
}

static void keep_row(reader *r, const cells *c)
{
    kept_row row = {.line = (uint32_t)c->line,
                    .memory = c->memory,
                    .increment = c->increment,
                    .occurrences = c->occurrences,
                    .source = pv_build_name(r->b, c->source)};
    pv_str name;

    if (r->name.n == 0 && find_def(c->source, &name))
        pv_buf_str(&r->name, name);
    if (r->block.len == 0)
        r->def_line = row.line;
    if (PV_VEC_GROW(&r->block, 1))
        r->block.at[r->block.len++] = row;
    else
        r->nomem = true;
}

static uint32_t count_call(reader *r, pv_sym file, pv_sym name)
{
    for (size_t i = 0; i < r->seen.len; i++) {
        block_key *k = &r->seen.at[i];

        if (k->file.i == file.i && k->name.i == name.i &&
            k->line == r->def_line)
            return ++k->calls;
    }
    if (PV_VEC_GROW(&r->seen, 1))
        r->seen.at[r->seen.len++] = (block_key){
            .file = file, .name = name, .line = r->def_line, .calls = 1};
    else
        r->nomem = true;
    return 1;
}

static void end_block(reader *r)
{
    pv_sym file = pv_build_name(r->b, pv_buf_text(&r->file));
    pv_sym name = pv_build_name(r->b, pv_buf_text(&r->name));
    pv_fn fn;
    uint32_t call;

    r->inside = false;
    if (r->block.len == 0)
        return;
    fn = pv_build_function(r->b, name, file, r->def_line, PV_FN_CODE);
    call = count_call(r, file, name);
    for (size_t i = 0; i < r->block.len; i++) {
        const kept_row *k = &r->block.at[i];
        uint32_t row = pv_build_line(r->b, fn, file, k->line, call);

        pv_line_source(r->b, row, k->source);
        pv_cost_line(r->b, row, r->memory, k->memory);
        pv_cost_line(r->b, row, r->increment, k->increment);
        pv_cost_line(r->b, row, r->occurrences, k->occurrences);
    }
    r->rows += r->block.len;
    r->blocks++;
    r->block.len = 0;
    pv_buf_clear(&r->name);
    pv_buf_clear(&r->file);
}

static bool is_rule(pv_str line)
{
    line = pv_trim(line);
    return line.n > 10 && line.p[0] == '=' && line.p[line.n - 1] == '=';
}

static bool take_line(reader *r, pv_printed *report, pv_str line, size_t *cut)
{
    heading h;
    size_t at;
    cells c;

    if (is_header(line, &h)) {
        end_block(r);
        r->at = h;
        *cut = h.begin;
        r->inside = true;
    } else if (r->inside && is_rule(pv_str_slice(line, *cut, line.n))) {
        return true;
    } else if (r->inside && glued(line)) {
        return pv_source_fail_line(
            r->src, PV_E_FORMAT, report->lines.number, 0,
            "cells of a memory_profiler table stand without a space between "
            "them; they are not guessed");
    } else if (r->inside &&
               parse_row(r, pv_str_slice(line, *cut, line.n), &c)) {
        keep_row(r, &c);
    } else {
        if (r->block.len)
            end_block(r);
        at = pv_find_text(line, PV_STR("Filename: "));
        if (at != SIZE_MAX) {
            pv_buf_clear(&r->file);
            pv_buf_str(&r->file, pv_trim(pv_str_slice(line, at + 10, line.n)));
        }
    }
    return r->nomem ? pv_fail_nomem(r->src->err) : true;
}

/* The line that names the file, and what is blank below it. */
static bool is_above(const reader *r, pv_str line)
{
    return pv_find_text(line, PV_STR("Filename: ")) != SIZE_MAX ||
           (r->file.n > 0 && pv_trim(line).n == 0);
}

static bool read_lines(reader *r, pv_printed *report)
{
    size_t cut = 0;
    pv_str line;

    while (pv_printed_line(report, &line)) {
        if (!take_line(r, report, line, &cut))
            return false;
        if (r->inside || is_above(r, line))
            pv_printed_row(report);
    }
    end_block(r);
    return pv_printed_end(report) && (!r->nomem || pv_fail_nomem(r->src->err));
}

static bool read_table(pv_source *src, pv_builder *b)
{
    reader r = {.src = src, .b = b};
    pv_printed report;
    bool ok;

    if (!pv_printed_open(&report, src))
        return false;
    r.memory = pv_build_metric(b, PV_STR("memory"), PV_BYTES, true);
    r.increment = pv_build_metric(b, PV_STR("increment"), PV_BYTES, false);
    r.occurrences = pv_build_metric(b, PV_STR("occurrences"), PV_COUNT, false);
    pv_builder_main_metric(b, r.increment);
    pv_builder_has(b, PV_HAS_LINES);
    pv_builder_producer(b, PV_STR("memory_profiler's printed report"));
    ok = read_lines(&r, &report);
    if (ok && r.rows == 0)
        ok = pv_source_fail(src, PV_E_FORMAT,
                            "a report of memory_profiler without a row");
    pv_builder_counts(b, 0, (int64_t)r.rows);
    pv_buf_done(&r.file);
    pv_buf_done(&r.name);
    PV_VEC_DONE(&r.block);
    PV_VEC_DONE(&r.seen);
    pv_printed_close(&report);
    return ok;
}

static const char *const extensions[] = {".txt", ".log", NULL};

extern const pv_format pv_format_memory_text;
const pv_format pv_format_memory_text = {
    .name = "memory_text",
    .title = "printed memory_profiler report, anywhere in a log",
    .noun = "printed memory_profiler reports",
    .extensions = extensions,
    .provides = PV_HAS_LINES,
    .opens = opens,
    .evidence = PV_BID_MEMORY_TEXT,
    .read = read_table,
};
