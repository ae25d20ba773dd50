/* SPDX-License-Identifier: MIT */
/* FUNC lines of an mprof .dat: spans of functions, placed in runs and nested.
 *
 * Levels in the file drift when functions raise: the intervals decide.
 */
#include "mprof.h"

#include <stdlib.h>

bool mprof_span_take(mprof_spans *spans, pv_builder *b, const mprof_record *rec)
{
    mprof_span s = {.begin = rec->t,
                    .end = rec->t_end,
                    .begin_value = rec->bytes,
                    .end_value = rec->bytes_end,
                    .level = rec->level,
                    .label = pv_build_name(b, rec->text),
                    .row = (uint32_t)spans->len};

    if (!PV_VEC_GROW(spans, 1))
        return false;
    spans->at[spans->len++] = s;
    return true;
}

/* Longest first among those that start together; then by level, then as in
 * the file. */
static int by_begin(const void *a, const void *b)
{
    const mprof_span *x = a, *y = b;

    if (x->run != y->run)
        return x->run < y->run ? -1 : 1;
    if (x->begin != y->begin)
        return x->begin < y->begin ? -1 : 1;
    if (x->end != y->end)
        return x->end > y->end ? -1 : 1;
    if (x->level != y->level)
        return x->level < y->level ? -1 : 1;
    return x->row < y->row ? -1 : 1;
}

/* The run whose samples a span lies among: the last that began before its
 * end, since the block of a run is written when it is over. */
static uint32_t run_of(const mprof_runs *runs, const mprof_span *s)
{
    for (size_t i = runs->len; i > 0; i--)
        if (runs->at[i - 1].first <= s->end)
            return (uint32_t)i - 1;
    return 0;
}

void mprof_spans_place(mprof_spans *spans, const mprof_runs *runs)
{
    for (size_t i = 0; i < spans->len; i++) {
        mprof_span *s = &spans->at[i];
        mprof_run *run;

        s->run = run_of(runs, s);
        run = &runs->at[s->run];
        if (s->begin < run->first)
            run->first = s->begin;
    }
    if (spans->len)
        qsort(spans->at, spans->len, sizeof *spans->at, by_begin);
}

/* Nesting from the intervals: levels in the file drift when functions raise.
 * `open` holds the spans around the current one. */
bool mprof_spans_build(const mprof_spans *spans, const mprof_runs *runs,
                       pv_builder *b)
{
    PV_VEC(uint32_t) open = {0};

    for (size_t i = 0; i < spans->len; i++) {
        const mprof_span *s = &spans->at[i];
        int64_t zero = runs->at[s->run].first;

        while (open.len && (spans->at[open.at[open.len - 1]].run != s->run ||
                            spans->at[open.at[open.len - 1]].end < s->end))
            open.len--;
        pv_build_mark(b, (pv_mark){.label = s->label,
                                   .begin = s->begin - zero,
                                   .end = s->end - zero,
                                   .begin_value = s->begin_value,
                                   .end_value = s->end_value,
                                   .level = (uint32_t)open.len,
                                   .run = s->run});
        if (!PV_VEC_GROW(&open, 1)) {
            PV_VEC_DONE(&open);
            return false;
        }
        open.at[open.len++] = (uint32_t)i;
    }
    PV_VEC_DONE(&open);
    return true;
}
