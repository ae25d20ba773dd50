/* SPDX-License-Identifier: MIT */
#include "tree_kit.h"

#include "laws.h"
#include "filter.h"
#include "total.h"

static const char shop[] =
    "main@shop/main.py:3;price@shop/tax.py:9 4\n"
    "main@shop/main.py:3;price@shop/tax.py:9;"
    "loads@json/__init__.py:2;scan@json/scanner.py:7 10\n"
    "main@shop/main.py:5;loads@json/__init__.py:2 1\n"
    "thread 7;main@shop/main.py:3 100\n";

static const pv_str re_json[] = {{"json", 4}};
static const pv_str re_price[] = {{"^price$", 7}};
static const pv_str re_main[] = {{"^main$", 6}};
static const pv_str re_std[] = {{"origin:std", 10}};
static const pv_str re_bad[] = {{"(", 1}};
static const pv_str re_two[] = {{"^x$", 3}, {"^c$", 3}};

#define LIST(array)                                                            \
    {                                                                          \
        array, sizeof(array) / sizeof *(array)                                 \
    }

static const struct {
    const char *name, *input;
    pv_filter_options o;
    int64_t whole;
    const char *want;
} rows[] = {
    {"threads are spliced out",
     "thread 1;a 1\nthread 2;a 2\n",
     {.by = PV_BY_FUNCTION},
     3,
     "a 3\n"},
    {"threads are kept when asked for",
     "thread 1;a 1\nthread 2;a 2\n",
     {.threads = true},
     3,
     "thread 1;a 1\nthread 2;a 2\n"},
    {"focus keeps stacks",
     "a;b;c 1\na;d 2\nb 4\na 8\n",
     {.focus = LIST(re_two)},
     15,
     "a;b;c 1\n"},
    {"focus on a file",
     shop,
     {.focus = LIST(re_json)},
     115,
     "main (shop/main.py:3);price (shop/tax.py:9);"
     "loads (json/__init__.py:2);scan (json/scanner.py:7) 10\n"
     "main (shop/main.py:5);loads (json/__init__.py:2) 1\n"},
    {"ignore drops stacks",
     "a;b;c 1\na;d 2\nb 4\na 8\nx;c 9\n",
     {.ignore = LIST(re_two)},
     24,
     "a 8\na;d 2\nb 4\n"},
    {"focus and ignore",
     shop,
     {.focus = LIST(re_json), .ignore = LIST(re_price)},
     115,
     "main (shop/main.py:5);loads (json/__init__.py:2) 1\n"},
    {"hide gives to the caller",
     "a;b;c 1\na;b 2\na;c 4\nb 8\n",
     {.hide = LIST(re_two)},
     15,
     "a 4\na;b 3\nb 8\n"},
    {"show keeps what matches",
     "a;b;c 1\na;b 2\na;c 4\nb 8\n",
     {.show = LIST(re_two)},
     15,
     " 10\nc 5\n"},
    {"only mine",
     shop,
     {.only_mine = true},
     115,
     "main (shop/main.py:3) 100\n"
     "main (shop/main.py:3);price (shop/tax.py:9) 14\n"
     "main (shop/main.py:5) 1\n"},
    {"base starts at the outermost",
     "a;b;c;b 1\nx;b 2\nc 4\nb;d 8\n",
     {.base = {"b", 1}},
     11,
     "b 2\nb;c;b 1\nb;d 8\n"},
    {"depth cuts", "a;b;c;d 1\na;b 2\ne 4\n", {.depth = 2}, 7, "a;b 3\ne 4\n"},
    {"fold recursion",
     "a;a;a;b 1\na;a 2\n",
     {.fold_recursion = true},
     3,
     "a 2\na;b 1\n"},
    {"fold a cycle",
     "m;a;b;a;b;a;b;c 1\nm;a;b;a 2\n",
     {.fold_recursion = true},
     3,
     "m;a;b;a 2\nm;a;b;c 1\n"},
    {"fold only repetition",
     "a;b;a;c 1\n",
     {.fold_recursion = true},
     1,
     "a;b;a;c 1\n"},
    {"collapse by origin",
     shop,
     {.collapse = LIST(re_std)},
     115,
     "main (shop/main.py:3) 100\n"
     "main (shop/main.py:3);price (shop/tax.py:9) 4\n"
     "main (shop/main.py:3);price (shop/tax.py:9);[2 frames in json] 10\n"
     "main (shop/main.py:5);loads (json/__init__.py:2) 1\n"},
    {"collapse what lies between",
     "a;x;c;b 1\na;x;c 2\na;c;b 4\n",
     {.collapse = LIST(re_two)},
     7,
     "a;[3 frames in Unknown] 2\na;[3 frames in Unknown];b 5\n"},
    {"reverse",
     "a;b;c 3\na;b 2\nx;c 4\n",
     {.reverse = true},
     9,
     "b;a 2\nc;b;a 3\nc;x 4\n"},
    {"by file",
     shop,
     {.by = PV_BY_FILE},
     115,
     "shop/main.py (shop/main.py) 100\n"
     "shop/main.py (shop/main.py);json/__init__.py (json/__init__.py) 1\n"
     "shop/main.py (shop/main.py);shop/tax.py (shop/tax.py) 4\n"
     "shop/main.py (shop/main.py);shop/tax.py (shop/tax.py);"
     "json/__init__.py (json/__init__.py);json/scanner.py (json/scanner.py) "
     "10\n"},
    {"by line",
     "f@a.py:1;f@a.py:2;f@a.py:1 1\ng@a.py:1 2\n",
     {.by = PV_BY_LINE},
     3,
     "a.py:1 (a.py:1) 2\na.py:1 (a.py:1);a.py:2 (a.py:2);a.py:1 (a.py:1) 1\n"},
    {"by module joins neighbours",
     "f@s/a.py:1;g@s/a.py:2;h@t.py:3;f@s/a.py:1 1\n",
     {.by = PV_BY_MODULE},
     1,
     "s.a (s/a.py);t (t.py);s.a (s/a.py) 1\n"},
    {"by package",
     shop,
     {.by = PV_BY_PACKAGE},
     115,
     "shop (shop/) 104\nshop (shop/);json (json/) 11\n"},
    {"nothing of that name has a group",
     "a 1\nb@x.py:1 2\n",
     {.by = PV_BY_MODULE},
     3,
     "(unknown) 1\nx (x.py) 2\n"},
    {"an empty stack stays", "a 1\n 5\n", {.hide = LIST(re_two)}, 6, NULL},
    {"no stack is left", "a 1\n", {.focus = LIST(re_two)}, 1, ""},
};

