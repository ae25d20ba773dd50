/* SPDX-License-Identifier: MIT */
/* The estimate against the truth: random call trees, the caller tables that a
 * profiler would make of them, and the trees that are estimated from those. */
#include "tree_kit.h"

#include "laws.h"
#include "estimate.h"

enum { CALLS, TIME, TOTAL, METRICS };
enum { ROUNDING = 64 }; /* whole numbers of many frames, summed */

typedef struct edge {
    int from, to;
    int64_t calls, self, total;
} edge;

typedef struct function {
    int64_t calls, self, total;
} function;

static pv_profile *table(const function *f, int functions, const edge *e,
                         int edges, bool timed)
{
    pv_builder *b = pv_builder_new("pstats", 0);
    pv_fn fn[64];

    pv_build_metric(b, PV_STR("calls"), PV_COUNT, false);
    pv_build_metric(b, PV_STR("time"), PV_NANOSECONDS, false);
    pv_build_metric(b, PV_STR("time"), PV_NANOSECONDS, true);
    pv_builder_main_metric(b, TIME);
    pv_builder_has(b, PV_HAS_CALLS);
    for (int i = 0; i < functions; i++) {
        char name[2] = {(char)(i < 26 ? 'a' + i : 'A' + i - 26), 0};

        fn[i] = pv_build_function(b, pv_build_name(b, (pv_str){name, 1}),
                                  (pv_sym){0}, 1, PV_FN_CODE);
        pv_cost_function(b, fn[i], CALLS, f[i].calls);
        pv_cost_function(b, fn[i], TIME, f[i].self);
        pv_cost_function(b, fn[i], TOTAL, f[i].total);
    }
    for (int i = 0; i < edges; i++) {
        pv_cost_call(b, fn[e[i].from], fn[e[i].to], CALLS, e[i].calls);
        pv_cost_call(b, fn[e[i].from], fn[e[i].to], TIME,
                     timed ? e[i].self : 0);
        pv_cost_call(b, fn[e[i].from], fn[e[i].to], TOTAL,
                     timed ? e[i].total : 0);
    }
    return kit_finish(b);
}

static pv_profile *estimate(const pv_profile *p, uint32_t max)
{
    pv_error err = {0};
    pv_profile *t = pv_estimate(p, max, &err);

    if (!t)
        fail_msg("%s", err.text);
    if (!pv_profile_check(t, &err))
        fail_msg("%s", err.text);
    return t;
}

static int64_t frame_value(const pv_profile *p, uint32_t frame, int metric)
{
    return p->frames.cost[(size_t)frame * p->metrics.len + (size_t)metric];
}

/* Self values by function sum to the table's; *aggregates gets the rest. */
static void expect_conserved(const pv_profile *t, bool exact)
{
    for (int m = CALLS; m <= TIME; m++) {
        int64_t *sum = calloc(t->functions.len, sizeof *sum);
        int64_t all = 0, want = 0;

        for (uint32_t i = 0; i < t->frames.len; i++)
            sum[t->frames.at[i].fn.i] += frame_value(t, i, m);
        for (uint32_t f = 0; f < t->functions.len; f++) {
            int64_t v = t->functions.cost[f * t->metrics.len + (size_t)m];

            if (exact && t->functions.at[f].kind != PV_FN_MARK)
                assert_int_equal(sum[f], v);
            all += sum[f];
            want += v;
        }
        assert_int_equal(all, want);
        free(sum);
    }
}

/* ---- small tables by hand --------------------------------------------------- */

