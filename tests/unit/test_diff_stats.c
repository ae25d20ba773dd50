/* SPDX-License-Identifier: MIT */
/* Tests of two samples, against scipy's answers in fixtures/stats. */
#include "testing.h"

#include <math.h>
#include <stdlib.h>

#include "diff_stats.h"

enum { VALUES = 100, LINE = 4000 };

typedef struct row {
    int64_t values[2][VALUES];
    size_t len[2];
    double welch, rank;
} row;

static bool parse(const char *line, row *r)
{
    char *at = (char *)(uintptr_t)line;

    *r = (row){0};
    for (int side = 0; side < 2; side++) {
        while (*at != '|')
            r->values[side][r->len[side]++] = strtoll(at, &at, 10);
        at++;
    }
    r->welch = strtod(at, &at);
    r->rank = strtod(at + 1, &at);
    return *at == '\n';
}

static void check(double found, double wanted, const char *line)
{
    double off = fabs(found - wanted);

    if (off > 1e-9 * wanted && off > 1e-13)
        fail_msg("%.12e, not %.12e: %s", found, wanted, line);
}

static void diff_stats__scipy_agrees(void **state)
{
    char path[500], line[LINE];
    unsigned lines = 0;
    FILE *f;
    row r;

    (void)state;
    snprintf(path, sizeof path, "%s/stats/two-samples.txt",
             getenv("PROFVIZ_FIXTURES"));
    f = fopen(path, "r");
    assert_non_null(f);
    while (fgets(line, sizeof line, f)) {
        int64_t room[2 * VALUES];
        pv_samples s = {{r.values[0], r.values[1]}, {0}};
        pv_u_table t;
        pv_arena a;

        assert_true(parse(line, &r));
        s.len[0] = r.len[0];
        s.len[1] = r.len[1];
        pv_arena_init(&a, 0);
        assert_true(pv_u_table_make(&t, s.len[0], s.len[1], &a));
        check(pv_welch(&s), r.welch, line);
        check(pv_mann_whitney(&s, &t, room), r.rank, line);
        pv_arena_done(&a);
        lines++;
    }
    fclose(f);
    assert_true(lines > 150);
}

/* Published points of Student's distribution, two tails. */
static void diff_stats__students_table(void **state)
{
    static const struct {
        double t, degrees, chance;
    } points[] = {
        {12.706204736, 1, 0.05},  {63.656741163, 1, 0.01},
        {2.228138852, 10, 0.05},  {3.169272673, 10, 0.01},
        {1.983971519, 100, 0.05}, {0, 5, 1},
    };

    (void)state;
    for (size_t i = 0; i < sizeof points / sizeof *points; i++)
        assert_true(fabs(pv_student_chance(points[i].t * points[i].t,
                                           points[i].degrees) -
                         points[i].chance) < 1e-9);
}

static void diff_stats__what_does_not_vary(void **state)
{
    static const int64_t five[] = {5, 5, 5}, six[] = {6, 6};
    static const int64_t ends[] = {INT64_MIN + 1, INT64_MAX, 0};
    int64_t room[6];
    pv_u_table t = {{3, 3}, NULL};

    (void)state;
    assert_true(pv_welch(&(pv_samples){{five, five}, {3, 2}}) == 1);
    assert_true(pv_welch(&(pv_samples){{five, six}, {3, 2}}) == 0);
    assert_true(pv_welch(&(pv_samples){{five, six}, {3, 1}}) == 0);
    assert_true(pv_welch(&(pv_samples){{five, six}, {1, 1}}) == 1);
    assert_true(pv_welch(&(pv_samples){{five, six}, {3, 0}}) == 1);
    assert_true(
        pv_mann_whitney(&(pv_samples){{five, five}, {3, 3}}, &t, room) == 1);
    assert_true(pv_welch(&(pv_samples){{ends, five}, {3, 3}}) > 0.9);
}

/* Whole shares of the 70 orders of 4 and 4 runs. */
static void diff_stats__orders_are_counted(void **state)
{
    static const int64_t low[] = {1, 2, 3, 4}, high[] = {5, 6, 7, 8},
                         mixed[] = {0, 5, 6, 7};
    int64_t room[8];
    pv_u_table t;
    pv_arena a;

    (void)state;
    pv_arena_init(&a, 0);
    assert_true(pv_u_table_make(&t, 4, 4, &a));
    assert_true(
        fabs(pv_mann_whitney(&(pv_samples){{low, high}, {4, 4}}, &t, room) -
             2.0 / 70) < 1e-15);
    assert_true(
        fabs(pv_mann_whitney(&(pv_samples){{low, mixed}, {4, 4}}, &t, room) -
             24.0 / 70) < 1e-15);
    pv_arena_done(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(diff_stats__scipy_agrees),
        cmocka_unit_test(diff_stats__students_table),
        cmocka_unit_test(diff_stats__what_does_not_vary),
        cmocka_unit_test(diff_stats__orders_are_counted),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
