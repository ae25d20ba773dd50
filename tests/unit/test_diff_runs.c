/* SPDX-License-Identifier: MIT */
/* Comparisons of several runs: medians, spans, verdicts, memory. */
#include "tree_kit.h"

#include "diff_runs.h"
#include "mean.h"
#include "total.h"

enum { MOST = 20 };

typedef struct runs {
    pv_profile *at[MOST];
    pv_str paths[MOST];
    size_t len, old;
    pv_diff d;
    pv_arena a;
    pv_error err;
} runs;

static bool compare(runs *r, const pv_diff_options *o)
{
    pv_arena_init(&r->a, 0);
    r->err = (pv_error){0};
    return pv_diff_of_runs(&r->d, (const pv_profile *const *)r->at, r->paths,
                           r->len, r->old, o, &r->a, &r->err);
}

static void add(runs *r, const char *text)
{
    r->paths[r->len] = PV_STR("run");
    r->at[r->len++] = kit_tree(text);
}

static void done(runs *r)
{
    pv_diff_done(&r->d);
    pv_arena_done(&r->a);
    for (size_t i = 0; i < r->len; i++)
        pv_profile_free(r->at[i]);
}

static uint32_t find_row(const pv_diff *d, const char *name)
{
    for (uint32_t i = 0; i < d->len; i++)
        if (pv_str_equal(d->rows[i].name, pv_str_of(name)))
            return i;
    fail_msg("no row %s", name);
    return 0;
}

/* m;a 100, 101, 109 against 130, 131, 133, 150. */
static void fill(runs *r)
{
    static const int old[] = {100, 109, 101}, new[] = {131, 150, 130, 133};
    char text[80];

    for (size_t i = 0; i < 3; i++) {
        snprintf(text, sizeof text, "m;a %d\nm;b 50\nm;gone 7\n", old[i]);
        add(r, text);
    }
    for (size_t i = 0; i < 4; i++) {
        snprintf(text, sizeof text, "m;a %d\nm;b 50\nm;new 9\n", new[i]);
        add(r, text);
    }
    r->old = 3;
}

static void diff_runs__medians_and_spans(void **state)
{
    static const pv_diff_options o = {0};
    runs r = {0};
    const int64_t *v;
    const pv_span *span;
    uint32_t a;

    (void)state;
    fill(&r);
    assert_true(compare(&r, &o));
    a = find_row(&r.d, "a");
    assert_int_equal(r.d.metrics[0].exponent, 3); /* halves can be shown */
    v = pv_diff_values(&r.d, a, 0);
    span = r.d.span + (v - r.d.value);
    assert_int_equal(v[PV_BEFORE_SELF], 101000);
    assert_int_equal(v[PV_AFTER_SELF], 132000);
    assert_int_equal(span[PV_BEFORE_SELF].least, 100000);
    assert_int_equal(span[PV_BEFORE_SELF].most, 109000);
    assert_int_equal(span[PV_AFTER_TOTAL].most, 150000);
    assert_int_equal(r.d.metrics[0].before, 158000);
    assert_int_equal(r.d.metrics[0].after, 191000);
    assert_int_equal(r.d.metrics[0].span[1].least, 189000);
    assert_int_equal(r.d.rows[find_row(&r.d, "gone")].status, PV_DIFF_REMOVED);
    assert_int_equal(r.d.rows[find_row(&r.d, "new")].status, PV_DIFF_ADDED);
    assert_int_equal(r.d.rows[find_row(&r.d, "b")].verdict, PV_VERDICT_SAME);
    assert_int_equal(pv_diff_verdict(&r.d, a, 0, false), PV_VERDICT_CLEAR);
    assert_int_equal(r.d.verdict, PV_VERDICT_CLEAR);
    done(&r);
}

/* Every run is brought to the new side's mean total. */
static void diff_runs__normalized_runs_are_alike(void **state)
{
    static const pv_diff_options o = {.normalize = true};
    runs r = {.old = 2};
    uint32_t a;

    (void)state;
    add(&r, "m;a 10\nm;b 30\n");
    add(&r, "m;a 20\nm;b 60\n");
    add(&r, "m;a 100\nm;b 300\n");
    add(&r, "m;a 200\nm;b 600\n");
    assert_true(compare(&r, &o));
    a = find_row(&r.d, "a");
    assert_int_equal(r.d.changed, 0);
    assert_int_equal(r.d.verdict, PV_VERDICT_SAME);
    assert_int_equal(pv_diff_values(&r.d, a, 0)[PV_BEFORE_SELF],
                     150 * pv_pow10(r.d.metrics[0].exponent));
    done(&r);
}

