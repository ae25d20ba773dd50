/* SPDX-License-Identifier: MIT */
/* guppy: heapy's "Partition of a set of N objects. Total size = M bytes." */
#include "number.h"
#include "type_table.h"

/* "     0   9000  35   800000  24    800000  24 str" */
static bool parse_guppy(pv_str line, type_row *row)
{
    pv_str rest = line, word;
    int64_t cell[7];

    *row = (type_row){.delta = PV_NONE};
    for (size_t i = 0; i < 7; i++)
        if (!pv_word(&rest, &word) || !pv_parse_i64(word, &cell[i]))
            return false;
    row->count = cell[1];
    row->size = cell[3];
    row->name = pv_trim(rest);
    return row->name.n > 0;
}

static bool opens(pv_str line)
{
    return pv_find_text(line, PV_STR("Partition of a set of ")) != SIZE_MAX &&
           pv_find_text(line, PV_STR("Total size = ")) != SIZE_MAX;
}

static bool read_guppy(pv_source *src, pv_builder *b)
{
    static const type_table t = {"guppy", opens, parse_guppy, " more rows."};

    return type_table_read(src, b, &t);
}

static const char *const extensions[] = {".txt", ".log", NULL};

extern const pv_format pv_format_guppy;
const pv_format pv_format_guppy = {
    .name = "guppy",
    .title = "printed guppy/heapy partition",
    .noun = "guppy partitions",
    .extensions = extensions,
    .provides = PV_HAS_TOTALS,
    .opens = opens,
    .evidence = PV_BID_GUPPY,
    .read = read_guppy,
};
