/* SPDX-License-Identifier: MIT */
/* Asking for memory that is needed soon: for walks that jump about in tables
 * too large for the cache. */
#ifndef AHEAD_H
#define AHEAD_H

static inline void pv_ahead(const void *p)
{
    __builtin_prefetch(p);
    /* else a function that does nothing but this is taken for idle */
    __asm__ volatile("" : : "r"(p));
}

#endif
