/* SPDX-License-Identifier: MIT */
/* Source text for annotations: one file at a time, from where it may be read. */
#ifndef SOURCE_LINES_H
#define SOURCE_LINES_H

#include "annotate.h"
#include "block.h"
#include "roots.h"

typedef struct pv_sources {
    pv_roots roots;
    bool none;   /* --embed-source none */
    pv_str file; /* the one that is held */
    pv_found found;
    pv_source_text text;
    pv_arena a;
    bool held, failed; /* memory ran out */
} pv_sources;

void pv_sources_init(pv_sources *s, const pv_annotate_options *o);
void pv_sources_done(pv_sources *s);
/* Makes `file` the one that is held; s->text has its lines when found. */
pv_found pv_sources_hold(pv_sources *s, pv_str file);
/* The line, empty where there is none. */
pv_str pv_sources_line(const pv_sources *s, uint32_t line);
/* A line of source as text may have it: tabs stay where `tabs`, else they
 * become blanks; other controls and bad bytes are replaced. */
void pv_source_clean(pv_buf *out, pv_str line, bool tabs, bool unicode);

#endif
