/* SPDX-License-Identifier: MIT */
/* Memory that is given back all at once: a chain of growing chunks. */
#include "arena.h"

#include <string.h>

#include "mem.h"

enum { FIRST_CHUNK = 4096, LARGEST_CHUNK = 1 << 20, ALIGN = 16 };

/* Such a request has a chunk of its own, which the system zeroes. */
enum { OWN_CHUNK = 1 << 20 };

typedef struct pv_chunk {
    struct pv_chunk *below;
    size_t used, size; /* bytes behind this header */
} pv_chunk;

_Static_assert(sizeof(pv_chunk) % 8 == 0, "chunks keep their alignment");

void pv_arena_init(pv_arena *a, size_t limit)
{
    *a = (pv_arena){.limit = limit};
}

void pv_arena_done(pv_arena *a)
{
    pv_chunk *c = a->head;

    while (c) {
        pv_chunk *below = c->below;

        pv_mem_free(c);
        c = below;
    }
    *a = (pv_arena){.limit = a->limit};
}

static void *refuse(pv_arena *a)
{
    a->failed = true;
    return NULL;
}

static size_t chunk_offset(const pv_chunk *c)
{
    uintptr_t free_at = (uintptr_t)(c + 1) + c->used;

    return c->used + (ALIGN - free_at % ALIGN) % ALIGN;
}

static size_t next_size(const pv_arena *a, size_t need)
{
    size_t size =
        a->head ? (a->head->size + sizeof(pv_chunk)) * 2 : FIRST_CHUNK;

    if (size > LARGEST_CHUNK)
        size = LARGEST_CHUNK;
    size -= sizeof(pv_chunk); /* a power of two with it: blocks fit again */
    return size < need + ALIGN ? need + ALIGN : size;
}

static bool add_chunk(pv_arena *a, size_t need)
{
    size_t size = next_size(a, need);
    pv_chunk *c = need < OWN_CHUNK ? pv_mem_resize(NULL, 1, sizeof *c + size)
                                   : pv_mem_alloc(1, sizeof *c + size);

    if (!c)
        return false;
    c->used = 0;
    c->size = size;
    c->below = a->head;
    a->head = c;
    return true;
}

/* Not zeroed, unless *fresh. */
static void *take(pv_arena *a, size_t count, size_t size, bool *fresh)
{
    size_t bytes, at;

    *fresh = false;
    if (a->failed)
        return NULL;
    if (size && count > (SIZE_MAX / 2) / size)
        return refuse(a);
    bytes = count * size;
    a->full = a->limit &&
              bytes > a->limit - (a->used < a->limit ? a->used : a->limit);
    if (a->full)
        return refuse(a);
    if (!a->head || chunk_offset(a->head) > a->head->size ||
        a->head->size - chunk_offset(a->head) < bytes) {
        if (!add_chunk(a, bytes))
            return refuse(a);
        *fresh = bytes >= OWN_CHUNK;
    }
    at = chunk_offset(a->head);
    a->head->used = at + bytes;
    a->used += bytes;
    return (char *)(a->head + 1) + at;
}

void *pv_arena_alloc(pv_arena *a, size_t count, size_t size)
{
    bool fresh;
    void *p = take(a, count, size, &fresh);

    return p && !fresh ? memset(p, 0, count * size) : p;
}

pv_str pv_arena_copy(pv_arena *a, pv_str s)
{
    return pv_arena_join(a, s, (pv_str){"", 0});
}

pv_str pv_arena_join(pv_arena *a, pv_str head, pv_str tail)
{
    pv_str out = {"", 0};
    bool fresh;
    char *p = take(a, head.n + tail.n + 1, 1, &fresh);

    if (!p)
        return out;
    if (head.n)
        memcpy(p, head.p, head.n);
    if (tail.n)
        memcpy(p + head.n, tail.p, tail.n);
    p[head.n + tail.n] = '\0';
    out.p = p;
    out.n = head.n + tail.n;
    return out;
}
