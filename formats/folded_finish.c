/* SPDX-License-Identifier: MIT */
/* Folded stacks, the end: metrics, notes and warnings; the stacks go into the
 * builder. */
#include <inttypes.h>
#include <stdio.h>

#include "folded_reader.h"

/* ---- who wrote it ------------------------------------------------------- */

static const char *producer_of(pv_folded_dialect d)
{
    switch (d) {
    case PV_FOLDED_PLAIN: return "";
    case PV_FOLDED_PYSPY: return "py-spy";
    case PV_FOLDED_AUSTIN: return "austin";
    case PV_FOLDED_PYFLAME:
    case PV_FOLDED_CHART: return "pyflame";
    case PV_FOLDED_TACHYON: return "Tachyon";
    case PV_FOLDED_FIL: return "Fil";
    case PV_FOLDED_PERF: return "perf";
    case PV_FOLDED_FLAMEPROF: return "flameprof";
    }
    return "";
}

void pv_folded_metadata(pv_folded_reader *r, pv_str line)
{
    static const char *const known[] = {
        "mode",   "interval", "duration",   "python", "command",
        "memory", "gc",       "saturation", "errors", "multiprocess"};
    size_t colon = pv_str_find(line, ':');
    pv_str key = pv_str_slice(line, 1, colon);
    pv_str value =
        pv_str_slice(line, colon == SIZE_MAX ? line.n : colon + 1, line.n);

    while (key.n && key.p[0] == ' ')
        key = pv_str_slice(key, 1, key.n);
    while (value.n && value.p[0] == ' ')
        value = pv_str_slice(value, 1, value.n);
    if (pv_str_equal(key, PV_STR("austin")) && value.n < 64) {
        char name[80];

        snprintf(name, sizeof name, "austin %.*s", (int)value.n, value.p);
        pv_builder_producer(r->b, pv_str_of(name));
        r->named = true;
    }
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (pv_str_equal(key, pv_str_of(known[i])))
            pv_build_note(r->b, key, value);
}

/* ---- warnings ----------------------------------------------------------- */

static bool no_stacks(pv_folded_reader *r)
{
    if (r->bad_len == 0)
        return pv_source_fail(r->src, PV_E_FORMAT, "no stacks found");
    return pv_source_fail(r->src, PV_E_FORMAT,
                          "no stacks found (first bad line %" PRIu64 ": %s)",
                          r->bad[0].line, r->bad[0].reason);
}

static bool warn_bad_lines(pv_folded_reader *r)
{
    char list[272] = "";
    size_t n = 0;

    if (r->bad_len == 0)
        return true;
    for (size_t i = 0; i < r->bad_len && i < PV_FOLDED_SHOWN; i++)
        if (n < sizeof list)
            n += (size_t)snprintf(list + n, sizeof list - n,
                                  "%s%" PRIu64 " (%.44s)", i ? ", " : "",
                                  r->bad[i].line, r->bad[i].reason);
    return pv_source_warn(
        r->src, 0, "left out %" PRIu64 " %s: %s%s%s", r->bad_len,
        r->bad_len == 1 ? "line" : "lines", list,
        r->bad_len > PV_FOLDED_SHOWN ? ", ..." : "",
        r->negative ? "; with --metric negative counts are read" : "");
}

static bool warn_counts(pv_folded_reader *r, bool differential)
{
    bool plain = r->kind.dialect == PV_FOLDED_PLAIN;

    if (r->rounded &&
        !pv_source_warn(r->src, r->first_rounded,
                        "counts have more than nine decimals and were rounded "
                        "(%" PRIu64 " of %" PRIu64 ")",
                        r->rounded, r->valid))
        return false;
    if (differential && r->two < r->valid)
        return pv_source_warn(r->src, 0,
                              "%" PRIu64 " of %" PRIu64
                              " lines have two counts, before and "
                              "after; the others were read as unchanged",
                              r->two, r->valid);
    if (!differential && r->two && plain)
        return pv_source_warn(
            r->src, r->first_two,
            "%" PRIu64 " of %" PRIu64 " lines end in two numbers; the first "
            "was read as a part of the name, not as the count before (that "
            "takes nine lines of ten)",
            r->two, r->valid);
    return true;
}

/* Does some stack with a ';' start with this frame? */
static bool is_root_of_others(const pv_folded_tree *t, pv_str name)
{
    uint32_t node = 0;
    size_t at = 0;

    while (at <= name.n) {
        uint32_t c = t->nodes.at[node].child;
        uint8_t first = at < name.n ? (uint8_t)name.p[at] : ';';
        size_t n;

        while (c && t->nodes.at[c].first != first)
            c = t->nodes.at[c].next;
        if (!c)
            return false;
        n = t->nodes.at[c].len;
        if (at + n > name.n + 1)
            return true; /* an edge that goes on behind the name */
        at += n;
        node = c;
    }
    return t->nodes.at[node].child != 0;
}

static bool warn_stray(pv_folded_reader *r)
{
    pv_str text = pv_buf_text(&r->stray_text);
    pv_folded_frame f;

    if (r->in_order || text.n == 0 || r->forked_sum == 0 ||
        r->stray <= r->forked_sum)
        return true;
    pv_folded_parse(r->kind.dialect, text, &r->emit.scratch, &f);
    if (f.file.n || f.kind != PV_FN_CODE || is_root_of_others(&r->tree, text))
        return true;
    return pv_source_warn(r->src, r->stray_line,
                          "'%s' counts more than all stacks with a ';' "
                          "together; a stray line of a program's output?",
                          PV_QUOTE(text));
}

