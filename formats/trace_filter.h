/* SPDX-License-Identifier: MIT */
/* Which traces of a snapshot are read: tracemalloc's Filter and DomainFilter,
 * as --traces spells them. */
#ifndef TRACE_FILTER_H
#define TRACE_FILTER_H

#include "arena.h"
#include "source.h"

typedef struct trace_filter {
    bool keeps; /* else it drops what fits */
    bool by_domain;
    int64_t domain;
    pv_str glob;
    uint32_t line; /* 0: any */
} trace_filter;

typedef struct trace_filters {
    const trace_filter *at;
    size_t len;
    bool all_frames; /* any frame may fit, not only the most recent */
    pv_arena memory;
} trace_filters;

typedef struct trace_frame {
    pv_str file;
    uint32_t line;
} trace_frame;

/* From the options of the source; false with an error of usage. */
bool trace_filters_init(trace_filters *f, pv_source *src);
void trace_filters_done(trace_filters *f);

/* Does filter_traces keep the trace?  Frames: the most recent first. */
bool trace_filters_keep(const trace_filters *f, int64_t domain,
                        const trace_frame *frames, size_t n);

#endif
