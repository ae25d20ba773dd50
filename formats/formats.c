/* SPDX-License-Identifier: MIT */
/* The array of all formats: a new one is one file and one line here. */
#include "profviz/format.h"

extern const pv_format pv_format_cprofile_text;
extern const pv_format pv_format_flamesvg;
extern const pv_format pv_format_folded;
extern const pv_format pv_format_guppy;
extern const pv_format pv_format_lprof;
extern const pv_format pv_format_lprof_text;
extern const pv_format pv_format_memit;
extern const pv_format pv_format_memory_text;
extern const pv_format pv_format_mprof;
extern const pv_format pv_format_objgraph;
extern const pv_format pv_format_profviz;
extern const pv_format pv_format_pstats;
extern const pv_format pv_format_pympler;
extern const pv_format pv_format_timings;
extern const pv_format pv_format_tracemalloc;
extern const pv_format pv_format_tracemalloc_text;

/* one a line, whatever fits */
/* clang-format off */
const pv_format *const pv_formats[] = {
    &pv_format_folded,
    &pv_format_flamesvg,
    &pv_format_mprof,
    &pv_format_pstats,
    &pv_format_lprof,
    &pv_format_tracemalloc,
    &pv_format_lprof_text,
    &pv_format_cprofile_text,
    &pv_format_memory_text,
    &pv_format_tracemalloc_text,
    &pv_format_guppy,
    &pv_format_pympler,
    &pv_format_objgraph,
    &pv_format_memit,
    &pv_format_timings,
    &pv_format_profviz,
    NULL,
};
/* clang-format on */

const pv_format *pv_format_find(pv_str name)
{
    for (size_t i = 0; pv_formats[i]; i++)
        if (pv_str_equal(name, pv_str_of(pv_formats[i]->name)))
            return pv_formats[i];
    return NULL;
}
