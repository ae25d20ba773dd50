/* SPDX-License-Identifier: MIT */
/* Line costs of different clocks.
 *
 * line_profiler measures in units of its clock and adds files of different
 * units in the largest one; sums are then whole units again, halves to even.
 */
#include "merge_unit.h"

#include "number.h"

__extension__ typedef __int128 pv_int128;

enum { ATTO = 18 }; /* units are held in 10^-18 s, as whole numbers */

static bool unit_of(const pv_profile *p, pv_str *text, int64_t *atto)
{
    *text = pv_profile_note(p, PV_STR("unit"));
    return text->n > 0 && pv_parse_scaled(*text, ATTO, atto) && *atto > 0;
}

pv_str pv_merge_unit(const pv_profile *const *inputs, size_t len)
{
    pv_str largest = {0}, text;
    int64_t most = 0, first = 0, atto;
    bool differ = false;

    for (size_t i = 0; i < len; i++) {
        if (!unit_of(inputs[i], &text, &atto))
            return (pv_str){0};
        if (i == 0)
            first = atto;
        differ = differ || atto != first;
        if (atto > most) {
            most = atto;
            largest = text;
        }
    }
    return differ ? largest : (pv_str){0};
}

/* a / b to the nearest, halves to even; b > 0. */
static pv_int128 divide(pv_int128 a, pv_int128 b)
{
    pv_int128 q = a / b, r = a % b;

    if (r < 0) {
        r += b;
        q--;
    }
    if (2 * r > b || (2 * r == b && q % 2 != 0))
        q++;
    return q;
}

static int64_t round_to(int64_t ns, int64_t atto)
{
    const pv_int128 scale = 1000000000;
    pv_int128 units = divide((pv_int128)ns * scale, atto);

    return (int64_t)divide(units * atto, scale);
}

void pv_merge_round(pv_profile *sum, pv_str unit)
{
    /* the sum's costs are ours until it is handed out */
    int64_t *cost = (int64_t *)(uintptr_t)sum->lines.cost;
    size_t cells = (size_t)sum->lines.len * sum->metrics.len;
    int64_t atto;

    if (!cost || !pv_parse_scaled(unit, ATTO, &atto) || atto <= 0)
        return;
    for (size_t i = 0; i < cells; i++)
        if (sum->metrics.at[i % sum->metrics.len].unit == PV_NANOSECONDS &&
            cost[i] != PV_NONE)
            cost[i] = round_to(cost[i], atto);
}
