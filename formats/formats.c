/* SPDX-License-Identifier: MIT */
/* The array of all formats: a new one is one file and one line here. */
#include "profviz/format.h"

extern const pv_format pv_format_folded;
extern const pv_format pv_format_lprof;
extern const pv_format pv_format_mprof;
extern const pv_format pv_format_pstats;
extern const pv_format pv_format_tracemalloc;

const pv_format *const pv_formats[] = {
    &pv_format_folded,
    &pv_format_lprof,
    &pv_format_mprof,
    &pv_format_pstats,
    &pv_format_tracemalloc,
    NULL,
};

const pv_format *pv_format_find(pv_str name)
{
    for (size_t i = 0; pv_formats[i]; i++)
        if (pv_str_equal(name, pv_str_of(pv_formats[i]->name)))
            return pv_formats[i];
    return NULL;
}
