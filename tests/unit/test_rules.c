/* SPDX-License-Identifier: MIT */
/* Globs, the grammar of rules, and exact limits. */
#include "tree_kit.h"

#include "rules.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct {
    const char *glob, *text;
    bool fits;
} globs[] = {
    {"", "", true},
    {"*", "", true},
    {"load", "load", true},
    {"load", "loads", false},
    {"lo*", "load", true},
    {"*.py", "a.py/b.py", true},
    {"*/orders.py", "shop/orders.py", true},
    {"*/orders.py", "orders.py", false},
    {"a*b*c", "aXbXbXc", true},
    {"a*b*c", "aXbXbXd", false},
    {"l?ad",
     "l\xc3\xb6"
     "ad",
     true},
    {"l??ad",
     "l\xc3\xb6"
     "ad",
     false},
    {"?", "\xff", true},
    {"[a-c]x", "bx", true},
    {"[!a-c]x", "bx", false},
    {"[!a-c]x", "dx", true},
    {"[]]", "]", true},
    {"[pruned", "[pruned", true},
    {"<module>", "<module>", true},
    {"LOAD", "load", false},
};

static void rules__globs(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(globs); i++)
        if (pv_glob(pv_str_of(globs[i].glob), pv_str_of(globs[i].text)) !=
            globs[i].fits)
            fail_msg("%s on %s", globs[i].glob, globs[i].text);
}

/* What would take for ever by recursion. */
static void rules__globs_take_their_time_once(void **state)
{
    char text[5001], glob[2001];

    (void)state;
    memset(text, 'a', 5000);
    text[5000] = '\0';
    for (size_t i = 0; i < 2000; i += 2)
        glob[i] = '*', glob[i + 1] = 'a';
    glob[1999] = 'b';
    glob[2000] = '\0';
    assert_false(pv_glob(pv_str_of(glob), pv_str_of(text)));
}

static const struct {
    const char *text, *glob, *metric;
    pv_rule_scope scope;
    bool less;
    size_t limits;
} good[] = {
    {"time > +10%", "", "time", PV_RULE_WHOLE, false, 1},
    {"  time>+10%  ", "", "time", PV_RULE_WHOLE, false, 1},
    {"peak > 1GiB", "", "peak", PV_RULE_WHOLE, false, 1},
    {"func:shop.*:self_time > +20% and +5ms", "shop.*", "self_time",
     PV_RULE_FUNC, false, 2},
    {"file:*/orders.py:time > +1%", "*/orders.py", "time", PV_RULE_FILE, false,
     1},
    {"func:load:time < -10%", "load", "time", PV_RULE_FUNC, true, 1},
    {"func:json.*:time > 40% of total", "json.*", "time", PV_RULE_FUNC, false,
     1},
    {"func:<module>:time > 1", "<module>", "time", PV_RULE_FUNC, false, 1},
    {"func:std::vec<int> f:time < 2.5s", "std::vec<int> f", "time",
     PV_RULE_FUNC, true, 1},
    {"module:shop:hits > +1 and 10 and 5%  of total", "shop", "hits",
     PV_RULE_MODULE, false, 3},
    {"size > 1MB and -5KiB", "", "size", PV_RULE_WHOLE, false, 2},
};

static void rules__grammar(void **state)
{
    pv_place at = {.file = PV_STR("f"), .line = 1};

    (void)state;
    for (size_t i = 0; i < COUNT(good); i++) {
        pv_error err = {0};
        pv_rule r;

        if (!pv_rule_parse(&r, pv_str_of(good[i].text), &at, &err))
            fail_msg("%s: %s", good[i].text, err.text);
        assert_true(pv_str_equal(r.glob, pv_str_of(good[i].glob)));
        assert_true(pv_str_equal(r.metric, pv_str_of(good[i].metric)));
        assert_int_equal(r.scope, good[i].scope);
        assert_int_equal(r.less, good[i].less);
        assert_int_equal(r.len, good[i].limits);
    }
}

