/* SPDX-License-Identifier: MIT */
/* Blocks of many megabytes, straight from the system.
 *
 * They begin where a huge page can, and growing one moves page tables, not
 * bytes.  Huge pages are not asked for: where memory has to be found and cleared
 * first, as in a virtual machine, that cost more than the faults it saved. */
#ifndef LARGE_H
#define LARGE_H

#include <stddef.h>

enum { PV_LARGE_ALIGN = 2 << 20 };

/* `bytes` as they are mapped.  They are below SIZE_MAX / 2. */
size_t pv_large_size(size_t bytes);
/* Zeroed; `size` is one of pv_large_size.  NULL when there is no memory. */
void *pv_large_new(size_t size);
/* What is new is zero; NULL leaves all as it was. */
void *pv_large_resize(void *p, size_t from, size_t to);
void pv_large_free(void *p, size_t size);

#endif
