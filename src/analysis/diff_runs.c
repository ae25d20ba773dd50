/* SPDX-License-Identifier: MIT */
/* Comparisons of several runs a side: each run against the other side's mean,
 * laid beside each other. */
#include "diff_runs.h"

#include "diff_judge_runs.h"
#include "diff_parts.h"
#include "mean.h"
#include "number.h"
#include "symtab.h"

typedef struct runs {
    pv_diff *d;
    const pv_profile *const *inputs;
    const pv_str *paths;
    size_t len, old;
    const pv_diff_options *o;
    pv_profile *mean[2]; /* owned; NULL: a side of one run */
    const pv_profile *side[2];
    pv_symtab *keys; /* of rows: the symbol is the row + 1 */
    pv_run_table table;
    pv_arena *a;
    pv_error *err;
} runs;

/* ---- rows are found again by name, place and turn ---- */

typedef struct naming {
    pv_symtab *seen; /* without the turn */
    uint32_t *turns; /* by symbol of `seen` */
    pv_buf key;
} naming;

static bool naming_begin(naming *n, uint32_t rows, pv_arena *a)
{
    *n = (naming){.seen = pv_symtab_new(a),
                  .turns = PV_NEW_N(a, uint32_t, (size_t)rows + 2)};
    return n->seen && n->turns;
}

static bool naming_end(naming *n)
{
    bool ok = n->seen && !pv_symtab_failed(n->seen) && !n->key.failed;

    pv_symtab_free(n->seen);
    pv_buf_done(&n->key);
    return ok;
}

/* The key of the next row; rows that are called alike are told by their turn.
 * Valid until the next call. */
static pv_str next_key(naming *n, const pv_diff_row *r)
{
    uint32_t turn;

    pv_buf_clear(&n->key);
    pv_buf_str(&n->key, r->name);
    pv_buf_char(&n->key, '\0');
    pv_buf_str(&n->key, r->file);
    pv_buf_char(&n->key, '\0');
    pv_buf_format(&n->key, "%u", r->line);
    turn = n->turns[pv_symtab_add(n->seen, pv_buf_text(&n->key)).i]++;
    if (turn)
        pv_buf_format(&n->key, "#%u", turn);
    return pv_buf_text(&n->key);
}

static bool list_keys(runs *r)
{
    naming n;
    bool ok = naming_begin(&n, r->d->len, r->a);

    r->keys = pv_symtab_new(r->a);
    for (uint32_t i = 0; ok && r->keys && i < r->d->len; i++)
        pv_symtab_add(r->keys, next_key(&n, &r->d->rows[i]));
    return (naming_end(&n) && r->keys && !pv_symtab_failed(r->keys)) ||
           pv_fail_nomem(r->err);
}

/* ---- what one run has ---- */

static int metric_like(const pv_diff *d, const pv_diff_metric *m)
{
    for (uint32_t i = 0; i < d->width; i++)
        if (d->metrics[i].inclusive == m->inclusive &&
            pv_str_equal(d->metrics[i].name, m->name))
            return (int)i;
    return -1;
}

/* How a metric of one run becomes that of the comparison. */
typedef struct scale {
    int at;                 /* its number in the run; -1: none */
    int64_t factor, of, to; /* x factor x to / of; of 0: no scaling */
} scale;

static scale scale_of(const runs *r, const pv_diff *one, uint32_t metric,
                      int side)
{
    const pv_diff_metric *m = &r->d->metrics[metric], *from;
    scale s = {.at = metric_like(one, m), .factor = 1};

    if (s.at < 0)
        return s;
    from = &one->metrics[s.at];
    s.factor = pv_pow10(m->exponent - (unsigned)from->exponent);
    if (r->o->normalize && !m->inclusive) {
        s.of = side ? from->after : from->before;
        s.to = m->after;
    }
    return s;
}

static bool take(const runs *r, size_t run, size_t cell, const scale *s,
                 int64_t v)
{
    int64_t *to = pv_run_value(&r->table, run, cell);

    if (s->of > 0) /* `to` is in the places of the comparison already */
        *to = pv_muldiv(v, s->to, s->of);
    else if (!pv_mul64(v, s->factor, to))
        return pv_fail(r->err, PV_E_LIMIT, NULL,
                       "a value is larger than 2^63-1");
    return true;
}

