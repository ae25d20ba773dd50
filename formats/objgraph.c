/* SPDX-License-Identifier: MIT */
/* objgraph: show_most_common_types and show_growth.  Without a header they are
 * read only where the user names them. */
#include "number.h"
#include "type_table.h"

/* "dict          5120       +31" */
static bool parse_growth(pv_str line, type_row *row)
{
    pv_str rest = pv_trim(line), delta, count;
    size_t at = pv_str_rfind(rest, ' ');

    *row = (type_row){.size = PV_NONE};
    if (at == SIZE_MAX)
        return false;
    delta = pv_str_slice(rest, at + 1, rest.n);
    rest = pv_trim(pv_str_slice(rest, 0, at));
    at = pv_str_rfind(rest, ' ');
    if (at == SIZE_MAX || delta.n < 2 || delta.p[0] != '+')
        return false;
    count = pv_str_slice(rest, at + 1, rest.n);
    row->name = pv_trim(pv_str_slice(rest, 0, at));
    return row->name.n > 0 && pv_str_find(row->name, ';') == SIZE_MAX &&
           pv_parse_i64(count, &row->count) && row->count >= 0 &&
           pv_parse_i64(pv_str_slice(delta, 1, delta.n), &row->delta);
}

/* "dict                       5120" */
static bool parse_bare(pv_str line, type_row *row)
{
    pv_str rest = pv_trim(line);
    size_t at = pv_str_rfind(rest, ' ');

    *row = (type_row){.size = PV_NONE, .delta = PV_NONE};
    if (at == SIZE_MAX)
        return false;
    row->name = pv_trim(pv_str_slice(rest, 0, at));
    return row->name.n > 0 &&
           pv_parse_i64(pv_str_slice(rest, at + 1, rest.n), &row->count) &&
           row->count >= 0;
}

static bool parse_objgraph(pv_str line, type_row *row)
{
    return parse_growth(line, row) || parse_bare(line, row);
}

static bool opens(pv_str line)
{
    return pv_find_text(line, PV_STR("objgraph.show_growth")) != SIZE_MAX ||
           pv_find_text(line, PV_STR("objgraph.show_most_common_types")) !=
               SIZE_MAX;
}

static bool read_objgraph(pv_source *src, pv_builder *b)
{
    static const type_table t = {"objgraph", opens, parse_objgraph, false};

    return type_table_read(src, b, &t);
}

static int bid(pv_bytes head, bool whole)
{
    return pv_printed_bid(head, whole, opens, PV_BID_OBJGRAPH);
}

static const char *const extensions[] = {".txt", ".log", NULL};

extern const pv_format pv_format_objgraph;
const pv_format pv_format_objgraph = {
    .name = "objgraph",
    .title = "printed objgraph tables (types, growth)",
    .noun = "objgraph tables",
    .extensions = extensions,
    .provides = PV_HAS_TOTALS,
    .bid = bid,
    .opens = opens,
    .read = read_objgraph,
};
