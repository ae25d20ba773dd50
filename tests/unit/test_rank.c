/* SPDX-License-Identifier: MIT */
/* Rows and their order: recursion, call totals, lines, types, sort keys. */
#include "tree_kit.h"

#include "rank.h"

static pv_fn named(pv_builder *b, const char *name, const char *file,
                   uint32_t line)
{
    return pv_build_function(b, pv_build_name(b, pv_str_of(name)),
                             pv_build_name(b, pv_str_of(file)), line,
                             PV_FN_CODE);
}

/* Rows in their order as "name:v,v name:v,v". */
static void check_rows(const pv_ranking *r, const char *wanted)
{
    pv_buf b = {0};

    for (uint32_t i = 0; i < r->len; i++) {
        uint32_t row = r->order[i];

        pv_buf_puts(&b, i ? " " : "");
        pv_buf_str(&b, pv_ranking_row(r, row).name);
        for (uint32_t c = 0; c < r->width; c++) {
            int64_t v = r->value[(size_t)row * r->width + c];

            pv_buf_char(&b, c ? ',' : ':');
            if (v == PV_NONE)
                pv_buf_puts(&b, "none");
            else
                pv_buf_format(&b, "%lld", (long long)v);
        }
    }
    pv_buf_char(&b, '\0');
    assert_false(b.failed);
    assert_string_equal(b.p, wanted);
    pv_buf_done(&b);
}

static void check_columns(const pv_ranking *r, const char *wanted)
{
    pv_buf b = {0};

    for (uint32_t c = 0; c < r->width; c++) {
        pv_buf_puts(&b, c ? "," : "");
        pv_buf_str(&b, r->measures[c].name);
    }
    pv_buf_char(&b, '\0');
    assert_string_equal(b.p, wanted);
    pv_buf_done(&b);
}

static void rank__recursion_counts_once_in_a_total(void **state)
{
    pv_profile *p = kit_tree("a 1\na;b 2\na;b;a 4\na;b;a;b 8\nc;a 16\n 32\n");
    pv_error err = {0};
    pv_ranking r;
    pv_arena a;

    (void)state;
    pv_arena_init(&a, 0);
    assert_true(pv_ranking_make(&r, p, &a, &err));
    check_columns(&r, "self_samples,total_samples");
    check_rows(&r, "[empty stack]:32,32 a:21,31 b:10,14 c:0,16");
    assert_int_equal(r.measures[0].sum, 63);
    pv_arena_done(&a);
    pv_profile_free(p);
}

/* calls, primitive_calls, time, inclusive time */
static pv_profile *call_profile(void)
{
    static const struct {
        const char *name, *file;
        uint32_t line;
        int64_t v[4];
    } rows[] = {
        {"z", "m.py", 9, {5, 5, 10, 10}},  {"f", "m.py", 1, {4, 1, 30, 40}},
        {"<len>", "~", 0, {5, 5, 10, 10}}, {"a", "k.py", 10, {1, 1, 0, 50}},
        {"a", "k.py", 2, {1, 1, 0, 50}},
    };
    pv_builder *b = pv_builder_new("test", 0);

    pv_build_metric(b, PV_STR("calls"), PV_COUNT, false);
    pv_build_metric(b, PV_STR("primitive_calls"), PV_COUNT, false);
    pv_build_metric(b, PV_STR("time"), PV_NANOSECONDS, false);
    pv_build_metric(b, PV_STR("time"), PV_NANOSECONDS, true);
    pv_builder_main_metric(b, 2);
    pv_builder_has(b, PV_HAS_CALLS);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (uint32_t m = 0; m < 4; m++)
            pv_cost_function(b,
                             named(b, rows[i].name, rows[i].file, rows[i].line),
                             m, rows[i].v[m]);
    return kit_finish(b);
}

static const struct {
    const char *keys, *order;
} call_orders[] = {
    {"self", "f z <len> a a"},       {"tottime", "f z <len> a a"},
    {"to", "f z <len> a a"},         {"cumtime", "a a f z <len>"},
    {"cu", "a a f z <len>"},         {"cumulative", "a a f z <len>"},
    {"total_time", "a a f z <len>"}, {"calls", "z <len> f a a"},
    {"nc", "z <len> f a a"},         {"p", "z <len> f a a"},
    {"name", "<len> a a f z"},       {"nfl", "<len> a a f z"},
    {"file", "a a z f <len>"},       {"module", "a a z f <len>"},
    {"line", "<len> f a z a"},       {"stdname", "a a f z <len>"},
    {"calls,name", "<len> z f a a"},
};

static void rank__call_profiles_sort_as_pstats_does(void **state)
{
    pv_profile *p = call_profile();
    pv_error err = {0};
    pv_ranking r;
    pv_arena a;

    (void)state;
    pv_arena_init(&a, 0);
    assert_true(pv_ranking_make(&r, p, &a, &err));
    check_columns(&r, "calls,primitive_calls,self_time,total_time");
    assert_true(r.places);
    for (size_t i = 0; i < sizeof call_orders / sizeof *call_orders; i++) {
        pv_buf b = {0};

        assert_true(pv_rank(&r, pv_str_of(call_orders[i].keys), &a, &err));
        for (uint32_t k = 0; k < r.len; k++) {
            pv_buf_puts(&b, k ? " " : "");
            pv_buf_str(&b, pv_ranking_row(&r, r.order[k]).name);
        }
        pv_buf_char(&b, '\0');
        if (strcmp(b.p, call_orders[i].order) != 0)
            fail_msg("%s: %s", call_orders[i].keys, b.p);
        pv_buf_done(&b);
    }
    pv_arena_done(&a);
    pv_profile_free(p);
}