static void estimate__one_way_in_is_exact(void **state)
{
    /* a calls b twice and c; b calls c */
    static const function f[] = {{1, 10, 100}, {2, 40, 70}, {3, 50, 50}};
    static const edge e[] = {
        {0, 1, 2, 40, 70}, {0, 2, 1, 20, 20}, {1, 2, 2, 30, 30}};
    pv_profile *p = table(f, 3, e, 3, true), *t = estimate(p, 1000);

    (void)state;
    pv_buf out = {0};
    kit_folded(t, TIME, &out);
    assert_string_equal(out.p, "a 10\na;b 40\na;b;c 30\na;c 20\n");
    pv_buf_clear(&out);
    kit_folded(t, CALLS, &out);
    assert_string_equal(out.p, "a 1\na;b 2\na;b;c 2\na;c 1\n");
    pv_buf_done(&out);
    assert_int_equal(t->flags & PV_ESTIMATED, PV_ESTIMATED);
    assert_int_equal(t->has, PV_HAS_CALLS | PV_HAS_TREE);
    for (uint32_t i = 1; i < t->frames.len; i++)
        assert_int_equal(t->frames.at[i].certainty, PV_EXACT);
    assert_int_equal(t->bounds[2].low, 70);
    assert_int_equal(t->bounds[2].high, 70);
    expect_conserved(t, true);
    pv_profile_free(t);
    pv_profile_free(p);
}

static void estimate__shares_what_two_ways_lead_to(void **state)
{
    /* a calls b and c, both call d, d calls e */
    static const function f[] = {
        {1, 0, 100}, {1, 10, 70}, {1, 0, 30}, {2, 0, 90}, {9, 90, 90}};
    static const edge e[] = {{0, 1, 1, 10, 70},
                             {0, 2, 1, 0, 30},
                             {1, 3, 1, 0, 60},
                             {2, 3, 1, 0, 30},
                             {3, 4, 9, 90, 90}};
    pv_profile *p = table(f, 5, e, 5, true), *t = estimate(p, 1000);

    (void)state;
    pv_buf out = {0};
    kit_folded(t, TIME, &out);
    assert_string_equal(out.p, "a;b 10\na;b;d;e 60\na;c;d;e 30\n");
    pv_buf_done(&out);
    /* a, a;b, a;b;d exact, a;b;d;e bounded by d's 60 and 90 - 30 */
    assert_int_equal(t->frames.at[3].certainty, PV_EXACT);
    assert_int_equal(t->frames.at[4].certainty, PV_BOUNDED);
    assert_int_equal(t->bounds[4].low, 60);
    assert_int_equal(t->bounds[4].high, 60);
    expect_conserved(t, true);
    pv_profile_free(t);
    pv_profile_free(p);
}

static void estimate__recursion_stays_with_its_first_frame(void **state)
{
    /* a calls b, b calls itself and c */
    static const function f[] = {{1, 5, 100}, {4, 60, 95}, {4, 35, 35}};
    static const edge e[] = {
        {0, 1, 1, 15, 95}, {1, 1, 3, 45, 80}, {1, 2, 4, 35, 35}};
    pv_profile *p = table(f, 3, e, 3, true), *t = estimate(p, 1000);

    (void)state;
    pv_buf out = {0};
    kit_folded(t, TIME, &out);
    assert_string_equal(out.p, "a 5\na;b 60\na;b;c 35\n");
    pv_buf_done(&out);
    expect_conserved(t, true);
    pv_profile_free(t);
    pv_profile_free(p);
}

static void estimate__cycles_are_cut_and_guessed(void **state)
{
    /* a calls b, b and c call each other, c calls d */
    static const function f[] = {
        {1, 0, 100}, {3, 30, 100}, {2, 20, 60}, {2, 50, 50}};
    static const edge e[] = {{0, 1, 1, 10, 100},
                             {1, 2, 2, 20, 80},
                             {2, 1, 2, 20, 40},
                             {2, 3, 2, 50, 50}};
    pv_profile *p = table(f, 4, e, 4, true), *t = estimate(p, 1000);

    (void)state;
    pv_buf out = {0};
    kit_folded(t, TIME, &out);
    assert_string_equal(out.p, "a;b 30\na;b;c 20\na;b;c;d 50\n");
    pv_buf_done(&out);
    assert_int_equal(t->frames.at[3].certainty, PV_GUESSED);
    expect_conserved(t, true);
    pv_profile_free(t);
    pv_profile_free(p);
}

