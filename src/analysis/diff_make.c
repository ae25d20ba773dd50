/* SPDX-License-Identifier: MIT */
/* Whether two profiles can be compared, by which metrics, and the comparison
 * from end to end. */
#include "diff.h"

#include "diff_parts.h"
#include "number.h"
#include "total.h"

enum { PAIRS_MAX = PV_METRICS_MAX / 2, PLACES = 6, PLACES_MAX = 9 };

static bool usage(pv_diffing *g, const char *text)
{
    return pv_fail(g->err, PV_E_USAGE, NULL, "%s", text);
}

/* ---- sides and pairs of metrics ---- */

static int32_t metric_of(const pv_profile *p, const pv_merge_metric *m)
{
    for (uint32_t i = 0; i < p->metrics.len; i++)
        if (p->metrics.at[i].inclusive == m->inclusive &&
            pv_str_equal(pv_profile_text(p, p->metrics.at[i].name), m->name))
            return (int32_t)i;
    return -1;
}

/* Places beyond those of the file, for a before that is scaled. */
static void add_places(pv_diffing *g, pv_merge_metric *m)
{
    if (!g->o->normalize || m->unit != PV_COUNT || m->inclusive)
        return;
    m->exponent = m->exponent + PLACES > PLACES_MAX
                      ? PLACES_MAX
                      : (uint8_t)(m->exponent + PLACES);
}

static bool pair_up(pv_diffing *g)
{
    for (uint32_t m = 0; m < g->pairs_len; m++) {
        add_places(g, &g->pairs[m]);
        for (int s = 0; s < 2; s++) {
            pv_diff_side *side = &g->side[s];
            int32_t at = metric_of(side->p, &g->pairs[m]);

            side->metric[m] = at;
            side->factor[m] =
                at < 0 ? 1
                       : pv_pow10(g->pairs[m].exponent -
                                  (unsigned)side->p->metrics.at[at].exponent);
        }
    }
    return true;
}

/* The main metric's pair comes first: the two counts of folded stacks. */
static void main_first(pv_diffing *g)
{
    for (uint32_t m = 1; m < g->pairs_len; m++)
        if (g->pairs[m].main) {
            pv_merge_metric main = g->pairs[m];

            memmove(g->pairs + 1, g->pairs, m * sizeof *g->pairs);
            g->pairs[0] = main;
            return;
        }
}

/* Those that both sides have. */
static uint32_t in_common(const pv_profile *const *inputs,
                          pv_merge_metric all[PV_METRICS_MAX], uint32_t n)
{
    uint32_t kept = 0;

    for (uint32_t i = 0; i < n; i++)
        if (metric_of(inputs[0], &all[i]) >= 0 &&
            metric_of(inputs[1], &all[i]) >= 0)
            all[kept++] = all[i];
    return kept;
}

static bool take_two(pv_diffing *g, const pv_profile *const *inputs)
{
    pv_merge_metric all[PV_METRICS_MAX];
    uint32_t n = pv_merge_metrics(inputs, 2, all);

    if (g->mapped && n <= PV_METRICS_MAX)
        n = in_common(inputs, all, n);

    if (inputs[1]->flags & PV_DIFFERENTIAL)
        return pv_fail(g->err, PV_E_FORMAT, NULL,
                       "stacks with two counts are compared one file at a "
                       "time");
    if (n == 0 || n > PAIRS_MAX)
        return pv_fail(g->err, PV_E_FORMAT, NULL,
                       "%u metrics cannot be compared; 1 to %d can", n,
                       PAIRS_MAX);
    g->side[0].p = inputs[0];
    g->side[1].p = inputs[1];
    memcpy(g->pairs, all, n * sizeof *all);
    g->pairs_len = n;
    main_first(g);
    return pair_up(g);
}

