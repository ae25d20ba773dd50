/* SPDX-License-Identifier: MIT */
#include "tree_kit.h"

#include "apportion.h"

static const struct {
    const char *name;
    int64_t total;
    uint64_t weight[4];
    int64_t want[4];
} rows[] = {
    {"exact", 10, {1, 2, 3, 4}, {1, 2, 3, 4}},
    {"largest remainder", 10, {1, 1, 1, 0}, {4, 3, 3, 0}},
    {"remainders decide", 5, {10, 26, 14, 0}, {1, 3, 1, 0}},
    {"one gets all", 7, {0, 0, 5, 0}, {0, 0, 7, 0}},
    {"no weights", 7, {0, 0, 0, 0}, {7, 0, 0, 0}},
    {"nothing to share", 0, {1, 2, 3, 4}, {0, 0, 0, 0}},
    {"negative", -10, {1, 2, 3, 4}, {-1, -2, -3, -4}},
    {"huge weights",
     8,
     {UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX},
     {2, 2, 2, 2}},
    {"huge total",
     INT64_MAX,
     {1, 1, 0, 0},
     {INT64_MAX / 2 + 1, INT64_MAX / 2, 0, 0}},
};

static void apportion__every_row(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int64_t out[4];

        print_message("%s\n", rows[i].name);
        assert_true(pv_apportion(rows[i].total, rows[i].weight, 4, out));
        assert_memory_equal(out, rows[i].want, sizeof out);
    }
}

static void apportion__no_memory(void **state)
{
    int64_t out[4];

    (void)state;
    pv_mem_fail_after(0);
    assert_false(pv_apportion(10, rows[0].weight, 4, out));
    pv_mem_fail_after(-1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(apportion__every_row),
        cmocka_unit_test(apportion__no_memory),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
