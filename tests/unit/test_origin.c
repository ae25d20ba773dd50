/* SPDX-License-Identifier: MIT */
#include "tree_kit.h"

#include "origin.h"
#include "stdlib_names.h"

static const struct {
    const char *frame; /* NAME@FILE:LINE */
    pv_origin origin;
    const char *module, *package;
} rows[] = {
    {"f_[k]", PV_RUNTIME, "", ""},
    {"[kernel.kallsyms]", PV_RUNTIME, "", ""},
    {"sym@kernel", PV_RUNTIME, "kernel", "kernel"},
    {"<GC>@~", PV_RUNTIME, "builtins", "builtins"},
    {":GC:", PV_RUNTIME, "", ""},
    {"[unknown]@libc.so.6", PV_UNKNOWN, "libc", "libc"},
    {"0x7fd539978d2a", PV_UNKNOWN, "", ""},
    {"??", PV_UNKNOWN, "", ""},
    {"0xyz", PV_UNKNOWN, "", ""},
    {"<built-in method builtins.len>@~", PV_BUILTIN, "builtins", "builtins"},
    {"<built-in method math.sqrt>@~", PV_BUILTIN, "math", "math"},
    {"<built-in method numpy.core._u.c_einsum>", PV_BUILTIN, "numpy.core._u",
     "numpy"},
    {"<method 'search' of 're.Pattern' objects>@~", PV_BUILTIN, "re", "re"},
    {"<method 'append' of 'list' objects>", PV_BUILTIN, "builtins", "builtins"},
    {"<built-in method __new__ of type object at 0x7f>@~", PV_BUILTIN,
     "builtins", "builtins"},
    {"<len>@~", PV_BUILTIN, "builtins", "builtins"},
    {"<native>@~", PV_NATIVE, "builtins", "builtins"},
    {"f@/v/lib/python3.11/site-packages/jinja2/lexer.py:3", PV_SITE,
     "jinja2.lexer", "jinja2"},
    {"f@/usr/lib/python3/dist-packages/yaml/__init__.py:3", PV_SITE, "yaml",
     "yaml"},
    {"f@/x/site-packages/Foo-1.0-py3.8.egg/foo/bar.py:1", PV_SITE, "foo.bar",
     "foo"},
    {"f@/x/node_modules/react/index.js:1", PV_SITE, "react.index", "react"},
    {"f@C:\\Py\\Lib\\site-packages\\six.py:1", PV_SITE, "six", "six"},
    {"f@/usr/lib/python3.11/json/decoder.py:3", PV_STD, "json.decoder", "json"},
    {"f@/usr/lib/python3.11/lib-dynload/_json.cpython-311.so", PV_STD, "_json",
     "_json"},
    {"f@C:\\Python39\\Lib\\threading.py:9", PV_STD, "threading", "threading"},
    {"f@/opt/python311.zip/os.py:1", PV_STD, "os", "os"},
    {"f@<frozen importlib._bootstrap>:241", PV_STD, "importlib._bootstrap",
     "importlib"},
    {"f@json/decoder.py:3", PV_STD, "json.decoder", "json"},
    {"f@threading.py:3", PV_STD, "threading", "threading"},
    {"std::sort", PV_STD, "", ""},
    {"java/lang/String.hash", PV_STD, "", ""},
    {"malloc@libc.so.6", PV_NATIVE, "libc.so.6", "libc"},
    {"eval@ceval.c:1", PV_NATIVE, "ceval.c", "ceval"},
    {"[libz.so.1]", PV_NATIVE, "", ""},
    {"main@python3.11", PV_NATIVE, "python3.11", "python3"},
    {"f@shop/orders.py:1", PV_OWN, "shop.orders", "shop"},
    {"f@./shop/__init__.py:1", PV_OWN, "shop", "shop"},
    {"f@/home/me/p/shop/tax.py:1", PV_OWN, "shop.tax", "shop"},
    {"f@/home/me/p/run.py:1", PV_OWN, "run", "run"},
    {"f@templates/page.html:4", PV_OWN, "templates.page", "templates"},
    {"f@<stdin>:1", PV_OWN, "<stdin>", ""},
    {"f@<attrs generated init x.Y>:1", PV_UNKNOWN, "<attrs generated init x.Y>",
     ""},
    {"thread 12", PV_UNKNOWN, "", ""},
    {"compute", PV_UNKNOWN, "", ""},
};