static void estimate__a_cycle_that_nothing_enters_has_a_root(void **state)
{
    static const function f[] = {{3, 30, 90}, {3, 60, 100}};
    static const edge e[] = {{0, 1, 3, 60, 80}, {1, 0, 3, 30, 90}};
    pv_profile *p = table(f, 2, e, 2, true), *t = estimate(p, 1000);

    (void)state;
    pv_buf out = {0};
    kit_folded(t, TIME, &out);
    assert_string_equal(out.p, "b 60\nb;a 30\n");
    pv_buf_done(&out);
    expect_conserved(t, true);
    pv_profile_free(t);
    pv_profile_free(p);
}

static void estimate__counts_alone_are_proportions(void **state)
{
    static const function f[] = {{1, 10, 100}, {1, 0, 60}, {4, 90, 90}};
    static const edge e[] = {{0, 1, 1, 0, 0}, {0, 2, 1, 0, 0}, {1, 2, 3, 0, 0}};
    pv_profile *p = table(f, 3, e, 3, false), *t = estimate(p, 1000);

    (void)state;
    expect_conserved(t, true);
    for (uint32_t i = 1; i < t->frames.len; i++) {
        bool is_c = t->frames.at[i].fn.i == 3;

        assert_int_equal(t->frames.at[i].certainty,
                         is_c ? PV_GUESSED : PV_EXACT);
    }
    pv_profile_free(t);
    pv_profile_free(p);
}

static void estimate__times_may_be_nonsense(void **state)
{
    /* negative, more self than total, edges above their callee */
    static const function f[] = {
        {1, -5, 100}, {1, 80, 10}, {0, 7, 0}, {3, 0, 0}};
    static const edge e[] = {
        {0, 1, 1, 500, 900}, {1, 2, 0, 3, 0}, {2, 3, 1, 0, 0}, {3, 1, 1, 0, 1}};
    pv_profile *p = table(f, 4, e, 4, true), *t = estimate(p, 1000);

    (void)state;
    expect_conserved(t, true);
    pv_profile_free(t);
    pv_profile_free(p);
}

/* ---- random trees, of which all is known ------------------------------------- */

enum { NODES = 60, FUNCTIONS = 12 };

typedef struct truth {
    int parent[NODES], fn[NODES];
    int64_t self[NODES], total[NODES];
    int len;
    function f[FUNCTIONS];
    edge e[FUNCTIONS * FUNCTIONS];
    int edges;
} truth;

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

/* Callees have greater numbers than their callers unless `cyclic`. */
static void grow(truth *t, uint32_t *seed, bool cyclic)
{
    t->len = 1;
    t->parent[0] = -1;
    t->fn[0] = 0;
    while (t->len < NODES) {
        int up = (int)(next_random(seed) % (uint32_t)t->len), i = t->len;
        int fn = cyclic ? 1 + (int)(next_random(seed) % (FUNCTIONS - 1))
                        : t->fn[up] + 1 + (int)(next_random(seed) % 4);

        if (fn >= FUNCTIONS)
            continue;
        t->parent[i] = up;
        t->fn[i] = fn;
        t->len++;
    }
    for (int i = 0; i < t->len; i++)
        t->self[i] =
            (int64_t)(next_random(seed) % 5 ? next_random(seed) % 1000 : 0);
    for (int i = t->len - 1; i >= 0; i--) {
        t->total[i] += t->self[i];
        if (i)
            t->total[t->parent[i]] += t->total[i];
    }
}

static edge *edge_of(truth *t, int from, int to)
{
    for (int i = 0; i < t->edges; i++)
        if (t->e[i].from == from && t->e[i].to == to)
            return &t->e[i];
    t->e[t->edges] = (edge){from, to, 0, 0, 0};
    return &t->e[t->edges++];
}

/* Does an activation of the function (from that caller) surround this one? */
static bool is_nested(const truth *t, int node, int fn, int caller)
{
    for (int i = t->parent[node]; i >= 0; i = t->parent[i])
        if (t->fn[i] == fn &&
            (caller < 0 || (i && t->fn[t->parent[i]] == caller)))
            return true;
    return false;
}

