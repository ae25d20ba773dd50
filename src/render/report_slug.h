/* SPDX-License-Identifier: MIT */
/* Names for files: "cpu-prof" of "out/cpu.prof.gz".  Lower case, so that no file
 * system confuses two. */
#ifndef REPORT_SLUG_H
#define REPORT_SLUG_H

#include "symtab.h"
#include "vec.h"

/* Of one file, in the arena. */
pv_str pv_report_slug(pv_str path, pv_arena *a);

/* Of many, no two the same.  Zero but for the arena, which keeps the names and
 * is marked failed when memory ran out. */
typedef struct pv_slugs {
    pv_arena *arena;
    pv_symtab *taken;
    PV_VEC(uint32_t) last; /* number that a name in use was given up to */
} pv_slugs;

/* This one is in use. */
void pv_slugs_note(pv_slugs *s, pv_str slug);
pv_str pv_slugs_take(pv_slugs *s, pv_str path);
void pv_slugs_done(pv_slugs *s);

#endif
