/* SPDX-License-Identifier: MIT */
/* What both ways of reading a tracemalloc snapshot share. */
#ifndef TRACEMALLOC_PARTS_H
#define TRACEMALLOC_PARTS_H

#include "profviz/builder.h"
#include "trace_filter.h"

enum { SNAPSHOT_DOMAINS = 16 };

/* Metrics. */
enum { SNAPSHOT_SIZE, SNAPSHOT_BLOCKS };

/* The domains that were met, up to a number. */
typedef struct snapshot_domains {
    int64_t at[SNAPSHOT_DOMAINS];
    size_t len;
} snapshot_domains;

void snapshot_note_domain(snapshot_domains *d, int64_t domain);
void snapshot_build_domains(snapshot_domains *d, pv_builder *b);
void snapshot_build_limit(pv_builder *b, int64_t limit);
/* Stands for the frames that were cut from a traceback. */
pv_node snapshot_build_cut(pv_builder *b, uint64_t frames);

/* Where the traces of one traceback and domain went. */
typedef struct snapshot_landed {
    uint32_t frame;
    int64_t domain;
} snapshot_landed;

/* How many stacks are there?  Equal tracebacks may not be written once. */
int64_t snapshot_count_stacks(snapshot_landed *to, size_t n);

/* A snapshot as Python's pickle writes it, by the window and straight into
 * sums.  `all`: its bytes; NULL: they are pulled from the source.  False,
 * without an error and with nothing built but names, for any other. */
bool snapshot_read_quick(pv_source *src, const pv_bytes *all, pv_builder *b,
                         const trace_filters *filters);

#endif
