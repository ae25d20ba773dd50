/* SPDX-License-Identifier: MIT */
/* The builder: finds or adds, adds up exactly, hands out one order. */
#include "testing.h"

#include "laws.h"
#include "mem.h"
#include "profviz/builder.h"

static pv_fn function(pv_builder *b, const char *name)
{
    return pv_build_function(b, pv_build_name(b, pv_str_of(name)), (pv_sym){0},
                             0, PV_FN_CODE);
}

static void add_stack(pv_builder *b, const char *const *names, int64_t v)
{
    pv_node at = {0};

    for (; *names; names++)
        at = pv_build_frame(b, at, function(b, *names), 0,
                            pv_build_name(b, pv_str_of(*names)));
    pv_cost_frame(b, at, 0, v);
}

static pv_builder *tree_builder(void)
{
    pv_builder *b = pv_builder_new("test", 0);

    pv_build_metric(b, PV_STR("samples"), PV_COUNT, false);
    pv_builder_has(b, PV_HAS_TREE);
    return b;
}

static void builder__siblings_sort_as_folded_lines_do(void **state)
{
    static const char *const stacks[][4] = {
        {"main", "b", NULL}, {"main", "a", "x", NULL}, {"main", "a b", NULL},
        {"main", "a", NULL}, {"main", "a_", NULL},     {"main", "a0", NULL},
    };
    static const char *const order[] = {"",  "main", "a b", "a0",
                                        "a", "x",    "a_",  "b"};
    pv_builder *b = tree_builder();
    pv_error err = {0};
    pv_profile *p;

    (void)state;
    for (size_t i = 0; i < COUNT(stacks); i++)
        add_stack(b, stacks[i], (int64_t)i + 1);
    p = pv_builder_finish(b, &err);
    pv_builder_free(b);
    assert_non_null(p);
    assert_true(pv_profile_check(p, &err));
    assert_int_equal(p->frames.len, COUNT(order));
    for (uint32_t i = 0; i < p->frames.len; i++)
        assert_true(pv_str_equal(pv_profile_text(p, p->frames.at[i].text),
                                 pv_str_of(order[i])));
    assert_int_equal(p->frames.at[4].end, 6);
    assert_int_equal(p->frames.cost[5], 2);
    pv_profile_free(p);
}

static void builder__order_of_arrival_does_not_show(void **state)
{
    static const char *const stacks[][4] = {
        {"r", "x", "y", NULL}, {"q", NULL}, {"r", "a", NULL}, {"r", NULL}};
    pv_profile *p[2];
    pv_error err = {0};

    (void)state;
    for (int turn = 0; turn < 2; turn++) {
        pv_builder *b = tree_builder();

        for (size_t i = 0; i < COUNT(stacks); i++)
            add_stack(b, stacks[turn ? COUNT(stacks) - 1 - i : i], 5);
        p[turn] = pv_builder_finish(b, &err);
        pv_builder_free(b);
        assert_non_null(p[turn]);
    }
    assert_int_equal(p[0]->functions.len, p[1]->functions.len);
    for (uint32_t i = 0; i < p[0]->frames.len; i++) {
        const pv_frame *x = &p[0]->frames.at[i], *y = &p[1]->frames.at[i];

        assert_int_equal(x->fn.i, y->fn.i);
        assert_int_equal(x->parent.i, y->parent.i);
        assert_int_equal(x->end, y->end);
        assert_int_equal(p[0]->frames.cost[i], p[1]->frames.cost[i]);
    }
    pv_profile_free(p[0]);
    pv_profile_free(p[1]);
}

static void builder__overflow_is_sticky_and_said(void **state)
{
    static const char *const stack[] = {"a", NULL}, *const other[] = {"b",
                                                                      NULL};
    pv_builder *b = tree_builder();
    pv_error err = {0};

    (void)state;
    add_stack(b, stack, INT64_MAX);
    add_stack(b, stack, 1);
    add_stack(b, other, 1);
    assert_null(pv_builder_finish(b, &err));
    assert_int_equal(err.code, PV_E_LIMIT);
    pv_builder_free(b);

    b = tree_builder();
    err = (pv_error){0};
    add_stack(b, stack, INT64_MAX); /* each fits, their sum does not */
    add_stack(b, other, 1);
    assert_null(pv_builder_finish(b, &err));
    assert_int_equal(err.code, PV_E_LIMIT);
    pv_builder_free(b);
}

static void builder__memory_limit_is_named(void **state)
{
    pv_builder *b = pv_builder_new("test", 4096);
    pv_error err = {0};
    char name[32];

    (void)state;
    for (int i = 0; i < 1000; i++) {
        int n = snprintf(name, sizeof name, "a rather long name %d", i);

        pv_build_name(b, (pv_str){name, (size_t)n});
    }
    assert_null(pv_builder_finish(b, &err));
    assert_int_equal(err.code, PV_E_LIMIT);
    assert_non_null(strstr(err.text, "--limits memory"));
    pv_builder_free(b);
}

static void builder__every_allocation_may_fail(void **state)
{
    static const char *const stacks[][4] = {
        {"r", "x", "y", NULL}, {"q", NULL}, {"r", "a", NULL}};

    (void)state;
    for (int64_t n = 0; n < 10000; n++) {
        pv_error err = {0};
        pv_profile *p = NULL;
        pv_builder *b;

        pv_mem_fail_after(n);
        b = pv_builder_new("test", 0);
        if (b) {
            pv_build_metric(b, PV_STR("samples"), PV_COUNT, false);
            pv_builder_has(b, PV_HAS_TREE);
            for (size_t i = 0; i < COUNT(stacks); i++)
                add_stack(b, stacks[i], 1);
            p = pv_builder_finish(b, &err);
        }
        pv_mem_fail_after(-1);
        pv_builder_free(b);
        if (p) {
            pv_profile_free(p);
            assert_true(n > 3);
            return;
        }
        assert_true(!b || err.code == PV_E_NOMEM);
    }
    fail_msg("never succeeded");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(builder__siblings_sort_as_folded_lines_do),
        cmocka_unit_test(builder__order_of_arrival_does_not_show),
        cmocka_unit_test(builder__overflow_is_sticky_and_said),
        cmocka_unit_test(builder__memory_limit_is_named),
        cmocka_unit_test(builder__every_allocation_may_fail),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
