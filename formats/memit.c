/* SPDX-License-Identifier: MIT */
/* %memit: "peak memory: 312.44 MiB, increment: 41.07 MiB"; a row is named by
 * the %memit line before it. */
#include "number.h"
#include "printed.h"

typedef struct memit {
    int64_t peak, increment;
} memit;

static bool parse(pv_str line, memit *m)
{
    size_t peak = pv_find_text(line, PV_STR("peak memory: "));
    size_t inc = pv_find_text(line, PV_STR("increment: "));
    pv_str rest, number, unit;

    if (peak == SIZE_MAX || inc == SIZE_MAX || inc < peak)
        return false;
    rest = pv_str_slice(line, peak + 13, inc);
    if (!pv_word(&rest, &number) || !pv_word(&rest, &unit))
        return false;
    if (unit.p[unit.n - 1] == ',')
        unit.n--;
    if (!pv_parse_size(number, unit, &m->peak))
        return false;
    rest = pv_str_slice(line, inc + 11, line.n);
    return pv_word(&rest, &number) && pv_word(&rest, &unit) &&
           pv_parse_size(number, unit, &m->increment);
}

static bool opens(pv_str line)
{
    memit m;

    return parse(line, &m);
}

/* "In [4]: %memit build_table(200)" -> "build_table(200)" */
static void note_command(pv_buf *name, pv_str line, pv_printed *report)
{
    size_t at = pv_find_text(line, PV_STR("%memit "));

    if (at == SIZE_MAX)
        return;
    pv_printed_row(report);
    pv_buf_clear(name);
    pv_buf_str(name, pv_trim(pv_str_slice(line, at + 7, line.n)));
}

static uint64_t read_lines(pv_builder *b, pv_printed *report, uint32_t peak,
                           uint32_t increment)
{
    pv_buf name = {0};
    uint64_t rows = 0;
    pv_str line;
    memit m;

    while (pv_printed_line(report, &line)) {
        pv_fn fn;

        note_command(&name, line, report);
        if (!parse(line, &m))
            continue;
        pv_printed_row(report);
        if (name.n == 0)
            pv_buf_puts(&name, "memit");
        fn = pv_build_function(b, pv_build_name(b, pv_buf_text(&name)),
                               (pv_sym){0}, (uint32_t)report->lines.number,
                               PV_FN_MARK);
        pv_cost_function(b, fn, peak, m.peak);
        pv_cost_function(b, fn, increment, m.increment);
        pv_buf_clear(&name);
        rows++;
    }
    if (name.failed)
        pv_fail_nomem(report->src->err);
    pv_buf_done(&name);
    return rows;
}

static bool read_memit(pv_source *src, pv_builder *b)
{
    uint32_t peak, increment;
    pv_printed report;
    uint64_t rows;
    bool ok;

    if (!pv_printed_open(&report, src))
        return false;
    peak = pv_build_metric(b, PV_STR("peak"), PV_BYTES, true);
    increment = pv_build_metric(b, PV_STR("increment"), PV_BYTES, false);
    pv_builder_has(b, PV_HAS_TOTALS);
    pv_builder_producer(b, PV_STR("%memit"));
    rows = read_lines(b, &report, peak, increment);
    ok = pv_printed_end(&report);
    pv_builder_counts(b, 0, (int64_t)rows);
    pv_printed_close(&report);
    if (ok && rows == 0)
        ok = pv_source_fail(src, PV_E_FORMAT, "no line of %%memit in it");
    return ok;
}

static const char *const extensions[] = {".txt", ".log", NULL};

extern const pv_format pv_format_memit;
const pv_format pv_format_memit = {
    .name = "memit",
    .title = "printed %memit results",
    .noun = "%memit results",
    .extensions = extensions,
    .provides = PV_HAS_TOTALS,
    .opens = opens,
    .evidence = PV_BID_MEMIT,
    .read = read_memit,
};
