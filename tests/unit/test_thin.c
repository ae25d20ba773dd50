/* SPDX-License-Identifier: MIT */
/* thin: what is kept of a series, and that the picture stays the same. */
#include "testing.h"

#include <stdlib.h>

#include "thin.h"

enum { MANY = 1000000, COLUMNS = 1094, SPIKE = 654321 };

static int64_t noise(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + 1;
    return (int64_t)(*state >> 44);
}

/* The kept line's value at `t`, by the points around it. */
static double value_at(const pv_thinner *t, int64_t when)
{
    size_t low = 0, high = t->kept.len - 1;

    while (high - low > 1) {
        size_t mid = (low + high) / 2;

        if (t->kept.at[mid].t <= when)
            low = mid;
        else
            high = mid;
    }
    return (double)t->kept.at[low].value +
           (double)(t->kept.at[high].value - t->kept.at[low].value) *
               (double)(when - t->kept.at[low].t) /
               (double)(t->kept.at[high].t - t->kept.at[low].t);
}

static void thin__one_sample_of_a_million_stays(void **state)
{
    uint64_t seed = 7;
    pv_thinner t;
    size_t hits = 0;

    (void)state;
    pv_thin_init(&t, 0, MANY - 1, COLUMNS);
    for (int64_t i = 0; i < MANY; i++)
        pv_thin_add(&t, (pv_point){i, i == SPIKE ? 9000001 : noise(&seed)});
    pv_thin_end(&t, 10000);
    assert_false(t.failed);
    assert_true(t.kept.len <= 4 * COLUMNS);
    assert_int_equal(t.peak.t, SPIKE);
    for (size_t i = 0; i < t.kept.len; i++)
        hits += t.kept.at[i].t == SPIKE && t.kept.at[i].value == 9000001;
    assert_int_equal(hits, 1);
    pv_thin_done(&t);
}

static void thin__extremes_of_each_column_stay(void **state)
{
    int64_t least[10], greatest[10];
    uint64_t seed = 3;
    pv_thinner t;

    (void)state;
    pv_thin_init(&t, 0, 1000, 10);
    for (int64_t i = 0; i < 1000; i++) {
        int64_t v = noise(&seed), *lo = &least[i / 100],
                *hi = &greatest[i / 100];

        *lo = i % 100 == 0 || v < *lo ? v : *lo;
        *hi = i % 100 == 0 || v > *hi ? v : *hi;
        pv_thin_add(&t, (pv_point){i, v});
    }
    pv_thin_end(&t, 0);
    for (size_t k = 0; k < 10; k++) {
        bool low = false, high = false;

        for (size_t i = 0; i < t.kept.len; i++) {
            low |= t.kept.at[i].value == least[k];
            high |= t.kept.at[i].value == greatest[k];
        }
        assert_true(low && high);
    }
    pv_thin_done(&t);
}

static void thin__a_straight_line_is_two_points(void **state)
{
    pv_thinner t;

    (void)state;
    pv_thin_init(&t, 0, 5000, 5000);
    for (int64_t i = 0; i <= 5000; i++)
        pv_thin_add(&t, (pv_point){i, 3 * i + i % 2});
    pv_thin_end(&t, 2);
    assert_true(t.kept.len <= 3);
    assert_int_equal(t.kept.at[0].t, 0);
    assert_int_equal(t.kept.at[t.kept.len - 1].t, 5000);
    pv_thin_done(&t);
}

static void thin__no_dropped_point_is_further_off(void **state)
{
    int64_t values[3000], level = 0;
    uint64_t seed = 11;
    pv_thinner t;

    (void)state;
    pv_thin_init(&t, 0, 2999, 3000);
    for (int64_t i = 0; i < 3000; i++) {
        level += noise(&seed) % 200 - 99;
        values[i] = level;
        pv_thin_add(&t, (pv_point){i, level});
    }
    pv_thin_end(&t, 150);
    assert_true(t.kept.len < 2500);
    for (int64_t i = 0; i < 3000; i++) {
        double off = value_at(&t, i) - (double)values[i];

        assert_true(off <= 150.001 && off >= -150.001);
    }
    pv_thin_done(&t);
}

static void thin__a_break_begins_another_line(void **state)
{
    pv_thinner t;

    (void)state;
    pv_thin_init(&t, 0, 100, 10);
    pv_thin_add(&t, (pv_point){0, 5});
    pv_thin_add(&t, (pv_point){10, 5});
    pv_thin_break(&t);
    pv_thin_add(&t, (pv_point){90, 5});
    pv_thin_add(&t, (pv_point){100, 5});
    pv_thin_end(&t, 1);
    assert_int_equal(t.kept.len, 4);
    assert_true(t.kept.at[0].begins && !t.kept.at[1].begins);
    assert_true(t.kept.at[2].begins && !t.kept.at[3].begins);
    pv_thin_done(&t);
}

static void thin__equal_times_and_huge_values(void **state)
{
    pv_thinner t;

    (void)state;
    pv_thin_init(&t, INT64_MIN, INT64_MAX, 3);
    pv_thin_end(&t, 0);
    assert_int_equal(t.kept.len, 0);
    pv_thin_init(&t, 0, 0, 3);
    pv_thin_add(&t, (pv_point){0, 1});
    pv_thin_add(&t, (pv_point){0, INT64_MAX});
    pv_thin_add(&t, (pv_point){0, 0});
    pv_thin_end(&t, 0);
    assert_int_equal(t.kept.len, 3);
    assert_int_equal(t.kept.at[1].value, INT64_MAX);
    pv_thin_done(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(thin__one_sample_of_a_million_stays),
        cmocka_unit_test(thin__extremes_of_each_column_stay),
        cmocka_unit_test(thin__a_straight_line_is_two_points),
        cmocka_unit_test(thin__no_dropped_point_is_further_off),
        cmocka_unit_test(thin__a_break_begins_another_line),
        cmocka_unit_test(thin__equal_times_and_huge_values),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
