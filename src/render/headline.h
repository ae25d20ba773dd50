/* SPDX-License-Identifier: MIT */
/* The first lines of text about a profile: what it comes to, what is left of
 * it, where the time is by origin. */
#ifndef HEADLINE_H
#define HEADLINE_H

#include "ink.h"
#include "origin.h"

/* A value with its unit, as terminals and Markdown have it ('-' for minus). */
void pv_text_value(pv_buf *out, int64_t v, const pv_metric *m, bool unicode);
/* The same with the metric's name behind counts: "87 samples". */
void pv_text_amount(pv_buf *out, const pv_profile *p, uint32_t metric,
                    int64_t v, bool unicode);

/* What 100 % is in the main metric: the total before --focus and --ignore. */
int64_t pv_job_whole(const pv_job *job, int64_t total);

/* "10.15 s in 10,153 samples", and when stacks were left out what is kept.
 * `totals` has one value a metric. */
bool pv_headline(const pv_job *job, const int64_t *totals, pv_sink *out,
                 pv_error *err);
/* "Kept 40.6%: 4,120 of 10,153 samples", when that is not all. */
void pv_kept_line(const pv_job *job, int64_t total, int64_t whole,
                  pv_sink *out);
/* "self by origin: own 20.7%  site 18.3%": self[PV_ORIGINS] of `whole`. */
void pv_origin_line(const pv_job *job, const int64_t *self, int64_t whole,
                    pv_sink *out);

pv_ink pv_ink_origin(int origin);

#endif
