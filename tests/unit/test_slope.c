/* SPDX-License-Identifier: MIT */
/* slope: spikes do not pull it, noise is not called growth. */
#include "testing.h"

#include <stdlib.h>

#include "mem.h"
#include "slope.h"

#define SECOND INT64_C(1000000000)
#define MIB    (INT64_C(1) << 20)

static pv_point points[20000];

static int64_t noise(uint64_t *state, int64_t most)
{
    *state = *state * UINT64_C(6364136223846793005) + 1442695040888963407;
    return (int64_t)((*state >> 33) % (uint64_t)most);
}

static pv_slope fit(uint32_t len)
{
    pv_series s = {.at = points, .len = len};
    pv_error err = {0};
    pv_slope out;

    assert_true(pv_slope_of(&s, INT64_MIN, INT64_MAX, &out, &err));
    return out;
}

/* A leak of 3 MiB a second, with a spike in every tenth sample. */
static void slope__spikes_do_not_pull_it(void **state)
{
    (void)state;
    for (int len = 50; len <= 20000; len *= 20) {
        for (int i = 0; i < len; i++)
            points[i] =
                (pv_point){i * SECOND / 10, 100 * MIB + i * 3 * MIB / 10 +
                                                (i % 10 == 9 ? 5000 * MIB : 0)};
        pv_slope s = fit((uint32_t)len);

        assert_true(s.known);
        assert_in_range(s.rate, 3 * MIB * 995, 3 * MIB * 1005);
        assert_int_equal(pv_slope_sign(&s), 1);
        assert_in_range(pv_slope_at(&s, 0), 99 * MIB, 102 * MIB);
    }
}

static void slope__all_equal_is_no_growth(void **state)
{
    (void)state;
    for (int i = 0; i < 100; i++)
        points[i] = (pv_point){i * SECOND, 7 * MIB};
    pv_slope s = fit(100);

    assert_true(s.known);
    assert_int_equal(s.rate, 0);
    assert_int_equal(pv_slope_sign(&s), 0);
}

/* What a garbage collector makes of a steady program. */
static void slope__a_sawtooth_is_no_growth(void **state)
{
    int claims = 0;

    (void)state;
    for (int teeth = 3; teeth < 60; teeth++) {
        for (int i = 0; i < 1500; i++)
            points[i] = (pv_point){i * SECOND / 10,
                                   100 * MIB + i * teeth % 1500 * MIB / 10};
        pv_slope s = fit(1500);

        claims += pv_slope_sign(&s) != 0;
    }
    assert_true(claims <= 3);
}

static void slope__noise_is_seldom_growth(void **state)
{
    uint64_t seed = 11;
    int claims = 0;

    (void)state;
    for (int run = 0; run < 200; run++) {
        for (int i = 0; i < 120; i++)
            points[i] = (pv_point){i * SECOND, noise(&seed, 50 * MIB)};
        pv_slope s = fit(120);

        claims += pv_slope_sign(&s) != 0;
    }
    assert_true(claims < 20);
}

/* Steps of 10 MiB every hundred samples, nine times. */
static void slope__a_staircase_grows(void **state)
{
    uint64_t seed = 5;

    (void)state;
    for (int i = 0; i < 1000; i++)
        points[i] =
            (pv_point){i * SECOND, i / 100 * 10 * MIB + noise(&seed, MIB)};
    pv_slope s = fit(1000);

    assert_int_equal(pv_slope_sign(&s), 1);
    assert_in_range(s.rate, 90 * MIB, 110 * MIB); /* 0.1 MiB/s, in 1/1000 */
}

static void slope__few_points_have_none(void **state)
{
    pv_slope s;

    (void)state;
    for (uint32_t len = 0; len < PV_SLOPE_LEAST; len++) {
        points[len] = (pv_point){len * SECOND, len * MIB};
        s = fit(len);
        assert_false(s.known);
        assert_int_equal(pv_slope_sign(&s), 0);
    }
    for (int i = 0; i < 100; i++)
        points[i] = (pv_point){SECOND, i * MIB}; /* no time passes */
    s = fit(100);
    assert_false(s.known);
}

static void slope__extremes_do_not_wrap(void **state)
{
    (void)state;
    for (int i = 0; i < 10; i++)
        points[i] = (pv_point){i, i % 2 ? INT64_MAX : 0};
    pv_slope s = fit(10);

    assert_true(s.known);
    assert_true(s.low <= s.rate && s.rate <= s.high);
}

static void slope__says_when_memory_runs_out(void **state)
{
    pv_series s = {.at = points, .len = 3000};
    pv_slope out;

    (void)state;
    for (int i = 0; i < 3000; i++)
        points[i] = (pv_point){i * SECOND, i * MIB};
    for (int n = 0; n < 20; n++) {
        pv_error err = {0};
        bool ok;

        pv_mem_fail_after(n);
        ok = pv_slope_of(&s, INT64_MIN, INT64_MAX, &out, &err);
        pv_mem_fail_after(-1);
        assert_true(ok || err.code == PV_E_NOMEM);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(slope__spikes_do_not_pull_it),
        cmocka_unit_test(slope__all_equal_is_no_growth),
        cmocka_unit_test(slope__a_sawtooth_is_no_growth),
        cmocka_unit_test(slope__noise_is_seldom_growth),
        cmocka_unit_test(slope__a_staircase_grows),
        cmocka_unit_test(slope__few_points_have_none),
        cmocka_unit_test(slope__extremes_do_not_wrap),
        cmocka_unit_test(slope__says_when_memory_runs_out),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
