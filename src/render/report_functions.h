/* SPDX-License-Identifier: MIT */
/* The list of all functions: from each to its boxes, lines, changes. */
#ifndef REPORT_FUNCTIONS_H
#define REPORT_FUNCTIONS_H

#include "report_private.h"

bool pv_report_functions(pv_report *r);
/* Millionths of the profile's total. */
int64_t pv_report_ppm(const pv_report_item *it, int64_t v);

#endif
