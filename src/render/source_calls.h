/* SPDX-License-Identifier: MIT */
/* Which line calls what: the dearest callee of a line, the dearest caller of a
 * function, from stacks whose frames have lines. */
#ifndef SOURCE_CALLS_H
#define SOURCE_CALLS_H

#include "arena.h"
#include "profviz/error.h"
#include "profviz/profile.h"

typedef struct pv_call_site {
    pv_str file; /* where the call stands */
    uint32_t line;
    pv_fn callee;
    int64_t total;
} pv_call_site;

typedef struct pv_calls {
    const pv_profile *p;
    pv_call_site *lines; /* by file and line: the dearest of each */
    size_t lines_len;
    pv_call_site *callers; /* by callee: the dearest of each */
    size_t callers_len;
    int64_t *into;  /* of each function: all calls */
    uint32_t *line; /* of each function: where it is first known */
} pv_calls;

/* Empty for profiles without a tree of executing lines. */
bool pv_calls_make(pv_calls *c, const pv_profile *p, pv_arena *a,
                   pv_error *err);
/* NULL: none is known. */
const pv_call_site *pv_calls_of_line(const pv_calls *c, pv_str file,
                                     uint32_t line);
const pv_call_site *pv_calls_into(const pv_calls *c, pv_fn callee);

#endif
