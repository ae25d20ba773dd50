/* SPDX-License-Identifier: MIT */
/* Comparisons: laws on random trees, matching, noise, memory that runs out. */
#include "tree_kit.h"

#include "diff.h"
#include "total.h"

enum { TREES = 200, STACKS = 30, DEEPEST = 6, PRIME = 48271 };

static uint32_t next(uint32_t *seed)
{
    *seed = (uint32_t)((uint64_t)*seed * PRIME % 0x7fffffff);
    return *seed;
}

/* Stacks of functions a to e, some with an address. */
static pv_profile *random_tree(uint32_t seed)
{
    pv_buf text = {0};
    pv_profile *p;

    for (uint32_t i = next(&seed) % STACKS + 1; i > 0; i--) {
        for (uint32_t d = next(&seed) % DEEPEST + 1; d > 0; d--) {
            pv_buf_char(&text, (char)('a' + next(&seed) % 5));
            if (next(&seed) % 9 == 0)
                pv_buf_format(&text, "0x%x", next(&seed));
            pv_buf_char(&text, d > 1 ? ';' : ' ');
        }
        pv_buf_format(&text, "%u\n", next(&seed) % 50 + 1);
    }
    pv_buf_char(&text, '\0');
    p = kit_tree(text.p);
    pv_buf_done(&text);
    return p;
}

static bool compare(pv_diff *d, const pv_profile *old, const pv_profile *new,
                    pv_diff_options o, pv_arena *a, pv_error *err)
{
    const pv_profile *inputs[] = {old, new};
    const pv_str paths[] = {PV_STR("old"), PV_STR("new")};

    return pv_diff_make(d, inputs, paths, 2, &o, a, err);
}

/* Every frame: change of total = change of self + its children's. */
static void check_tree(const pv_diff *d, pv_arena *a)
{
    const pv_profile *p = d->both;
    int64_t *before = pv_frame_totals(p, 0, a, NULL);
    int64_t *after = pv_frame_totals(p, 1, a, NULL);
    int64_t *sum = PV_NEW_N(a, int64_t, p->frames.len);

    assert_true(before && after && sum);
    for (uint32_t i = p->frames.len; i-- > 0;) {
        sum[i] += pv_frame_self(p, i, 1) - pv_frame_self(p, i, 0);
        assert_int_equal(after[i] - before[i], sum[i]);
        if (i)
            sum[p->frames.at[i].parent.i] += sum[i];
    }
    assert_int_equal(sum[0], d->metrics[0].after - d->metrics[0].before);
}

static uint32_t find_row(const pv_diff *d, pv_str name)
{
    for (uint32_t i = 0; i < d->len; i++)
        if (pv_str_equal(d->rows[i].name, name))
            return i;
    fail_msg("no row %.*s", (int)name.n, name.p);
    return 0;
}

/* Of two comparisons the other way round each row is the other's negative. */
static void check_negative(const pv_diff *d, const pv_diff *back)
{
    assert_int_equal(d->len, back->len);
    assert_int_equal(d->changed, back->changed);
    for (uint32_t i = 0; i < d->len; i++) {
        uint32_t k = find_row(back, d->rows[i].name);

        assert_int_equal(pv_diff_change(d, i, false),
                         -pv_diff_change(back, k, false));
        assert_int_equal(pv_diff_change(d, i, true),
                         -pv_diff_change(back, k, true));
        assert_int_equal(d->rows[i].status == PV_DIFF_ADDED,
                         back->rows[k].status == PV_DIFF_REMOVED);
    }
}

static void diff__laws_on_random_trees(void **state)
{
    (void)state;
    for (uint32_t i = 1; i <= TREES; i++) {
        pv_profile *p = random_tree(i), *q = random_tree(i + TREES);
        pv_diff d, back, same;
        pv_error err = {0};
        pv_arena a;

        pv_arena_init(&a, 0);
        assert_true(compare(&d, p, q, (pv_diff_options){0}, &a, &err));
        assert_true(compare(&back, q, p, (pv_diff_options){0}, &a, &err));
        assert_true(compare(&same, p, p, (pv_diff_options){0}, &a, &err));
        check_tree(&d, &a);
        check_negative(&d, &back);
        assert_int_equal(same.changed, 0);
        assert_int_equal(same.verdict, PV_VERDICT_SAME);
        for (uint32_t r = 1; r < d.len; r++)
            assert_true(llabs(pv_diff_change(&d, d.order[r - 1], false)) >=
                        llabs(pv_diff_change(&d, d.order[r], false)));
        pv_diff_done(&d);
        pv_diff_done(&back);
        pv_diff_done(&same);
        pv_arena_done(&a);
        pv_profile_free(p);
        pv_profile_free(q);
    }
}

/* Normalised, each frame's sums still hold, and the totals meet but for what
 * rounding to six places leaves. */
