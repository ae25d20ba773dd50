/* SPDX-License-Identifier: MIT */
/* A comparison as an HTML page: templates/diff.html and its record. */
#ifndef DIFF_PAGE_H
#define DIFF_PAGE_H

#include "diff_view.h"
#include "record.h"

/* By itself, or where v->job->site says. */
bool pv_diff_page(const pv_diff_view *v, pv_sink *out, pv_error *err);

/* What diff.html may ask for; for its test. */
extern const pv_record_type pv_diff_page_type;

#endif
