/* SPDX-License-Identifier: MIT */
/* What a report is made from: profiles that are read when they are wanted,
 * and their counterparts in a baseline. */
#ifndef REPORT_INPUTS_H
#define REPORT_INPUTS_H

#include "load.h"
#include "report.h"
#include "report_slug.h"
#include "shared.h"

typedef struct pv_counterpart {
    pv_str slug;
    pv_str path;    /* ends in NUL */
    bool published; /* in a report */
} pv_counterpart;

typedef struct pv_report_inputs {
    pv_cli *cli;
    PV_VEC(char *) paths;
    pv_read_options reading;
    pv_report_input *about;
    bool *seen;
    pv_profile **held; /* what cannot be read twice */
    PV_VEC(pv_counterpart) old;
    pv_slugs slugs; /* of them */
    bool baseline;
    pv_redaction redaction;
    bool redacts;
} pv_report_inputs;

bool pv_report_inputs_open(pv_report_inputs *in, pv_cli *cli,
                           const pv_args *args, const pv_shared *shared,
                           const pv_report_options *o, pv_error *err);
void pv_report_inputs_plan(pv_report_inputs *in, pv_report_plan *plan);
void pv_report_inputs_close(pv_report_inputs *in);

#endif