static void diff__normalized_sums_hold(void **state)
{
    (void)state;
    for (uint32_t i = 1; i <= TREES; i++) {
        pv_profile *p = random_tree(i), *q = random_tree(i + TREES);
        pv_diff d;
        pv_error err = {0};
        pv_arena a;

        pv_arena_init(&a, 0);
        assert_true(
            compare(&d, p, q, (pv_diff_options){.normalize = true}, &a, &err));
        check_tree(&d, &a);
        assert_int_equal(d.metrics[0].exponent, 6);
        assert_true(llabs(d.metrics[0].after - d.metrics[0].before) <=
                    d.both->frames.len);
        pv_diff_done(&d);
        pv_arena_done(&a);
        pv_profile_free(p);
        pv_profile_free(q);
    }
}

static void diff__addresses_meet(void **state)
{
    pv_profile *p = kit_tree("a;b at 0x7f00 3\n"),
               *q = kit_tree("a;b at 0xAB12;c 1\na;b at 0x1 2\n");
    pv_error err = {0};
    pv_arena a;
    pv_diff d;

    (void)state;
    pv_arena_init(&a, 0);
    assert_true(compare(&d, p, q, (pv_diff_options){0}, &a, &err));
    assert_int_equal(d.len, 3);
    assert_int_equal(
        pv_diff_change(&d, find_row(&d, PV_STR("b at 0x...")), true), 0);
    pv_diff_done(&d);
    pv_arena_done(&a);
    pv_profile_free(p);
    pv_profile_free(q);
}

typedef struct place {
    const char *name, *file;
    uint32_t line;
} place;

static pv_profile *calls(const place *at, size_t len)
{
    pv_builder *b = pv_builder_new("test", 0);

    pv_build_metric(b, PV_STR("calls"), PV_COUNT, false);
    pv_build_metric(b, PV_STR("time"), PV_NANOSECONDS, false);
    pv_build_metric(b, PV_STR("time"), PV_NANOSECONDS, true);
    pv_builder_main_metric(b, 1);
    pv_builder_has(b, PV_HAS_CALLS);
    for (size_t i = 0; i < len; i++) {
        pv_fn fn = pv_build_function(b, pv_build_name(b, pv_str_of(at[i].name)),
                                     pv_build_name(b, pv_str_of(at[i].file)),
                                     at[i].line, PV_FN_CODE);

        for (uint32_t m = 0; m < 3; m++)
            pv_cost_function(b, fn, m, (int64_t)i + 1);
    }
    return kit_finish(b);
}

static const struct {
    const char *claim;
    place old, new;
    bool same;
} moves[] = {
    {"as it was", {"f", "a.py", 1}, {"f", "a.py", 1}, true},
    {"further down", {"f", "a.py", 1}, {"f", "a.py", 9}, true},
    {"another Python",
     {"f", "/usr/lib/python3.11/ast.py", 1},
     {"f", "/opt/lib/python3.13/ast.py", 4},
     true},
    {"another checkout", {"f", "/x/a.py", 1}, {"f", "/y/a.py", 2}, true},
    {"another file", {"f", "a.py", 1}, {"f", "b.py", 1}, false},
    {"another name", {"f", "a.py", 1}, {"g", "a.py", 1}, false},
    {"modules alike",
     {"<module>", "/x/a.py", 1},
     {"<module>", "/y/a.py", 1},
     false},
};

static void diff__functions_move(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof moves / sizeof *moves; i++) {
        pv_profile *p = calls(&moves[i].old, 1), *q = calls(&moves[i].new, 1);
        pv_error err = {0};
        pv_arena a;
        pv_diff d;

        pv_arena_init(&a, 0);
        assert_true(compare(&d, p, q, (pv_diff_options){0}, &a, &err));
        if ((d.len == 1) != moves[i].same)
            fail_msg("%s", moves[i].claim);
        if (moves[i].same)
            assert_int_equal(d.rows[0].line, moves[i].new.line);
        pv_diff_done(&d);
        pv_arena_done(&a);
        pv_profile_free(p);
        pv_profile_free(q);
    }
}

/* Two functions of a name: no telling which is which once lines differ. */
static void diff__ambiguous_functions_stay_apart(void **state)
{
    static const place old[] = {{"f", "a.py", 1}, {"f", "a.py", 5}};
    static const place new[] = {{"f", "a.py", 2}, {"f", "a.py", 6}};
    pv_profile *p = calls(old, 2), *q = calls(new, 2);
    pv_error err = {0};
    pv_arena a;
    pv_diff d;

    (void)state;
    pv_arena_init(&a, 0);
    assert_true(compare(&d, p, q, (pv_diff_options){0}, &a, &err));
    assert_int_equal(d.len, 4);
    pv_diff_done(&d);
    pv_arena_done(&a);
    pv_profile_free(p);
    pv_profile_free(q);
}

