/* SPDX-License-Identifier: MIT */
/* Folded stacks out: order, merging, spelling, counts. */
#include "tree_kit.h"

#include "folded_write.h"
#include "spelling.h"

static void check_written(const pv_profile *p, const char *wanted)
{
    pv_error err = {0};
    pv_sink *s = pv_sink_memory(&err);
    pv_bytes got;

    assert_true(pv_folded_write(p, s, &err));
    got = pv_sink_memory_bytes(s);
    if (got.n != strlen(wanted) || memcmp(got.p, wanted, got.n) != 0)
        fail_msg("got:\n%.*s\nwanted:\n%s", (int)got.n, (const char *)got.p,
                 wanted);
    pv_sink_discard(s);
}

static const struct {
    const char *name, *stacks, *folded;
} trees[] = {
    {"one", "a;b 3\n", "a;b 3\n"},
    {"sorted by the bytes of the stack", "a;b 1\na0 2\na 3\na b 4\n",
     "a 3\na b 4\na0 2\na;b 1\n"},
    {"the empty stack", " 24\na 1\n", " 24\na 1\n"},
    {"a stack without a value stays", "a;b 0\nc 1\n", "a;b 0\nc 1\n"},
    {"files and lines", "run@shop/run.py:7;len@~;x@lib.so 3\n",
     "run (shop/run.py:7);len;x (lib.so) 3\n"},
    {"no names", "@m.py:3;@m.py:9 64\n", "m.py:3;m.py:9 64\n"},
};

static void folded__trees(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof trees / sizeof *trees; i++) {
        pv_profile *p = kit_tree(trees[i].stacks);

        check_written(p, trees[i].folded);
        pv_profile_free(p);
    }
}

static pv_node child(pv_builder *b, pv_node up, const char *name)
{
    pv_fn fn = pv_build_function(b, pv_build_name(b, pv_str_of(name)),
                                 (pv_sym){0}, 0, PV_FN_CODE);

    return pv_build_frame_new(b, up, fn, 0, (pv_sym){0});
}

static void folded__equal_stacks_in_time_order_are_one_line(void **state)
{
    pv_builder *b = kit_builder("samples", PV_COUNT);
    pv_profile *p;

    (void)state;
    pv_builder_flags(b, PV_TIME_ORDERED);
    pv_cost_frame(b, child(b, (pv_node){0}, "b"), 0, 1);
    pv_cost_frame(b, child(b, (pv_node){0}, "a"), 0, 2);
    pv_cost_frame(b, child(b, (pv_node){0}, "b"), 0, 4);
    p = kit_finish(b);
    check_written(p, "a 2\nb 5\n");
    pv_profile_free(p);
}

static void folded__what_would_cut_a_line_is_mended(void **state)
{
    pv_builder *b = kit_builder("samples", PV_COUNT);
    pv_profile *p;

    (void)state;
    pv_cost_frame(b, child(b, child(b, (pv_node){0}, "a;b"), "c\nd\r"), 0, 1);
    p = kit_finish(b);
    check_written(p, "a:b;c d  1\n");
    pv_profile_free(p);
}

static void folded__fractions_and_two_counts(void **state)
{
    pv_builder *b = pv_builder_new("test", 0);
    pv_node at;
    pv_profile *p;

    (void)state;
    pv_build_metric(b, PV_STR("before"), PV_COUNT, false);
    pv_build_metric(b, PV_STR("after"), PV_COUNT, false);
    pv_builder_exponent(b, 1, 1);
    pv_builder_has(b, PV_HAS_TREE);
    pv_builder_flags(b, PV_DIFFERENTIAL);
    at = child(b, (pv_node){0}, "a");
    pv_cost_frame(b, at, 0, 3);
    pv_cost_frame(b, at, 1, 25);
    p = kit_finish(b);
    check_written(p, "a 3 2.5\n");
    pv_profile_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(folded__trees),
        cmocka_unit_test(folded__equal_stacks_in_time_order_are_one_line),
        cmocka_unit_test(folded__what_would_cut_a_line_is_mended),
        cmocka_unit_test(folded__fractions_and_two_counts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
