/* SPDX-License-Identifier: MIT */
#include "tree_kit.h"

#include "laws.h"
#include "merge.h"

static const pv_str paths[] = {{"a", 1}, {"b", 1}, {"c", 1}};

/* All that a merge may get wrong, as text. */
static void dump(pv_buf *out, const pv_profile *p)
{
    pv_buf_format(out, "%s %u %u %lld %lld\n", p->format, p->has, p->flags,
                  (long long)p->stacks, (long long)p->records);
    for (uint32_t i = 0; i < p->metrics.len; i++) {
        pv_buf_str(out, pv_profile_text(p, p->metrics.at[i].name));
        pv_buf_format(out, " e%u\n", p->metrics.at[i].exponent);
    }
    for (uint32_t i = 1; i < p->functions.len; i++) {
        pv_label_function(out, p, (pv_fn){i});
        for (uint32_t m = 0; p->functions.cost && m < p->metrics.len; m++)
            pv_buf_format(out, " %lld",
                          (long long)p->functions.cost[i * p->metrics.len + m]);
        pv_buf_char(out, '\n');
    }
    for (uint32_t i = 0; i < p->calls.len; i++)
        pv_buf_format(out, "%u->%u %lld\n", p->calls.at[i].caller.i,
                      p->calls.at[i].callee.i,
                      (long long)p->calls.cost[i * p->metrics.len]);
    for (uint32_t i = 0; i < p->lines.len; i++)
        for (uint32_t m = 0; m < p->metrics.len; m++)
            pv_buf_format(out, "line %u %lld\n", p->lines.at[i].line,
                          (long long)p->lines.cost[i * p->metrics.len + m]);
    for (uint32_t i = 0; i < p->notes.len; i++) {
        pv_buf_str(out, pv_profile_text(p, p->notes.at[i].key));
        pv_buf_char(out, '=');
        pv_buf_str(out, pv_profile_text(p, p->notes.at[i].value));
        pv_buf_char(out, '\n');
    }
    for (uint32_t m = 0; p->has & PV_HAS_TREE && m < p->metrics.len; m++) {
        kit_folded(p, m, out);
        out->n--;
    }
    pv_buf_char(out, '\0');
}

/* Merges in every order; the texts must be the same, and `want`. */
static void expect_merge(pv_profile *const *in, size_t len, const char *want)
{
    static const int orders[][3] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2},
                                    {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};

    for (size_t k = 0; k < 6; k++) {
        const pv_profile *list[3];
        size_t n = 0;
        pv_error err = {0};
        pv_profile *sum;
        pv_buf out = {0};

        for (int i = 0; i < 3; i++)
            if ((size_t)orders[k][i] < len)
                list[n++] = in[orders[k][i]];
        sum = pv_merge(list, paths, len, &err);
        if (!sum)
            fail_msg("%s", err.text);
        assert_true(pv_profile_check(sum, &err));
        dump(&out, sum);
        assert_string_equal(out.p, want);
        pv_buf_done(&out);
        pv_profile_free(sum);
    }
    for (size_t i = 0; i < len; i++)
        pv_profile_free(in[i]);
}

static pv_profile *noted(const char *stacks, const char *command)
{
    pv_builder *b = kit_builder("samples", PV_COUNT);

    kit_stacks(b, stacks, false);
    pv_build_note(b, PV_STR("mode"), PV_STR("cpu"));
    pv_build_note(b, PV_STR("command"), pv_str_of(command));
    pv_builder_counts(b, 1, 5);
    return kit_finish(b);
}

static void merge__stacks_in_any_order(void **state)
{
    pv_profile *in[] = {noted("b;c 1\na;x 2\n", "one"),
                        noted("a;x 4\na 8\n 1\n", "two"),
                        noted("c;b;a@f.py:3 16\n", "three")};

    (void)state;
    expect_merge(in, 3,
                 "test 1 0 5 15\nsamples e0\na\nx\nb\nc\na\nmode=cpu\n"
                 " 1\na 8\na;x 6\nb;c 1\nc;b;a (f.py:3) 16\n");
}

static pv_profile *with_exponent(const char *stacks, uint8_t exponent,
                                 const char *other)
{
    pv_builder *b = pv_builder_new("test", 0);

    if (other)
        pv_build_metric(b, pv_str_of(other), PV_BYTES, false);
    pv_builder_main_metric(
        b, pv_build_metric(b, PV_STR("time"), PV_NANOSECONDS, false));
    pv_builder_exponent(b, other != NULL, exponent);
    pv_builder_has(b, PV_HAS_TREE);
    kit_stacks(b, stacks, false);
    return kit_finish(b);
}

static void merge__exponents_and_metrics_are_aligned(void **state)
{
    pv_profile *in[] = {with_exponent("a 15\n", 1, NULL),
                        with_exponent("a 2\n", 0, NULL)};
    pv_profile *more[] = {with_exponent("a 15\n", 1, NULL),
                          with_exponent("b 7\n", 0, "size"),
                          with_exponent("b 1\n", 0, "idle")};

    (void)state;
    expect_merge(in, 2, "test 1 0 1 0\ntime e1\na\na 35\n");
    /* kit_stacks fills metric 0, which is the other one here */
    expect_merge(more, 3,
                 "test 1 0 2 0\ntime e1\nidle e0\nsize e0\na\nb\n"
                 "a 15\nb 0\na 0\nb 1\na 0\nb 7\n");
}

