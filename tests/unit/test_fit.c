/* SPDX-License-Identifier: MIT */
/* fit: the label ladder; nothing returned is ever wider than asked. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>

#include "advance.h"
#include "fit.h"
#include "utf8.h"

static const struct {
    const char *name, *brief, *two, *one;
} parts[] = {
    {"shop.orders.price_order", NULL, "orders.price_order", "price_order"},
    {"main", NULL, "main", "main"},
    {"<module>", NULL, "<module>", "<module>"},
    {"main.<locals>.inner", NULL, "<locals>.inner", "inner"},
    {"<built-in method builtins.len>", "len", "len", "len"},
    {"<method 'search' of 're.Pattern' objects>", "search", "search", "search"},
    {"std::vec::Vec<T, A>::push(T const&)", "std::vec::Vec::push", "Vec::push",
     "push"},
    {"<alloc::Box<F> as core::Fn>::call", "::call", "::call", "call"},
    {"ns::operator<(a, b)", "ns::operator<", "ns::operator<", "operator<"},
    {"ns::T::operator()(int)", "ns::T::operator()", "T::operator()",
     "operator()"},
    {"/usr/lib/libcrypto.so.3", NULL, "lib/libcrypto.so.3", "libcrypto.so.3"},
    {"shop/orders.py:131", NULL, "shop/orders.py:131", "orders.py:131"},
    {"f (a.b.c)", NULL, "f (a.b.c)", "f (a.b.c)"},
    {"a.b.", NULL, "a.b.", "b."},
    {"", NULL, "", ""},
};

static void same(pv_str got, const char *want)
{
    if (!pv_str_equal(got, pv_str_of(want)))
        fail_msg("'%.*s' is not '%s'", (int)got.n, got.p, want);
}

static void fit__components(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        pv_buf room = {0};
        pv_str name = pv_str_of(parts[i].name);
        pv_str brief = pv_short_name(name, &room);

        same(brief, parts[i].brief ? parts[i].brief : parts[i].name);
        same(pv_last_components(brief, 2), parts[i].two);
        same(pv_last_components(brief, 1), parts[i].one);
        pv_buf_done(&room);
    }
}

/* Widths in px at 12 px, chosen around the advances of the table. */
static const struct {
    const char *name;
    pv_cpx inner;
    pv_cut cut;
    const char *label;
} rows[] = {
    {"shop.orders.price_order", 20000, PV_CUT_MIDDLE,
     "shop.orders.price_order"},
    {"shop.orders.price_order", 13000, PV_CUT_MIDDLE, "orders.price_order"},
    {"shop.orders.price_order", 8000, PV_CUT_MIDDLE, "price_order"},
    {"shop.orders.price_order", 6500, PV_CUT_MIDDLE,
     "price\xe2\x80\xa6"
     "der"},
    {"shop.orders.price_order", 6500, PV_CUT_RIGHT, "price_or\xe2\x80\xa6"},
    {"shop.orders.price_order", 6500, PV_CUT_LEFT,
     "\xe2\x80\xa6"
     "ce_order"},
    {"shop.orders.price_order", 4000, PV_CUT_MIDDLE, "pric\xe2\x80\xa6"},
    {"shop.orders.price_order", 2700, PV_CUT_MIDDLE, ""},
    {"iii", 1100, PV_CUT_MIDDLE, "iii"},
    {"", 5000, PV_CUT_MIDDLE, ""},
};

static void fit__ladder(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        pv_buf out = {0};

        pv_fit_name(&out, pv_str_of(rows[i].name),
                    (pv_fitting){rows[i].inner, 12, rows[i].cut});
        same(pv_buf_text(&out), rows[i].label);
        pv_buf_done(&out);
    }
}

/* Letters, marks, wide and broken text: every width, every way of cutting. */
static void fit__never_too_wide_never_inside_a_grapheme(void **state)
{
    static const char *const names[] = {
        "shop.orders.apply_promotions",
        "e\xcc\x81"
        "e\xcc\x81"
        "e\xcc\x81"
        "e\xcc\x81"
        "e\xcc\x81",
        "\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e\xe3\x81\xae\xe5\x90\x8d",
        "\xff\xfe<x>\x01y::z<\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x94\xac>",
    };

    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        for (pv_cpx inner = 0; inner < 25000; inner += 90)
            for (int cut = PV_CUT_MIDDLE; cut <= PV_CUT_LEFT; cut++) {
                pv_buf out = {0};
                pv_str text;

                pv_fit_name(&out, pv_str_of(names[i]),
                            (pv_fitting){inner, 12, (pv_cut)cut});
                text = pv_buf_text(&out);
                assert_true(pv_text_cpx(text, 12) <= inner + 1);
                assert_true(pv_utf8_valid(text));
                if (i == 1 && text.n)
                    assert_true((unsigned char)text.p[0] == 'e' ||
                                (unsigned char)text.p[0] == 0xe2);
                pv_buf_done(&out);
            }
}

static void fit__names_of_a_megabyte(void **state)
{
    enum { LONG = 1 << 20 };
    static char name[LONG];
    pv_buf out = {0};

    (void)state;
    memset(name, 'a', sizeof name);
    name[LONG - 1] = 'z';
    pv_fit_name(&out, (pv_str){name, LONG},
                (pv_fitting){10000, 12, PV_CUT_MIDDLE});
    assert_true(out.n > 8 && out.n < 40);
    assert_int_equal(out.p[out.n - 1], 'z');
    pv_buf_done(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fit__components),
        cmocka_unit_test(fit__ladder),
        cmocka_unit_test(fit__never_too_wide_never_inside_a_grapheme),
        cmocka_unit_test(fit__names_of_a_megabyte),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
