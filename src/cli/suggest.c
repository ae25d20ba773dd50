/* SPDX-License-Identifier: MIT */
/* The nearest name: optimal string alignment over three rows. */
#include "suggest.h"

enum { LONGEST = 40, FAR = 99 };

static unsigned least(unsigned a, unsigned b, unsigned c)
{
    unsigned m = a < b ? a : b;

    return m < c ? m : c;
}

unsigned pv_edit_distance(pv_str a, pv_str b)
{
    unsigned row[3][LONGEST + 1] = {{0}};

    if (a.n > LONGEST || b.n > LONGEST)
        return FAR;
    for (unsigned j = 0; j <= b.n; j++)
        row[0][j] = j;
    for (unsigned i = 1; i <= a.n; i++) {
        unsigned *now = row[i % 3], *up = row[(i + 2) % 3];
        const unsigned *up2 = row[(i + 1) % 3];

        now[0] = i;
        for (unsigned j = 1; j <= b.n; j++) {
            bool same = a.p[i - 1] == b.p[j - 1];

            now[j] = least(up[j] + 1, now[j - 1] + 1, up[j - 1] + !same);
            if (i > 1 && j > 1 && a.p[i - 1] == b.p[j - 2] &&
                a.p[i - 2] == b.p[j - 1] && up2[j - 2] + 1 < now[j])
                now[j] = up2[j - 2] + 1;
        }
    }
    return row[a.n % 3][b.n];
}

void pv_nearest_try(pv_nearest *n, const char *name)
{
    bool begun = n->typed.n > 1 && pv_str_starts(pv_str_of(name), n->typed);
    unsigned d = begun ? 1 : pv_edit_distance(n->typed, pv_str_of(name));

    if (d > 1 + n->typed.n / 4 || d >= n->typed.n)
        return;
    if (n->name && d >= n->distance)
        return;
    n->name = name;
    n->distance = d;
}
