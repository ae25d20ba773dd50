/* SPDX-License-Identifier: MIT */
/* Student's, Welch's, and Mann and Whitney's tests. */
#include "diff_stats.h"

#include <math.h>
#include <stdlib.h>

#include "number.h"

enum { TERMS = 1000, EXACT_RUNS = 50 };

static const double close_enough = 1e-16, tiny = 1e-300;

/* ---- the incomplete beta function ---- */

static double away_from_zero(double v)
{
    return fabs(v) < tiny ? tiny : v;
}

/* The continued fraction of I_x(a, b), by Lentz's method. */
static double beta_fraction(double a, double b, double x)
{
    double c = 1, d = 1 / away_from_zero(1 - (a + b) * x / (a + 1)), h = d;

    for (int m = 1; m <= TERMS; m++) {
        double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
        double odd =
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
        double step;

        d = 1 / away_from_zero(1 + even * d);
        c = away_from_zero(1 + even / c);
        h *= d * c;
        d = 1 / away_from_zero(1 + odd * d);
        c = away_from_zero(1 + odd / c);
        step = d * c;
        h *= step;
        if (fabs(step - 1) < close_enough)
            break;
    }
    return h;
}

/* I_x(a, b) where y is 1 - x, given apart so that neither loses digits. */
static double incomplete_beta(double a, double b, double x, double y)
{
    double front;

    if (x <= 0)
        return 0;
    if (y <= 0)
        return 1;
    front =
        exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log(y));
    if (x < (a + 1) / (a + b + 2))
        return front * beta_fraction(a, b, x) / a;
    return 1 - front * beta_fraction(b, a, y) / b;
}

double pv_student_chance(double t_squared, double degrees)
{
    double sum = degrees + t_squared;

    if (!(t_squared > 0))
        return 1;
    if (isinf(sum))
        return 0;
    return incomplete_beta(degrees / 2, 0.5, degrees / sum, t_squared / sum);
}

/* ---- Welch ---- */

/* n, sum and n^2 (n - 1) times the variance of the mean, exactly. */
typedef struct moments {
    double n;
    pv_i128 sum, spread;
} moments;

static void bounds(const pv_samples *s, int64_t *least, int64_t *most)
{
    *least = INT64_MAX;
    *most = INT64_MIN;
    for (int k = 0; k < 2; k++)
        for (size_t i = 0; i < s->len[k]; i++) {
            int64_t v = s->at[k][i];

            *least = v < *least ? v : *least;
            *most = v > *most ? v : *most;
        }
}

/* How far values are shifted down so that n^2 squares fit 126 bits. */
static unsigned shift_for(uint64_t span, size_t n)
{
    unsigned bits = 0, room = 63, shift = 0;

    for (; n >> bits; bits++)
        continue;
    room = bits < 60 ? 63 - bits : 3;
    while (span >> shift >> (room - 1))
        shift++;
    return shift;
}

static moments moments_of(const pv_samples *s, int side, int64_t least,
                          unsigned shift)
{
    pv_i128 sum = 0, squares = 0, n = (pv_i128)s->len[side];

    for (size_t i = 0; i < s->len[side]; i++) {
        uint64_t above = (uint64_t)s->at[side][i] - (uint64_t)least;
        pv_i128 v = (pv_i128)(above >> shift);

        sum += v;
        squares += v * v;
    }
    return (moments){(double)s->len[side], sum, n * squares - sum * sum};
}

