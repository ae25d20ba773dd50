/* SPDX-License-Identifier: MIT */
/* Traces of a tracemalloc snapshot in one word each.
 *
 * A trace is (size, traceback), (domain, size, traceback) or (domain, size,
 * traceback, frames).  Millions of them share a few thousand places (all but
 * the size), so the word holds the size and the number of the place.  What
 * does not fit stays a tuple.
 */
#ifndef PY_TRACE_H
#define PY_TRACE_H

#include "value.h"

enum { PV_PY_PLACES_MAX = (1 << 22) - 1, PV_PY_TRACE_SIZE_BITS = 37 };

/* The index of a place, found or added; UINT32_MAX when memory ran out or it
 * does not fit. */
uint32_t pv_py_place_of(pv_py_data *d, const pv_py_place *p);
/* Is there a number for another place, and can its slot alone tell it? */
bool pv_py_place_fits(const pv_py_data *d, const pv_py_place *p);

/* The tuple of `items` as a trace; false when it is none. */
bool pv_py_trace(pv_py_data *d, const pv_py *items, uint32_t n, uint64_t offset,
                 pv_py *out);

static inline bool pv_py_trace_fits(uint32_t place, int64_t size)
{
    return place <= PV_PY_PLACES_MAX && size >= 0 &&
           size >> PV_PY_TRACE_SIZE_BITS == 0;
}

static inline pv_py pv_py_trace_of(uint32_t place, int64_t size)
{
    return (pv_py){(uint64_t)size << 27 | (uint64_t)place << 5 |
                   (uint64_t)PV_PY_TRACE};
}

/* In the memo a traceback becomes its place, once it has one and nothing about
 * it is out of the ordinary: then one look tells all. */
static inline pv_py pv_py_placed(uint32_t place, const pv_py_place *p)
{
    if (place > PV_PY_PLACES_MAX || p->frames > UINT16_MAX || p->domain < 0 ||
        p->domain > UINT16_MAX)
        return p->traceback;
    return (pv_py){(uint64_t)p->fields << 59 | (uint64_t)p->domain << 43 |
                   (uint64_t)p->frames << 27 | (uint64_t)place << 5 |
                   (uint64_t)PV_PY_PLACED};
}

static inline uint32_t pv_py_trace_place(pv_py v)
{
    return (uint32_t)(v.w >> 5) & PV_PY_PLACES_MAX;
}

static inline int64_t pv_py_trace_size(pv_py v)
{
    return (int64_t)(v.w >> 27);
}

#endif