static void filter__every_row(void **state)
{
    int wrong = 0;

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        pv_profile *p = kit_tree(rows[i].input);
        pv_error err = {0};
        int64_t whole[PV_METRICS_MAX];
        bool same;
        const pv_profile *got = pv_filter(p, &rows[i].o, whole, &same, &err);

        if (!got)
            fail_msg("%s: %s", rows[i].name, err.text);
        assert_true(pv_profile_check(got, &err));
        if (whole[0] != rows[i].whole)
            print_error("%s: whole %lld", rows[i].name, (long long)whole[0]),
                wrong++;
        if (rows[i].want) {
            pv_buf out = {0};

            kit_folded(got, 0, &out);
            if (strcmp(out.p, rows[i].want) != 0)
                print_error("%s:\n%s", rows[i].name, out.p), wrong++;
            pv_buf_done(&out);
        }
        if (!same)
            pv_profile_free((pv_profile *)got);
        pv_profile_free(p);
    }
    assert_int_equal(wrong, 0);
}

static void filter__nothing_asked_is_the_same_profile(void **state)
{
    pv_profile *p = kit_tree("a;b 1\n");
    pv_filter_options o = {0};
    pv_error err = {0};
    bool same = false;

    (void)state;
    assert_ptr_equal(pv_filter(p, &o, NULL, &same, &err), p);
    assert_true(same);
    o.hide = (pv_opt_list)LIST(re_two);
    assert_ptr_equal(pv_filter(p, &o, NULL, &same, &err), p);
    assert_true(same);
    pv_profile_free(p);
}

static const struct {
    const char *name;
    pv_filter_options o;
} refused[] = {
    {"bad expression", {.focus = LIST(re_bad)}},
    {"no such function", {.base = {"nowhere", 7}}},
    {"no such origin", {.origin = LIST(re_main)}},
    {"not in order of time", {.window = {"1,2", 3}}},
};