/* Before and after are two metrics of one profile. */
static bool take_one(pv_diffing *g, const pv_profile *p)
{
    const pv_metric *m = p->metrics.at;

    if (!(p->flags & PV_DIFFERENTIAL) || p->metrics.len < 2)
        return usage(g, "two inputs are compared, OLD and NEW, or one of "
                        "folded stacks with two counts");
    g->side[0].p = g->side[1].p = p;
    g->pairs[0] = (pv_merge_metric){
        .name = PV_STR("samples"), .unit = m[0].unit, .main = true};
    if (m[0].unit != PV_COUNT)
        g->pairs[0].name =
            m[0].unit == PV_BYTES ? PV_STR("size") : PV_STR("time");
    g->pairs[0].exponent =
        m[0].exponent > m[1].exponent ? m[0].exponent : m[1].exponent;
    add_places(g, &g->pairs[0]);
    for (int s = 0; s < 2; s++) {
        g->side[s].metric[0] = s;
        g->side[s].factor[0] =
            pv_pow10(g->pairs[0].exponent - (unsigned)m[s].exponent);
    }
    g->pairs_len = 1;
    return true;
}

/* ---- before times after total / before total ---- */

static bool side_total(pv_diffing *g, int s, uint32_t m, int64_t *out)
{
    int32_t at = g->side[s].metric[m];

    *out = 0;
    return at < 0 ||
           (pv_profile_total(g->side[s].p, (uint32_t)at, out, g->err) &&
            (pv_mul64(*out, g->side[s].factor[m], out) ||
             pv_fail(g->err, PV_E_LIMIT, NULL,
                     "a total is too large to be normalised")));
}

static bool normalize(pv_diffing *g)
{
    for (uint32_t m = 0; m < g->pairs_len; m++) {
        if (g->pairs[m].inclusive)
            continue;
        if (!side_total(g, 0, m, &g->of_before[m]) ||
            !side_total(g, 1, m, &g->of_after[m]))
            return false;
        if (g->of_before[m] <= 0 && m == 0)
            return pv_fail(g->err, PV_E_FORMAT, NULL,
                           "--normalize: the total before is %s",
                           g->of_before[m] ? "negative" : "0");
    }
    for (uint32_t m = 0; m < g->pairs_len; m++) /* totals as their selves */
        for (uint32_t k = 0; g->pairs[m].inclusive && k < g->pairs_len; k++)
            if (!g->pairs[k].inclusive &&
                pv_str_equal(g->pairs[k].name, g->pairs[m].name)) {
                g->of_before[m] = g->of_before[k];
                g->of_after[m] = g->of_after[k];
            }
    return true;
}

/* ---- what rows have ---- */

static int32_t twin_of(const pv_diffing *g, uint32_t m, bool inclusive)
{
    for (uint32_t k = 0; k < g->pairs_len; k++)
        if (k != m && g->pairs[k].inclusive == inclusive &&
            pv_str_equal(g->pairs[k].name, g->pairs[m].name))
            return (int32_t)k;
    return -1;
}

/* Tables of types have columns that some writers leave empty. */
static bool has_values(const pv_diff_side *side, uint32_t pair)
{
    const pv_profile *p = side->p;
    const int64_t *cost = p->functions.cost ? p->functions.cost : p->lines.cost;
    uint32_t rows = p->functions.cost ? p->functions.len : p->lines.len;

    for (uint32_t i = p->functions.cost ? 1 : 0; i < rows; i++)
        if (cost && side->metric[pair] >= 0 &&
            cost[(size_t)i * p->metrics.len + (uint32_t)side->metric[pair]] !=
                PV_NONE)
            return true;
    return false;
}

static void add_metric(pv_diffing *g, uint32_t m, bool tree)
{
    const pv_merge_metric *pair = &g->pairs[m];
    pv_diff_metric *out = &g->d->metrics[g->d->width];
    int32_t twin = tree ? -1 : twin_of(g, m, true);

    if (pair->inclusive && (tree || twin_of(g, m, false) >= 0))
        return;
    if (!tree && m > 0 && !has_values(&g->side[0], m) &&
        !has_values(&g->side[1], m))
        return;
    *out = (pv_diff_metric){.name = pv_arena_copy(g->a, pair->name),
                            .unit = pair->unit,
                            .exponent = pair->exponent,
                            .inclusive = pair->inclusive,
                            .self = true,
                            .totals = tree || twin >= 0,
                            .pair = m,
                            .twin = twin,
                            .ratio = 1,
                            .rate = 1};
    if (g->of_before[m] > 0)
        out->ratio = (double)g->of_after[m] / (double)g->of_before[m];
    g->d->width++;
}

