/* SPDX-License-Identifier: MIT */
#include "tree_kit.h"

#include "laws.h"
#include "view.h"

static void callers__leaf_first_by_function(void **state)
{
    pv_profile *p = kit_tree("m@a.py:1;f@a.py:2 3\nm@a.py:5;f@a.py:3 4\n"
                             "m@a.py:1;g@a.py:2;f@a.py:2 8\n 16\n");
    pv_error err = {0};
    pv_profile *got = pv_view_callers(p, &err);

    (void)state;
    kit_expect(got, " 16\nf (a.py);g (a.py:2);m (a.py:1) 8\n"
                    "f (a.py);m (a.py) 7\n");
    assert_true(pv_profile_check(got, &err));
    pv_profile_free(got);
    pv_profile_free(p);
}

static void sandwich__outermost_counts(void **state)
{
    pv_profile *p = kit_tree("m;f 1\nm;f;g 2\nm;f;f;g 4\nm;g;f 8\nx 16\n");
    pv_error err = {0};
    pv_sandwich s;

    (void)state;
    assert_true(pv_view_sandwich(&s, p, PV_STR("f"), &err));
    kit_expect(s.callers, "f;g;m 8\nf;m 7\n");
    kit_expect(s.callees, "f 9\nf;f;g 4\nf;g 2\n");
    pv_sandwich_done(&s);
    pv_profile_free(p);
}

static void sandwich__all_of_a_name_are_one(void **state)
{
    pv_profile *p = kit_tree("m;f@a.py:1;g 1\nm;f@b.py:1;f@a.py:1;g 2\n");
    pv_error err = {0};
    pv_sandwich s;

    (void)state;
    assert_true(pv_view_sandwich(&s, p, PV_STR("f"), &err));
    kit_expect(s.callers, "f (a.py);m 3\n");
    kit_expect(s.callees, "f (a.py);f (a.py:1);g 2\nf (a.py);g 1\n");
    pv_sandwich_done(&s);
    assert_false(pv_view_sandwich(&s, p, PV_STR("nowhere"), &err));
    assert_int_equal(err.code, PV_E_USAGE);
    pv_profile_free(p);
}

static void views__every_allocation_may_fail(void **state)
{
    pv_profile *p =
        kit_tree("m@a:1;f@a:2;g@a:1 1\nm@a:2;f@a:1;f@a:2;g@a:3 2\n");

    (void)state;
    for (int what = 0; what < 2; what++) {
        for (int64_t n = 0;; n++) {
            pv_error err = {0};
            pv_sandwich s = {0};
            const pv_profile *got = NULL;

            pv_mem_fail_after(n);
            if (what == 0)
                got = pv_view_callers(p, &err);
            else if (pv_view_sandwich(&s, p, PV_STR("f"), &err))
                got = s.callers;
            pv_mem_fail_after(-1);
            if (what == 0)
                pv_profile_free((pv_profile *)got);
            pv_sandwich_done(&s);
            if (got)
                break;
            assert_int_equal(err.code, PV_E_NOMEM);
        }
    }
    pv_profile_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(callers__leaf_first_by_function),
        cmocka_unit_test(sandwich__outermost_counts),
        cmocka_unit_test(sandwich__all_of_a_name_are_one),
        cmocka_unit_test(views__every_allocation_may_fail),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
