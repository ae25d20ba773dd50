/* SPDX-License-Identifier: MIT */
/* Folded stacks, the counts: exact sums of decimals.
 *
 * A column keeps one power of ten for all its cells and moves them to a finer
 * one when a line has more decimals.  The sum of all magnitudes is kept below
 * 2^63 in the model's unit, so no sum of cells can leave int64 later.
 */
#include "folded_reader.h"
#include "number.h"

enum { MICRO_DIGITS = 3 }; /* 1 us = 10^3 ns */

static unsigned spare_digits(const pv_folded_column *c)
{
    if (!c->micro || c->exponent >= MICRO_DIGITS)
        return 0;
    return MICRO_DIGITS - c->exponent;
}

/* The most that the column's sum may be. */
static int64_t column_limit(const pv_folded_column *c)
{
    return INT64_MAX / pv_pow10(spare_digits(c));
}

static bool overflow(pv_folded_reader *r, unsigned column)
{
    pv_folded_column *c = &r->columns[column];

    if (c->soft) {
        c->spoilt = r->lines.number;
        return true;
    }
    return pv_source_fail_line(r->src, PV_E_LIMIT, r->lines.number, 0,
                               "the sum of the counts is above 2^63-1, the "
                               "most that is read");
}

bool pv_folded_align(pv_folded_reader *r, unsigned column, uint8_t exponent)
{
    pv_folded_column *c = &r->columns[column], finer = *c;
    int64_t factor;

    if (exponent <= c->exponent)
        return true;
    factor = pv_pow10(exponent - c->exponent);
    finer.exponent = exponent;
    if (!pv_mul64(c->sum, factor, &finer.sum) ||
        finer.sum > column_limit(&finer))
        return false;
    for (size_t i = column; i < r->cost.len; i += r->columns_len)
        r->cost.at[i] *= factor;
    if (column == 0) { /* both are parts of its sum */
        r->forked_sum *= factor;
        r->stray *= factor;
    }
    *c = finer;
    return true;
}

/* Zeros for stacks that are new. */
static bool make_cells(pv_folded_reader *r, uint32_t stack)
{
    size_t want = ((size_t)stack + 1) * r->columns_len;

    if (!PV_VEC_GROW(&r->cost, want - r->cost.len))
        return pv_fail_nomem(r->src->err);
    memset(r->cost.at + r->cost.len, 0,
           (want - r->cost.len) * sizeof *r->cost.at);
    r->cost.len = want;
    return true;
}

bool pv_folded_add(pv_folded_reader *r, uint32_t stack, unsigned column,
                   pv_folded_count n)
{
    pv_folded_column *c = &r->columns[column];
    size_t cell = (size_t)stack * r->columns_len + column;
    int64_t v = n.v, sum;

    if (cell >= r->cost.len && !make_cells(r, stack))
        return false;
    if (c->spoilt)
        return true;
    if (n.exponent != c->exponent) {
        if (!pv_folded_align(r, column, n.exponent) ||
            !pv_mul64(v, pv_pow10((unsigned)c->exponent - n.exponent), &v))
            return overflow(r, column);
    }
    if (!pv_add64(c->sum, v < 0 ? -v : v, &sum) || sum > column_limit(c))
        return overflow(r, column);
    c->sum = sum;
    r->cost.at[cell] += v;
    return true;
}

int64_t pv_folded_value(const pv_folded_reader *r, uint32_t stack,
                        unsigned column)
{
    size_t cell = (size_t)stack * r->columns_len + column;

    return r->cost.at[cell] * pv_pow10(spare_digits(&r->columns[column]));
}

uint8_t pv_folded_exponent(const pv_folded_reader *r, unsigned column)
{
    const pv_folded_column *c = &r->columns[column];
    unsigned less = c->micro ? MICRO_DIGITS : 0;

    return (uint8_t)(c->exponent > less ? c->exponent - less : 0);
}
