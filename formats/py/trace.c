/* SPDX-License-Identifier: MIT */
/* Places of traces: a table and a hash index with the keys inside, so that
 * finding one of thousands touches one line of the cache. */
#include "trace.h"

#include <string.h>

enum { FIELDS_SHIFT = 24 };

bool pv_py_place_fits(const pv_py_data *d, const pv_py_place *p)
{
    return d->places.len <= PV_PY_PLACES_MAX &&
           pv_py_payload(p->traceback) <= UINT32_MAX &&
           p->domain >= INT32_MIN && p->domain <= INT32_MAX &&
           p->frames < 1u << FIELDS_SHIFT;
}

static pv_py_place_slot slot_of(const pv_py_place *p)
{
    return (pv_py_place_slot){
        .traceback = (uint32_t)pv_py_payload(p->traceback),
        .frames = p->frames | p->fields << FIELDS_SHIFT,
        .domain = (int32_t)p->domain,
    };
}

/* The slot that holds the key, or the free one where it belongs. */
static pv_py_place_slot *probe(const pv_py_data *d, pv_py_place_slot key)
{
    uint64_t h = (key.traceback | (uint64_t)key.frames << 32) *
                 UINT64_C(0x9e3779b97f4a7c15);
    size_t mask = d->place_slots.len - 1;
    size_t i = (size_t)((h >> 32) ^ (uint32_t)key.domain) & mask;

    for (;; i = (i + 1) & mask) {
        pv_py_place_slot *s = &d->place_slots.at[i];

        if (s->place == 0 ||
            (s->traceback == key.traceback && s->frames == key.frames &&
             s->domain == key.domain))
            return s;
    }
}

static bool grow_slots(pv_py_data *d)
{
    size_t room = d->place_slots.len ? d->place_slots.len * 2 : 1024;

    PV_VEC_DONE(&d->place_slots);
    if (!PV_VEC_GROW(&d->place_slots, room) || !d->place_slots.at)
        return false;
    memset(d->place_slots.at, 0, room * sizeof *d->place_slots.at);
    d->place_slots.len = room;
    for (size_t i = 0; i < d->places.len; i++) {
        pv_py_place_slot key = slot_of(&d->places.at[i]);

        key.place = (uint32_t)i + 1;
        *probe(d, key) = key;
    }
    return true;
}

uint32_t pv_py_place_of(pv_py_data *d, const pv_py_place *p)
{
    pv_py_place_slot *s;

    if (!pv_py_place_fits(d, p))
        return UINT32_MAX;
    if (d->places.len * 2 >= d->place_slots.len && !grow_slots(d))
        return UINT32_MAX;
    s = probe(d, slot_of(p));
    if (s->place == 0) {
        if (!PV_VEC_GROW(&d->places, 1))
            return UINT32_MAX;
        d->places.at[d->places.len++] = *p;
        *s = slot_of(p);
        s->place = (uint32_t)d->places.len;
    }
    return s->place - 1;
}

bool pv_py_trace(pv_py_data *d, const pv_py *items, uint32_t n, uint64_t offset,
                 pv_py *out)
{
    pv_py_place p = {.offset = offset, .fields = n};
    int64_t size, frames = 0;
    uint32_t place;

    if (n > 2 && !pv_py_get_int(d, *items++, &p.domain))
        return false;
    if (!pv_py_get_int(d, items[0], &size) || size < 0 ||
        !pv_py_is(items[1], PV_PY_TUPLE) || pv_py_depth(d, items[1]) != 2 ||
        (n > 3 && (!pv_py_get_int(d, items[2], &frames) || frames < 0 ||
                   frames >= 1 << FIELDS_SHIFT)))
        return false;
    p.traceback = items[1];
    p.frames = (uint32_t)frames;
    place = pv_py_place_of(d, &p);
    if (!pv_py_trace_fits(place, size))
        return false;
    *out = pv_py_trace_of(place, size);
    return true;
}
