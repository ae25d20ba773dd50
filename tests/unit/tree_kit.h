/* SPDX-License-Identifier: MIT */
/* Small profiles out of text, and text out of profiles, for unit tests.
 *
 *     "main;run@shop/run.py:7;len@~ 3\n"
 *
 * A frame is NAME[@FILE[:LINE]]; LINE is the executing one. */
#ifndef TREE_KIT_H
#define TREE_KIT_H

#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <setjmp.h>
#include <cmocka.h>

#include "buf.h"
#include "label.h"
#include "mem.h"
#include "number.h"
#include "profviz/builder.h"
#include "spelling.h"

static inline pv_fn_kind kit_kind(pv_str name)
{
    if (pv_str_starts(name, PV_STR("thread ")))
        return PV_FN_THREAD;
    return name.n ? PV_FN_CODE : PV_FN_LINE;
}

static inline pv_node kit_frame(pv_builder *b, pv_node up, pv_str part,
                                bool in_time, pv_node last)
{
    size_t at = pv_str_rfind(part, '@'), colon = pv_str_rfind(part, ':');
    pv_str name = pv_str_slice(part, 0, at), file = {0};
    uint64_t line = 0;
    pv_fn fn;

    if (at != SIZE_MAX) {
        file = pv_str_slice(part, at + 1, part.n);
        if (colon != SIZE_MAX && colon > at &&
            pv_parse_u64(pv_str_slice(part, colon + 1, part.n), &line))
            file = pv_str_slice(part, at + 1, colon);
    }
    fn = pv_build_function(b, pv_build_name(b, name), pv_build_name(b, file), 0,
                           kit_kind(name));
    (void)last;
    return in_time ? pv_build_frame_new(b, up, fn, (uint32_t)line, (pv_sym){0})
                   : pv_build_frame(b, up, fn, (uint32_t)line, (pv_sym){0});
}

static inline pv_builder *kit_builder(const char *metric, pv_unit unit)
{
    pv_builder *b = pv_builder_new("test", 0);

    pv_build_metric(b, pv_str_of(metric), unit, false);
    pv_builder_has(b, PV_HAS_TREE);
    return b;
}

static inline void kit_stacks(pv_builder *b, const char *text, bool in_time)
{
    pv_str all = pv_str_of(text);

    while (all.n) {
        size_t end = pv_str_find(all, '\n');
        pv_str line = pv_str_slice(all, 0, end);
        size_t blank = pv_str_rfind(line, ' ');
        pv_str stack = pv_str_slice(line, 0, blank);
        pv_node at = {0};
        int64_t count;

        assert_true(
            pv_parse_i64(pv_str_slice(line, blank + 1, line.n), &count));
        while (stack.n) {
            size_t semi = pv_str_find(stack, ';');

            at = kit_frame(b, at, pv_str_slice(stack, 0, semi), in_time, at);
            stack = semi == SIZE_MAX ? PV_STR("")
                                     : pv_str_slice(stack, semi + 1, stack.n);
        }
        pv_cost_frame(b, at, 0, count);
        all = end == SIZE_MAX ? PV_STR("") : pv_str_slice(all, end + 1, all.n);
    }
}

static inline pv_profile *kit_finish(pv_builder *b)
{
    pv_error err = {0};
    pv_profile *p = pv_builder_finish(b, &err);

    if (!p)
        print_error("%s\n", err.text);
    assert_non_null(p);
    pv_builder_free(b);
    return p;
}

static inline pv_profile *kit_tree(const char *text)
{
    pv_builder *b = kit_builder("samples", PV_COUNT);

    kit_stacks(b, text, false);
    return kit_finish(b);
}

/* The function of that name. */
static inline pv_fn kit_fn(const pv_profile *p, const char *name)
{
    for (uint32_t i = 0; i < p->functions.len; i++)
        if (pv_str_equal(pv_profile_text(p, p->functions.at[i].name),
                         pv_str_of(name)))
            return (pv_fn){i};
    return (pv_fn){0};
}

/* Every frame with a value or without a child, as folded lines. */
static inline void kit_folded(const pv_profile *p, uint32_t metric, pv_buf *out)
{
    uint32_t path[256];

    for (uint32_t i = 0; i < p->frames.len; i++) {
        int64_t v = p->frames.cost[(size_t)i * p->metrics.len + metric];
        char number[PV_NUMBER_MAX];
        uint32_t depth = 0;

        if (!v && (p->frames.at[i].end > i + 1 || i == 0))
            continue;
        for (uint32_t f = i; f; f = p->frames.at[f].parent.i)
            path[depth++] = f;
        while (depth > 0) {
            pv_spell_frame(out, p, (pv_node){path[--depth]});
            if (depth)
                pv_buf_char(out, ';');
        }
        pv_buf_char(out, ' ');
        pv_buf_add(out, number, pv_write_i64(number, v));
        pv_buf_char(out, '\n');
    }
    pv_buf_char(out, '\0');
}

static inline void kit_expect(const pv_profile *p, const char *folded)
{
    pv_buf out = {0};

    assert_non_null(p);
    kit_folded(p, 0, &out);
    assert_string_equal(out.p, folded);
    pv_buf_done(&out);
}

#endif
