/* SPDX-License-Identifier: MIT */
/* Whose change it is.
 *
 * A change of self time is its function's, but where a library's function
 * changed, at least four fifths of it below one function of the user's own
 * code, that one is to blame for what is below it.  Code that is new or gone
 * speaks for itself, and who calls nearly everything is to blame for nothing
 * in particular.
 */
#include "diff_view.h"

#include <stdlib.h>

#include "origin.h"
#include "total.h"

enum { CANDIDATES = 20 };

typedef struct blaming {
    const pv_diff_view *v;
    const pv_profile *p;
    const pv_whence *whence;
    uint32_t metric[2];
    uint32_t *own;  /* of each frame: its nearest caller of own code, or 0 */
    int64_t *below; /* of each function, before and after */
    uint32_t *row;  /* of each function */
    int64_t *blame; /* of each row, before and after */
} blaming;

/* Own code, and not what 95 % of the time is spent below. */
static bool is_own(const blaming *b, uint32_t fn)
{
    const pv_diff_metric *m = &b->v->d->metrics[b->v->d->main];
    const int64_t *v;

    if (!fn || b->whence[fn].origin != PV_OWN || b->row[fn] == UINT32_MAX)
        return false;
    v = pv_diff_values(b->v->d, b->row[fn], b->v->d->main);
    return v[PV_AFTER_TOTAL] <= m->after - m->after / 20;
}

static void find_callers(blaming *b)
{
    const pv_frame *at = b->p->frames.at;

    for (uint32_t i = 1; i < b->p->frames.len; i++) {
        uint32_t up = at[i].parent.i;

        b->own[i] = is_own(b, at[up].fn.i) ? up : b->own[up];
    }
}

static int64_t size_of(int64_t v)
{
    return v < 0 ? -v : v;
}

/* The own function with the largest change of `fn` below it. */
static uint32_t sum_below(blaming *b, uint32_t fn)
{
    const pv_frame *at = b->p->frames.at;
    uint32_t best = 0;
    int64_t most = 0;

    memset(b->below, 0, 2 * (size_t)b->p->functions.len * sizeof *b->below);
    for (uint32_t i = 1; i < b->p->frames.len; i++) {
        uint32_t by = at[i].fn.i == fn ? at[b->own[i]].fn.i : 0;

        for (int s = 0; by && s < 2; s++) /* at most the row's own */
            b->below[2 * by + (uint32_t)s] +=
                pv_frame_self(b->p, i, b->metric[s]);
        if (by && size_of(b->below[2 * by + 1] - b->below[2 * by]) > most) {
            most = size_of(b->below[2 * by + 1] - b->below[2 * by]);
            best = by;
        }
    }
    return best;
}

static void pass_on(blaming *b, uint32_t row)
{
    const pv_diff *d = b->v->d;
    uint32_t fn = d->rows[row].fn.i, by;
    int64_t change = pv_diff_change(d, row, false), there;

    if (!fn || b->whence[fn].origin == PV_OWN ||
        d->rows[row].status != PV_DIFF_CHANGED)
        return;
    by = sum_below(b, fn);
    there = b->below[2 * by + 1] - b->below[2 * by];
    if (!by || d->rows[b->row[by]].verdict == PV_VERDICT_NOISE ||
        (there > 0) != (change > 0) || size_of(there) < size_of(change) / 5 * 4)
        return;
    for (uint32_t s = 0; s < 2; s++) {
        b->blame[2 * row + s] -= b->below[2 * by + s];
        b->blame[2 * b->row[by] + s] += b->below[2 * by + s];
    }
}

typedef struct blamed {
    uint32_t row, rank;
    int64_t size;
} blamed;

static int by_size(const void *x, const void *y)
{
    const blamed *a = x, *b = y;

    if (a->size != b->size)
        return a->size < b->size ? 1 : -1;
    return (a->rank > b->rank) - (a->rank < b->rank);
}

static bool put_in_order(pv_diff_view *v, const int64_t *blame, pv_arena *a)
{
    uint32_t n = v->d->len, *order = PV_NEW_N(a, uint32_t, n + 1);
    blamed *all = PV_NEW_N(a, blamed, n + 1);

    if (!order || !all)
        return false;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t row = v->d->order[i];

        all[i] = (blamed){row, i, size_of(blame[2 * row + 1] - blame[2 * row])};
    }
    qsort(all, n, sizeof *all, by_size);
    for (uint32_t i = 0; i < n; i++)
        order[i] = all[i].row;
    v->blame = blame;
    v->blame_order = order;
    return true;
}

static bool begin(blaming *b, pv_arena *a, pv_error *err)
{
    const pv_diff *d = b->v->d;
    const pv_filter_options *f = &b->v->o->filter;
    const pv_origin_rules rules = {f->own.at, f->own.len, f->origin.at,
                                   f->origin.len};
    uint32_t functions = b->p->functions.len;

    b->whence = pv_origins(b->p, &rules, a, err);
    b->own = PV_NEW_N(a, uint32_t, b->p->frames.len + 1);
    b->below = PV_NEW_N(a, int64_t, 2 * (size_t)functions + 2);
    b->row = PV_NEW_N(a, uint32_t, functions + 1);
    b->blame = PV_NEW_N(a, int64_t, 2 * (size_t)d->len + 2);
    if (!b->whence || a->failed)
        return pv_fail_nomem(err); /* keeps an earlier error */
    memset(b->row, 0xff, (functions + 1) * sizeof *b->row);
    for (uint32_t s = 0; s < 2; s++)
        b->metric[s] = 2 * d->metrics[d->main].pair + s;
    for (uint32_t r = 0; r < d->len; r++) {
        const int64_t *v = pv_diff_values(d, r, d->main);

        b->row[d->rows[r].fn.i] = r;
        b->blame[2 * r] = v[PV_BEFORE_SELF];
        b->blame[2 * r + 1] = v[PV_AFTER_SELF];
    }
    return true;
}

bool pv_diff_blame(pv_diff_view *v, pv_arena *a, pv_error *err)
{
    blaming b = {.v = v, .p = v->d->both};
    int by = v->o->how.by;

    if (!(b.p->has & PV_HAS_TREE) || b.p->flags & PV_FILE_LINE_FRAMES ||
        by != PV_BY_FUNCTION || pv_diff_by_total(v) || v->d->judged)
        return true;
    if (!begin(&b, a, err))
        return false;
    find_callers(&b);
    for (uint32_t i = 0, n = 0; i < v->d->len && n < CANDIDATES; i++) {
        uint32_t row = v->d->order[i];
        const int64_t *value = pv_diff_values(v->d, row, v->d->main);

        if (v->d->rows[row].verdict == PV_VERDICT_NOISE ||
            !pv_diff_matters(v, value[PV_BEFORE_SELF], value[PV_AFTER_SELF]))
            continue;
        pass_on(&b, row);
        n++;
    }
    return put_in_order(v, b.blame, a) || pv_fail_nomem(err);
}
