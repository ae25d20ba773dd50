/* SPDX-License-Identifier: MIT */
/* objgraph: show_most_common_types and show_growth.
 *
 * The tables have no heading.  Rows of growth are known by their layout, those
 * of types only where they stand together in columns, and only in a text that
 * has rows of growth, the call that printed them, or that the user names.
 */
#include "number.h"
#include "type_table.h"
#include "vec.h"

/* ---- rows ---- */

typedef struct object_row {
    type_row row;
    size_t name_end, number; /* columns: behind the name, of the count */
    bool growth;
    bool exact; /* growth: in the columns that objgraph pads to */
} object_row;

enum { COUNT_WIDTH = 9, DELTA_WIDTH = 10 }; /* "%9d %+9d" */

/* The last word and where it begins; false: there is but one. */
static bool last_word(pv_str line, pv_str *word, size_t *at)
{
    *at = pv_str_rfind(line, ' ');
    if (*at == SIZE_MAX)
        return false;
    *word = pv_str_slice(line, ++*at, line.n);
    return true;
}

static pv_str trim_right(pv_str s)
{
    while (s.n && s.p[s.n - 1] == ' ')
        s.n--;
    return s;
}

/* "dict                       5120": a name and a number. */
static bool parse_bare(pv_str line, object_row *r)
{
    pv_str count;
    size_t at;

    r->row = (type_row){.size = PV_NONE, .delta = PV_NONE};
    line = trim_right(line);
    if (!last_word(line, &count, &at))
        return false;
    r->number = at;
    r->name_end = trim_right(pv_str_slice(line, 0, at)).n;
    r->row.name = pv_trim(pv_str_slice(line, 0, at));
    return r->row.name.n > 0 && pv_parse_i64(count, &r->row.count) &&
           r->row.count >= 0;
}

/* "dict          5120       +31" */
static bool parse_growth(pv_str line, object_row *r)
{
    pv_str delta, before;
    int64_t more;
    size_t at;

    line = trim_right(line);
    if (!last_word(line, &delta, &at) || delta.n < 2 || delta.p[0] != '+' ||
        !pv_parse_i64(pv_str_slice(delta, 1, delta.n), &more))
        return false;
    before = trim_right(pv_str_slice(line, 0, at));
    if (!parse_bare(before, r))
        return false;
    r->row.delta = more;
    r->growth = true;
    r->exact = line.n - before.n == DELTA_WIDTH &&
               before.n - r->name_end >= COUNT_WIDTH;
    return true;
}

/* A prompt and a log line that happens to end in a number are no rows: only
 * lines of one name are. */
static bool parse(pv_str line, object_row *r)
{
    *r = (object_row){0};
    return (parse_growth(line, r) || parse_bare(line, r)) &&
           pv_str_find(r->row.name, ' ') == SIZE_MAX &&
           pv_str_find(r->row.name, ';') == SIZE_MAX;
}

static bool is_call(pv_str line)
{
    return pv_find_text(line, PV_STR("objgraph.show_growth")) != SIZE_MAX ||
           pv_find_text(line, PV_STR("objgraph.show_most_common_types")) !=
               SIZE_MAX;
}

static bool opens(pv_str line)
{
    object_row r;

    return is_call(line) || (parse(line, &r) && r.exact);
}

/* ---- a text ---- */

typedef struct object {
    bool there;
    int64_t count, delta;
} object;

typedef struct block_row {
    pv_sym name;
    int64_t count, delta;
    uint64_t line;
} block_row;

typedef struct reader {
    pv_source *src;
    pv_builder *b;
    bool named;          /* by a call or by the user: each row counts */
    PV_VEC(object) at;   /* types by handle */
    uint64_t rows, last; /* the last one's line */
    /* lines that follow each other and may be a table */
    PV_VEC(block_row) block;
    size_t number, longest; /* columns: of their counts, behind their names */
    bool growth;
    bool failed; /* memory ran out */
} reader;

/* A later table of the same program has the counts of its time, and how much
 * they have grown since the one before. */
static object *object_of(reader *r, pv_sym name)
{
    pv_fn fn = pv_build_function(r->b, name, (pv_sym){0}, 0, PV_FN_TYPE);
    size_t len = r->at.len, more = fn.i + 1 > len ? fn.i + 1 - len : 0;

    r->failed |= !PV_VEC_GROW(&r->at, more);
    if (r->failed)
        return NULL;
    if (more)
        memset(r->at.at + len, 0, more * sizeof *r->at.at);
    r->at.len += more;
    return &r->at.at[fn.i];
}

static void take(reader *r, const block_row *row)
{
    object *o = object_of(r, row->name);

    if (!o)
        return;
    if (!o->there)
        *o = (object){.there = true, .delta = PV_NONE};
    o->count = row->count;
    if (row->delta != PV_NONE &&
        (o->delta == PV_NONE || !pv_add64(o->delta, row->delta, &o->delta)))
        o->delta = row->delta;
    r->rows++;
    r->last = row->line;
}

