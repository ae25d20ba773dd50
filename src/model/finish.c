/* SPDX-License-Identifier: MIT */
/* From a builder's tables to a profile that owns them. */
#include "builder_private.h"
#include "mem.h"
#include "number.h"

/* A table whose rows have any values has them for every row. */
static bool complete_costs(pv_builder *b, cost_vec *v, size_t rows)
{
    size_t want = rows * b->metrics_len;

    if (v->len >= want)
        return true;
    if (!PV_VEC_GROW(v, want - v->len))
        return pv_fail_nomem(&b->err);
    memset(v->at + v->len, 0, (want - v->len) * sizeof *v->at);
    v->len = want;
    return true;
}

/* Adds a row's magnitudes; those of inclusive metrics do not add up. */
static bool add_magnitudes(const pv_builder *b, const int64_t *row,
                           int64_t *sums)
{
    for (uint32_t m = 0; m < b->metrics_len; m++) {
        int64_t v = row[m];

        if (v == PV_NONE || b->metrics[m].inclusive)
            continue;
        if (__builtin_add_overflow(sums[m], v < 0 ? -v : v, &sums[m]))
            return false;
    }
    return true;
}

/* The magnitudes of each metric that adds up must sum below 2^63: then no
 * later sum of any part can leave int64, whatever the signs. */
static bool check_sums(pv_builder *b, const cost_vec *v)
{
    int64_t sums[PV_METRICS_MAX] = {0};

    for (size_t i = 0; i < v->len; i += b->metrics_len)
        if (!add_magnitudes(b, v->at + i, sums))
            return pv_fail(
                &b->err, PV_E_LIMIT, NULL,
                "a count or a sum is above 2^63-1, the most that is read");
    return true;
}

static bool prepare(pv_builder *b)
{
    if (b->err.code != PV_OK)
        return false;
    if (b->has & PV_HAS_TREE &&
        !complete_costs(b, &b->frame_cost, b->frames.len))
        return false;
    if (b->function_cost.len &&
        !complete_costs(b, &b->function_cost, b->functions.len))
        return false;
    if (b->residues.len && !complete_costs(b, &b->residues, b->functions.len))
        return false;
    if (b->line_cost.len && !complete_costs(b, &b->line_cost, b->lines.len))
        return false;
    if (b->bounds.len) {
        while (b->bounds.len < b->frames.len) {
            if (!PV_VEC_GROW(&b->bounds, 1))
                return pv_fail_nomem(&b->err);
            b->bounds.at[b->bounds.len++] = (pv_bounds){0, 0};
        }
    }
    return check_sums(b, &b->frame_cost) && check_sums(b, &b->function_cost) &&
           check_sums(b, &b->line_cost) && check_sums(b, &b->call_cost) &&
           pv_canonical_frames(b) && pv_canonical_lines(b) &&
           pv_canonical_series(b);
}

/* Hands a vector's memory over: the builder forgets it. */
#define TAKE(table, v)                                                         \
    ((table).at = (v)->at, (table).len = (uint32_t)(v)->len, (v)->at = NULL,   \
     (v)->len = (v)->room = 0)
#define TAKE_COST(table, v)                                                    \
    ((table).cost = (v)->at, (v)->at = NULL, (v)->len = (v)->room = 0)

static bool take_series(pv_builder *b, pv_profile *p)
{
    pv_series *at;

    if (b->series.len == 0)
        return true;
    at = pv_mem_alloc(b->series.len, sizeof *at);
    if (!at)
        return pv_fail_nomem(&b->err);
    for (size_t i = 0; i < b->series.len; i++) {
        series_rows *s = &b->series.at[i];

        at[i] = s->head;
        at[i].at = s->points.at;
        at[i].len = (uint32_t)s->points.len;
        s->points.at = NULL;
        s->points.len = s->points.room = 0;
    }
    p->series.at = at;
    p->series.len = (uint32_t)b->series.len;
    return true;
}

static bool take_metrics(pv_builder *b, pv_profile *p)
{
    pv_metric *at = pv_mem_alloc(b->metrics_len, sizeof *at);

    if (!at)
        return pv_fail_nomem(&b->err);
    memcpy(at, b->metrics, b->metrics_len * sizeof *at);
    p->metrics.at = at;
    p->metrics.len = b->metrics_len;
    p->metrics.main = b->main_metric;
    return true;
}

static void take_tables(pv_builder *b, owned_profile *o)
{
    pv_profile *p = &o->p;

    TAKE(p->functions, &b->functions);
    TAKE(p->frames, &b->frames);
    TAKE(p->calls, &b->calls);
    TAKE(p->lines, &b->lines);
    TAKE(p->marks, &b->marks);
    TAKE(p->notes, &b->notes);
    TAKE_COST(p->functions, &b->function_cost);
    TAKE_COST(p->frames, &b->frame_cost);
    TAKE_COST(p->calls, &b->call_cost);
    TAKE_COST(p->lines, &b->line_cost);
    p->bounds = b->bounds.at;
    b->bounds.at = NULL;
    p->residues = b->residues.at;
    b->residues.at = NULL;
    o->text = b->text;
    o->names = b->names;
    b->text = (pv_arena){0};
    b->names = NULL;
    p->names = o->names;
}

pv_profile *pv_builder_finish(pv_builder *b, pv_error *err)
{
    owned_profile *o = NULL;

    if (prepare(b)) {
        o = pv_mem_alloc(1, sizeof *o);
        if (!o)
            pv_fail_nomem(&b->err);
    }
    if (o && (!take_metrics(b, &o->p) || !take_series(b, &o->p))) {
        pv_profile_free(&o->p);
        o = NULL;
    }
    if (!o) {
        if (err && err->code == PV_OK)
            *err = b->err;
        return NULL;
    }
    o->p.format = b->format;
    o->p.has = b->has;
    o->p.flags = b->flags;
    o->p.producer = b->producer;
    o->p.stacks = b->stacks;
    o->p.records = b->records;
    take_tables(b, o);
    return &o->p;
}
