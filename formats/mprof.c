/* SPDX-License-Identifier: MIT */
/* mprof .dat: memory over time as memory_profiler's sampler writes it.
 *
 * Records come in any order; a second CMDLINE with samples before it starts
 * another run.  Lines that cannot be read are named and left out; a last line
 * without its newline may be cut and is dropped.
 */
#include "mprof.h"

#include <stdio.h>

#include "buf.h"
#include "lines.h"
#include "number.h"
#include "source.h"

enum { BAD_SHOWN = 5, BID_LINES = 5, UNKNOWN_WORDS = 8 };

typedef struct series_key {
    int64_t pid;
    uint32_t run;
    uint32_t handle; /* in the builder */
} series_key;

typedef struct unknown_word {
    char text[24];
    uint64_t line, count;
} unknown_word;

typedef struct reader {
    pv_source *src;
    pv_builder *b;
    PV_VEC(series_key) series;
    mprof_spans spans;
    mprof_runs runs;
    uint32_t last_series; /* the row that the last sample went to */
    bool backwards;
    int64_t last_mem;
    int64_t mem_value, child_sum; /* since the last MEM */
    uint64_t groups, below;       /* of CHLD records; sums above both MEM */
    uint64_t mems, samples, bad;
    uint64_t bad_line[BAD_SHOWN];
    const char *bad_why[BAD_SHOWN];
    unknown_word unknown[UNKNOWN_WORDS];
    size_t unknown_len;
    bool nomem;
} reader;

static void note_bad(reader *r, uint64_t line, const char *why)
{
    if (r->bad < BAD_SHOWN) {
        r->bad_line[r->bad] = line;
        r->bad_why[r->bad] = why;
    }
    r->bad++;
}

static void note_unknown(reader *r, pv_str word, uint64_t line)
{
    char text[24];

    pv_printable(word, 16, text, sizeof text);
    for (size_t i = 0; i < r->unknown_len; i++)
        if (strcmp(r->unknown[i].text, text) == 0) {
            r->unknown[i].count++;
            return;
        }
    if (r->unknown_len == UNKNOWN_WORDS) {
        note_bad(r, line, "unknown record");
        return;
    }
    r->unknown[r->unknown_len] = (unknown_word){.line = line, .count = 1};
    memcpy(r->unknown[r->unknown_len++].text, text, sizeof text);
}

static bool start_run(reader *r)
{
    if (!PV_VEC_GROW(&r->runs, 1)) {
        r->nomem = true;
        return false;
    }
    r->runs.at[r->runs.len++] = (mprof_run){INT64_MAX, INT64_MIN};
    return true;
}

static uint32_t current_run(const reader *r)
{
    return (uint32_t)r->runs.len - 1;
}

static void take_command(reader *r, pv_str command)
{
    mprof_run *now = &r->runs.at[current_run(r)];

    if (now->first <= now->last && !start_run(r))
        return;
    pv_build_note(r->b, PV_STR("command"), command);
}

/* The series of a process in the current run; the last one is asked first. */
static bool find_series(reader *r, int64_t pid, uint32_t *row)
{
    uint32_t run = current_run(r);
    char name[32] = "main";

    if (r->last_series < r->series.len &&
        r->series.at[r->last_series].pid == pid &&
        r->series.at[r->last_series].run == run) {
        *row = r->last_series;
        return true;
    }
    for (size_t i = r->series.len; i > 0; i--)
        if (r->series.at[i - 1].pid == pid && r->series.at[i - 1].run == run) {
            *row = r->last_series = (uint32_t)i - 1;
            return true;
        }
    if (!PV_VEC_GROW(&r->series, 1))
        return false;
    if (pid >= 0)
        snprintf(name, sizeof name, "child %lld", (long long)pid);
    *row = r->last_series = (uint32_t)r->series.len;
    r->series.at[r->series.len++] = (series_key){
        .pid = pid,
        .run = run,
        .handle = pv_build_series(r->b, pv_str_of(name), PV_BYTES, pid, run)};
    return true;
}

/* `next`: the MEM that ends a group of CHLD records. */
static void end_group(reader *r, int64_t next)
{
    if (r->child_sum > 0) {
        r->groups++;
        r->below += r->child_sum > r->mem_value && r->child_sum > next;
    }
    r->child_sum = 0;
    r->mem_value = next;
}