static bool take_row(const runs *r, size_t run, uint32_t row,
                     const pv_diff *one, uint32_t from, const scale *scales,
                     int side)
{
    for (uint32_t m = 0; m < r->d->width; m++) {
        const int64_t *v;

        if (scales[m].at < 0)
            continue;
        v = pv_diff_values(one, from, (uint32_t)scales[m].at) + side;
        if (!take(r, run, pv_run_cell(r->d, row, m, false), &scales[m],
                  v[PV_BEFORE_SELF]) ||
            !take(r, run, pv_run_cell(r->d, row, m, true), &scales[m],
                  v[PV_BEFORE_TOTAL]))
            return false;
    }
    return true;
}

static bool take_rows(runs *r, size_t run, const pv_diff *one, int side,
                      pv_arena *a)
{
    scale scales[PV_METRICS_MAX / 2];
    naming n;
    bool ok = naming_begin(&n, one->len, a) || pv_fail_nomem(r->err);

    for (uint32_t m = 0; ok && m < r->d->width; m++) {
        const pv_diff_metric *from;

        scales[m] = scale_of(r, one, m, side);
        if (scales[m].at < 0)
            continue;
        from = &one->metrics[scales[m].at];
        ok = take(r, run, pv_run_total(r->d, m), &scales[m],
                  side ? from->after : from->before);
    }
    for (uint32_t i = 0; ok && i < one->len; i++) {
        uint32_t row = pv_symtab_find(r->keys, next_key(&n, &one->rows[i])).i;

        if (row) /* else it rounds to nothing in the mean */
            ok = take_row(r, run, row - 1, one, i, scales, side);
    }
    return (naming_end(&n) || pv_fail_nomem(r->err)) && ok;
}

static bool take_run(runs *r, size_t run)
{
    int side = run >= r->old;
    const pv_profile *pair[2] = {r->side[0], r->side[1]};
    const pv_str paths[2] = {r->paths[0], r->paths[r->old]};
    pv_diff_options plain = *r->o;
    pv_diff one = {0};
    pv_arena a;
    bool ok;

    plain.normalize = false;
    pair[side] = r->inputs[run];
    pv_arena_init(&a, 0);
    ok = pv_diff_make(&one, pair, paths, 2, &plain, &a, r->err) &&
         take_rows(r, run, &one, side, &a);
    pv_diff_done(&one);
    pv_arena_done(&a);
    return ok;
}

/* ---- the whole ---- */

static bool average(runs *r, int side)
{
    size_t from = side ? r->old : 0, n = side ? r->len - r->old : r->old;

    r->side[side] = r->inputs[from];
    if (n < 2)
        return true;
    r->mean[side] = pv_mean(r->inputs + from, r->paths + from, n, r->err);
    r->side[side] = r->mean[side];
    return r->mean[side] != NULL;
}

static bool compare(runs *r)
{
    const pv_str paths[2] = {r->paths[0], r->paths[r->old]};
    bool heap;

    if (!pv_merge_fits(r->inputs, r->paths, r->len, "compared", r->err) ||
        !average(r, 0) || !average(r, 1) ||
        !pv_diff_make(r->d, r->side, paths, 2, r->o, r->a, r->err) ||
        !list_keys(r))
        return false;
    r->d->runs[0] = (uint32_t)r->old;
    r->d->runs[1] = (uint32_t)(r->len - r->old);
    if (!pv_run_table_make(&r->table, r->d, r->a))
        return pv_fail_nomem(r->err);
    for (size_t i = 0; i < r->len; i++)
        if (!take_run(r, i))
            return false;
    heap = r->side[0]->flags & r->side[1]->flags & PV_FILE_LINE_FRAMES;
    return (pv_run_judge(&r->table, r->d, r->a) &&
            pv_diff_order(r->d, r->o->by_total || r->o->cumulative, heap,
                          r->a)) ||
           pv_fail_nomem(r->err);
}

bool pv_diff_of_runs(pv_diff *d, const pv_profile *const *inputs,
                     const pv_str *paths, size_t len, size_t old,
                     const pv_diff_options *o, pv_arena *a, pv_error *err)
{
    runs r = {.d = d,
              .inputs = inputs,
              .paths = paths,
              .len = len,
              .old = old ? old : 1,
              .o = o,
              .a = a,
              .err = err};
    bool ok;

    if (len <= 2 && r.old == 1)
        return pv_diff_make(d, inputs, paths, len, o, a, err);
    *d = (pv_diff){0};
    if (r.old >= len)
        return pv_fail(err, PV_E_USAGE, NULL,
                       "the new side has no run to compare with");
    ok = compare(&r);
    pv_symtab_free(r.keys);
    pv_profile_free(r.mean[0]);
    pv_profile_free(r.mean[1]);
    return ok;
}
