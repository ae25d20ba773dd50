/* SPDX-License-Identifier: MIT */
#include "tree_kit.h"

#include "total.h"

static void total__counts_every_frame_once(void **state)
{
    pv_profile *p = kit_tree("a 1\na;b 2\na;b;a 4\na;c 8\n 16\n");
    static const int64_t want[] = {31, 15, 6, 4, 8};
    pv_arena a;
    pv_error err = {0};
    int64_t *total, sum;

    (void)state;
    pv_arena_init(&a, 0);
    total = pv_frame_totals(p, 0, &a, &err);
    assert_int_equal(p->frames.len, 5);
    for (uint32_t i = 0; i < 5; i++)
        assert_int_equal(total[i], want[i]);
    assert_true(pv_profile_total(p, 0, &sum, &err));
    assert_int_equal(sum, 31);
    pv_arena_done(&a);
    pv_profile_free(p);
}

static void total__prefers_exact_functions(void **state)
{
    pv_builder *b = kit_builder("time", PV_NANOSECONDS);
    pv_fn f = pv_build_function(b, pv_build_name(b, PV_STR("f")), (pv_sym){0},
                                0, PV_FN_CODE);
    pv_error err = {0};
    pv_profile *p;
    int64_t sum;

    (void)state;
    pv_builder_has(b, PV_HAS_CALLS);
    pv_cost_function(b, f, 0, 100);
    pv_cost_frame(b, pv_build_frame(b, (pv_node){0}, f, 0, (pv_sym){0}), 0, 99);
    p = kit_finish(b);
    assert_true(pv_profile_total(p, 0, &sum, &err));
    assert_int_equal(sum, 100);
    pv_profile_free(p);
}

static void total__missing_values_count_nothing(void **state)
{
    pv_builder *b = pv_builder_new("types", 0);
    pv_error err = {0};
    pv_profile *p;
    int64_t sum;

    (void)state;
    pv_build_metric(b, PV_STR("size"), PV_BYTES, false);
    pv_builder_has(b, PV_HAS_TOTALS);
    for (int i = 0; i < 3; i++) {
        char name[] = {'a', (char)('a' + i)};
        pv_sym s = pv_build_name(b, (pv_str){name, 2});

        pv_cost_function(b, pv_build_function(b, s, (pv_sym){0}, 0, PV_FN_TYPE),
                         0, i == 1 ? PV_NONE : 7);
    }
    p = kit_finish(b);
    assert_true(pv_profile_total(p, 0, &sum, &err));
    assert_int_equal(sum, 14);
    pv_profile_free(p);
}

static void total__no_memory_is_said(void **state)
{
    pv_profile *p = kit_tree("a;b 1\n");
    pv_arena a;
    pv_error err = {0};

    (void)state;
    pv_arena_init(&a, 0);
    pv_mem_fail_after(0);
    assert_null(pv_frame_totals(p, 0, &a, &err));
    assert_int_equal(err.code, PV_E_NOMEM);
    pv_mem_fail_after(-1);
    pv_arena_done(&a);
    pv_profile_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(total__counts_every_frame_once),
        cmocka_unit_test(total__prefers_exact_functions),
        cmocka_unit_test(total__missing_values_count_nothing),
        cmocka_unit_test(total__no_memory_is_said),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