static void take_sample(reader *r, const mprof_record *rec)
{
    mprof_run *now = &r->runs.at[current_run(r)];
    uint32_t row;

    if (rec->kind == MPROF_CHLD && rec->pid == 0 && rec->bytes == 0)
        return; /* placeholder: the child was gone */
    if (!find_series(r, rec->pid, &row)) {
        r->nomem = true;
        return;
    }
    pv_build_point(r->b, r->series.at[row].handle, rec->t, rec->bytes);
    r->samples++;
    if (rec->t < now->first)
        now->first = rec->t;
    if (rec->t > now->last)
        now->last = rec->t;
    if (rec->kind != MPROF_MEM) {
        if (!pv_add64(r->child_sum, rec->bytes, &r->child_sum))
            r->child_sum = INT64_MAX;
        return;
    }
    end_group(r, rec->bytes);
    r->backwards = r->backwards || (r->mems && rec->t < r->last_mem);
    r->last_mem = rec->t;
    r->mems++;
}

static void take(reader *r, const mprof_record *rec, uint64_t line)
{
    switch (rec->kind) {
    case MPROF_BLANK: return;
    case MPROF_CMDLINE: take_command(r, rec->text); return;
    case MPROF_MEM: take_sample(r, rec); return;
    case MPROF_CHLD: take_sample(r, rec); return;
    case MPROF_FUNC: r->nomem |= !mprof_span_take(&r->spans, r->b, rec); return;
    case MPROF_UNKNOWN: note_unknown(r, rec->text, line); return;
    case MPROF_BAD: note_bad(r, line, rec->why); return;
    }
}

static bool read_lines(reader *r)
{
    pv_lines l;
    pv_str line;
    bool ok = true;

    if (!pv_lines_init(&l, r->src->input, r->src->err))
        return false;
    while (ok && pv_lines_next(&l, &line, r->src->err)) {
        mprof_record rec;

        if (l.number == 1 && pv_str_starts(line, PV_STR("\xef\xbb\xbf")))
            line = pv_str_slice(line, 3, line.n);
        if (l.cut) {
            ok = pv_source_warn(r->src, l.number,
                                "last line has no newline; dropped");
            break;
        }
        rec = mprof_parse(line);
        take(r, &rec, l.number);
        if (r->nomem)
            ok = pv_fail_nomem(r->src->err);
    }
    pv_lines_done(&l);
    return ok && r->src->err->code == PV_OK;
}

static bool warn_bad(reader *r)
{
    pv_buf text = {0};
    bool ok;

    if (r->bad == 0)
        return true;
    for (size_t i = 0; i < BAD_SHOWN && i < r->bad; i++)
        pv_buf_format(&text, "%s line %llu: %s", i ? "," : "",
                      (unsigned long long)r->bad_line[i], r->bad_why[i]);
    pv_buf_char(&text, '\0');
    ok = pv_source_warn(r->src, r->bad_line[0], "%llu line%s left out:%s%s",
                        (unsigned long long)r->bad, r->bad == 1 ? "" : "s",
                        text.failed ? "" : text.p,
                        r->bad > BAD_SHOWN ? ", ..." : "");
    pv_buf_done(&text);
    return ok;
}

static bool warn_unknown(reader *r)
{
    for (size_t i = 0; i < r->unknown_len; i++)
        if (!pv_source_warn(r->src, r->unknown[i].line,
                            "unknown record '%s', %llu line%s ignored",
                            r->unknown[i].text,
                            (unsigned long long)r->unknown[i].count,
                            r->unknown[i].count == 1 ? "" : "s"))
            return false;
    return true;
}

/* `mprof run -C -M` counts children twice; nothing in the file says so, but
 * then the sum is never above its parent. */
static bool note_children(reader *r)
{
    end_group(r, r->mem_value);
    if (r->groups == 0 || r->below > 0)
        return true;
    pv_build_note(r->b, PV_STR("includes_children"), PV_STR("yes"));
    return pv_source_warn(r->src, 0,
                          "MEM is never below the sum of the children: it "
                          "includes them (mprof run -C -M)");
}

