/* SPDX-License-Identifier: MIT */
/* The tables: rows are found or added, values added up. */
#include "builder_private.h"

#include <inttypes.h>

#include "bulk.h"
#include "mem.h"
#include "number.h"

static pv_row_key function_key(const void *table, uint32_t row)
{
    const pv_function *f = (const pv_function *)table + row;

    return (pv_row_key){{f->name.i, f->file.i, f->line, f->kind}};
}

static pv_row_key frame_key(const void *table, uint32_t row)
{
    const pv_frame *f = (const pv_frame *)table + row;

    return (pv_row_key){{f->parent.i, f->fn.i, f->line, f->text.i}};
}

static pv_row_key call_key(const void *table, uint32_t row)
{
    const pv_call *c = (const pv_call *)table + row;

    return (pv_row_key){{c->caller.i, c->callee.i, 0, 0}};
}

static pv_row_key line_key(const void *table, uint32_t row)
{
    const pv_line *l = (const pv_line *)table + row;

    return (pv_row_key){{l->fn.i, l->file.i, l->line, l->call}};
}

static void overflow(pv_builder *b)
{
    pv_fail(&b->err, PV_E_LIMIT, NULL,
            "a count or a sum is above 2^63-1, the most that is read");
}

bool pv_builder_within(pv_builder *b, size_t more)
{
    uint64_t now = b->text.used + more +
                   b->frames.room * (sizeof(pv_frame) + 8 * b->metrics_len) +
                   b->lines.room * (sizeof(pv_line) + 8 * b->metrics_len) +
                   b->functions.room * sizeof(pv_function) +
                   b->calls.room * sizeof(pv_call);

    if (b->memory == 0 || now <= b->memory)
        return true;
    return pv_fail(&b->err, PV_E_LIMIT, NULL,
                   "the profile needs more than %" PRIu64
                   " bytes of memory; raise --limits memory=N if it must be "
                   "read",
                   b->memory);
}

pv_builder *pv_builder_new(const char *format, uint64_t memory)
{
    pv_builder *b = pv_mem_alloc(1, sizeof *b);

    if (!b)
        return NULL;
    b->format = format;
    b->memory = memory;
    pv_arena_init(&b->text, memory);
    b->function_rows.key = function_key;
    b->frame_rows.key = frame_key;
    b->call_rows.key = call_key;
    b->line_rows.key = line_key;
    b->names = pv_symtab_new(&b->text);
    if (!b->names || !PV_VEC_GROW(&b->functions, 1) ||
        !PV_VEC_GROW(&b->frames, 1)) {
        pv_builder_free(b);
        return NULL;
    }
    b->functions.at[b->functions.len++] = (pv_function){0};
    b->frames.at[b->frames.len++] = (pv_frame){0};
    return b;
}

void pv_builder_free(pv_builder *b)
{
    if (!b)
        return;
    for (size_t i = 0; i < b->series.len; i++)
        PV_VEC_DONE(&b->series.at[i].points);
    PV_VEC_DONE(&b->functions);
    PV_VEC_DONE(&b->frames);
    PV_VEC_DONE(&b->bounds);
    PV_VEC_DONE(&b->calls);
    PV_VEC_DONE(&b->lines);
    PV_VEC_DONE(&b->series);
    PV_VEC_DONE(&b->marks);
    PV_VEC_DONE(&b->notes);
    PV_VEC_DONE(&b->function_cost);
    PV_VEC_DONE(&b->residues);
    PV_VEC_DONE(&b->frame_cost);
    PV_VEC_DONE(&b->call_cost);
    PV_VEC_DONE(&b->line_cost);
    pv_rows_done(&b->function_rows);
    pv_rows_done(&b->frame_rows);
    pv_rows_done(&b->call_rows);
    pv_rows_done(&b->line_rows);
    pv_symtab_free(b->names);
    pv_arena_done(&b->text);
    pv_mem_free(b);
}

pv_sym pv_build_name(pv_builder *b, pv_str text)
{
    return pv_build_name_hashed(b, text, text.n ? pv_symtab_hash(text) : 0);
}

uint32_t pv_build_name_hash(pv_str text)
{
    return pv_symtab_hash(text);
}

void pv_build_name_ahead(const pv_builder *b, uint32_t hash, unsigned step)
{
    pv_symtab_ahead(b->names, hash, step);
}

pv_sym pv_build_name_hashed(pv_builder *b, pv_str text, uint32_t hash)
{
    pv_sym s;

    if (!pv_builder_healthy(b))
        return (pv_sym){0};
    s = pv_symtab_add_hashed(b->names, text, hash);
    if (pv_symtab_failed(b->names)) {
        if (b->memory && b->text.used + text.n >= b->memory)
            pv_builder_within(b, (size_t)b->memory);
        pv_builder_nomem(b);
    }
    return s;
}

pv_str pv_builder_text(const pv_builder *b, pv_sym s)
{
    return pv_symtab_text(b->names, s);
}