static block_row row_of(reader *r, const type_row *row, uint64_t line)
{
    return (block_row){pv_build_name(r->b, row->name), row->count, row->delta,
                       line};
}

/* Types stand in columns, the longest name one blank from them. */
static void close_block(reader *r)
{
    bool table = r->block.len > 1 && (r->growth || r->longest + 1 == r->number);

    for (size_t i = 0; table && i < r->block.len; i++)
        take(r, &r->block.at[i]);
    r->block.len = 0;
    r->longest = 0;
}

static bool fits_block(const reader *r, const object_row *o)
{
    if (r->block.len == 0)
        return true;
    if (r->growth || o->growth)
        return r->growth && o->growth;
    return o->number == r->number &&
           o->row.count <= r->block.at[r->block.len - 1].count;
}

static void add_to_block(reader *r, const object_row *o, uint64_t number)
{
    block_row found = row_of(r, &o->row, number);

    if (!fits_block(r, o))
        close_block(r);
    r->failed |= !PV_VEC_GROW(&r->block, 1);
    if (r->failed)
        return;
    r->block.at[r->block.len++] = found;
    r->growth = o->growth;
    r->number = o->number;
    if (o->name_end > r->longest)
        r->longest = o->name_end;
}

static void read_line(reader *r, pv_str line, uint64_t number)
{
    object_row o;
    block_row found;

    if (is_call(line)) {
        r->named = true;
    } else if (!parse(line, &o)) {
        close_block(r);
    } else if (r->named || o.exact) {
        close_block(r);
        found = row_of(r, &o.row, number);
        take(r, &found);
    } else {
        add_to_block(r, &o, number);
    }
}

static void build(reader *r)
{
    uint32_t count = pv_build_metric(r->b, PV_STR("count"), PV_COUNT, false);
    uint32_t size = pv_build_metric(r->b, PV_STR("size"), PV_BYTES, false);
    uint32_t delta = pv_build_metric(r->b, PV_STR("delta"), PV_COUNT, false);

    for (size_t i = 0; i < r->at.len; i++) {
        const object *o = &r->at.at[i];

        pv_fn fn = {(uint32_t)i};

        if (!o->there)
            continue;
        pv_cost_function(r->b, fn, count, o->count);
        pv_cost_function(r->b, fn, size, PV_NONE);
        pv_cost_function(r->b, fn, delta, o->delta);
    }
}

static bool read_lines(reader *r)
{
    pv_printed report;
    pv_str line;
    bool ok;

    if (!pv_printed_open(&report, r->src))
        return false;
    while (!r->failed && pv_printed_line(&report, &line))
        read_line(r, line, report.lines.number);
    close_block(r);
    report.row = r->last;
    ok = pv_printed_end(&report);
    pv_printed_close(&report);
    return ok && (!r->failed || pv_fail_nomem(r->src->err));
}

static bool read_objgraph(pv_source *src, pv_builder *b)
{
    reader r = {.src = src, .b = b, .named = src->options->format.n > 0};
    bool ok;

    pv_builder_has(b, PV_HAS_TOTALS);
    pv_builder_producer(b, PV_STR("objgraph"));
    ok = read_lines(&r);
    build(&r);
    pv_builder_counts(b, 0, (int64_t)r.rows);
    if (ok && r.rows == 0)
        ok = pv_source_fail(src, PV_E_FORMAT,
                            "no row of a table of objgraph in it");
    PV_VEC_DONE(&r.at);
    PV_VEC_DONE(&r.block);
    return ok;
}

/* ---- detection ---- */

/* Two rows of growth in a row, in any columns. */
static bool has_growth(pv_bytes head)
{
    pv_str text = {(const char *)head.p, head.n};
    pv_buf clean = {0};
    object_row r;
    size_t run = 0;

    while (text.n && run < 2) {
        size_t lf = pv_str_find(text, '\n');
        pv_str line = pv_str_slice(text, 0, lf == SIZE_MAX ? text.n : lf);

        text = pv_str_slice(text, line.n + 1, text.n);
        run =
            parse(pv_printed_clean(&clean, line), &r) && r.growth ? run + 1 : 0;
    }
    pv_buf_done(&clean);
    return run == 2;
}

extern const pv_format pv_format_objgraph;

static int bid(pv_bytes head, bool whole)
{
    int found = pv_printed_bid(&pv_format_objgraph, head, whole);

    return found || !has_growth(head) ? found : PV_BID_OBJGRAPH;
}

static const char *const extensions[] = {".txt", ".log", NULL};

const pv_format pv_format_objgraph = {
    .name = "objgraph",
    .title = "printed objgraph tables (types, growth)",
    .noun = "objgraph tables",
    .extensions = extensions,
    .provides = PV_HAS_TOTALS,
    .bid = bid,
    .opens = opens,
    .evidence = PV_BID_OBJGRAPH,
    .read = read_objgraph,
};
