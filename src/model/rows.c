/* SPDX-License-Identifier: MIT */
/* Finding a row of a table by its key: a hash index beside the table. */
#include "rows.h"

#include "ahead.h"
#include "mem.h"
#include "symtab.h"

enum { FIRST_SLOTS = 64 };

void pv_rows_done(pv_rows *r)
{
    pv_mem_free(r->slots);
    r->slots = NULL;
}

uint32_t pv_rows_hash(pv_row_key key)
{
    return (uint32_t)(pv_hash(&key, sizeof key) >> 32);
}

static uint64_t slot_of(uint32_t hash, uint32_t row)
{
    return (uint64_t)hash << 32 | (row + 1);
}

/* The slot that holds the key, or the free one where it belongs. */
static uint32_t probe(const pv_rows *r, const void *table, pv_row_key key,
                      uint32_t hash)
{
    uint32_t i = hash & r->mask;

    for (; r->slots[i]; i = (i + 1) & r->mask) {
        pv_row_key there;

        if (r->slots[i] >> 32 != hash)
            continue;
        there = r->key(table, (uint32_t)r->slots[i] - 1);
        if (memcmp(&there, &key, sizeof key) == 0)
            break;
    }
    return i;
}

uint32_t pv_rows_find(const pv_rows *r, const void *table, pv_row_key key,
                      uint32_t hash)
{
    if (!r->slots)
        return UINT32_MAX;
    /* 0 - 1: not there */
    return (uint32_t)r->slots[probe(r, table, key, hash)] - 1;
}

static bool resize(pv_rows *r, uint32_t size)
{
    uint64_t *slots = pv_mem_alloc(size, sizeof *slots);

    if (!slots)
        return false;
    for (uint32_t i = 0; r->slots && i <= r->mask; i++) {
        uint32_t to = (uint32_t)(r->slots[i] >> 32) & (size - 1);

        if (r->slots[i] == 0)
            continue;
        while (slots[to])
            to = (to + 1) & (size - 1);
        slots[to] = r->slots[i];
    }
    pv_mem_free(r->slots);
    r->slots = slots;
    r->mask = size - 1;
    return true;
}

static bool grow(pv_rows *r)
{
    return resize(r, r->slots ? (r->mask + 1) * 2 : FIRST_SLOTS);
}

bool pv_rows_expect(pv_rows *r, size_t rows)
{
    size_t size = FIRST_SLOTS;

    while (size / 2 < rows && size <= UINT32_MAX / 2)
        size *= 2;
    if (r->slots && r->mask >= size - 1)
        return true;
    if (!resize(r, (uint32_t)size))
        return false;
    /* a page that is read before it is written comes in twice */
    if (r->used == 0)
        memset(r->slots, 0, size * sizeof *r->slots);
    return true;
}

void pv_rows_ahead(const pv_rows *r, uint32_t hash)
{
    if (r->slots)
        pv_ahead(&r->slots[hash & r->mask]);
}

bool pv_rows_add(pv_rows *r, uint32_t row, uint32_t hash)
{
    uint32_t i;

    if ((!r->slots || r->used * 2 > r->mask) && !grow(r))
        return false;
    i = hash & r->mask;
    while (r->slots[i])
        i = (i + 1) & r->mask;
    r->slots[i] = slot_of(hash, row);
    r->used++;
    return true;
}