enum { ROWS = sizeof rows / sizeof *rows };

static pv_profile *all_rows(void)
{
    pv_buf text = {0};
    pv_profile *p;

    for (size_t i = 0; i < ROWS; i++) {
        pv_buf_puts(&text, rows[i].frame);
        pv_buf_puts(&text, " 1\n");
    }
    pv_buf_char(&text, '\0');
    p = kit_tree(text.p);
    pv_buf_done(&text);
    return p;
}

static bool is_row(const pv_profile *p, uint32_t fn, const char *frame)
{
    pv_str name = pv_profile_text(p, p->functions.at[fn].name);
    pv_str file = pv_profile_text(p, p->functions.at[fn].file);
    pv_str row = pv_str_of(frame);

    if (!pv_str_starts(row, name) || (row.n > name.n && row.p[name.n] != '@'))
        return false;
    return row.n == name.n
               ? !file.n
               : pv_str_starts(pv_str_slice(row, name.n + 1, row.n), file);
}

static void assert_text(pv_str got, const char *want, const char *row)
{
    if (!pv_str_equal(got, pv_str_of(want)))
        fail_msg("%s: '%.*s', not '%s'", row, (int)got.n, got.p, want);
}

static void origin__every_row(void **state)
{
    pv_profile *p = all_rows();
    pv_error err = {0};
    pv_arena a;
    pv_whence *w;
    size_t seen = 0;

    (void)state;
    pv_arena_init(&a, 0);
    w = pv_origins(p, NULL, &a, &err);
    assert_non_null(w);
    for (uint32_t f = 1; f < p->functions.len; f++) {
        for (size_t i = 0; i < ROWS; i++) {
            if (!is_row(p, f, rows[i].frame))
                continue;
            seen++;
            if (w[f].origin != rows[i].origin)
                fail_msg("%s is %s, not %s", rows[i].frame,
                         pv_origin_name((pv_origin)w[f].origin),
                         pv_origin_name(rows[i].origin));
            assert_text(w[f].module, rows[i].module, rows[i].frame);
            assert_text(w[f].package, rows[i].package, rows[i].frame);
        }
    }
    assert_int_equal(seen, ROWS);
    pv_arena_done(&a);
    pv_profile_free(p);
}

static pv_origin origin_of(const char *frame, const pv_origin_rules *rules,
                           pv_error *err)
{
    char text[256];
    pv_profile *p;
    pv_arena a;
    pv_whence *w;
    pv_origin o = PV_UNKNOWN;

    snprintf(text, sizeof text, "%s 1\n", frame);
    p = kit_tree(text);
    pv_arena_init(&a, 0);
    w = pv_origins(p, rules, &a, err);
    if (w)
        o = (pv_origin)w[p->frames.at[1].fn.i].origin;
    pv_arena_done(&a);
    pv_profile_free(p);
    return o;
}

static void origin__own_prefix_names_what_is_mine(void **state)
{
    static const pv_str own[] = {{"shop/", 5}, {"/x/site-packages/mine", 21}};
    pv_origin_rules rules = {.own = own, .own_len = 2};
    pv_error err = {0};

    (void)state;
    assert_int_equal(origin_of("f@shop/a.py:1", &rules, &err), PV_OWN);
    assert_int_equal(origin_of("f@shopping/a.py:1", &rules, &err), PV_SITE);
    assert_int_equal(origin_of("f@/x/site-packages/mine/a.py:1", &rules, &err),
                     PV_OWN);
    assert_int_equal(origin_of("f@jinja2/lexer.py:1", &rules, &err), PV_SITE);
    assert_int_equal(origin_of("f@json/decoder.py:1", &rules, &err), PV_STD);
    assert_int_equal(err.code, PV_OK);
}

