/* SPDX-License-Identifier: MIT */
/* Folded stacks in the order of time, as `pyflame --flamechart` writes them:
 * a line with microseconds, then the stack that was seen then.
 *
 * A sample weighs what passes until the next one; the last weighs the median.
 */
#include <stdlib.h>

#include "folded_reader.h"
#include "number.h"

typedef struct chart {
    pv_folded_reader *r;
    bool timed;   /* a time waits for its stack */
    bool open;    /* a stack waits for the next time */
    int64_t now;  /* of the time above */
    int64_t then; /* of the open stack */
    PV_VEC(int64_t) gaps;
} chart;

static bool add_gap(chart *c, int64_t gap)
{
    pv_folded_count n = {.v = gap};

    return pv_folded_add(c->r, (uint32_t)c->r->nodes.len - 1, 0, n);
}

static bool take_time(chart *c, pv_str line, int64_t t)
{
    if (c->timed && !pv_folded_reject(c->r, PV_FOLDED_LONE_TIME, line, line))
        return false;
    if (c->open && t < c->then) {
        t = c->then;
        if (!pv_folded_reject(c->r, PV_FOLDED_CLOCK, line, line))
            return false;
    }
    if (c->open) {
        if (!PV_VEC_GROW(&c->gaps, 1))
            return pv_fail_nomem(c->r->src->err);
        c->gaps.at[c->gaps.len++] = t - c->then;
        if (!add_gap(c, t - c->then))
            return false;
    }
    c->now = t;
    c->timed = true;
    c->open = false;
    return true;
}

static bool take_sample(chart *c, pv_str line)
{
    pv_folded_count none = {0};
    pv_str stack = line;

    if (!c->timed)
        return pv_folded_reject(c->r, PV_FOLDED_NO_TIME, line, line);
    while (stack.n && stack.p[stack.n - 1] == ';')
        stack.n--;
    if (!pv_folded_record(c->r, stack, &none, 1))
        return false;
    c->then = c->now;
    c->timed = false;
    c->open = true;
    return true;
}

static bool take_line(chart *c, pv_str line)
{
    pv_folded_count t;
    pv_folded_fault fault = pv_folded_number(line, false, &t);

    if (fault == PV_FOLDED_TOO_LARGE)
        return pv_folded_reject(c->r, fault, line, line);
    if (fault == PV_FOLDED_FINE && t.exponent == 0)
        return take_time(c, line, t.v);
    return take_sample(c, line);
}

static int64_t median(chart *c)
{
    size_t n = c->gaps.len;
    int64_t low, high;

    if (n == 0)
        return 0;
    qsort(c->gaps.at, n, sizeof *c->gaps.at, pv_by_i64);
    low = c->gaps.at[(n - 1) / 2];
    high = c->gaps.at[n / 2];
    return low + (high - low) / 2;
}

static bool read_all(chart *c)
{
    pv_str line;

    while (pv_folded_next(c->r, &line))
        if (!take_line(c, line))
            return false;
    return c->r->src->err->code == PV_OK && (!c->open || add_gap(c, median(c)));
}

bool pv_folded_read_chart(pv_folded_reader *r)
{
    chart c = {.r = r};
    bool ok = read_all(&c);

    PV_VEC_DONE(&c.gaps);
    return ok;
}