static const struct {
    const char *text;
    uint32_t column;
} bad[] = {
    {"", 1},
    {"time", 5},
    {"time +10%", 6},
    {"time > ", 7},
    {"> 5", 1},
    {"fn:x:time > 5", 1},
    {"func:time > 5", 14},
    {"func::time > 5", 6},
    {"time > 10%", 8},
    {"time > +5% of total", 8},
    {"time > 5% of all", 8},
    {"time > 5parsec", 9},
    {"time > 5 % of total", 10},
    {"time > ten", 8},
    {"time > .5", 8},
    {"time > 5s and", 14},
    {"time > 5s or 6s", 11},
    {"time > 5s > 6s", 11},
    {"time > 99999999999999999999999", 8},
    {"time > 1 and 2 and 3 and 4 and 5 and 6 and 7 and 8 and 9", 56},
};

static void rules__mistakes_have_a_place(void **state)
{
    pv_place at = {.file = PV_STR("f"), .line = 7};

    (void)state;
    for (size_t i = 0; i < COUNT(bad); i++) {
        pv_error err = {0};
        pv_rule r;

        if (pv_rule_parse(&r, pv_str_of(bad[i].text), &at, &err))
            fail_msg("%s was taken", bad[i].text);
        assert_int_equal(err.code, PV_E_USAGE);
        assert_int_equal(err.at.line, 7);
        if (err.at.column != bad[i].column)
            fail_msg("%s: column %u, %s", bad[i].text, err.at.column, err.text);
    }
}

/* Old a 1000 and b 100, new a 1100 and b 100 and c 50: exact limits. */
static const struct {
    const char *rule;
    uint32_t matches;
} judged[] = {
    {"time > +0.00000001%", 1},
    {"time > 1249ns", 1},
    {"time > 1250ns", 0},
    {"time < 1251ns", 1},
    {"time > 0.00000125", 0},
    {"time > 0.000001249", 1},
    {"func:a:time > +10%", 0},
    {"func:a:time > +9.999999999%", 1},
    {"func:a:time > +99ns", 1},
    {"func:a:time > +100ns", 0},
    {"func:a:time > +99ns and +10%", 0},
    {"func:a:time < +101ns", 1},
    {"func:b:time < +10%", 0}, /* no change */
    {"func:b:time > 99ns", 1},
    {"func:c:time > +1000%", 1}, /* new */
    {"func:c:time < +1000%", 0},
    {"func:*:self_time > 4% of total", 2},
    {"func:*:self_time > 3.99% of total", 3},
    {"func:?:self_time > 88% of total", 0},
    {"func:?:self_time > 87.999% of total", 1},
    {"func:main:self_time > 0", 0},
};

static pv_profile *timed(const char *text)
{
    pv_builder *b = kit_builder("time", PV_NANOSECONDS);

    kit_stacks(b, text, false);
    return kit_finish(b);
}

static void rules__limits_are_exact(void **state)
{
    pv_profile *sides[] = {timed("main;a 1000\nmain;b 100\n"),
                           timed("main;a 1100\nmain;b 100\nmain;c 50\n")};
    const pv_profile *const *inputs = (const pv_profile *const *)sides;
    const pv_str paths[] = {PV_STR("old"), PV_STR("new")};
    pv_place at = {.file = PV_STR("f"), .line = 1};
    pv_diff_options o = {.by_total = true};
    pv_error err = {0};
    pv_arena a;
    pv_diff d;

    (void)state;
    pv_arena_init(&a, 0);
    assert_true(pv_diff_make(&d, inputs, paths, 2, &o, &a, &err));
    for (size_t i = 0; i < COUNT(judged); i++) {
        pv_rule_result result;
        pv_rule r;

        err = (pv_error){0};
        assert_true(pv_rule_parse(&r, pv_str_of(judged[i].rule), &at, &err));
        assert_true(pv_rule_judge(&result, &r, &d, inputs, 2, &a, &err));
        if (result.len != judged[i].matches)
            fail_msg("%s: %u", judged[i].rule, result.len);
    }
    pv_diff_done(&d);
    pv_arena_done(&a);
    pv_profile_free(sides[0]);
    pv_profile_free(sides[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rules__globs),
        cmocka_unit_test(rules__globs_take_their_time_once),
        cmocka_unit_test(rules__grammar),
        cmocka_unit_test(rules__mistakes_have_a_place),
        cmocka_unit_test(rules__limits_are_exact),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
