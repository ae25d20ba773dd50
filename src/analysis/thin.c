/* SPDX-License-Identifier: MIT */
/* Fewer points that look the same. */
#include "thin.h"

#include "number.h"

void pv_thin_init(pv_thinner *t, int64_t from, int64_t to, uint32_t columns)
{
    *t = (pv_thinner){.from = from,
                      .span = to > from ? (uint64_t)to - (uint64_t)from : 1,
                      .columns = columns ? columns : 1};
    t->now.begins = true;
}

void pv_thin_done(pv_thinner *t)
{
    PV_VEC_DONE(&t->kept);
}

static void keep(pv_thinner *t, pv_point p)
{
    if (t->failed || !PV_VEC_GROW(&t->kept, 1)) {
        t->failed = true;
        return;
    }
    t->kept.at[t->kept.len++] = (pv_kept){p.t, p.value, t->now.begins};
    t->now.begins = false;
}

/* First, the two extremes in the order they came, last; none twice. */
static void flush(pv_thinner *t)
{
    bool falling = t->now.greatest_at < t->now.least_at;
    pv_point a = falling ? t->now.greatest : t->now.least;
    pv_point b = falling ? t->now.least : t->now.greatest;
    const pv_point *all[] = {&t->now.first, &a, &b, &t->now.last};
    const pv_point *before = NULL;

    if (!t->now.any)
        return;
    for (int i = 0; i < 4; i++) {
        if (!before || before->t != all[i]->t || before->value != all[i]->value)
            keep(t, *all[i]);
        before = all[i];
    }
    t->now.any = false;
}

static uint32_t column_of(const pv_thinner *t, int64_t at)
{
    pv_i128 ahead = (pv_i128)at - t->from;
    pv_i128 column = ahead * t->columns / (pv_i128)t->span;

    return column < 0             ? 0
           : column >= t->columns ? t->columns - 1
                                  : (uint32_t)column;
}

/* The first time that is not in a column any more. */
static int64_t end_of(const pv_thinner *t, uint32_t column)
{
    pv_i128 ahead = ((pv_i128)(column + 1) * t->span + t->columns - 1) /
                    (pv_i128)t->columns;

    return column + 1 == t->columns || ahead + t->from > INT64_MAX
               ? INT64_MAX
               : (int64_t)(ahead + t->from);
}

static void gather(pv_thinner *t, pv_point p)
{
    if (p.value < t->now.least.value) {
        t->now.least = p;
        t->now.least_at = t->seen;
    }
    if (p.value > t->now.greatest.value) {
        t->now.greatest = p;
        t->now.greatest_at = t->seen;
    }
    t->now.last = p;
}

void pv_thin_add(pv_thinner *t, pv_point p)
{
    if (t->seen == 0 || p.value > t->peak.value)
        t->peak = p;
    if (t->now.any && p.t >= t->now.end)
        flush(t);
    if (!t->now.any) {
        t->now.any = true;
        t->now.end = end_of(t, column_of(t, p.t));
        t->now.first = t->now.least = t->now.greatest = t->now.last = p;
        t->now.least_at = t->now.greatest_at = t->seen;
    } else {
        gather(t, p);
    }
    t->seen++;
}

void pv_thin_break(pv_thinner *t)
{
    flush(t);
    t->now.begins = true;
}

/* ---- points on a straight line ---- */

typedef struct slope {
    pv_i128 rise;
    int64_t run; /* > 0 */
} slope;

static bool below(slope a, slope b)
{
    return a.rise * b.run < b.rise * a.run;
}

/* What may still be hit from the anchor so that the points passed over lie
 * within the tolerance. */
typedef struct corridor {
    pv_kept anchor;
    slope low, high;
    bool open; /* no point was passed over yet */
} corridor;

static slope towards(const corridor *c, const pv_kept *p, int64_t off)
{
    return (slope){(pv_i128)p->value - c->anchor.value + off,
                   p->t - c->anchor.t};
}

static bool straight(const corridor *c, const pv_kept *p)
{
    slope s;

    if (p->begins || p->t <= c->anchor.t)
        return false;
    s = towards(c, p, 0);
    return c->open || (!below(s, c->low) && !below(c->high, s));
}

static void narrow(corridor *c, const pv_kept *p, int64_t tolerance)
{
    slope low = towards(c, p, -tolerance), high = towards(c, p, tolerance);

    if (c->open || below(c->low, low))
        c->low = low;
    if (c->open || below(high, c->high))
        c->high = high;
    c->open = false;
}

static bool is_peak(const pv_thinner *t, const pv_kept *p)
{
    return p->t == t->peak.t && p->value == t->peak.value;
}

static void drop_straight(pv_thinner *t, int64_t tolerance)
{
    corridor c = {0};
    pv_kept *at = t->kept.at;
    size_t out = 0;

    /* at[i - 1] is the last that was passed over, if any was */
    for (size_t i = 0; i < t->kept.len; i++) {
        bool ends = i + 1 == t->kept.len || at[i + 1].begins;
        pv_kept p = at[i];

        if (i > 0 && !c.open && !straight(&c, &p)) {
            at[out++] = c.anchor = at[i - 1];
            c.open = true;
        }
        if (p.begins || ends || is_peak(t, &p) || p.t <= c.anchor.t) {
            at[out++] = c.anchor = p;
            c.open = true;
        } else {
            narrow(&c, &p, tolerance);
        }
    }
    t->kept.len = out;
}

void pv_thin_end(pv_thinner *t, int64_t tolerance)
{
    flush(t);
    drop_straight(t, tolerance);
}
