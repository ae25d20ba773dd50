/* SPDX-License-Identifier: MIT */
/* The only way to make a profile.
 *
 * Sticky: after the first failure (memory, a count beyond int64) every call is
 * a no-op that returns the zero handle, and pv_builder_finish reports it.
 * Readers check nothing in between.  pv_build_* finds or adds a row, pv_cost_*
 * adds to a row's value.
 */
#ifndef PROFVIZ_BUILDER_H
#define PROFVIZ_BUILDER_H

#include "profviz/error.h"
#include "profviz/profile.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct pv_builder pv_builder;

/* `memory` bounds what the profile may cost in bytes (0 = no bound).  NULL
 * only when memory ran out. */
PV_API pv_builder *pv_builder_new(const char *format, uint64_t memory);
PV_API void pv_builder_free(pv_builder *b); /* accepts NULL */

PV_API pv_sym pv_build_name(pv_builder *b, pv_str text); /* copies */
PV_API pv_str pv_builder_text(const pv_builder *b, pv_sym s);

/* Metrics first: all of them before the first pv_cost_*.  Returns the index.
 * At most PV_METRICS_MAX. */
#define PV_METRICS_MAX 16
PV_API uint32_t pv_build_metric(pv_builder *b, pv_str name, pv_unit unit,
                                bool inclusive);
PV_API void pv_builder_exponent(pv_builder *b, uint32_t metric, uint8_t exp);
PV_API void pv_builder_main_metric(pv_builder *b, uint32_t metric);

PV_API pv_fn pv_build_function(pv_builder *b, pv_sym name, pv_sym file,
                               uint32_t line, pv_fn_kind kind);

/* Find or add the child of `parent` with this identity. */
PV_API pv_node pv_build_frame(pv_builder *b, pv_node parent, pv_fn fn,
                              uint32_t line, pv_sym text);
/* Adds a new child without looking: for readers that know it to be new, and
 * for stacks in the order of time. */
PV_API pv_node pv_build_frame_new(pv_builder *b, pv_node parent, pv_fn fn,
                                  uint32_t line, pv_sym text);
PV_API void pv_builder_certainty(pv_builder *b, pv_node at, pv_certainty c,
                                 int64_t low, int64_t high);

/* Finds or adds the row, adds to its value. */
PV_API void pv_cost_function(pv_builder *b, pv_fn fn, uint32_t metric,
                             int64_t v);
/* What rounding took from that cost: for the order of equal ones only. */
PV_API void pv_function_residue(pv_builder *b, pv_fn fn, uint32_t metric,
                                int64_t residue);
PV_API void pv_cost_frame(pv_builder *b, pv_node at, uint32_t metric,
                          int64_t v);
PV_API void pv_cost_call(pv_builder *b, pv_fn caller, pv_fn callee,
                         uint32_t metric, int64_t v);
/* The same in two steps, for many values of one row. */
PV_API uint32_t pv_build_call(pv_builder *b, pv_fn caller, pv_fn callee);
/* Adds without looking: for readers that know the row to be new. */
PV_API uint32_t pv_build_call_new(pv_builder *b, pv_fn caller, pv_fn callee);
PV_API void pv_cost_call_row(pv_builder *b, uint32_t row, uint32_t metric,
                             int64_t v);
PV_API uint32_t pv_build_line(pv_builder *b, pv_fn fn, pv_sym file,
                              uint32_t line, uint32_t call);
PV_API void pv_line_source(pv_builder *b, uint32_t row, pv_sym source);
PV_API void pv_cost_line(pv_builder *b, uint32_t row, uint32_t metric,
                         int64_t v);

PV_API uint32_t pv_build_series(pv_builder *b, pv_str name, pv_unit unit,
                                int64_t pid, uint32_t run);
PV_API void pv_build_point(pv_builder *b, uint32_t series, int64_t t,
                           int64_t value);
/* Makes `t0` the zero of a series' times, when all its points are there. */
PV_API void pv_series_origin(pv_builder *b, uint32_t series, int64_t t0);
PV_API void pv_build_mark(pv_builder *b, pv_mark mark);
PV_API void pv_build_note(pv_builder *b, pv_str key, pv_str value);

PV_API void pv_builder_producer(pv_builder *b, pv_str name);
/* The format that a file which holds another one is really of; static. */
PV_API void pv_builder_format(pv_builder *b, const char *format);
PV_API void pv_builder_has(pv_builder *b, uint32_t has);     /* ORs PV_HAS_* */
PV_API void pv_builder_flags(pv_builder *b, uint32_t flags); /* ORs */
PV_API void pv_builder_counts(pv_builder *b, int64_t stacks, int64_t records);

/* Puts frames into canonical preorder, sorts lines, sorts the points of each
 * series by time (those of one time as they came), hands over ownership.
 * The builder is spent (free it all the same).  NULL and *err on failure. */
PV_MUST_USE PV_API pv_profile *pv_builder_finish(pv_builder *b, pv_error *err);

#ifdef __cplusplus
}
#endif
#endif
