/* SPDX-License-Identifier: MIT */
/* The hottest functions, lines, files or modules: what top.c hands on. */
#ifndef TOP_H
#define TOP_H

#include "filter.h"
#include "profviz/renderer.h"
#include "rank.h"

typedef struct pv_top_options {
    pv_filter_options filter;
    pv_str sort;
    int64_t limit; /* rows; 0: all; -1: as the medium has it */
} pv_top_options;

/* Rows shown of `len`. */
uint32_t pv_top_shown(const pv_job *job, int64_t limit, uint32_t len);
/* For people: PV_M_TXT and PV_M_MD. */
bool pv_top_text(const pv_job *job, const pv_ranking *rows, pv_sink *out,
                 pv_error *err);

/* As a page. */
bool pv_top_page(const pv_job *job, const pv_ranking *rows, uint32_t shown,
                 pv_arena *a, pv_sink *out, pv_error *err);

#endif
