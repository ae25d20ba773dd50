/* SPDX-License-Identifier: MIT */
/* The tables of a profile while it grows, and the profile that owns them. */
#ifndef BUILDER_PRIVATE_H
#define BUILDER_PRIVATE_H

#include "arena.h"
#include "profviz/builder.h"
#include "rows.h"
#include "symtab.h"
#include "vec.h"

/* A finished profile and all the memory behind it. */
typedef struct owned_profile {
    pv_profile p; /* first: a pv_profile * is a pointer to this */
    pv_arena text;
    pv_symtab *names;
} owned_profile;

typedef struct series_rows {
    pv_series head;
    PV_VEC(pv_point) points;
} series_rows;

typedef PV_VEC(int64_t) cost_vec;

struct pv_builder {
    const char *format;
    uint64_t memory;
    pv_error err; /* sticky */
    pv_arena text;
    pv_symtab *names;
    uint32_t has, flags, main_metric;
    pv_sym producer;
    int64_t stacks, records;
    pv_metric metrics[PV_METRICS_MAX];
    uint32_t metrics_len;
    PV_VEC(pv_function) functions;
    PV_VEC(pv_frame) frames;
    PV_VEC(pv_bounds) bounds; /* as long as frames, or empty */
    PV_VEC(pv_call) calls;
    PV_VEC(pv_line) lines;
    PV_VEC(series_rows) series;
    PV_VEC(pv_mark) marks;
    PV_VEC(pv_note) notes;
    cost_vec function_cost, frame_cost, call_cost, line_cost;
    cost_vec residues; /* as long as function_cost, or empty */
    pv_rows function_rows, frame_rows, call_rows, line_rows;
    uint32_t frames_indexed; /* frames that frame_rows knows */
    uint32_t calls_indexed;  /* the same of calls */
    uint32_t functions_indexed;
};

static inline bool pv_builder_healthy(const pv_builder *b)
{
    return b->err.code == PV_OK;
}

static inline void pv_builder_nomem(pv_builder *b)
{
    pv_fail_nomem(&b->err);
}

/* May the tables take `more` bytes?  Checked as they grow. */
bool pv_builder_within(pv_builder *b, size_t more);

#define PV_BUILDER_GROW_BY(b, v, n)                                            \
    ((v)->room - (v)->len >= (n) ||                                            \
     (pv_builder_within((b), (v)->room / 2 * sizeof *(v)->at) &&               \
      (PV_VEC_GROW((v), (n)) || (pv_builder_nomem(b), false))))
#define PV_BUILDER_GROW(b, v) PV_BUILDER_GROW_BY(b, v, 1)

/* Room for `n` more rows, within the limit?  Else the error says why. */
bool pv_builder_room_functions(pv_builder *b, size_t n);
bool pv_builder_room_calls(pv_builder *b, size_t n);

/* Frames into canonical preorder with `end` set; functions of pure trees are
 * renumbered by first appearance.  False when memory ran out. */
bool pv_canonical_frames(pv_builder *b);
bool pv_canonical_lines(pv_builder *b);
bool pv_canonical_series(pv_builder *b);

#endif
