/* SPDX-License-Identifier: MIT */
/* Printed tables of object types: one function of kind PV_FN_TYPE a row. */
#include "type_table.h"

static void take(pv_builder *b, const uint32_t metric[3], const type_row *row)
{
    pv_fn fn = pv_build_function(b, pv_build_name(b, row->name), (pv_sym){0}, 0,
                                 PV_FN_TYPE);

    pv_cost_function(b, fn, metric[0], row->count);
    pv_cost_function(b, fn, metric[1], row->size);
    pv_cost_function(b, fn, metric[2], row->delta);
}

static bool more_rows(pv_str line)
{
    return pv_find_text(line, PV_STR(" more rows.")) != SIZE_MAX;
}

static bool read_rows(pv_source *src, pv_builder *b, const type_table *t,
                      pv_printed *report, uint64_t *rows)
{
    uint32_t metric[3] = {
        pv_build_metric(b, PV_STR("count"), PV_COUNT, false),
        pv_build_metric(b, PV_STR("size"), PV_BYTES, false),
        pv_build_metric(b, PV_STR("delta"), PV_COUNT, false),
    };
    bool inside = false;
    type_row row;
    pv_str line;

    while (pv_printed_line(report, &line)) {
        if (t->opens(line)) {
            inside = true;
        } else if (inside && t->parse(line, &row)) {
            take(b, metric, &row);
            (*rows)++;
        } else if (inside && more_rows(line) &&
                   !pv_source_warn(src, report->lines.number,
                                   "the table was cut when it was printed")) {
            return false;
        }
    }
    return pv_printed_ok(report);
}

bool type_table_read(pv_source *src, pv_builder *b, const type_table *t)
{
    pv_printed report;
    uint64_t rows = 0;
    bool ok;

    if (!pv_printed_open(&report, src))
        return false;
    pv_builder_has(b, PV_HAS_TOTALS);
    pv_builder_producer(b, pv_str_of(t->producer));
    ok = read_rows(src, b, t, &report, &rows);
    pv_builder_counts(b, 0, (int64_t)rows);
    pv_printed_close(&report);
    if (ok && rows == 0)
        ok = pv_source_fail(src, PV_E_FORMAT, "no row of a table of %s in it",
                            t->producer);
    return ok;
}