/* The stacks are the mean's: their sums hold. */
static void diff_runs__stacks_are_means(void **state)
{
    static const pv_diff_options o = {0};
    runs r = {0};
    int64_t *total;

    (void)state;
    fill(&r);
    assert_true(compare(&r, &o));
    total = pv_frame_totals(r.d.both, 0, &r.a, &r.err);
    assert_non_null(total);
    assert_true(llabs(total[0] - 160333) <= 1);
    done(&r);
}

static const struct {
    const char *claim, *runs[6];
    size_t old;
    uint8_t verdict;
} verdicts[] = {
    {"the same runs", {"a 5", "a 6", "a 6", "a 5"}, 2, PV_VERDICT_SAME},
    {"within", {"a 50", "a 60", "a 58", "a 53"}, 2, PV_VERDICT_NOISE},
    {"beyond", {"a 500", "a 501", "a 580", "a 581"}, 2, PV_VERDICT_CLEAR},
    {"one new run", {"a 500", "a 501", "a 502", "a 700"}, 3, PV_VERDICT_CLEAR},
    {"one old run", {"a 700", "a 501", "a 502", "a 504"}, 1, PV_VERDICT_CLEAR},
    {"one of three", {"a 500", "a 520", "a 510", "a 530"}, 3, PV_VERDICT_NOISE},
    {"never varies", {"a 3", "a 3", "a 4"}, 2, PV_VERDICT_CLEAR},
};

static void diff_runs__verdicts(void **state)
{
    static const pv_diff_options o = {0};

    (void)state;
    for (size_t i = 0; i < sizeof verdicts / sizeof *verdicts; i++) {
        runs r = {.old = verdicts[i].old};

        for (size_t k = 0; k < 6 && verdicts[i].runs[k]; k++) {
            char text[40];

            snprintf(text, sizeof text, "%s\n", verdicts[i].runs[k]);
            add(&r, text);
        }
        assert_true(compare(&r, &o));
        if (r.d.verdict != verdicts[i].verdict)
            fail_msg("%s: %d", verdicts[i].claim, r.d.verdict);
        done(&r);
    }
}

static void diff_runs__no_new_side(void **state)
{
    static const pv_diff_options o = {0};
    runs r = {.old = 2};

    (void)state;
    add(&r, "a 1\n");
    add(&r, "a 1\n");
    assert_false(compare(&r, &o));
    assert_int_equal(r.err.code, PV_E_USAGE);
    done(&r);
}

static void diff_runs__huge_counts_are_refused(void **state)
{
    static const pv_diff_options o = {0};
    runs r = {.old = 1};

    (void)state;
    add(&r, "a 4000000000000000000\n");
    add(&r, "a 4000000000000000000\n");
    add(&r, "a 1\n");
    assert_false(compare(&r, &o));
    assert_int_equal(r.err.code, PV_E_LIMIT);
    done(&r);
}

static void diff_runs__memory_runs_out_anywhere(void **state)
{
    static const pv_diff_options ways[] = {
        {0}, {.by = PV_DIFF_BY_STACK}, {.normalize = true}};
    runs r = {0};

    (void)state;
    fill(&r);
    for (size_t w = 0; w < 3; w++) {
        bool ok = false;

        for (int64_t n = 0; !ok; n++) {
            pv_mem_fail_after(n);
            ok = compare(&r, &ways[w]);
            pv_mem_fail_after(-1);
            if (!ok)
                assert_int_equal(r.err.code, PV_E_NOMEM);
            pv_diff_done(&r.d);
            pv_arena_done(&r.a);
        }
    }
    done(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(diff_runs__medians_and_spans),
        cmocka_unit_test(diff_runs__normalized_runs_are_alike),
        cmocka_unit_test(diff_runs__stacks_are_means),
        cmocka_unit_test(diff_runs__verdicts),
        cmocka_unit_test(diff_runs__no_new_side),
        cmocka_unit_test(diff_runs__huge_counts_are_refused),
        cmocka_unit_test(diff_runs__memory_runs_out_anywhere),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
