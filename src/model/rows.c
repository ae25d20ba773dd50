/* SPDX-License-Identifier: MIT */
/* Finding a row of a table by its key: a hash index beside the table. */
#include "rows.h"

#include "mem.h"
#include "symtab.h"

enum { FIRST_SLOTS = 64 };

void pv_rows_done(pv_rows *r)
{
    pv_mem_free(r->slots);
    r->slots = NULL;
}

static uint32_t probe(const pv_rows *r, const void *table, pv_row_key key)
{
    uint32_t i = (uint32_t)pv_hash(&key, sizeof key) & r->mask;

    for (; r->slots[i]; i = (i + 1) & r->mask) {
        pv_row_key there = r->key(table, r->slots[i] - 1);

        if (memcmp(&there, &key, sizeof key) == 0)
            break;
    }
    return i;
}

uint32_t pv_rows_find(const pv_rows *r, const void *table, pv_row_key key)
{
    if (!r->slots)
        return UINT32_MAX;
    return r->slots[probe(r, table, key)] - 1; /* 0 - 1: not there */
}

static bool grow(pv_rows *r, const void *table)
{
    pv_rows big = *r;
    uint32_t size = r->slots ? (r->mask + 1) * 2 : FIRST_SLOTS;

    big.slots = pv_mem_alloc(size, sizeof *big.slots);
    if (!big.slots)
        return false;
    big.mask = size - 1;
    for (uint32_t i = 0; r->slots && i <= r->mask; i++)
        if (r->slots[i])
            big.slots[probe(&big, table, r->key(table, r->slots[i] - 1))] =
                r->slots[i];
    pv_mem_free(r->slots);
    *r = big;
    return true;
}

bool pv_rows_add(pv_rows *r, const void *table, uint32_t row)
{
    if ((!r->slots || r->used * 2 > r->mask) && !grow(r, table))
        return false;
    r->slots[probe(r, table, r->key(table, row))] = row + 1;
    r->used++;
    return true;
}