/* As cProfile counts: inclusive times of the outermost activation only. */
static void tabulate(truth *t)
{
    for (int i = 0; i < t->len; i++) {
        function *f = &t->f[t->fn[i]];

        f->calls++;
        f->self += t->self[i];
        if (!is_nested(t, i, t->fn[i], -1))
            f->total += t->total[i];
        if (i) {
            int from = t->fn[t->parent[i]];
            edge *e = edge_of(t, from, t->fn[i]);

            e->calls++;
            e->self += t->self[i];
            if (!is_nested(t, i, t->fn[i], from))
                e->total += t->total[i];
        }
    }
}

/* What the true tree has at the path of a frame. */
static int64_t true_value(const truth *t, const pv_profile *p, uint32_t frame)
{
    int64_t sum = 0;

    for (int i = 0; i < t->len; i++) {
        uint32_t at = frame;
        int k = i;

        while (at && k >= 0 && (int)p->frames.at[at].fn.i - 1 == t->fn[k]) {
            at = p->frames.at[at].parent.i;
            k = t->parent[k];
        }
        if (!at && k < 0)
            sum += t->total[i];
    }
    return sum;
}

static void expect_truth_within(const truth *t, const pv_profile *p)
{
    for (uint32_t i = 1; i < p->frames.len; i++) {
        int64_t want = true_value(t, p, i);

        if (want < p->bounds[i].low - 1 || want > p->bounds[i].high + 1)
            fail_msg("frame %u: %lld is not in %lld..%lld", i, (long long)want,
                     (long long)p->bounds[i].low, (long long)p->bounds[i].high);
        if (p->frames.at[i].certainty == PV_EXACT)
            assert_in_range(p->bounds[i].high - p->bounds[i].low, 0, ROUNDING);
    }
}

static void random__bounds_hold_the_truth(void **state)
{
    (void)state;
    for (uint32_t seed = 1; seed <= 400; seed++) {
        uint32_t r = seed;
        truth *t = calloc(1, sizeof *t);
        pv_profile *p, *got;

        grow(t, &r, false);
        tabulate(t);
        p = table(t->f, FUNCTIONS, t->e, t->edges, true);
        got = estimate(p, 100000);
        expect_conserved(got, true);
        expect_truth_within(t, got);
        pv_profile_free(got);
        pv_profile_free(p);
        free(t);
    }
}

static void expect_within_whole(const pv_profile *p)
{
    int64_t *total = calloc(p->frames.len, sizeof *total);

    for (uint32_t i = p->frames.len; i-- > 0;) {
        total[i] += frame_value(p, i, TIME);
        assert_true(total[i] >= 0);
        if (i)
            total[p->frames.at[i].parent.i] += total[i];
    }
    for (uint32_t i = 1; i < p->frames.len; i++) {
        assert_true(total[i] <= total[0]);
        assert_true(p->bounds[i].low <= total[i]);
        assert_true(p->bounds[i].high >= total[i]);
    }
    free(total);
}

static void random__recursion_conserves_every_function(void **state)
{
    (void)state;
    for (uint32_t seed = 1; seed <= 400; seed++) {
        uint32_t r = seed;
        truth *t = calloc(1, sizeof *t);
        pv_profile *p, *got;

        grow(t, &r, true);
        tabulate(t);
        p = table(t->f, FUNCTIONS, t->e, t->edges, seed % 4 != 0);
        got = estimate(p, 200000);
        expect_conserved(got, got->frames.len < 150000);
        expect_within_whole(got);
        pv_profile_free(got);
        pv_profile_free(p);
        free(t);
    }
}

static void random__few_frames_have_the_rest_in_aggregates(void **state)
{
    (void)state;
    for (uint32_t seed = 1; seed <= 200; seed++) {
        uint32_t r = seed, max = 5 + seed % 40;
        truth *t = calloc(1, sizeof *t);
        pv_profile *p, *got;

        grow(t, &r, seed % 2 == 0);
        tabulate(t);
        p = table(t->f, FUNCTIONS, t->e, t->edges, true);
        got = estimate(p, max);
        assert_true(got->frames.len <= max + 1);
        expect_conserved(got, false);
        expect_within_whole(got);
        pv_profile_free(got);
        pv_profile_free(p);
        free(t);
    }
}

/* ---- size ------------------------------------------------------------------------ */