static void note_start(reader *r)
{
    char text[PV_NUMBER_MAX];

    for (size_t i = 0; i < r->runs.len; i++)
        if (r->runs.at[i].first <= r->runs.at[i].last) {
            size_t n = pv_write_fixed(text, r->runs.at[i].first, 9);

            pv_build_note(r->b, PV_STR("start"), (pv_str){text, n});
            return;
        }
}

static bool finish(reader *r)
{
    if (r->samples == 0 && r->spans.len > 0)
        return pv_source_fail(r->src, PV_E_FORMAT,
                              "no MEM records, only FUNC lines (as of "
                              "memory_profiler's --timestamp and --backend "
                              "tracemalloc); a plain `mprof run` records both");
    if (r->samples == 0)
        return pv_source_fail(r->src, PV_E_FORMAT,
                              "no MEM records (did the program end before the "
                              "first sample? `mprof run -T 0.01` takes them "
                              "more often)");
    if (!warn_bad(r) || !warn_unknown(r))
        return false;
    if (r->backwards && !pv_source_warn(r->src, 0,
                                        "the clock went back during the run; "
                                        "samples are sorted by time"))
        return false;
    mprof_spans_place(&r->spans, &r->runs);
    if (!note_children(r) || (!mprof_spans_build(&r->spans, &r->runs, r->b) &&
                              !pv_fail_nomem(r->src->err)))
        return false;
    for (size_t i = 0; i < r->series.len; i++)
        pv_series_origin(r->b, r->series.at[i].handle,
                         r->runs.at[r->series.at[i].run].first);
    note_start(r);
    pv_builder_counts(r->b, 0, (int64_t)(r->samples + r->spans.len));
    return true;
}

static bool read_mprof(pv_source *src, pv_builder *b)
{
    reader r = {.src = src, .b = b};
    bool ok = start_run(&r) ? true : pv_fail_nomem(src->err);

    pv_builder_has(b, PV_HAS_SERIES);
    pv_builder_producer(b, PV_STR("mprof"));
    pv_build_metric(b, PV_STR("memory"), PV_BYTES, true);
    ok = ok && read_lines(&r) && finish(&r);
    PV_VEC_DONE(&r.series);
    PV_VEC_DONE(&r.spans);
    PV_VEC_DONE(&r.runs);
    return ok;
}

/* A first record that is longer than what may be looked at. */
static bool long_record(pv_bytes head)
{
    pv_str text = {(const char *)head.p, head.n};

    return pv_str_find(text, '\n') == SIZE_MAX &&
           pv_str_find(text, ';') == SIZE_MAX &&
           (pv_str_starts(text, PV_STR("FUNC ")) ||
            pv_str_starts(text, PV_STR("CMDLINE ")));
}

/* A record's word at the start of one of the first lines, with a shape that
 * stacks do not have by accident. */
static int bid(pv_bytes head, bool whole)
{
    pv_str text = {(const char *)head.p, head.n};
    int score = 0, lines = 0;

    if (pv_str_starts(text, PV_STR("\xef\xbb\xbf")))
        text = pv_str_slice(text, 3, text.n);
    while (text.n && lines < BID_LINES) {
        size_t lf = pv_str_find(text, '\n');
        bool complete = lf != SIZE_MAX;
        mprof_record rec =
            mprof_parse(pv_str_slice(text, 0, complete ? lf : text.n));

        text = pv_str_slice(text, complete ? lf + 1 : text.n, text.n);
        if (rec.kind == MPROF_BLANK || (!complete && !whole))
            continue;
        lines++;
        if (rec.kind == MPROF_MEM || rec.kind == MPROF_FUNC)
            score += 8 * 4;
        else if (rec.kind == MPROF_CHLD)
            score += 8 * 5;
        else if (rec.kind == MPROF_CMDLINE)
            score += 8 * 8;
    }
    return lines == 0 && !whole && long_record(head) ? 16 : score;
}

static const char *const extensions[] = {".dat", NULL};

extern const pv_format pv_format_mprof;
const pv_format pv_format_mprof = {
    .name = "mprof",
    .title = "mprof .dat (memory over time, memory_profiler)",
    .extensions = extensions,
    .provides = PV_HAS_SERIES,
    .bid = bid,
    .read = read_mprof,
};
