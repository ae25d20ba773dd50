/* SPDX-License-Identifier: MIT */
/* The small pieces a data island is made of: JSON members and VLQ numbers.
 *
 * All but texts gathers in a small buffer; pv_isle_flush hands over what is in
 * it and comes last.
 */
#ifndef FLAME_ISLE_H
#define FLAME_ISLE_H

#include "markup.h"
#include "scene.h"

typedef struct pv_isle {
    pv_markup *m;
    size_t used;
    char chunk[4096];
} pv_isle;

void pv_isle_raw(pv_isle *o, const char *json);
void pv_isle_str(pv_isle *o, pv_str json);
void pv_isle_string(pv_isle *o, pv_str text); /* with its quotes */
void pv_isle_int(pv_isle *o, int64_t v);
/* All members but the first of their object: a comma, then the key. */
void pv_isle_key(pv_isle *o, const char *name);
void pv_isle_text(pv_isle *o, const char *name, pv_str text);
void pv_isle_number(pv_isle *o, const char *name, int64_t v);
/* Nothing where it is false. */
void pv_isle_true(pv_isle *o, const char *name, bool is);
void pv_isle_length(pv_isle *o, const char *name, pv_cpx v);

/* Groups of 5 bits, the lowest first; 32 says that more follow. */
void pv_isle_vlq(pv_isle *o, uint64_t v);
/* Two numbers of three bits in one digit; PV_ISLE_MORE stands for all from it
 * on, and more follows. */
enum { PV_ISLE_MORE = 7 };
void pv_isle_vlq_pair(pv_isle *o, uint64_t low, uint64_t high);
void pv_isle_flush(pv_isle *o);

#endif
