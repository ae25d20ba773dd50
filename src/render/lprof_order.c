/* SPDX-License-Identifier: MIT */
/* The order in which line_profiler 5 shows the functions of merged files.
 *
 * It sorts the files by their unit, the smallest first, and keeps functions as
 * they turn up.  A merged profile has its functions sorted, by file, line and
 * name: each is found there by halving.
 */
#include "lprof_order.h"

#include <stdlib.h>

#include "number.h"

typedef struct file {
    double unit;
    uint32_t index; /* of the input */
} file;

double pv_lprof_unit(const pv_profile *p)
{
    double unit;

    if (!pv_parse_double(pv_profile_note(p, PV_STR("unit")), &unit) ||
        !(unit > 0))
        return 1e-9;
    return unit;
}

static int by_unit(const void *a, const void *b)
{
    const file *x = a, *y = b;
    int order = (x->unit > y->unit) - (x->unit < y->unit);

    return order ? order : (x->index > y->index) - (x->index < y->index);
}

static int compare(const pv_profile *p, uint32_t f, const pv_profile *q,
                   uint32_t g)
{
    const pv_function *x = &p->functions.at[f], *y = &q->functions.at[g];
    int order = pv_str_compare(pv_profile_text(p, x->file),
                               pv_profile_text(q, y->file));

    if (!order)
        order = (x->line > y->line) - (x->line < y->line);
    if (!order)
        order = pv_str_compare(pv_profile_text(p, x->name),
                               pv_profile_text(q, y->name));
    return order ? order : (x->kind > y->kind) - (x->kind < y->kind);
}

/* The function of the sum that is function `f` of `in`; 0: there is none. */
static uint32_t find(const pv_profile *sum, const pv_profile *in, uint32_t f)
{
    uint32_t low = 1, high = sum->functions.len;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = compare(sum, middle, in, f);

        if (order == 0)
            return middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return 0;
}

static bool is_input(const pv_job *job, const pv_profile *p)
{
    for (size_t i = 0; i < job->count; i++)
        if (job->inputs[i] == p)
            return true;
    return false;
}

static void number_functions(const pv_job *job, const pv_profile *p,
                             const file *files, uint32_t *place)
{
    uint32_t next = 1;

    for (size_t i = 0; i < job->count; i++) {
        const pv_profile *in = job->inputs[files[i].index];

        for (uint32_t f = 1; f < in->functions.len; f++) {
            uint32_t at = find(p, in, f);

            if (at && place[at] == 0)
                place[at] = next++;
        }
    }
}

const uint32_t *pv_lprof_places(const pv_job *job, const pv_profile *p,
                                pv_arena *a)
{
    uint32_t *place = PV_NEW_N(a, uint32_t, (size_t)p->functions.len + 1);
    file *files = PV_NEW_N(a, file, job->count);

    if (!place || !files)
        return NULL;
    for (uint32_t f = 0; f < p->functions.len && is_input(job, p); f++)
        place[f] = f;
    if (is_input(job, p))
        return place;
    for (uint32_t i = 0; i < job->count; i++)
        files[i] = (file){pv_lprof_unit(job->inputs[i]), i};
    qsort(files, job->count, sizeof *files, by_unit);
    number_functions(job, p, files, place);
    return place;
}