static void filter__refuses(void **state)
{
    pv_profile *p = kit_tree("a;b 1\n");

    (void)state;
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        pv_filter_options o = refused[i].o;
        pv_error err = {0};
        bool same;

        o.reverse = true; /* there is something to do */
        assert_null(pv_filter(p, &o, NULL, &same, &err));
        assert_int_equal(err.code, PV_E_USAGE);
    }
    pv_profile_free(p);
}

static const struct {
    const char *window, *want;
} windows[] = {
    {"0,100", "f;b 1\nf;a 2\nf;b 4\n"},
    {"0,2", "f;b 1\nf;a 1\n"},
    {"2,4", "f;a 1\nf;b 1\n"},
    {"3,", "f;b 4\n"},
    {",1", "f;b 1\n"},
    {"50,60", ""},
    {"x,2", NULL},
    {"2,2", NULL},
    {"2", NULL},
};

static void window__cuts_the_order_of_time(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof windows / sizeof *windows; i++) {
        pv_builder *b = kit_builder("samples", PV_COUNT);
        pv_filter_options o = {.window = pv_str_of(windows[i].window)};
        pv_error err = {0};
        const pv_profile *got;
        pv_profile *p;
        pv_fn fn[3];
        pv_node f;
        bool same;

        for (int k = 0; k < 3; k++)
            fn[k] =
                pv_build_function(b,
                                  pv_build_name(b, pv_str_of(k == 0   ? "f"
                                                             : k == 1 ? "a"
                                                                      : "b")),
                                  (pv_sym){0}, 0, PV_FN_CODE);
        f = pv_build_frame_new(b, (pv_node){0}, fn[0], 0, (pv_sym){0});
        for (int k = 0; k < 3; k++)
            pv_cost_frame(
                b, pv_build_frame_new(b, f, fn[k == 1 ? 1 : 2], 0, (pv_sym){0}),
                0, 1 << k);
        pv_builder_flags(b, PV_TIME_ORDERED);
        p = kit_finish(b);
        got = pv_filter(p, &o, NULL, &same, &err);
        if (windows[i].want)
            kit_expect(got, windows[i].want);
        else
            assert_int_equal(err.code, PV_E_USAGE);
        if (got && !same)
            pv_profile_free((pv_profile *)got);
        pv_profile_free(p);
    }
}

/* main calls a twice and b; a calls b; both of the file m.py */
static pv_profile *call_table(void)
{
    pv_builder *b = pv_builder_new("pstats", 0);
    static const struct {
        const char *name, *file;
        int64_t calls, self, total;
    } f[] = {{"main", "main.py", 1, 10, 100},
             {"a", "m.py", 2, 40, 70},
             {"b", "m.py", 3, 50, 50}};
    static const struct {
        int from, to;
        int64_t calls, self, total;
    } c[] = {{0, 1, 2, 40, 70}, {0, 2, 1, 20, 20}, {1, 2, 2, 30, 30}};
    pv_fn fn[3];

    pv_build_metric(b, PV_STR("calls"), PV_COUNT, false);
    pv_build_metric(b, PV_STR("time"), PV_NANOSECONDS, false);
    pv_build_metric(b, PV_STR("total_time"), PV_NANOSECONDS, true);
    pv_builder_has(b, PV_HAS_CALLS);
    for (int i = 0; i < 3; i++) {
        fn[i] = pv_build_function(b, pv_build_name(b, pv_str_of(f[i].name)),
                                  pv_build_name(b, pv_str_of(f[i].file)),
                                  (uint32_t)i + 1, PV_FN_CODE);
        pv_cost_function(b, fn[i], 0, f[i].calls);
        pv_cost_function(b, fn[i], 1, f[i].self);
        pv_cost_function(b, fn[i], 2, f[i].total);
    }
    for (int i = 0; i < 3; i++) {
        pv_cost_call(b, fn[c[i].from], fn[c[i].to], 0, c[i].calls);
        pv_cost_call(b, fn[c[i].from], fn[c[i].to], 1, c[i].self);
        pv_cost_call(b, fn[c[i].from], fn[c[i].to], 2, c[i].total);
    }
    return kit_finish(b);
}

static int64_t cost(const pv_profile *p, const char *fn, uint32_t metric)
{
    return p->functions.cost[(size_t)kit_fn(p, fn).i * p->metrics.len + metric];
}

