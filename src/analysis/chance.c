/* SPDX-License-Identifier: MIT */
/* How likely a difference is where nothing changed. */
#include "chance.h"

#include <math.h>
#include <stdlib.h>

static const double false_share = 0.01;

/* Of two counts of samples: z = (after - r before) / sqrt(after + r^2 before),
 * both tails.  `before` is given as r times what was counted. */
static double chance_of_counts(double before, double after, double r)
{
    double variance = after + r * before;

    if (before == after || variance <= 0)
        return 1;
    return erfc(fabs(after - before) / sqrt(2 * variance));
}

double pv_chance_of_rates(double before, double after, double scale,
                          double rate)
{
    double due = before * rate;

    if ((after > before) != (after > due))
        return 1;
    return chance_of_counts(due, after, scale * rate);
}

static int by_value(const void *x, const void *y)
{
    double a = *(const double *)x, b = *(const double *)y;

    return (a > b) - (a < b);
}

double pv_chance_bound(double *chances, size_t len)
{
    double bound = -1;

    qsort(chances, len, sizeof *chances, by_value);
    for (size_t i = 0; i < len; i++)
        if (chances[i] <= false_share * (double)(i + 1) / (double)len)
            bound = chances[i];
    return bound;
}
