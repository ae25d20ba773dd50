/* SPDX-License-Identifier: MIT */
#include "tree_kit.h"

#include "filter.h"
#include "turns.h"

static pv_profile *fold(const pv_profile *p)
{
    const pv_filter_options o = {.fold_recursion = true, .threads = true};
    pv_error err = {0};
    bool same;
    pv_profile *got =
        (pv_profile *)(uintptr_t)pv_filter(p, &o, NULL, &same, &err);

    assert_non_null(got);
    assert_false(same);
    return got;
}

static pv_profile *in_time(const char *stacks)
{
    pv_builder *b = kit_builder("samples", PV_COUNT);

    kit_stacks(b, stacks, true);
    pv_builder_flags(b, PV_TIME_ORDERED);
    return kit_finish(b);
}

/* "name*turns" of every frame but the root, in the profile's order.  `p` is
 * freed. */
static void expect_of(pv_profile *p, const char *wanted)
{
    pv_profile *folded = fold(p);
    uint32_t turns[64];
    pv_buf out = {0};

    assert_true(folded->frames.len <= 64);
    assert_true(pv_fold_turns(p, folded, turns));
    for (uint32_t i = 1; i < folded->frames.len; i++) {
        pv_fn fn = folded->frames.at[i].fn;

        pv_buf_str(&out,
                   pv_profile_text(folded, folded->functions.at[fn.i].name));
        pv_buf_format(&out, "*%u ", turns[i]);
    }
    pv_buf_char(&out, '\0');
    assert_string_equal(out.p, wanted);
    pv_buf_done(&out);
    pv_profile_free(folded);
    pv_profile_free(p);
}

static void expect(const char *stacks, const char *wanted)
{
    expect_of(kit_tree(stacks), wanted);
}

static void turns__in_the_order_of_time(void **state)
{
    (void)state;
    expect_of(in_time("m;f;f;f 1\nm;g 2\nm;f;f 4\nm;g;a;b;a;b;a 1\n"),
              "m*1 f*3 g*1 f*2 g*1 a*2 b*2 a*1 ");
}

static void turns__the_deepest_stack_counts(void **state)
{
    (void)state;
    expect("m;f;f;f;g 1\nm;f;f;f;f;f 2\nm;g;f 4\n", "m*1 f*5 g*1 g*1 f*1 ");
}

static void turns__all_of_a_cycle_went_round(void **state)
{
    (void)state;
    expect("m;a;b;c;a;b;c;a;b;c;leaf 1\n", "m*1 a*3 b*3 c*3 a*1 b*1 leaf*1 ");
}

static void turns__functions_of_one_name_are_told_apart(void **state)
{
    (void)state;
    expect("f@a.py;f@a.py;f@b.py 1\nf@b.py;f@a.py 2\n", "f*2 f*1 f*1 f*1 ");
}

static void turns__every_allocation_may_fail(void **state)
{
    (void)state;
    for (int timed = 0; timed < 2; timed++) {
        pv_profile *p =
            timed ? in_time("m;f;f;f 1\n") : kit_tree("m;f;f;f 1\n");
        pv_profile *folded = fold(p);
        uint32_t turns[64];
        long n = 0;

        for (bool ok = false; !ok; n++) {
            pv_mem_fail_after(n);
            ok = pv_fold_turns(p, folded, turns);
            pv_mem_fail_after(-1);
        }
        assert_true(n > 1);
        assert_int_equal(turns[2], 3);
        pv_profile_free(folded);
        pv_profile_free(p);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(turns__in_the_order_of_time),
        cmocka_unit_test(turns__the_deepest_stack_counts),
        cmocka_unit_test(turns__all_of_a_cycle_went_round),
        cmocka_unit_test(turns__functions_of_one_name_are_told_apart),
        cmocka_unit_test(turns__every_allocation_may_fail),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
