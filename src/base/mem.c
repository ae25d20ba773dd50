/* SPDX-License-Identifier: MIT */
/* The only callers of malloc and co., with a fuse for tests.
 *
 * The counters are the one piece of state that is not passed along: a fuse
 * that had to be threaded through every call would not test what ships.
 */
#include "mem.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <sys/mman.h>

static _Atomic uint64_t made;
static _Atomic int64_t left = -1;

static bool refused(void)
{
    int64_t now;

    atomic_fetch_add_explicit(&made, 1, memory_order_relaxed);
    now = atomic_load_explicit(&left, memory_order_relaxed);
    if (now < 0)
        return false;
    if (now == 0)
        return true;
    atomic_store_explicit(&left, now - 1, memory_order_relaxed);
    return false;
}

uint64_t pv_mem_fail_after(int64_t n)
{
    atomic_store(&left, n);
    return atomic_exchange(&made, 0);
}

/* Large tables are walked in all directions: huge pages, where the system has
 * them, save most of the faults and the misses of the page table. */
static void *advise(void *p, size_t bytes)
{
    enum { LARGE = 2 << 20, PAGE = 4096 };

    if (p && bytes >= LARGE) {
        /* outwards: a mapping of which a part differs cannot be moved */
        uintptr_t from = (uintptr_t)p & ~(uintptr_t)(PAGE - 1);
        uintptr_t to =
            ((uintptr_t)p + bytes + PAGE - 1) & ~(uintptr_t)(PAGE - 1);

        (void)madvise((void *)from, to - from, MADV_HUGEPAGE);
    }
    return p;
}

void *pv_mem_alloc(size_t count, size_t size)
{
    if (refused())
        return NULL;
    count = count ? count : 1;
    size = size ? size : 1;
    return advise(calloc(count, size),
                  size > SIZE_MAX / count ? 0 : count * size);
}

void *pv_mem_resize(void *p, size_t count, size_t size)
{
    size_t bytes;

    if (refused() || (size && count > SIZE_MAX / size))
        return NULL;
    bytes = count * size;
    return advise(realloc(p, bytes ? bytes : 1), bytes);
}

void pv_mem_free(void *p)
{
    free(p);
}
