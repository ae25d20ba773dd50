/* SPDX-License-Identifier: MIT */
/* Equal tuples kept once: a hash table over the pool. */
#include "value.h"

#include <string.h>

#include "symtab.h"

static bool same_items(const pv_py_data *d, uint64_t at, const pv_py *items,
                       uint32_t n)
{
    return (d->pool.at[at] & PV_PY_TUPLE_MAX) == n &&
           memcmp(&d->pool.at[at + 1], items, n * sizeof *items) == 0;
}

static uint64_t hash_items(const pv_py *items, uint32_t n)
{
    uint64_t h = n;

    if (n > 4)
        return pv_hash(items, n * sizeof *items);
    for (uint32_t i = 0; i < n; i++) {
        h = (h ^ items[i].w) * UINT64_C(0x9e3779b97f4a7c15);
        h ^= h >> 29;
    }
    return h;
}

static bool grow_cons(pv_py_data *d)
{
    size_t room = d->cons.len ? d->cons.len * 2 : 1024;
    PV_VEC(uint32_t) wide = {0};

    if (!pv_py_within(d, room / 2, 0))
        return false;
    if (!PV_VEC_GROW(&wide, room) || !wide.at)
        return false;
    memset(wide.at, 0, room * sizeof *wide.at);
    for (size_t i = 0; i < d->cons.len; i++) {
        uint32_t at = d->cons.at[i];
        size_t slot;

        if (at == 0)
            continue;
        slot = hash_items((const pv_py *)&d->pool.at[at + 1],
                          (uint32_t)(d->pool.at[at] & PV_PY_TUPLE_MAX)) &
               (room - 1);
        while (wide.at[slot] != 0)
            slot = (slot + 1) & (room - 1);
        wide.at[slot] = at;
    }
    PV_VEC_DONE(&d->cons);
    d->cons.at = wide.at;
    d->cons.len = room;
    d->cons.room = wide.room;
    return true;
}

pv_py pv_py_shared(pv_py_data *d, const pv_py *items, uint32_t n,
                   uint64_t offset)
{
    enum { TRIES = 16 }; /* beyond them (chosen collisions) it is not shared */
    size_t slot;
    pv_py v;

    if (d->pool.len >= UINT32_MAX)
        return pv_py_tuple(d, PV_PY_TUPLE, items, n, offset);
    if (d->shared * 2 >= d->cons.len && !grow_cons(d))
        return (pv_py){0};
    slot = hash_items(items, n) & (d->cons.len - 1);
    for (int i = 0; i < TRIES; i++) {
        uint32_t at = d->cons.at[slot];

        if (at == 0)
            break;
        if (same_items(d, at, items, n))
            return (pv_py){(uint64_t)at << 12 |
                           (uint64_t)(1 + pv_py_deepest(d, items, n)) << 5 |
                           (uint64_t)PV_PY_TUPLE};
        slot = (slot + 1) & (d->cons.len - 1);
    }
    v = pv_py_tuple(d, PV_PY_TUPLE, items, n, offset);
    if (v.w != 0 && d->cons.at[slot] == 0) {
        d->cons.at[slot] = (uint32_t)pv_py_payload(v);
        d->shared++;
    }
    return v;
}