static void diff__verdicts(void **state)
{
    static const struct {
        const char *old, *new;
        uint8_t verdict;
    } rows[] = {
        {"m;a 8000\nm;b 500\n", "m;a 8800\nm;b 500\n", PV_VERDICT_CLEAR},
        {"m;a 8000\nm;b 500\n", "m;a 8100\nm;b 500\n", PV_VERDICT_NOISE},
        {"m;a 8000\nm;b 500\n", "m;a 8000\nm;b 500\n", PV_VERDICT_SAME},
        {"m;a 0\n", "m;a 0\n", PV_VERDICT_SAME},
        {"m;a 5\n", "n;a 5\n", PV_VERDICT_NOISE},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        pv_profile *p = kit_tree(rows[i].old), *q = kit_tree(rows[i].new);
        pv_error err = {0};
        pv_arena a;
        pv_diff d;

        pv_arena_init(&a, 0);
        assert_true(compare(&d, p, q, (pv_diff_options){0}, &a, &err));
        assert_int_equal(d.verdict, rows[i].verdict);
        pv_diff_done(&d);
        pv_arena_done(&a);
        pv_profile_free(p);
        pv_profile_free(q);
    }
}

static pv_profile *recorded(const char *text, const char *duration)
{
    pv_builder *b = kit_builder("samples", PV_COUNT);
    pv_profile *p;

    kit_stacks(b, text, false);
    if (duration)
        pv_build_note(b, PV_STR("duration"), pv_str_of(duration));
    p = pv_builder_finish(b, NULL);
    pv_builder_free(b);
    assert_non_null(p);
    return p;
}

/* Verdicts of f and g, and how many cautions there are. */
static void check_lengths(const char *old, const char *was, const char *new,
                          const char *is, pv_verdict f, pv_verdict g,
                          uint32_t cautions)
{
    pv_profile *p = recorded(old, was), *q = recorded(new, is);
    pv_error err = {0};
    pv_arena a;
    pv_diff d;

    pv_arena_init(&a, 0);
    assert_true(compare(&d, p, q, (pv_diff_options){0}, &a, &err));
    assert_int_equal(d.rows[find_row(&d, PV_STR("f"))].verdict, f);
    assert_int_equal(d.rows[find_row(&d, PV_STR("g"))].verdict, g);
    assert_int_equal(d.cautions_len, cautions);
    pv_diff_done(&d);
    assert_true(compare(&d, q, p, (pv_diff_options){0}, &a, &err));
    assert_int_equal(d.rows[find_row(&d, PV_STR("f"))].verdict, f);
    assert_int_equal(d.rows[find_row(&d, PV_STR("g"))].verdict, g);
    pv_diff_done(&d);
    pv_arena_done(&a);
    pv_profile_free(p);
    pv_profile_free(q);
}

static void diff__lengths_are_taken_into_account(void **state)
{
    const pv_verdict noise = PV_VERDICT_NOISE, clear = PV_VERDICT_CLEAR;

    (void)state;
    check_lengths("f 500\ng 800\n", "10", "f 1010\ng 1590\n", "20", noise,
                  noise, 0);
    check_lengths("f 500\ng 800\n", "10", "f 1010\ng 1590\n", NULL, clear,
                  clear, 0);
    check_lengths("f 500\ng 800\n", "10", "f 1510\ng 1590\n", "20.0", clear,
                  noise, 0);
    /* More than before, but less than the length has it. */
    check_lengths("f 500\ng 800\n", "10", "f 600\ng 1590\n", "20", noise, noise,
                  0);
    check_lengths("f 500\ng 800\n", "10", "f 1050\ng 1680\n", "21", noise,
                  noise, 1);
}

static void diff__memory_runs_out_anywhere(void **state)
{
    pv_profile *p = random_tree(7), *q = random_tree(11);
    static const pv_diff_options ways[] = {
        {0}, {.by = PV_DIFF_BY_STACK}, {.normalize = true}};

    (void)state;
    for (size_t w = 0; w < 3; w++) {
        bool ok = false;

        for (int64_t n = 0; !ok; n++) {
            pv_error err = {0};
            pv_arena a;
            pv_diff d;

            pv_arena_init(&a, 0);
            pv_mem_fail_after(n);
            ok = compare(&d, p, q, ways[w], &a, &err);
            pv_mem_fail_after(-1);
            if (!ok)
                assert_int_equal(err.code, PV_E_NOMEM);
            pv_diff_done(&d);
            pv_arena_done(&a);
        }
    }
    pv_profile_free(p);
    pv_profile_free(q);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(diff__laws_on_random_trees),
        cmocka_unit_test(diff__normalized_sums_hold),
        cmocka_unit_test(diff__addresses_meet),
        cmocka_unit_test(diff__functions_move),
        cmocka_unit_test(diff__ambiguous_functions_stay_apart),
        cmocka_unit_test(diff__verdicts),
        cmocka_unit_test(diff__lengths_are_taken_into_account),
        cmocka_unit_test(diff__memory_runs_out_anywhere),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
