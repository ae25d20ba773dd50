/* SPDX-License-Identifier: MIT */
/* Repeats of one measurement.
 *
 * timeit.repeat prints a list; its reader makes a row of each member, named
 * by its number and placed at the list's line.
 */
#include "least.h"

/* The line of the list that a row is from; 0: it is no repeat. */
static uint32_t list_of(const pv_ranking *r, uint32_t row)
{
    const pv_function *fn = &r->p->functions.at[r->fn[row].i];

    return fn->kind == PV_FN_MARK &&
                   pv_str_starts(pv_profile_text(r->p, fn->name),
                                 PV_STR("timeit repeat "))
               ? fn->line
               : 0;
}

static int64_t time_of(const pv_ranking *r, uint32_t row)
{
    return r->value[(size_t)row * r->width + (size_t)r->self];
}

/* Rows stand in the order of the file here, those of a list together. */
const bool *pv_least_repeats(const pv_ranking *r, pv_arena *a, pv_error *err)
{
    bool *least = PV_NEW_N(a, bool, (size_t)r->len + 1);
    uint32_t best = 0;

    if (!least) {
        pv_fail_nomem(err);
        return NULL;
    }
    for (uint32_t i = 0; i < r->len && r->self >= 0; i++) {
        uint32_t list = list_of(r, i);

        if (list == 0)
            continue;
        if (i == 0 || list_of(r, i - 1) != list) {
            best = i; /* marked when another one follows */
            continue;
        }
        least[best] = false;
        if (time_of(r, i) < time_of(r, best))
            best = i;
        least[best] = true;
    }
    return least;
}
