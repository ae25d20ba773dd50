/* SPDX-License-Identifier: MIT */
#include "tree_kit.h"

#include "recode.h"

static pv_profile *stacks(const char *text)
{
    pv_builder *b = kit_builder("samples", PV_COUNT);

    kit_stacks(b, text, false);
    return kit_finish(b);
}

static const struct {
    const char *name, *encoding, *text, *want;
} cases[] = {
    {"latin-1", "ISO-8859-1", "a;\xe9 3\n", "a;\xc3\xa9 3\n"},
    {"cp1252", "windows-1252", "\x80 1\n", "\xe2\x82\xac 1\n"},
    {"koi8-r: in the order of UTF-8", "koi8-r", "\xc1 1\n\xc0 2\n",
     "\xd0\xb0 1\n\xd1\x8e 2\n"},
};

static void recode__names_become_utf8(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        pv_profile *p = stacks(cases[i].text), *made;
        pv_error err = {0};

        made = pv_recode(p, PV_STR("x"), pv_str_of(cases[i].encoding), &err);
        assert_non_null(made);
        kit_expect(made, cases[i].want);
        pv_profile_free(made);
        pv_profile_free(p);
    }
}

static void recode__refuses_bytes_it_does_not_have(void **state)
{
    pv_profile *p = stacks("\x81 1\n");
    pv_error err = {0};

    (void)state;
    assert_null(pv_recode(p, PV_STR("x"), PV_STR("cp1252"), &err));
    assert_int_equal(err.code, PV_E_FORMAT);
    assert_string_equal(err.at.file.p, "x");
    pv_profile_free(p);
}

static void recode__settles_names(void **state)
{
    static const struct {
        const char *name, *settled; /* NULL: refused */
    } rows[] = {{"", ""},
                {"UTF_8", ""},
                {"Latin-1", "Latin-1"},
                {"utf-16", NULL},
                {"a name that is longer than that of any encoding", NULL}};

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        pv_str name = pv_str_of(rows[i].name);
        pv_error err = {0};

        if (!rows[i].settled) {
            assert_false(pv_recode_settle(&name, &err));
            assert_int_equal(err.code, PV_E_USAGE);
            continue;
        }
        assert_true(pv_recode_settle(&name, &err));
        assert_true(pv_str_equal(name, pv_str_of(rows[i].settled)));
    }
}

static void recode__every_allocation_may_fail(void **state)
{
    pv_profile *p = stacks("a;\xe9 3\nb;\xe8;\xe9 4\n");

    (void)state;
    for (int64_t n = 0;; n++) {
        pv_error err = {0};
        pv_profile *made;

        pv_mem_fail_after(n);
        made = pv_recode(p, PV_STR("x"), PV_STR("latin-1"), &err);
        pv_mem_fail_after(-1);
        pv_profile_free(made);
        if (made)
            break;
        assert_int_equal(err.code, PV_E_NOMEM);
    }
    pv_profile_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(recode__names_become_utf8),
        cmocka_unit_test(recode__refuses_bytes_it_does_not_have),
        cmocka_unit_test(recode__settles_names),
        cmocka_unit_test(recode__every_allocation_may_fail),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