/* In the order that the new file has them. */
static void list_metrics(pv_diffing *g)
{
    bool tree = g->side[0].p->has & g->side[1].p->has & PV_HAS_TREE;

    for (int32_t at = -1; at < PV_METRICS_MAX; at++)
        for (uint32_t m = 0; m < g->pairs_len; m++)
            if (g->side[1].metric[m] == at)
                add_metric(g, m, tree);
    for (uint32_t i = 0; i < g->d->width; i++)
        if (g->d->metrics[i].pair == 0)
            g->d->main = i;
    g->d->sampled = g->pairs[0].unit == PV_COUNT &&
                    pv_str_equal(g->pairs[0].name, PV_STR("samples"));
    if (g->d->sampled)
        g->d->metrics[g->d->main].rate = g->rate;
}

static bool heap(const pv_diffing *g)
{
    return g->side[1].p->flags & g->side[0].p->flags & PV_FILE_LINE_FRAMES;
}

/* Can rows be had that way?  By function all can. */
static bool check_options(pv_diffing *g)
{
    bool tree = g->side[0].p->has & g->side[1].p->has & PV_HAS_TREE;

    if (!tree && g->o->by != PV_BY_FUNCTION && g->o->by != PV_BY_LINE)
        return usage(g, "--by: these profiles have no stacks to group");
    if (g->o->cumulative && (!heap(g) || g->o->by == PV_DIFF_BY_STACK))
        return usage(g, "--cumulative: only tracemalloc's lines and files "
                        "have such sums");
    return true;
}

static bool make(pv_diffing *g, const pv_profile *const *inputs, size_t len)
{
    const pv_diff_options *o = g->o;
    bool ok;

    if (!(len == 2 ? take_two(g, inputs) : take_one(g, inputs[0])) ||
        !check_options(g) || (o->normalize && !normalize(g)))
        return false;
    list_metrics(g);
    ok = pv_diff_join(g) &&
         (o->by == PV_DIFF_BY_STACK ? pv_diff_stacks(g) : pv_diff_rows(g));
    if (g->moves.key.failed)
        ok = pv_fail_nomem(g->err);
    pv_diff_moves_done(&g->moves);
    if (!ok)
        return false;
    return (pv_diff_judge(g->d, g->a) &&
            pv_diff_order(g->d, o->by_total || o->cumulative, heap(g), g->a)) ||
           pv_fail_nomem(g->err);
}

bool pv_diff_make(pv_diff *d, const pv_profile *const *inputs,
                  const pv_str *paths, size_t len, const pv_diff_options *o,
                  pv_arena *a, pv_error *err)
{
    pv_diffing g = {.d = d, .o = o, .rate = 1, .a = a, .err = err};
    const pv_profile *sides[2] = {inputs[0], inputs[len > 1]};
    pv_profile *mapped[2] = {NULL, NULL};
    bool ok;

    *d = (pv_diff){.cumulative = o->cumulative};
    if (len > 2)
        return usage(&g, "two inputs are compared, not more");
    ok = len < 2 || pv_diff_map(inputs, mapped, &g.mapped, err);
    for (int s = 0; s < 2; s++)
        if (mapped[s])
            sides[s] = mapped[s];
    ok = ok && (len < 2 || g.mapped ||
                pv_merge_fits(inputs, paths, len, "compared", err));
    if (ok && len == 2)
        pv_diff_compare_records(&g, inputs);
    ok = ok && make(&g, sides, len);
    pv_profile_free(mapped[0]);
    pv_profile_free(mapped[1]);
    return ok;
}

void pv_diff_done(pv_diff *d)
{
    pv_profile_free(d->both);
    d->both = NULL;
}
