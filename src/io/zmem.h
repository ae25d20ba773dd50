/* SPDX-License-Identifier: MIT */
/* zlib's memory is ours: a test can make it run out. */
#ifndef ZMEM_H
#define ZMEM_H

#include "mem.h"

static inline void *pv_z_alloc(void *ctx, unsigned count, unsigned size)
{
    (void)ctx;
    return pv_mem_alloc(count, size);
}

static inline void pv_z_free(void *ctx, void *p)
{
    (void)ctx;
    pv_mem_free(p);
}

#endif