static pv_profile *ladder(uint32_t steps)
{
    /* two functions on each step call both of the next: 2^steps stacks */
    pv_builder *b = pv_builder_new("pstats", 0);
    pv_fn *fn = calloc(2 * (size_t)steps, sizeof *fn);
    pv_profile *p;

    pv_build_metric(b, PV_STR("calls"), PV_COUNT, false);
    pv_build_metric(b, PV_STR("time"), PV_NANOSECONDS, false);
    pv_build_metric(b, PV_STR("time"), PV_NANOSECONDS, true);
    pv_builder_main_metric(b, TIME);
    pv_builder_has(b, PV_HAS_CALLS);
    for (uint32_t i = 0; i < 2 * steps; i++) {
        uint32_t below = steps - i / 2;

        fn[i] = pv_build_function(b, (pv_sym){0}, pv_build_name(b, PV_STR("f")),
                                  i + 1, PV_FN_LINE);
        pv_cost_function(b, fn[i], CALLS, 2);
        pv_cost_function(b, fn[i], TIME, 1000);
        pv_cost_function(b, fn[i], TOTAL, 1000 * (int64_t)below);
    }
    for (uint32_t i = 0; i + 2 < 2 * steps; i++)
        for (uint32_t k = 0; k < 2; k++) {
            uint32_t to = (i / 2 + 1) * 2 + k;

            pv_cost_call(b, fn[i], fn[to], CALLS, 1);
            pv_cost_call(b, fn[i], fn[to], TIME, 500);
            pv_cost_call(b, fn[i], fn[to], TOTAL,
                         500 * (int64_t)(steps - to / 2));
        }
    p = kit_finish(b);
    free(fn);
    return p;
}

static void large__a_billion_stacks_are_bounded(void **state)
{
    pv_profile *p = ladder(3000), *t = estimate(p, 20000);

    (void)state;
    assert_true(t->frames.len <= 20001);
    assert_true(t->frames.len > 1000);
    expect_conserved(t, false);
    pv_profile_free(t);
    pv_profile_free(p);
}

static void estimate__every_allocation_may_fail(void **state)
{
    static const function f[] = {
        {1, 0, 100}, {3, 30, 100}, {2, 20, 60}, {2, 50, 50}};
    static const edge e[] = {{0, 1, 1, 10, 100},
                             {1, 2, 2, 20, 80},
                             {2, 1, 2, 20, 40},
                             {2, 3, 2, 50, 50}};
    pv_profile *p = table(f, 4, e, 4, true);

    (void)state;
    for (int64_t n = 0;; n++) {
        pv_error err = {0};
        pv_profile *t;

        pv_mem_fail_after(n);
        t = pv_estimate(p, 3, &err);
        pv_mem_fail_after(-1);
        if (t) {
            pv_profile_free(t);
            break;
        }
        assert_int_equal(err.code, PV_E_NOMEM);
    }
    pv_profile_free(p);
}

static void estimate__needs_calls(void **state)
{
    pv_profile *p = kit_tree("a;b 1\n");
    pv_error err = {0};

    (void)state;
    assert_null(pv_estimate(p, 100, &err));
    assert_int_equal(err.code, PV_E_UNSUPPORTED);
    pv_profile_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(estimate__one_way_in_is_exact),
        cmocka_unit_test(estimate__shares_what_two_ways_lead_to),
        cmocka_unit_test(estimate__recursion_stays_with_its_first_frame),
        cmocka_unit_test(estimate__cycles_are_cut_and_guessed),
        cmocka_unit_test(estimate__a_cycle_that_nothing_enters_has_a_root),
        cmocka_unit_test(estimate__counts_alone_are_proportions),
        cmocka_unit_test(estimate__times_may_be_nonsense),
        cmocka_unit_test(random__bounds_hold_the_truth),
        cmocka_unit_test(random__recursion_conserves_every_function),
        cmocka_unit_test(random__few_frames_have_the_rest_in_aggregates),
        cmocka_unit_test(large__a_billion_stacks_are_bounded),
        cmocka_unit_test(estimate__every_allocation_may_fail),
        cmocka_unit_test(estimate__needs_calls),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
