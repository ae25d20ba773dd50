/* SPDX-License-Identifier: MIT */
/* Large blocks: mapped, moved by remapping. */
#include "large.h"

#include <sys/mman.h>

enum { UNIT = 64 << 10 }; /* no page is larger, and each divides it */

size_t pv_large_size(size_t bytes)
{
    return (bytes + UNIT - 1) & ~(size_t)(UNIT - 1);
}

static void *or_null(void *mapped)
{
    return mapped == MAP_FAILED ? NULL : mapped;
}

void *pv_large_new(size_t size)
{
    return or_null(mmap(NULL, size, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
}

void *pv_large_resize(void *p, size_t from, size_t to)
{
    return or_null(mremap(p, from, to, MREMAP_MAYMOVE));
}

void pv_large_free(void *p, size_t size)
{
    (void)munmap(p, size);
}
