/* SPDX-License-Identifier: MIT */
/* What is not in the tables: series, marks, notes, and how it was recorded. */
#include "builder_private.h"

#include "secret.h"

uint32_t pv_build_series(pv_builder *b, pv_str name, pv_unit unit, int64_t pid,
                         uint32_t run)
{
    pv_sym sym = pv_build_name(b, name);

    if (!pv_builder_healthy(b) || !PV_BUILDER_GROW(b, &b->series))
        return 0;
    b->series.at[b->series.len] = (series_rows){
        .head = {.name = sym, .unit = unit, .pid = pid, .run = run}};
    return (uint32_t)b->series.len++;
}

void pv_build_point(pv_builder *b, uint32_t series, int64_t t, int64_t value)
{
    series_rows *s;

    if (!pv_builder_healthy(b) || series >= b->series.len)
        return;
    s = &b->series.at[series];
    if (PV_BUILDER_GROW(b, &s->points))
        s->points.at[s->points.len++] = (pv_point){t, value};
}

void pv_series_origin(pv_builder *b, uint32_t series, int64_t t0)
{
    series_rows *s;

    if (!pv_builder_healthy(b) || series >= b->series.len)
        return;
    s = &b->series.at[series];
    for (size_t i = 0; i < s->points.len; i++)
        s->points.at[i].t -= t0;
}

void pv_build_mark(pv_builder *b, pv_mark mark)
{
    if (pv_builder_healthy(b) && PV_BUILDER_GROW(b, &b->marks))
        b->marks.at[b->marks.len++] = mark;
}

/* A command line goes into pages that others see. */
static pv_sym add_command(pv_builder *b, pv_str line)
{
    pv_buf shown = {0};
    pv_sym name;

    pv_mask_secrets(&shown, line);
    if (shown.failed)
        pv_builder_nomem(b);
    name = pv_build_name(b, pv_buf_text(&shown));
    pv_buf_done(&shown);
    return name;
}

void pv_build_note(pv_builder *b, pv_str key, pv_str value)
{
    bool command = pv_str_equal(key, PV_STR("command"));
    pv_note n = {pv_build_name(b, key),
                 command ? add_command(b, value) : pv_build_name(b, value)};

    if (!pv_builder_healthy(b))
        return;
    for (size_t i = 0; i < b->notes.len; i++)
        if (b->notes.at[i].key.i == n.key.i) {
            b->notes.at[i].value = n.value; /* the last one counts */
            return;
        }
    if (PV_BUILDER_GROW(b, &b->notes))
        b->notes.at[b->notes.len++] = n;
}

void pv_builder_producer(pv_builder *b, pv_str name)
{
    b->producer = pv_build_name(b, name);
}

void pv_builder_format(pv_builder *b, const char *format)
{
    b->format = format;
}

void pv_builder_has(pv_builder *b, uint32_t has)
{
    b->has |= has;
}

void pv_builder_flags(pv_builder *b, uint32_t flags)
{
    b->flags |= flags;
}

void pv_builder_counts(pv_builder *b, int64_t stacks, int64_t records)
{
    b->stacks += stacks;
    b->records += records;
}