static void rank__words_that_are_no_keys(void **state)
{
    static const char *const words[] = {"c", "cum", "n", "t", "x", "calls,,"};
    pv_profile *p = call_profile();
    pv_arena a;
    pv_ranking r;
    pv_error err = {0};

    (void)state;
    pv_arena_init(&a, 0);
    assert_true(pv_ranking_make(&r, p, &a, &err));
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        err = (pv_error){0};
        assert_false(pv_rank(&r, pv_str_of(words[i]), &a, &err));
        assert_int_equal(err.code, PV_E_USAGE);
    }
    pv_arena_done(&a);
    pv_profile_free(p);
}

static void rank__stacks_have_no_calls(void **state)
{
    pv_profile *p = kit_tree("a;b 1\n");
    pv_error err = {0};
    pv_ranking r;
    pv_arena a;

    (void)state;
    pv_arena_init(&a, 0);
    assert_true(pv_ranking_make(&r, p, &a, &err));
    assert_false(pv_rank(&r, PV_STR("ncalls"), &a, &err));
    assert_int_equal(err.code, PV_E_USAGE);
    pv_arena_done(&a);
    pv_profile_free(p);
}

static void rank__lines_add_up_by_function(void **state)
{
    pv_builder *b = pv_builder_new("test", 0);
    pv_error err = {0};
    pv_profile *p;
    pv_ranking r;
    pv_arena a;
    pv_fn f, idle;

    (void)state;
    pv_build_metric(b, PV_STR("memory"), PV_BYTES, true);
    pv_build_metric(b, PV_STR("increment"), PV_BYTES, false);
    pv_builder_has(b, PV_HAS_LINES);
    f = named(b, "f", "m.py", 1);
    idle = named(b, "idle", "m.py", 9);
    (void)idle;
    for (uint32_t i = 0; i < 3; i++) {
        uint32_t row =
            pv_build_line(b, f, pv_build_name(b, PV_STR("m.py")), i + 2, 0);

        pv_cost_line(b, row, 0, 100 - (int64_t)i);
        pv_cost_line(b, row, 1, 7);
    }
    p = kit_finish(b);
    pv_arena_init(&a, 0);
    assert_true(pv_ranking_make(&r, p, &a, &err));
    check_columns(&r, "memory,increment");
    check_rows(&r, "f:100,21 idle:none,0");
    pv_arena_done(&a);
    pv_profile_free(p);
}

static void rank__types_keep_missing_values(void **state)
{
    pv_builder *b = pv_builder_new("test", 0);
    pv_error err = {0};
    pv_profile *p;
    pv_ranking r;
    pv_arena a;

    (void)state;
    pv_build_metric(b, PV_STR("count"), PV_COUNT, false);
    pv_build_metric(b, PV_STR("size"), PV_BYTES, false);
    pv_builder_has(b, PV_HAS_TOTALS);
    pv_cost_function(b, named(b, "dict", "", 0), 0, 3);
    pv_cost_function(b, named(b, "list", "", 0), 0, 5);
    p = kit_finish(b);
    pv_arena_init(&a, 0);
    assert_true(pv_ranking_make(&r, p, &a, &err));
    assert_false(r.places);
    check_columns(&r, "count,size");
    check_rows(&r, "list:5,0 dict:3,0");
    pv_arena_done(&a);
    pv_profile_free(p);
}

/* The rows that are asked for stand as they do among all, and every other row
 * behind them. */
static void rank__the_first_rows_alone(void **state)
{
    enum { ROWS = 997 };
    pv_builder *b = pv_builder_new("test", 0);
    pv_error err = {0};
    pv_ranking all, first;
    pv_profile *p;
    pv_arena a;

    (void)state;
    (void)pv_build_metric(b, PV_STR("count"), PV_COUNT, false);
    pv_builder_has(b, PV_HAS_TOTALS);
    for (uint32_t i = 0; i < ROWS; i++)
        pv_cost_function(b, named(b, "f", "a.py", i + 1), 0, i * 7919 % 31);
    p = kit_finish(b);
    pv_arena_init(&a, 0);
    assert_true(pv_ranking_make(&all, p, &a, &err));
    for (uint32_t n = 0; n < 150; n += 7) {
        uint64_t sum = 0;

        assert_true(pv_ranking_first(&first, p, n, &a, &err));
        assert_int_equal(first.len, all.len);
        assert_memory_equal(first.order, all.order, n * sizeof *all.order);
        for (uint32_t i = 0; i < first.len; i++)
            sum += first.order[i];
        assert_int_equal(sum, (uint64_t)first.len * (first.len - 1) / 2);
    }
    pv_arena_done(&a);
    pv_profile_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rank__recursion_counts_once_in_a_total),
        cmocka_unit_test(rank__call_profiles_sort_as_pstats_does),
        cmocka_unit_test(rank__words_that_are_no_keys),
        cmocka_unit_test(rank__stacks_have_no_calls),
        cmocka_unit_test(rank__lines_add_up_by_function),
        cmocka_unit_test(rank__types_keep_missing_values),
        cmocka_unit_test(rank__the_first_rows_alone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