static void origin__rules_override_the_first_match_counts(void **state)
{
    static const pv_str list[] = {{"^f$=native", 10}, {"a\\.py=std", 9}};
    static const pv_str no_origin[] = {{"f=mine", 6}};
    static const pv_str no_regex[] = {{"(=own", 5}};
    pv_origin_rules rules = {.rules = list, .rules_len = 2};
    pv_error err = {0};

    (void)state;
    assert_int_equal(origin_of("f@a.py:1", &rules, &err), PV_NATIVE);
    assert_int_equal(origin_of("g@a.py:1", &rules, &err), PV_STD);
    assert_int_equal(origin_of("g@b.py:1", &rules, &err), PV_OWN);
    rules = (pv_origin_rules){.rules = no_origin, .rules_len = 1};
    origin_of("f", &rules, &err);
    assert_int_equal(err.code, PV_E_USAGE);
    err = (pv_error){0};
    rules.rules = no_regex;
    origin_of("f", &rules, &err);
    assert_int_equal(err.code, PV_E_USAGE);
}

static void origin__every_allocation_may_fail(void **state)
{
    static const pv_str list[] = {{"^f$=native", 10}};
    pv_origin_rules rules = {.rules = list, .rules_len = 1};
    pv_profile *p = all_rows();

    (void)state;
    for (int64_t n = 0;; n++) {
        pv_error err = {0};
        pv_arena a;
        bool ok;

        pv_arena_init(&a, 0);
        pv_mem_fail_after(n);
        ok = pv_origins(p, &rules, &a, &err) != NULL;
        pv_mem_fail_after(-1);
        pv_arena_done(&a);
        if (ok)
            break;
        assert_int_equal(err.code, PV_E_NOMEM);
        assert_true(n < 1000);
    }
    pv_profile_free(p);
}

static void origin__the_script_is_own_whatever_its_name(void **state)
{
    static const struct {
        const char *text, *frame;
        pv_origin origin;
    } scripts[] = {
        {"<module>@site.py:9;run@site.py:3 1\n", "run@site.py", PV_OWN},
        {"thread (1);<module>@site.py:9;run@site.py:3 1\n", "run@site.py",
         PV_OWN},
        {"<module>@app.py:9;<module>@json.py:3;load@json.py:1 1\n",
         "load@json.py", PV_STD},
        {"_run@runpy.py:9;<module>@site.py:3 1\n", "<module>@site.py", PV_STD},
    };

    (void)state;
    for (size_t i = 0; i < sizeof scripts / sizeof scripts[0]; i++) {
        pv_profile *p = kit_tree(scripts[i].text);
        pv_error err = {0};
        pv_arena a;
        pv_whence *w;
        bool seen = false;

        pv_arena_init(&a, 0);
        w = pv_origins(p, NULL, &a, &err);
        assert_non_null(w);
        for (uint32_t f = 1; f < p->functions.len; f++)
            if (is_row(p, f, scripts[i].frame)) {
                assert_int_equal(w[f].origin, scripts[i].origin);
                seen = true;
            }
        assert_true(seen);
        pv_arena_done(&a);
        pv_profile_free(p);
    }
}

static void stdlib__knows_the_old_and_the_new(void **state)
{
    static const char *const in[] = {"ConfigParser",  "json",     "tomllib",
                                     "_abc",          "zoneinfo", "asyncio",
                                     "BaseHTTPServer"};
    static const char *const out[] = {"", "numpy", "test", "Json", "zzz", "A"};

    (void)state;
    for (size_t i = 0; i < sizeof in / sizeof *in; i++)
        assert_true(pv_is_stdlib(pv_str_of(in[i])));
    for (size_t i = 0; i < sizeof out / sizeof *out; i++)
        assert_false(pv_is_stdlib(pv_str_of(out[i])));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(origin__every_row),
        cmocka_unit_test(origin__own_prefix_names_what_is_mine),
        cmocka_unit_test(origin__rules_override_the_first_match_counts),
        cmocka_unit_test(origin__every_allocation_may_fail),
        cmocka_unit_test(origin__the_script_is_own_whatever_its_name),
        cmocka_unit_test(stdlib__knows_the_old_and_the_new),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
