/* SPDX-License-Identifier: MIT */
#include "tree_kit.h"

static const struct {
    const char *name, *file;
    uint32_t line, at; /* of the definition; executing */
    const char *text;
    const char *label, *place, *folded;
} rows[] = {
    {"run", "shop/run.py", 7, 0, "", "run", "shop/run.py:7",
     "run (shop/run.py:7)"},
    {"run", "shop/run.py", 0, 9, "", "run", "shop/run.py:9",
     "run (shop/run.py:9)"},
    {"run", "libc.so.6", 0, 0, "", "run", "libc.so.6", "run (libc.so.6)"},
    {"run", "", 0, 0, "", "run", "", "run"},
    {"", "a.py", 3, 0, "", "a.py:3", "a.py:3", "a.py:3"},
    {"", "", 0, 0, "", "(unknown)", "", ""},
    {"do_syscall_64_[k]", "", 0, 0, "", "do_syscall_64", "",
     "do_syscall_64_[k]"},
    {"_[k]", "", 0, 0, "", "_[k]", "", "_[k]"},
    {"x_[z]", "", 0, 0, "", "x_[z]", "", "x_[z]"},
    {"<built-in method builtins.len>", "~", 0, 0, "",
     "<built-in method builtins.len>", "built-in",
     "<built-in method builtins.len>"},
    {"<method 'x' of 'str' objects>", "", 0, 0, "",
     "<method 'x' of 'str' objects>", "built-in",
     "<method 'x' of 'str' objects>"},
    {"a;b\nc", "d;e.py", 1, 0, "", "a;b\nc", "d;e.py:1", "a:b c (d:e.py:1)"},
    {"run", "shop/run.py", 7, 8, "run (run.py:8)", "run", "shop/run.py:8",
     "run (run.py:8)"},
};

static void expect(pv_buf *out, const char *want)
{
    pv_buf_char(out, '\0');
    assert_string_equal(out->p, want);
    pv_buf_clear(out);
}

static void label__every_row(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        pv_builder *b = kit_builder("samples", PV_COUNT);
        pv_buf out = {0};
        pv_profile *p;
        pv_fn fn = pv_build_function(
            b, pv_build_name(b, pv_str_of(rows[i].name)),
            pv_build_name(b, pv_str_of(rows[i].file)), rows[i].line,
            rows[i].name[0] ? PV_FN_CODE : PV_FN_LINE);

        pv_build_frame(b, (pv_node){0}, fn, rows[i].at,
                       pv_build_name(b, pv_str_of(rows[i].text)));
        p = kit_finish(b);
        fn = p->frames.at[1].fn;
        pv_label_function(&out, p, fn);
        expect(&out, rows[i].label);
        pv_label_place(&out, p, fn, rows[i].at ? rows[i].at : rows[i].line);
        expect(&out, rows[i].place);
        pv_spell_frame(&out, p, (pv_node){1});
        expect(&out, rows[i].folded);
        pv_buf_done(&out);
        pv_profile_free(p);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(label__every_row)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
