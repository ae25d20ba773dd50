/* SPDX-License-Identifier: MIT */
/* Every allocation of profviz passes here, so that a test can make the n-th
 * one fail.  The pv_mem_* functions are the only callers of malloc and co. */
#ifndef MEM_H
#define MEM_H

#include "profviz/str.h"

void *pv_mem_alloc(size_t count, size_t size); /* zeroed; NULL on overflow */
/* Not zeroed beyond what was there; `p` stays valid when NULL is returned. */
void *pv_mem_resize(void *p, size_t count, size_t size);
void pv_mem_free(void *p);

/* Blocks from this size on are mapped apart: what is not used of one costs
 * nothing, and it grows without a copy. */
enum { PV_MEM_MAPPED = 4 << 20 };

/* For tests: the allocation after `n` more ones fails, and all after it;
 * -1 = never.  Returns how many allocations were made so far. */
PV_API uint64_t pv_mem_fail_after(int64_t n);

#endif
