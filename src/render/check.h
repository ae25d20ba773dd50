/* SPDX-License-Identifier: MIT */
/* What the media of `check` share. */
#ifndef CHECK_H
#define CHECK_H

#include "gate.h"

typedef struct pv_check_options {
    pv_gate_options gate;
    bool normalize;
    int64_t limit;
} pv_check_options;

typedef struct pv_check {
    const pv_job *job;
    const pv_check_options *o;
    const pv_gate *gate;
    pv_arena *a;
} pv_check;

/* For people: PV_M_TXT and PV_M_MD. */
bool pv_check_text(const pv_check *c, pv_sink *out, pv_error *err);
/* For machines: PV_M_JSON, PV_M_JUNIT, PV_M_GITHUB, PV_M_BENCHMARK. */
bool pv_check_json(const pv_check *c, pv_sink *out, pv_error *err);
bool pv_check_junit(const pv_check *c, pv_sink *out, pv_error *err);
bool pv_check_github(const pv_check *c, pv_sink *out, pv_error *err);
bool pv_check_benchmark(const pv_check *c, pv_sink *out, pv_error *err);

#endif
