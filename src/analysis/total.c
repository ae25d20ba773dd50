/* SPDX-License-Identifier: MIT */
/* Self values become totals, by sweeps over the preorder. */
#include "total.h"

#include "number.h"

bool pv_fail_sum(pv_error *err, const pv_profile *p, uint32_t metric)
{
    pv_str name = pv_profile_text(p, p->metrics.at[metric].name);

    return pv_fail(err, PV_E_LIMIT, NULL,
                   "the sum of '%s' is beyond 2^63-1, the largest that counts",
                   PV_QUOTE(name));
}

int64_t *pv_frame_totals(const pv_profile *p, uint32_t metric, pv_arena *a,
                         pv_error *err)
{
    const pv_frame *frames = p->frames.at;
    uint32_t len = p->frames.len;
    int64_t *total = PV_NEW_N(a, int64_t, len ? len : 1);

    if (!total) {
        pv_fail_nomem(err);
        return NULL;
    }
    /* Parents precede children, so one backward sweep does. */
    for (uint32_t i = len; i-- > 0;) {
        uint32_t up = frames[i].parent.i;
        bool fits = pv_add64(total[i], pv_frame_self(p, i, metric), &total[i]);

        if (i && fits)
            fits = pv_add64(total[up], total[i], &total[up]);
        if (!fits) {
            pv_fail_sum(err, p, metric);
            return NULL;
        }
    }
    return total;
}

/* The rows whose self values add up to the file's total: exact totals of
 * functions before an estimated tree, a tree before lines. */
static const int64_t *summed_rows(const pv_profile *p, uint32_t *len)
{
    *len = 0;
    if (p->has & (PV_HAS_CALLS | PV_HAS_TOTALS) && p->functions.cost) {
        *len = p->functions.len;
        return p->functions.cost;
    }
    if (p->has & PV_HAS_TREE) {
        *len = p->frames.len;
        return p->frames.cost;
    }
    if (p->has & PV_HAS_LINES) {
        *len = p->lines.len;
        return p->lines.cost;
    }
    return NULL;
}

bool pv_profile_total(const pv_profile *p, uint32_t metric, int64_t *total,
                      pv_error *err)
{
    uint32_t len;
    const int64_t *cost = summed_rows(p, &len);
    int64_t sum = 0;

    for (uint32_t i = 0; cost && i < len; i++) {
        int64_t v = cost[(size_t)i * p->metrics.len + metric];

        if (v != PV_NONE && !pv_add64(sum, v, &sum))
            return pv_fail_sum(err, p, metric);
    }
    *total = sum;
    return true;
}