double pv_welch(const pv_samples *s)
{
    int64_t least, most;
    moments m[2];
    double gap, part[2], both, degrees;
    unsigned shift;

    if (s->len[0] + s->len[1] < 3 || !s->len[0] || !s->len[1])
        return 1;
    bounds(s, &least, &most);
    shift = shift_for((uint64_t)most - (uint64_t)least, s->len[0] + s->len[1]);
    for (int k = 0; k < 2; k++) {
        double n;

        m[k] = moments_of(s, k, least, shift);
        n = m[k].n;
        part[k] = n > 1 ? (double)m[k].spread / (n * n * (n - 1)) : 0;
    }
    gap = (double)(m[1].sum * (pv_i128)s->len[0] -
                   m[0].sum * (pv_i128)s->len[1]) /
          (m[0].n * m[1].n);
    both = part[0] + part[1];
    degrees = both * both;
    if (m[0].n < 2 || m[1].n < 2) {
        double n = m[m[0].n < 2].n;

        both *= n + 1; /* variance: n both; of the gap: (1/n + 1) that */
        degrees = n - 1;
    } else if (both > 0) {
        degrees /=
            part[0] * part[0] / (m[0].n - 1) + part[1] * part[1] / (m[1].n - 1);
    }
    if (!(both > 0))
        return gap == 0 ? 1 : 0; /* exact: both are integers over integers */
    return pv_student_chance(gap * gap / both, degrees);
}

/* ---- Mann and Whitney ---- */

/* How many of the orders of m and n runs have each U: the coefficients of
 * the product of (1 - q^(n+i)) / (1 - q^i), i = 1 ... m. */
static void count_orders(double *ways, size_t m, size_t n)
{
    size_t most = m * n;

    ways[0] = 1;
    for (size_t i = 1; i <= m; i++) {
        for (size_t u = most + 1; u-- > n + i;)
            ways[u] -= ways[u - n - i];
        for (size_t u = i; u <= most; u++)
            ways[u] += ways[u - i];
    }
}

bool pv_u_table_make(pv_u_table *t, size_t m, size_t n, pv_arena *a)
{
    double all = 0;

    *t = (pv_u_table){{m, n}, NULL};
    if (m + n > EXACT_RUNS || !m || !n)
        return true;
    t->below = PV_NEW_N(a, double, m *n + 1);
    if (!t->below)
        return false;
    count_orders(t->below, m, n);
    for (size_t u = 0; u <= m * n; u++)
        t->below[u] = all += t->below[u];
    for (size_t u = 0; u <= m * n; u++)
        t->below[u] /= all;
    return true;
}

/* The sum of t^3 - t over the groups of t equal values. */
static double ties(const pv_samples *s, int64_t *room)
{
    size_t n = s->len[0] + s->len[1];
    double sum = 0;

    memcpy(room, s->at[0], s->len[0] * sizeof *room);
    memcpy(room + s->len[0], s->at[1], s->len[1] * sizeof *room);
    qsort(room, n, sizeof *room, pv_by_i64);
    for (size_t i = 0, end; i < n; i = end) {
        double t;

        for (end = i + 1; end < n && room[end] == room[i]; end++)
            continue;
        t = (double)(end - i);
        sum += t * t * t - t;
    }
    return sum;
}

/* Twice U, the number of pairs in which the first side's value is greater;
 * equal ones count half. */
static size_t twice_u(const pv_samples *s)
{
    size_t u = 0;

    for (size_t i = 0; i < s->len[0]; i++)
        for (size_t k = 0; k < s->len[1]; k++) {
            int64_t a = s->at[0][i], b = s->at[1][k];

            u += a > b ? 2 : a == b;
        }
    return u;
}

double pv_mann_whitney(const pv_samples *s, const pv_u_table *t, int64_t *room)
{
    double m = (double)s->len[0], n = (double)s->len[1], all = m + n;
    double tied = ties(s, room), variance, away;
    size_t twice = twice_u(s), most = 2 * s->len[0] * s->len[1];

    if (twice > most - twice)
        twice = most - twice;
    if (tied == 0 && t->below) {
        double both = 2 * t->below[twice / 2];

        return both < 1 ? both : 1;
    }
    variance = m * n / 12 * (all + 1 - tied / (all * (all - 1)));
    away = m * n / 2 - (double)twice / 2 - 0.5;
    if (variance <= 0 || away <= 0)
        return 1;
    return erfc(away / sqrt(2 * variance));
}
