/* SPDX-License-Identifier: MIT */
/* Blocks of many megabytes, straight from the system: what is not used of one
 * costs nothing, growing it moves page tables and not bytes, and what is freed
 * is gone at once.
 *
 * Huge pages are not asked for: where memory has to be found and cleared first,
 * as in a virtual machine, that cost more than the faults it saved. */
#ifndef LARGE_H
#define LARGE_H

#include <stddef.h>

/* `bytes` as they are mapped.  They are below SIZE_MAX / 2. */
size_t pv_large_size(size_t bytes);
/* Zeroed; `size` is one of pv_large_size.  NULL when there is no memory. */
void *pv_large_new(size_t size);
/* What is new is zero; NULL leaves all as it was. */
void *pv_large_resize(void *p, size_t from, size_t to);
void pv_large_free(void *p, size_t size);

#endif
