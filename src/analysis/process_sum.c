/* SPDX-License-Identifier: MIT */
/* Memory of all processes of a run, by one sweep along time. */
#include "process_sum.h"

#include "number.h"

static const pv_series *main_series(const pv_profile *p, uint32_t run)
{
    for (uint32_t i = 0; i < p->series.len; i++)
        if (p->series.at[i].run == run && p->series.at[i].pid < 0)
            return &p->series.at[i];
    return NULL;
}

/* The child's latest value at `t`, or 0 before its first and after its last
 * record.  `next` is where the sweep is: the first point later than t. */
static int64_t value_at(const pv_series *child, uint32_t *next, int64_t t)
{
    while (*next < child->len && child->at[*next].t <= t)
        (*next)++;
    if (*next == 0 || child->at[child->len - 1].t < t)
        return 0;
    return child->at[*next - 1].value;
}

static bool add_child(const pv_series *child, pv_point *at, uint32_t len)
{
    uint32_t next = 0;

    for (uint32_t i = 0; i < len; i++)
        if (!pv_add64(at[i].value, value_at(child, &next, at[i].t),
                      &at[i].value))
            return false;
    return true;
}

bool pv_process_sum(const pv_profile *p, uint32_t run, pv_arena *a,
                    pv_series *out, pv_error *err)
{
    const pv_series *own = main_series(p, run);
    pv_point *at;

    out->at = NULL;
    out->len = 0;
    if (!own || own->len == 0)
        return true;
    at = PV_NEW_N(a, pv_point, own->len);
    if (!at)
        return pv_fail_nomem(err);
    memcpy(at, own->at, own->len * sizeof *at);
    out->at = at;
    out->len = own->len;
    if (pv_profile_note(p, PV_STR("includes_children")).n)
        return true;
    for (uint32_t i = 0; i < p->series.len; i++) {
        const pv_series *s = &p->series.at[i];

        if (s->run == run && s->pid >= 0 && s->len &&
            !add_child(s, at, own->len))
            return pv_fail(err, PV_E_LIMIT, NULL,
                           "the memory of all processes is above 2^63-1 bytes");
    }
    return true;
}
