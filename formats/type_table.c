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

static bool more_rows(const type_table *t, pv_str line)
{
    return t->more && pv_find_text(line, pv_str_of(t->more)) != SIZE_MAX;
}

typedef struct reader {
    pv_source *src;
    pv_builder *b;
    const type_table *t;
    uint32_t metric[3];
    uint64_t rows;
    bool inside;
    bool heading; /* the line before opened the table */
} reader;

/* Below the line that opens a table there is one more: its columns' names or
 * a rule. */
static bool read_line(reader *r, pv_str line, pv_printed *report)
{
    bool opens = r->t->opens(line), heading = r->heading;
    type_row row;

    r->inside |= opens;
    r->heading = opens;
    if (opens) {
        pv_printed_row(report);
    } else if (r->inside && r->t->parse(line, &row)) {
        take(r->b, r->metric, &row);
        r->rows++;
        pv_printed_row(report);
    } else if (heading) {
        pv_printed_row(report);
    } else if (r->inside && more_rows(r->t, line)) {
        return pv_source_warn(r->src, report->lines.number,
                              "the table was cut when it was printed");
    }
    return true;
}

static bool read_rows(reader *r, pv_printed *report)
{
    pv_str line;

    r->metric[0] = pv_build_metric(r->b, PV_STR("count"), PV_COUNT, false);
    r->metric[1] = pv_build_metric(r->b, PV_STR("size"), PV_BYTES, false);
    r->metric[2] = pv_build_metric(r->b, PV_STR("delta"), PV_COUNT, false);
    while (pv_printed_line(report, &line))
        if (!read_line(r, line, report))
            return false;
    return pv_printed_end(report);
}

bool type_table_read(pv_source *src, pv_builder *b, const type_table *t)
{
    reader r = {.src = src, .b = b, .t = t};
    pv_printed report;
    bool ok;

    if (!pv_printed_open(&report, src))
        return false;
    pv_builder_has(b, PV_HAS_TOTALS);
    pv_builder_producer(b, pv_str_of(t->producer));
    ok = read_rows(&r, &report);
    pv_builder_counts(b, 0, (int64_t)r.rows);
    pv_printed_close(&report);
    if (ok && r.rows == 0)
        ok = pv_source_fail(src, PV_E_FORMAT, "no row of a table of %s in it",
                            t->producer);
    return ok;
}
