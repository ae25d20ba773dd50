/* SPDX-License-Identifier: MIT */
#include "tree_kit.h"

#include "laws.h"
#include "prune.h"

static const struct {
    const char *name, *input;
    int64_t share, whole; /* share in thousandths of a percent */
    const char *want;     /* NULL: the same profile */
    uint64_t frames;
    int64_t value;
} rows[] = {
    {"nothing asked", "a;b 1\nc 99\n", 0, 100, NULL, 0, 0},
    {"nothing small", "a;b 10\nc 90\n", 1000, 100, NULL, 0, 0},
    {"at the share stays", "a;b 1\nc 99\n", 1000, 100, NULL, 0, 0},
    {"below the share goes", "a;b 1\nc 99\n", 1001, 100,
     "[pruned] 2 frames 1\nc 99\n", 2, 1},
    {"siblings are joined", "a;b 1\na;c;d 1\na;e 98\n", 2000, 100,
     "a;[pruned] 3 frames 2\na;e 98\n", 3, 2},
    {"one frame", "a;b 1\na 99\n", 2000, 100, "a 99\na;[pruned] 1 frame 1\n", 1,
     1},
    {"the whole is another", "a;b 10\nc 90\n", 2000, 1000,
     "[pruned] 2 frames 10\nc 90\n", 2, 10},
    {"sizes, not signs", "a -50\nb 1\nc 60\n", 10000, 100,
     "[pruned] 1 frame 1\na -50\nc 60\n", 1, 1},
    {"a total of zero", "a 0\n", 1000, 0, NULL, 0, 0},
    {"all of it", "a;b 3\nc 2\n", 100000, 1000, "[pruned] 3 frames 5\n", 3, 5},
};

static void prune__every_row(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        pv_profile *p = kit_tree(rows[i].input);
        pv_error err = {0};
        pv_pruned what;
        bool same;
        const pv_profile *got =
            pv_prune(p, rows[i].share, rows[i].whole, &what, &same, &err);

        print_message("%s\n", rows[i].name);
        assert_int_equal(same, rows[i].want == NULL);
        assert_int_equal(what.frames, rows[i].frames);
        assert_int_equal(what.value, rows[i].value);
        if (rows[i].want) {
            kit_expect(got, rows[i].want);
            assert_true(pv_profile_check(got, &err));
            for (uint32_t f = 1; f < got->functions.len; f++)
                assert_int_equal(
                    got->functions.at[f].kind == PV_FN_MARK,
                    pv_str_starts(
                        pv_profile_text(got, got->functions.at[f].name),
                        PV_STR("[pruned]")));
            pv_profile_free((pv_profile *)got);
        }
        pv_profile_free(p);
    }
}

static void prune__in_time_only_neighbours_join(void **state)
{
    pv_builder *b = kit_builder("samples", PV_COUNT);
    pv_error err = {0};
    pv_pruned what;
    pv_profile *p;
    const pv_profile *got;
    bool same;

    (void)state;
    kit_stacks(b, "a 1\nb 1\nc 90\na 1\n", true);
    pv_builder_flags(b, PV_TIME_ORDERED);
    p = kit_finish(b);
    got = pv_prune(p, 5000, 93, &what, &same, &err);
    kit_expect(got, "[pruned] 2 frames 2\nc 90\n[pruned] 1 frame 1\n");
    pv_profile_free((pv_profile *)got);
    pv_profile_free(p);
}

static void prune__every_allocation_may_fail(void **state)
{
    pv_profile *p = kit_tree("a;b 1\na;c;d 1\na;e 98\n");

    (void)state;
    for (int64_t n = 0;; n++) {
        pv_error err = {0};
        pv_pruned what;
        bool same;
        const pv_profile *got;

        pv_mem_fail_after(n);
        got = pv_prune(p, 2000, 100, &what, &same, &err);
        pv_mem_fail_after(-1);
        if (got) {
            pv_profile_free((pv_profile *)got);
            break;
        }
        assert_int_equal(err.code, PV_E_NOMEM);
    }
    pv_profile_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(prune__every_row),
        cmocka_unit_test(prune__in_time_only_neighbours_join),
        cmocka_unit_test(prune__every_allocation_may_fail),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