uint32_t pv_build_metric(pv_builder *b, pv_str name, pv_unit unit,
                         bool inclusive)
{
    pv_sym sym = pv_build_name(b, name);

    for (uint32_t i = 0; i < b->metrics_len; i++)
        if (b->metrics[i].name.i == sym.i &&
            b->metrics[i].inclusive == inclusive)
            return i;
    if (!pv_builder_healthy(b))
        return 0;
    if (b->metrics_len == PV_METRICS_MAX || b->frame_cost.len ||
        b->function_cost.len || b->line_cost.len || b->call_cost.len) {
        pv_fail(&b->err, PV_E_BUG, NULL, "a metric was added too late");
        return 0;
    }
    b->metrics[b->metrics_len] =
        (pv_metric){.name = sym, .unit = unit, .inclusive = inclusive};
    return b->metrics_len++;
}

void pv_builder_exponent(pv_builder *b, uint32_t metric, uint8_t exp)
{
    if (metric < b->metrics_len)
        b->metrics[metric].exponent = exp;
}

void pv_builder_main_metric(pv_builder *b, uint32_t metric)
{
    if (metric < b->metrics_len)
        b->main_metric = metric;
}

bool pv_builder_room_functions(pv_builder *b, size_t n)
{
    return PV_BUILDER_GROW_BY(b, &b->functions, n);
}

bool pv_builder_room_calls(pv_builder *b, size_t n)
{
    return PV_BUILDER_GROW_BY(b, &b->calls, n);
}

/* Functions that were added without looking become findable, once. */
static bool index_functions(pv_builder *b)
{
    if (b->functions_indexed == 0)
        b->functions_indexed = 1; /* "(unknown)" has no key */
    for (; b->functions_indexed < b->functions.len; b->functions_indexed++)
        if (!pv_rows_add(&b->function_rows, b->functions_indexed,
                         pv_rows_hash(function_key(b->functions.at,
                                                   b->functions_indexed)))) {
            pv_builder_nomem(b);
            return false;
        }
    return true;
}

pv_fn pv_build_function(pv_builder *b, pv_sym name, pv_sym file, uint32_t line,
                        pv_fn_kind kind)
{
    pv_function f = {.name = name, .file = file, .line = line};
    pv_row_key key;
    uint32_t row, hash;

    if (!pv_builder_healthy(b) || !index_functions(b))
        return (pv_fn){0};
    f.kind = (uint8_t)kind;
    key = function_key(&f, 0);
    hash = pv_rows_hash(key);
    row = pv_rows_find(&b->function_rows, b->functions.at, key, hash);
    if (row != UINT32_MAX)
        return (pv_fn){row};
    if (!PV_BUILDER_GROW(b, &b->functions))
        return (pv_fn){0};
    row = (uint32_t)b->functions.len;
    b->functions.at[b->functions.len++] = f;
    b->functions_indexed++;
    if (!pv_rows_add(&b->function_rows, row, hash))
        pv_builder_nomem(b);
    return (pv_fn){row};
}

pv_node pv_build_frame_new(pv_builder *b, pv_node parent, pv_fn fn,
                           uint32_t line, pv_sym text)
{
    pv_frame f = {.parent = parent, .fn = fn, .line = line, .text = text};

    if (!pv_builder_healthy(b) || !PV_BUILDER_GROW(b, &b->frames))
        return (pv_node){0};
    if (b->frames.len >= UINT32_MAX - 1) {
        pv_fail(&b->err, PV_E_LIMIT, NULL, "more than 2^32 frames");
        return (pv_node){0};
    }
    b->frames.at[b->frames.len] = f;
    return (pv_node){(uint32_t)b->frames.len++};
}

/* Frames that were added without looking become findable, once. */
static bool index_frames(pv_builder *b)
{
    if (b->frames_indexed == 0)
        b->frames_indexed = 1; /* the root has no key */
    for (; b->frames_indexed < b->frames.len; b->frames_indexed++)
        if (!pv_rows_add(
                &b->frame_rows, b->frames_indexed,
                pv_rows_hash(frame_key(b->frames.at, b->frames_indexed)))) {
            pv_builder_nomem(b);
            return false;
        }
    return true;
}

pv_node pv_build_frame(pv_builder *b, pv_node parent, pv_fn fn, uint32_t line,
                       pv_sym text)
{
    pv_row_key key = {{parent.i, fn.i, line, text.i}};
    uint32_t row, hash;
    pv_node added;

    if (!pv_builder_healthy(b) || !index_frames(b))
        return (pv_node){0};
    hash = pv_rows_hash(key);
    row = pv_rows_find(&b->frame_rows, b->frames.at, key, hash);
    if (row != UINT32_MAX)
        return (pv_node){row};
    added = pv_build_frame_new(b, parent, fn, line, text);
    if (!pv_builder_healthy(b))
        return added;
    b->frames_indexed++;
    if (!pv_rows_add(&b->frame_rows, added.i, hash))
        pv_builder_nomem(b);
    return added;
}