static bool warn_table(pv_folded_reader *r)
{
    if (r->forked || r->kind.dialect != PV_FOLDED_PLAIN)
        return true;
    return pv_source_warn(r->src, 0,
                          "no line holds a ';', each was read as a stack of "
                          "one frame; this may be a table of objects or "
                          "printed text instead");
}

/* ---- metrics ------------------------------------------------------------ */

static pv_unit unit_of(const pv_folded_reader *r)
{
    if (r->o->classic)
        return PV_COUNT;
    if (r->kind.dialect == PV_FOLDED_FIL)
        return PV_BYTES;
    if (r->columns[0].micro)
        return PV_NANOSECONDS;
    return r->kind.dialect == PV_FOLDED_AUSTIN ? PV_BYTES : PV_COUNT;
}

static const char *metric_of(const pv_folded_reader *r)
{
    switch (r->kind.dialect) {
    case PV_FOLDED_CHART: return "time";
    case PV_FOLDED_FIL: return "size";
    case PV_FOLDED_AUSTIN:
        return r->kind.memory && !r->kind.full ? "memory" : "time";
    case PV_FOLDED_PLAIN:
    case PV_FOLDED_PYSPY:
    case PV_FOLDED_PYFLAME:
    case PV_FOLDED_TACHYON:
    case PV_FOLDED_PERF:
    case PV_FOLDED_FLAMEPROF: return "samples";
    }
    return "samples";
}

static void add_metric(pv_folded_reader *r, const char *name, pv_unit unit,
                       unsigned column)
{
    uint32_t m = pv_build_metric(r->b, pv_str_of(name), unit, false);

    pv_builder_exponent(r->b, m, pv_folded_exponent(r, column));
}

/* Before and after in the same units of the last place. */
static bool add_differential(pv_folded_reader *r)
{
    pv_folded_column *c = r->columns;

    if (c[1].spoilt)
        return pv_source_fail_line(r->src, PV_E_LIMIT, c[1].spoilt, 0,
                                   "the sum of the counts before is above "
                                   "2^63-1, the most that is read");
    if (!pv_folded_align(r, 0, c[1].exponent) ||
        !pv_folded_align(r, 1, c[0].exponent))
        return pv_source_fail(r->src, PV_E_LIMIT,
                              "a sum of counts is above 2^63-1, the most that "
                              "is read");
    add_metric(r, "before", unit_of(r), 1);
    add_metric(r, "after", unit_of(r), 0);
    pv_builder_main_metric(r->b, 1);
    pv_builder_flags(r->b, PV_DIFFERENTIAL);
    return true;
}

static bool add_metrics(pv_folded_reader *r, bool differential)
{
    if (differential)
        return add_differential(r);
    add_metric(r, metric_of(r), unit_of(r), 0);
    if (r->kind.full) {
        add_metric(r, "idle", unit_of(r), 1);
        add_metric(r, "memory", PV_BYTES, 2);
    }
    return true;
}

/* ---- stacks ------------------------------------------------------------- */

static void cost_stack(void *ctx, uint32_t stack, pv_node at, bool two)
{
    pv_folded_reader *r = ctx;

    if (r->differential) {
        int64_t after = pv_folded_value(r, stack, 0);
        bool own = two || r->in_order;

        pv_cost_frame(r->b, at, 0, own ? pv_folded_value(r, stack, 1) : after);
        pv_cost_frame(r->b, at, 1, after);
        return;
    }
    pv_cost_frame(r->b, at, 0, pv_folded_value(r, stack, 0));
    for (unsigned i = 1; r->kind.full && i < r->columns_len; i++)
        pv_cost_frame(r->b, at, i, pv_folded_value(r, stack, i));
}

static bool add_stacks(pv_folded_reader *r)
{
    r->emit.differential = r->differential && !r->in_order;
    if (!r->in_order)
        return pv_folded_walk(&r->emit, &r->tree, cost_stack, r);
    for (size_t i = 0; i < r->nodes.len; i++)
        cost_stack(r, (uint32_t)i, r->nodes.at[i], false);
    return !r->emit.failed;
}

static void describe(pv_folded_reader *r)
{
    pv_folded_dialect d = r->kind.dialect;
    size_t stacks = r->in_order ? r->nodes.len : r->tree.stacks;

    pv_builder_has(r->b, PV_HAS_TREE);
    if (d != PV_FOLDED_FIL && d != PV_FOLDED_FLAMEPROF)
        pv_builder_flags(r->b, PV_SAMPLED);
    if (r->in_order)
        pv_builder_flags(r->b, PV_TIME_ORDERED);
    if (r->emit.lines)
        pv_builder_flags(r->b, PV_LEAF_LINES);
    if (!r->named)
        pv_builder_producer(r->b, pv_str_of(producer_of(d)));
    pv_builder_counts(r->b, (int64_t)stacks, (int64_t)r->valid);
}

bool pv_folded_finish(pv_folded_reader *r)
{
    if (r->valid == 0)
        return no_stacks(r);
    if (r->in_order)
        r->differential = r->kind.differential;
    else
        r->differential = r->two && r->two * 10 >= r->valid * 9;
    if (!warn_bad_lines(r) || !warn_counts(r, r->differential) ||
        !warn_stray(r) || !warn_table(r) || !add_metrics(r, r->differential))
        return false;
    if (!add_stacks(r))
        return pv_fail_nomem(r->src->err);
    describe(r);
    return true;
}
