/* SPDX-License-Identifier: MIT */
/* What the parts of a merge share. */
#ifndef MERGE_PRIVATE_H
#define MERGE_PRIVATE_H

#include "merge_fit.h"

typedef struct pv_merge_input {
    const pv_profile *p;
    pv_fn *fn;                       /* its functions in the sum */
    pv_sym *text;                    /* its symbols; 0 until used */
    uint32_t metric[PV_METRICS_MAX]; /* its metrics in the sum */
    int64_t factor[PV_METRICS_MAX];
    uint32_t shift; /* added to its functions' lines */
} pv_merge_input;

typedef struct pv_merging {
    pv_merge_input *in;
    size_t len;
    pv_merge_metric metrics[PV_METRICS_MAX];
    uint32_t metrics_len;
    pv_builder *b;
    pv_error *err;
} pv_merging;

/* A value in the exponent of the sum; false and PV_E_LIMIT beyond int64. */
bool pv_merge_scaled(pv_merging *m, const pv_merge_input *in, uint32_t metric,
                     int64_t v, int64_t *out);
pv_sym pv_merge_text(pv_merging *m, pv_merge_input *in, pv_sym s);

/* Times printed in logs are what each log measured: they stay rows of their
 * own, log by log, in an order that does not depend on that of the inputs. */
void pv_merge_keep_apart(pv_merging *m);

/* Sorted by file, line, name and kind; by caller and callee. */
bool pv_merge_functions(pv_merging *m);
bool pv_merge_calls(pv_merging *m);

#endif