void pv_builder_certainty(pv_builder *b, pv_node at, pv_certainty c,
                          int64_t low, int64_t high)
{
    if (!pv_builder_healthy(b) || at.i >= b->frames.len)
        return;
    while (b->bounds.len < b->frames.len) {
        if (!PV_BUILDER_GROW(b, &b->bounds))
            return;
        b->bounds.at[b->bounds.len++] = (pv_bounds){0, 0};
    }
    b->frames.at[at.i].certainty = (uint32_t)c;
    b->bounds.at[at.i] = (pv_bounds){low, high};
}

/* One cell of a cost table, which grows to hold `rows` rows; NULL: there is
 * none. */
static int64_t *cost_cell(pv_builder *b, cost_vec *v, size_t rows, size_t row,
                          uint32_t metric)
{
    size_t want = rows * b->metrics_len;

    if (!pv_builder_healthy(b) || row >= rows || metric >= b->metrics_len)
        return NULL;
    if (v->len < want) {
        if (!PV_VEC_GROW(v, want - v->len)) {
            pv_builder_nomem(b);
            return NULL;
        }
        memset(v->at + v->len, 0, (want - v->len) * sizeof *v->at);
        v->len = want;
    }
    return &v->at[row * b->metrics_len + metric];
}

static void add_cost(pv_builder *b, cost_vec *v, size_t rows, size_t row,
                     uint32_t metric, int64_t value)
{
    int64_t *cell = cost_cell(b, v, rows, row, metric);

    if (!cell)
        return;
    if (value == PV_NONE || *cell == PV_NONE)
        *cell = value == PV_NONE && *cell == 0 ? PV_NONE
                : value == PV_NONE             ? *cell
                                               : value;
    else if (!pv_add64(*cell, value, cell))
        overflow(b);
}

void pv_cost_function(pv_builder *b, pv_fn fn, uint32_t metric, int64_t v)
{
    add_cost(b, &b->function_cost, b->functions.len, fn.i, metric, v);
}

void pv_function_residue(pv_builder *b, pv_fn fn, uint32_t metric,
                         int64_t residue)
{
    int64_t *cell = cost_cell(b, &b->residues, b->functions.len, fn.i, metric);

    if (cell)
        *cell = residue;
}

void pv_cost_frame(pv_builder *b, pv_node at, uint32_t metric, int64_t v)
{
    add_cost(b, &b->frame_cost, b->frames.len, at.i, metric, v);
}

uint32_t pv_build_call_new(pv_builder *b, pv_fn caller, pv_fn callee)
{
    if (!pv_builder_healthy(b) || !PV_BUILDER_GROW(b, &b->calls))
        return 0;
    b->calls.at[b->calls.len] = (pv_call){caller, callee};
    return (uint32_t)b->calls.len++;
}

/* Calls that were added without looking become findable, once. */
static bool index_calls(pv_builder *b)
{
    for (; b->calls_indexed < b->calls.len; b->calls_indexed++)
        if (!pv_rows_add(
                &b->call_rows, b->calls_indexed,
                pv_rows_hash(call_key(b->calls.at, b->calls_indexed)))) {
            pv_builder_nomem(b);
            return false;
        }
    return true;
}

uint32_t pv_build_call(pv_builder *b, pv_fn caller, pv_fn callee)
{
    pv_call c = {caller, callee};
    uint32_t row;

    if (!pv_builder_healthy(b) || !index_calls(b))
        return 0;
    row = pv_rows_find(&b->call_rows, b->calls.at, call_key(&c, 0),
                       pv_rows_hash(call_key(&c, 0)));
    if (row != UINT32_MAX)
        return row;
    return pv_build_call_new(b, caller, callee);
}

void pv_cost_call_row(pv_builder *b, uint32_t row, uint32_t metric, int64_t v)
{
    add_cost(b, &b->call_cost, b->calls.len, row, metric, v);
}

void pv_cost_call(pv_builder *b, pv_fn caller, pv_fn callee, uint32_t metric,
                  int64_t v)
{
    pv_cost_call_row(b, pv_build_call(b, caller, callee), metric, v);
}

uint32_t pv_build_line(pv_builder *b, pv_fn fn, pv_sym file, uint32_t line,
                       uint32_t call)
{
    pv_line l = {.file = file, .line = line, .fn = fn, .call = call};
    uint32_t row, hash;

    if (!pv_builder_healthy(b))
        return 0;
    hash = pv_rows_hash(line_key(&l, 0));
    row = pv_rows_find(&b->line_rows, b->lines.at, line_key(&l, 0), hash);
    if (row != UINT32_MAX)
        return row;
    if (!PV_BUILDER_GROW(b, &b->lines))
        return 0;
    row = (uint32_t)b->lines.len;
    b->lines.at[b->lines.len++] = l;
    if (!pv_rows_add(&b->line_rows, row, hash))
        pv_builder_nomem(b);
    return row;
}

void pv_line_source(pv_builder *b, uint32_t row, pv_sym source)
{
    if (row < b->lines.len)
        b->lines.at[row].source = source;
}

void pv_cost_line(pv_builder *b, uint32_t row, uint32_t metric, int64_t v)
{
    add_cost(b, &b->line_cost, b->lines.len, row, metric, v);
}
