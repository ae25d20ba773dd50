/* SPDX-License-Identifier: MIT */
/* Pympler: muppy's summary, "types | # objects | total size". */
#include "number.h"
#include "type_table.h"

/* "        <class 'str |       15000 |      1.45 MB" */
static bool parse_pympler(pv_str line, type_row *row)
{
    size_t second = pv_str_rfind(line, '|'), first;
    pv_str size, number, unit;

    *row = (type_row){.delta = PV_NONE};
    if (second == SIZE_MAX)
        return false;
    first = pv_str_rfind(pv_str_slice(line, 0, second), '|');
    if (first == SIZE_MAX)
        return false;
    row->name = pv_trim(pv_str_slice(line, 0, first));
    size = pv_str_slice(line, second + 1, line.n);
    return row->name.n > 0 && row->name.p[0] != '=' &&
           pv_parse_i64(pv_trim(pv_str_slice(line, first + 1, second)),
                        &row->count) &&
           pv_word(&size, &number) && pv_word(&size, &unit) &&
           pv_parse_size(number, unit, &row->size);
}

static bool opens(pv_str line)
{
    size_t at = pv_find_text(line, PV_STR("types |"));

    return at != SIZE_MAX &&
           pv_find_text(line, PV_STR("# objects |")) != SIZE_MAX &&
           pv_find_text(line, PV_STR("total size")) != SIZE_MAX;
}

static bool read_pympler(pv_source *src, pv_builder *b)
{
    static const type_table t = {"Pympler", opens, parse_pympler, NULL};

    return type_table_read(src, b, &t);
}

static const char *const extensions[] = {".txt", ".log", NULL};

extern const pv_format pv_format_pympler;
const pv_format pv_format_pympler = {
    .name = "pympler",
    .title = "printed Pympler summary",
    .noun = "Pympler summaries",
    .extensions = extensions,
    .provides = PV_HAS_TOTALS,
    .opens = opens,
    .evidence = PV_BID_PYMPLER,
    .read = read_pympler,
};
