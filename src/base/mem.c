/* SPDX-License-Identifier: MIT */
/* The only callers of malloc and co., with a fuse for tests.
 *
 * The counters are the one piece of state that is not passed along: a fuse
 * that had to be threaded through every call would not test what ships.
 */
#include "mem.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "large.h"

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

/* ---- blocks ---- */

/* In front of every block. */
typedef struct head {
    _Alignas(16) size_t bytes;
    size_t mapped; /* so much of it; 0: it is malloc's */
} head;

enum { MAPPED_HEAD = 64 }; /* keeps a mapped block at a line of the cache */

/* From here on blocks are mapped; never in a build that looks for what goes
 * beyond their ends. */
#ifdef PROFVIZ_SANITIZE
static const size_t large = SIZE_MAX;
#else
static const size_t large = PV_MEM_MAPPED;
#endif

_Static_assert(sizeof(head) == 16, "blocks keep malloc's alignment");
_Static_assert(MAPPED_HEAD % sizeof(head) == 0, "a head fits its room");

static head *head_of(void *p)
{
    return (head *)p - 1;
}

static void *block_of(head *h, size_t bytes, size_t mapped)
{
    *h = (head){bytes, mapped};
    return h + 1;
}

/* No block is larger: half a TiB is a claim, not a need. */
static const size_t MOST = (size_t)1 << 39;

static void *small_block(void *old, size_t bytes, bool zero)
{
    size_t all = bytes + sizeof(head);
    head *h = zero ? calloc(1, all) : realloc(old, all);

    return h ? block_of(h, bytes, 0) : NULL;
}

static void *mapped_block(char *base, size_t bytes, size_t mapped)
{
    return base ? block_of((head *)(base + MAPPED_HEAD) - 1, bytes, mapped)
                : NULL;
}

static void *new_block(size_t bytes, bool zero)
{
    size_t mapped;

    if (bytes < large)
        return small_block(NULL, bytes, zero);
    mapped = pv_large_size(bytes + MAPPED_HEAD);
    return mapped_block(pv_large_new(mapped), bytes, mapped);
}

static void *resize_mapped(void *p, size_t bytes)
{
    size_t from = head_of(p)->mapped;
    size_t to = pv_large_size(bytes + MAPPED_HEAD);
    char *base = pv_large_resize((char *)p - MAPPED_HEAD, from, to);

    return mapped_block(base, bytes, to);
}

/* Into another block: malloc's became too large, or a mapped one small. */
static void *move_block(void *p, size_t bytes)
{
    size_t had = head_of(p)->bytes;
    void *q = new_block(bytes, false);

    if (!q)
        return NULL;
    memcpy(q, p, had < bytes ? had : bytes);
    pv_mem_free(p);
    return q;
}

void *pv_mem_alloc(size_t count, size_t size)
{
    if (refused() || (size && count > MOST / size))
        return NULL;
    return new_block(count * size, true);
}

void *pv_mem_resize(void *p, size_t count, size_t size)
{
    size_t bytes = count * size;

    if (refused() || (size && count > MOST / size))
        return NULL;
    if (!p)
        return new_block(bytes, false);
    if (head_of(p)->mapped && bytes >= large)
        return resize_mapped(p, bytes);
    if (head_of(p)->mapped || bytes >= large)
        return move_block(p, bytes);
    return small_block(head_of(p), bytes, false);
}

void pv_mem_free(void *p)
{
    if (!p)
        return;
    if (head_of(p)->mapped)
        pv_large_free((char *)p - MAPPED_HEAD, head_of(p)->mapped);
    else
        free(head_of(p));
}