static void rows__groups_count_what_enters_them(void **state)
{
    pv_profile *p = call_table();
    pv_filter_options o = {.by = PV_BY_FILE};
    pv_error err = {0};
    bool same;
    pv_profile *g = (pv_profile *)pv_filter(p, &o, NULL, &same, &err);

    (void)state;
    assert_non_null(g);
    assert_int_equal(cost(g, "m.py", 0), 5);
    assert_int_equal(cost(g, "m.py", 1), 90);
    assert_int_equal(cost(g, "m.py", 2), 90); /* b below a counts once */
    assert_int_equal(cost(g, "main.py", 2), 100);
    assert_int_equal(g->calls.len, 1);
    pv_profile_free(g);
    pv_profile_free(p);
}

static void rows__are_chosen_and_stacks_are_not_invented(void **state)
{
    pv_profile *p = call_table();
    pv_filter_options o = {.ignore = LIST(re_main)};
    int64_t whole[PV_METRICS_MAX];
    pv_error err = {0};
    bool same;
    pv_profile *g = (pv_profile *)pv_filter(p, &o, whole, &same, &err);

    (void)state;
    assert_non_null(g);
    assert_int_equal(whole[1], 100);
    assert_int_equal(g->functions.len, 3); /* with row 0 */
    assert_int_equal(cost(g, "a", 1), 40);
    assert_int_equal(g->calls.len, 1);
    pv_profile_free(g);
    o = (pv_filter_options){.depth = 3};
    assert_null(pv_filter(p, &o, NULL, &same, &err));
    assert_int_equal(err.code, PV_E_USAGE);
    pv_profile_free(p);
}

/* Everything at once, on a tree wide and deep enough that tables grow. */
static pv_profile *large(void)
{
    pv_buf text = {0};
    pv_profile *p;

    for (int i = 0; i < 60; i++)
        pv_buf_format(&text,
                      "thread %d;a@s/a.py:%d;b%d@s/b.py:1;a@s/a.py:1;"
                      "b%d@s/b.py:1;c@json/x.py:%d %d\n",
                      i % 3, i % 7, i % 11, i % 11, i, i);
    pv_buf_char(&text, '\0');
    p = kit_tree(text.p);
    pv_buf_done(&text);
    return p;
}

static void filter__every_allocation_may_fail(void **state)
{
    static const pv_str own[] = {{"s/", 2}};
    pv_profile *p = large();

    (void)state;
    for (int by = PV_BY_FUNCTION; by <= PV_BY_PACKAGE; by++) {
        pv_filter_options o = {.focus = LIST(re_json),
                               .ignore = LIST(re_main),
                               .hide = LIST(re_price),
                               .base = {"a", 1},
                               .depth = 9,
                               .fold_recursion = true,
                               .collapse = LIST(re_std),
                               .reverse = true,
                               .own = LIST(own),
                               .by = by};

        for (int64_t n = 0;; n++) {
            pv_error err = {0};
            bool same;
            const pv_profile *got;

            pv_mem_fail_after(n);
            got = pv_filter(p, &o, NULL, &same, &err);
            pv_mem_fail_after(-1);
            if (got) {
                assert_true(n > 20);
                pv_profile_free((pv_profile *)got);
                break;
            }
            assert_int_equal(err.code, PV_E_NOMEM);
        }
    }
    pv_profile_free(p);
}

static void rows__every_allocation_may_fail(void **state)
{
    pv_profile *p = call_table();
    pv_filter_options o = {.by = PV_BY_MODULE, .ignore = LIST(re_two)};

    (void)state;
    for (int64_t n = 0;; n++) {
        pv_error err = {0};
        bool same;
        const pv_profile *got;

        pv_mem_fail_after(n);
        got = pv_filter(p, &o, NULL, &same, &err);
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
        cmocka_unit_test(filter__every_row),
        cmocka_unit_test(filter__nothing_asked_is_the_same_profile),
        cmocka_unit_test(filter__refuses),
        cmocka_unit_test(window__cuts_the_order_of_time),
        cmocka_unit_test(rows__groups_count_what_enters_them),
        cmocka_unit_test(rows__are_chosen_and_stacks_are_not_invented),
        cmocka_unit_test(filter__every_allocation_may_fail),
        cmocka_unit_test(rows__every_allocation_may_fail),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
