/* SPDX-License-Identifier: MIT */
/* Whole numbers in given proportions, by the largest remainder. */
#include "apportion.h"

#include <stdlib.h>

#include "mem.h"

__extension__ typedef unsigned __int128 wide;

typedef struct remainder {
    uint64_t left;
    size_t at;
} remainder;

static int largest_first(const void *x, const void *y)
{
    const remainder *a = x, *b = y;

    if (a->left != b->left)
        return a->left > b->left ? -1 : 1;
    return (a->at > b->at) - (a->at < b->at);
}

/* The weights' sum below 2^63 after a shift. */
static unsigned fit(const uint64_t *weight, size_t len, uint64_t *sum)
{
    wide all = 0;
    unsigned shift = 0;

    for (size_t i = 0; i < len; i++)
        all += weight[i];
    while (all >> shift >> 63)
        shift++;
    *sum = 0;
    for (size_t i = 0; i < len; i++)
        *sum += weight[i] >> shift;
    return shift;
}

bool pv_apportion(int64_t total, const uint64_t *weight, size_t len,
                  int64_t *out)
{
    uint64_t amount = total < 0 ? 0 - (uint64_t)total : (uint64_t)total;
    uint64_t sum, left = amount;
    unsigned shift = fit(weight, len, &sum);
    remainder *rest;

    memset(out, 0, len * sizeof *out);
    if (!amount)
        return true;
    if (!sum) {
        out[0] = total;
        return true;
    }
    rest = pv_mem_alloc(len, sizeof *rest);
    if (!rest)
        return false;
    for (size_t i = 0; i < len; i++) {
        wide product = (wide)amount * (weight[i] >> shift);
        uint64_t whole = (uint64_t)(product / sum);

        rest[i] = (remainder){(uint64_t)(product % sum), i};
        out[i] = (int64_t)whole;
        left -= whole;
    }
    qsort(rest, len, sizeof *rest, largest_first);
    for (size_t i = 0; i < left; i++)
        out[rest[i].at]++;
    for (size_t i = 0; i < len && total < 0; i++)
        out[i] = -out[i];
    pv_mem_free(rest);
    return true;
}
