/* SPDX-License-Identifier: MIT */
#include "tree_kit.h"

#include "regex.h"

static const struct {
    const char *pattern, *subject;
    int found;
} rows[] = {
    {"json", "Lib/JSON/decoder.py", 1},
    {"Json", "json.loads", 0},
    {"\\S+", "abc", 1}, /* the S of \S is no capital */
    {"\\Sson", "JSON", 1},
    {"^main$", "main", 1},
    {"^main$", "main\n", 0}, /* as in JavaScript */
    {"", "anything", 1},
    {"", "", 1},
    {"a|b", "xbx", 1},
    {"\\u00e9", "caf\xc3\xa9", 1},
    {"caf.$", "caf\xc3\xa9", 1},
    {"\xc3\xa9", "CAF\xc3\x89", 1},
    {"caf.$", "caf\xe9", 1}, /* a bad byte is one U+FFFD */
    {"\\ufffd", "a\xff", 1},
    {"(?i)Main", "MAIN", 1},
    {"(a)?\\1b", "b", 1},
};

static void regex__every_row(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        pv_error err = {0};
        pv_regex *r = pv_regex_new(pv_str_of(rows[i].pattern), "--focus", &err);

        assert_non_null(r);
        if (pv_regex_match(r, pv_str_of(rows[i].subject), &err) !=
            rows[i].found)
            fail_msg("'%s' on '%s'", rows[i].pattern, rows[i].subject);
        pv_regex_free(r);
    }
}

static void regex__bad_pattern_names_option_and_place(void **state)
{
    pv_error err = {0};

    (void)state;
    assert_null(pv_regex_new(PV_STR("a(b"), "--hide", &err));
    assert_int_equal(err.code, PV_E_USAGE);
    assert_string_equal(err.text, "--hide: 'a(b' is not a regular expression: "
                                  "missing closing parenthesis at character 4");
    err = (pv_error){0};
    assert_null(pv_regex_new(PV_STR("a\xff"), "--hide", &err));
    assert_int_equal(err.code, PV_E_USAGE);
    err = (pv_error){0};
    assert_null(pv_regex_new(PV_STR("\\C"), "--hide", &err));
    assert_int_equal(err.code, PV_E_USAGE);
}

static void regex__a_limit_ends_the_search(void **state)
{
    pv_error err = {0};
    pv_regex *r = pv_regex_new(PV_STR("(a+)+$"), "--focus", &err);
    char text[4096];

    (void)state;
    memset(text, 'a', sizeof text);
    text[sizeof text - 1] = 'b';
    assert_int_equal(pv_regex_match(r, (pv_str){text, sizeof text}, &err), -1);
    assert_int_equal(err.code, PV_E_USAGE);
    pv_regex_free(r);
}

static void regex__long_subjects_match(void **state)
{
    pv_error err = {0};
    pv_regex *r = pv_regex_new(PV_STR("x(?:[a-y]|w)*z$"), "--focus", &err);
    size_t n = 20000;
    char *text = malloc(n);

    (void)state;
    memset(text, 'y', n);
    text[0] = 'x';
    text[n - 1] = 'z';
    assert_int_equal(pv_regex_match(r, (pv_str){text, n}, &err), 1);
    pv_regex_free(r);
    free(text);
}

static void regex__every_allocation_may_fail(void **state)
{
    (void)state;
    for (int64_t n = 0;; n++) {
        pv_error err = {0};
        pv_regex *r;
        int found = -1;

        pv_mem_fail_after(n);
        r = pv_regex_new(PV_STR("(a|b)+c"), "--focus", &err);
        if (r)
            found = pv_regex_match(r, PV_STR("ab\xff\x63 abc"), &err);
        pv_mem_fail_after(-1);
        pv_regex_free(r);
        if (err.code == PV_OK) {
            assert_int_equal(found, 1);
            return;
        }
        assert_int_equal(err.code, PV_E_NOMEM);
        assert_true(n < 1000);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(regex__every_row),
        cmocka_unit_test(regex__bad_pattern_names_option_and_place),
        cmocka_unit_test(regex__a_limit_ends_the_search),
        cmocka_unit_test(regex__long_subjects_match),
        cmocka_unit_test(regex__every_allocation_may_fail),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
