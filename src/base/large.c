/* SPDX-License-Identifier: MIT */
/* Large blocks, aligned to huge pages: mapped with room to spare at both ends,
 * which is given back. */
#include "large.h"

#include <stdint.h>
#include <sys/mman.h>

size_t pv_large_size(size_t bytes)
{
    return (bytes + PV_LARGE_ALIGN - 1) & ~(size_t)(PV_LARGE_ALIGN - 1);
}

static void give_back(uintptr_t from, uintptr_t to)
{
    if (to > from)
        (void)munmap((void *)from, to - from);
}

/* Addresses that begin at a multiple of PV_LARGE_ALIGN. */
static void *aligned(size_t size, int protection)
{
    size_t all = size + PV_LARGE_ALIGN;
    void *p = mmap(NULL, all, protection, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    uintptr_t at;

    if (p == MAP_FAILED)
        return NULL;
    at = ((uintptr_t)p + PV_LARGE_ALIGN - 1) & ~(uintptr_t)(PV_LARGE_ALIGN - 1);
    give_back((uintptr_t)p, at);
    give_back(at + size, (uintptr_t)p + all);
    return (void *)at;
}

void *pv_large_new(size_t size)
{
    return aligned(size, PROT_READ | PROT_WRITE);
}

void *pv_large_resize(void *p, size_t from, size_t to)
{
    void *at, *moved;

    if (to <= from) {
        give_back((uintptr_t)p + to, (uintptr_t)p + from);
        return p;
    }
    at = aligned(to, PROT_NONE);
    if (!at)
        return NULL;
    moved = mremap(p, from, to, MREMAP_MAYMOVE | MREMAP_FIXED, at);
    if (moved != MAP_FAILED)
        return moved;
    pv_large_free(at, to);
    return NULL;
}

void pv_large_free(void *p, size_t size)
{
    (void)munmap(p, size);
}