static pv_profile *calls(int64_t n, bool sampled)
{
    pv_builder *b = pv_builder_new("pstats", 0);
    pv_sym z = pv_build_name(b, n % 2 ? PV_STR("z") : PV_STR("y"));
    pv_sym a = pv_build_name(b, PV_STR("a"));
    pv_fn f, g;

    pv_build_metric(b, PV_STR("calls"), PV_COUNT, false);
    pv_build_metric(b, PV_STR("peak"), PV_BYTES, true);
    f = pv_build_function(b, z, (pv_sym){0}, 1, PV_FN_CODE);
    g = pv_build_function(b, a, (pv_sym){0}, 1, PV_FN_CODE);
    pv_cost_function(b, f, 0, n);
    pv_cost_function(b, g, 0, 10 * n);
    pv_cost_call(b, f, g, 0, n);
    pv_cost_call(b, f, f, 0, 1);
    pv_builder_has(b, PV_HAS_CALLS);
    if (sampled)
        pv_builder_flags(b, PV_SAMPLED);
    return kit_finish(b);
}

static void merge__calls_add_and_are_sorted(void **state)
{
    pv_profile *in[] = {calls(1, false), calls(2, false), calls(5, false)};

    (void)state;
    expect_merge(in, 3,
                 "pstats 2 0 0 0\ncalls e0\npeak e0\n"
                 "a 80 0\ny 2 0\nz 6 0\n"
                 "2->1 2\n2->2 1\n3->1 6\n3->3 2\n");
}

static pv_profile *line_costs(int64_t memory, int64_t hits)
{
    pv_builder *b = pv_builder_new("lines", 0);
    uint32_t row;

    pv_build_metric(b, PV_STR("memory"), PV_BYTES, true);
    pv_build_metric(b, PV_STR("hits"), PV_COUNT, false);
    row = pv_build_line(b, (pv_fn){0}, pv_build_name(b, PV_STR("a.py")), 7, 0);
    pv_cost_line(b, row, 0, memory);
    pv_cost_line(b, row, 1, hits);
    pv_builder_has(b, PV_HAS_LINES);
    return kit_finish(b);
}

static void merge__levels_are_not_added(void **state)
{
    pv_profile *in[] = {line_costs(50, 1), line_costs(70, 2),
                        line_costs(60, 4)};

    (void)state;
    expect_merge(in, 3,
                 "lines 4 0 0 0\nmemory e0\nhits e0\nline 7 70\nline 7 7\n");
}

static pv_profile *of_unit(pv_unit unit)
{
    pv_builder *b = kit_builder("time", unit);

    kit_stacks(b, "a 1\n", false);
    return kit_finish(b);
}

static void merge__refuses_what_cannot_be_added(void **state)
{
    pv_profile *pairs[][2] = {
        {kit_tree("a 1\n"), calls(1, false)},
        {calls(1, false), calls(1, true)},
        {kit_tree("a 1\n"), of_unit(PV_NANOSECONDS)},
        {of_unit(PV_COUNT), of_unit(PV_NANOSECONDS)},
        {calls(1, false), line_costs(1, 1)},
    };

    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        const pv_profile *in[] = {pairs[i][0], pairs[i][1]};
        pv_error err = {0};

        assert_null(pv_merge(in, paths, 2, &err));
        assert_int_equal(err.code, PV_E_FORMAT);
        assert_true(pv_str_equal(err.at.file, PV_STR("b")));
        pv_profile_free(pairs[i][0]);
        pv_profile_free(pairs[i][1]);
    }
}

static void merge__refuses_sums_beyond_int64(void **state)
{
    pv_profile *p = kit_tree("a 9000000000000000000\n");
    const pv_profile *in[] = {p, p};
    pv_error err = {0};

    (void)state;
    assert_null(pv_merge(in, paths, 2, &err));
    assert_int_equal(err.code, PV_E_LIMIT);
    pv_profile_free(p);
}

static void merge__time_order_is_kept(void **state)
{
    pv_profile *p[2];
    const pv_profile *in[2];
    pv_error err = {0};
    pv_profile *sum;

    (void)state;
    for (int i = 0; i < 2; i++) {
        pv_builder *b = kit_builder("samples", PV_COUNT);

        kit_stacks(b, i ? "a 4\nb 8\n" : "b 1\na 2\n", true);
        pv_builder_flags(b, PV_TIME_ORDERED);
        in[i] = p[i] = kit_finish(b);
    }
    sum = pv_merge(in, paths, 2, &err);
    kit_expect(sum, "b 1\na 2\na 4\nb 8\n");
    pv_profile_free(sum);
    pv_profile_free(p[0]);
    pv_profile_free(p[1]);
}

static void merge__every_allocation_may_fail(void **state)
{
    pv_profile *sets[][2] = {
        {noted("b;c 1\na;x 2\n", "one"), noted("a;x@f.py:3 4\na 8\n", "two")},
        {calls(1, false), calls(2, false)},
        {line_costs(1, 1), line_costs(2, 2)}};

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        const pv_profile *in[] = {sets[i][0], sets[i][1]};

        for (int64_t n = 0;; n++) {
            pv_error err = {0};
            pv_profile *sum;

            pv_mem_fail_after(n);
            sum = pv_merge(in, paths, 2, &err);
            pv_mem_fail_after(-1);
            pv_profile_free(sum);
            if (sum)
                break;
            assert_int_equal(err.code, PV_E_NOMEM);
        }
        pv_profile_free(sets[i][0]);
        pv_profile_free(sets[i][1]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(merge__stacks_in_any_order),
        cmocka_unit_test(merge__exponents_and_metrics_are_aligned),
        cmocka_unit_test(merge__calls_add_and_are_sorted),
        cmocka_unit_test(merge__levels_are_not_added),
        cmocka_unit_test(merge__refuses_what_cannot_be_added),
        cmocka_unit_test(merge__refuses_sums_beyond_int64),
        cmocka_unit_test(merge__time_order_is_kept),
        cmocka_unit_test(merge__every_allocation_may_fail),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
