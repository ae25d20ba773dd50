/* SPDX-License-Identifier: MIT */
/* The reader of folded stacks: its grammar line by line, exact counts, orders,
 * warnings and errors.  What comes out is compared as folded text. */
#include "folded_kit.h"

/* ---- the grammar -------------------------------------------------------- */

/* Each line alone behind "k;k 1"; `classic` NULL: the same in flamegraph.pl's
 * reading; `strict`: the error without "t:2:", NULL = none. */
static const struct {
    const char *line, *plain, *classic, *strict;
} grammar[] = {
    {"a;b 3", "a;b 3", NULL, NULL},
    {"a;b\t4", "a;b 4", NULL, NULL},
    {"a;c 2.5", "a;c 2.5", NULL, NULL},
    {"a;d 5.", "a;d 5", NULL, NULL},
    {"a;e .5", "", NULL, "5: '.5' is not a number"},
    {"a;f -3", "", NULL, "5: '-3' is negative"},
    {"a;h +2", "", NULL, "5: '+2' is not a number"},
    {"a;g 1e3", "", NULL, "5: '1e3' is not a number"},
    {"a;i ", "", NULL, "4: expected a count after the stack"},
    {"a;b 3   ", "a;b 3", NULL, NULL},
    {"a;b 3\r", "a;b 3", NULL, NULL},
    {"a;b 3 \t\r", "a;b 3", NULL, NULL},
    {"justname", "", NULL, "9: expected a count after the stack"},
    {"5", "", NULL, "1: expected a stack before the count"},
    {"", "", NULL, NULL},
    {"  \t", "", NULL, NULL},
    {"# text 9", "# text 9", NULL, NULL},
    {"# no count", "", NULL, NULL},
    {"# one -9", "", NULL, NULL},
    {"0 5", "0 5", NULL, NULL},
    {" 24", " 24", NULL, NULL},
    {";lead 3", ";lead 3", NULL, NULL},
    {"a;;dbl 3", "a;;dbl 3", NULL, NULL},
    {"trail; 3", "trail 3", NULL, NULL},
    {"trail;;; 3", "trail 3", NULL, NULL},
    {"; 3", " 3", NULL, NULL},
    {"name with spaces;foo bar 3", "name with spaces;foo bar 3", NULL, NULL},
    {"  lead;x 3", "  lead;x 3", NULL, NULL},
    {"a;b   3", "a;b 3", "a;b   3", NULL},
    {"bad\xff\xfe;a 3", "bad\xff\xfe;a 3", NULL, NULL},
    {"a;b 0", "a;b 0", NULL, NULL},
    {"a;b 007", "a;b 7", NULL, NULL},
    {"a;x_[k] 3", "a;x_[k] 3", NULL, NULL},
    {"--;x 2", "--;x 2", NULL, NULL},
    {"process 7:\"a;b\";c 3", "process 7:\"a;b\";c 3", NULL, NULL},
    {"a;f (x.py:3) 3", "a;f (x.py:3) 3", NULL, NULL},
    {"a;b 9223372036854775700", "a;b 9223372036854775700", NULL, NULL},
    {"a;b 4.500", "a;b 4.5", NULL, NULL},
};

static void one_line(const char *line, const char *want, bool classic)
{
    char text[200];
    const char *rows[2] = {"k;k 1", want};
    reading r = {.classic = classic};

    snprintf(text, sizeof text, "k;k 1\n%s\n", line);
    kit_expect_rows(&r, text, rows, want[0] ? 2 : 1);
}

static void grammar__line_by_line(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(grammar); i++)
        one_line(grammar[i].line, grammar[i].plain, false);
}

static void grammar__line_by_line_classic(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(grammar); i++)
        one_line(grammar[i].line,
                 grammar[i].classic ? grammar[i].classic : grammar[i].plain,
                 true);
}

static void grammar__strict_says_where(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(grammar); i++) {
        char text[200], error[200];
        reading r = {.strict = true};

        snprintf(text, sizeof text, "k;k 24\n%s\n", grammar[i].line);
        snprintf(error, sizeof error, "t:2:%s", grammar[i].strict);
        if (grammar[i].strict)
            kit_expect_error(&r, text, PV_E_FORMAT, error);
        else
            kit_expect_fine(&r, text);
    }
}

static void grammar__last_line_without_lf(void **state)
{
    reading r = {0};

    (void)state;
    kit_expect(&r, "a;b 3\na;c 4", "a;b 3\na;c 4\n");
}

static void grammar__byte_order_mark(void **state)
{
    reading r = {0}, classic = {.classic = true};

    (void)state;
    kit_expect(&r,
               "\xef\xbb\xbf"
               "a;b 3\na;c 4\n",
               "a;b 3\na;c 4\n");
    kit_expect(&classic,
               "\xef\xbb\xbf"
               "a;b 3\n",
               "a;b 3\n");
    kit_expect(&r,
               "a;b 3\n\xef\xbb\xbf"
               "a;c 4\n",
               "a;b 3\n\xef\xbb\xbf"
               "a;c 4\n");
}

static void grammar__nul_is_a_byte_of_the_name(void **state)
{
    static const char text[] = "nul\0byte;a 3\nok 1\n";
    reading r = {0};
    pv_profile *p = kit_read(&r, text, sizeof text - 1);
    pv_str name =
        pv_profile_text(p, p->functions.at[p->frames.at[1].fn.i].name);

    (void)state;
    assert_int_equal(name.n, 8);
    assert_memory_equal(name.p, "nul\0byte", 8);
    pv_profile_free(p);
}

/* ---- counts ------------------------------------------------------------- */

static void counts__tenths_add_up_exactly(void **state)
{
    reading r = {0};

    (void)state;
    kit_expect(&r,
               "a;b 0.1\na;b 0.1\na;b 0.1\na;b 0.1\na;b 0.1\n"
               "a;b 0.1\na;b 0.1\na;b 0.1\na;b 0.1\na;b 0.1\n",
               "a;b 1\n");
    kit_expect(&r, "a;b 9007199254740993\na;b 1\na;c 0.125\n",
               "a;b 9007199254740994\na;c 0.125\n");
}

static void counts__too_many_decimals_are_rounded(void **state)
{
    reading r = {0}, strict = {.strict = true};

    (void)state;
    kit_expect(&r,
               "a;b 0.1234567894999\na;c 0.1234567895\na;d 0.1234567885\n"
               "a;e 1.000000000000\na;f 0.99999999999\n",
               "a;b 0.123456789\na;c 0.12345679\na;d 0.123456788\na;e 1\n"
               "a;f 1\n");
    assert_string_equal(r.warnings,
                        "t:1: counts have more than nine decimals and were "
                        "rounded (4 of 5)\n");
    kit_expect_error(&strict, "a;b 0.12345678901\n", PV_E_FORMAT,
                     "t:1: the count has more than nine decimals");
}

static const struct {
    const char *text, *error;
} overflows[] = {
    {"a;b 18446744073709551616\n",
     "t:1:5: '18446744073709551616' is above 2^63-1, the most that is read"},
    {"a;b 9223372036854775808\n",
     "t:1:5: '9223372036854775808' is above 2^63-1, the most that is read"},
    {"a;b 9223372036854775807\na;c 1\n",
     "t:2: the sum of the counts is above 2^63-1, the most that is read"},
    {"a;b 9223372036854775807\na;c 0.5\n",
     "t:2: the sum of the counts is above 2^63-1, the most that is read"},
    {"a;b 0.5\nc;d 1\na;c 9223372036854775807\n",
     "t:3: the sum of the counts is above 2^63-1, the most that is read"},
    {"P1;T1;a:f:1 9223372036854776\n",
     "t:1: the sum of the counts is above 2^63-1, the most that is read"},
};

static void counts__beyond_int64_are_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(overflows); i++) {
        reading r = {0};

        kit_expect_error(&r, overflows[i].text, PV_E_LIMIT, overflows[i].error);
    }
}

static void counts__negative_where_wanted(void **state)
{
    reading r = {.signed_counts = true};

    (void)state;
    kit_expect(&r, "a;b 5\na;b -3\na;c -4\n", "a;b 2\na;c -4\n");
    kit_expect_error(&r, "a;b -9223372036854775807\na;b 1\n", PV_E_LIMIT,
                     "t:2: the sum of the counts is above 2^63-1, the most "
                     "that is read");
}

static void counts__all_zero_is_a_profile(void **state)
{
    reading r = {0};

    (void)state;
    kit_expect(&r, "a;b 0\na;c 0\n", "a;b 0\na;c 0\n");
}

/* ---- two counts --------------------------------------------------------- */

static void two__nine_lines_of_ten_are_a_difference(void **state)
{
    static const char head[] = "a;b 10 20\na;c 5 0\na;d 0 7\na;e 1 1\n"
                               "a;f 1 1\na;g 1 1\na;h 1 1\na;i 1 1\n"
                               "a;b 1 2.5\n";
    char text[200];
    reading r = {0};
    pv_profile *p;

    (void)state;
    snprintf(text, sizeof text, "%sa;j 4\n", head);
    p = kit_read(&r, text, strlen(text));
    assert_true(p->flags & PV_DIFFERENTIAL);
    assert_int_equal(p->metrics.len, 2);
    assert_int_equal(p->metrics.main, 1);
    kit_is_name(p, p->metrics.at[0].name, "before");
    kit_is_name(p, p->metrics.at[1].name, "after");
    assert_int_equal(p->metrics.at[0].exponent, 1);
    assert_int_equal(p->metrics.at[1].exponent, 1);
    kit_is_folded(p, "a;b 11 22.5\na;c 5 0\na;d 0 7\na;e 1 1\na;f 1 1\n"
                     "a;g 1 1\na;h 1 1\na;i 1 1\na;j 4 4\n");
    assert_string_equal(r.warnings,
                        "t: 9 of 10 lines have two counts, before and after; "
                        "the others were read as unchanged\n");
    pv_profile_free(p);
}

static void two__fewer_are_names(void **state)
{
    reading r = {0};

    (void)state;
    kit_expect(&r, "a;b 10 20\na;c 5\n", "a;b 10 20\na;c 5\n");
    assert_string_equal(
        r.warnings,
        "t:1: 1 of 2 lines end in two numbers; the first was read as a part "
        "of the name, not as the count before (that takes nine lines of "
        "ten)\n");
}

static void two__shared_stacks_merge(void **state)
{
    reading r = {0}, ordered = {.time_order = true};

    (void)state;
    kit_expect(&r, "a;b 1 2\na;b 10 20\na;b;c 3 4\na; 5 6\n 7 8\na;b 1 2\n",
               " 7 8\na 5 6\na;b 12 24\na;b;c 3 4\n");
    kit_expect(&ordered, "a;b 1 2\na;b 10 20\na;b;c 3 4\n",
               "a;b 11 22\na;b;c 3 4\n");
}

static void two__before_beyond_int64(void **state)
{
    reading r = {0};

    (void)state;
    kit_expect_error(&r, "a;b 9223372036854775807 1\na;c 1 1\n", PV_E_LIMIT,
                     "t:2: the sum of the counts before is above 2^63-1, the "
                     "most that is read");
    kit_expect(&r, "a;b 99999999999999999999 1\na;c 1\na;d 1\n",
               "a;b 99999999999999999999 1\na;c 1\na;d 1\n");
}

/* ---- orders, merging, options ------------------------------------------- */

static void order__sorted_by_bytes(void **state)
{
    reading r = {0};

    (void)state;
    kit_expect(&r, "b 1\na;c 2\na 4\na-b 8\na;b 16\na;c 32\n",
               "a 4\na-b 8\na;b 16\na;c 34\nb 1\n");
}

static void order__of_time_merges_neighbours(void **state)
{
    static const char text[] = "f;b 1\nf;a 1\nf;b 1\nf;b 2\ng 1\nf;b 1\n";
    reading r = {.time_order = true};
    pv_profile *p = kit_read(&r, text, sizeof text - 1);
    static const char *const names[] = {"", "f", "b", "a", "b", "g", "f", "b"};
    static const int64_t costs[] = {0, 0, 1, 1, 3, 1, 0, 1};

    (void)state;
    assert_true(p->flags & PV_TIME_ORDERED);
    assert_int_equal(p->frames.len, COUNT(names));
    for (uint32_t i = 1; i < p->frames.len; i++) {
        kit_is_name(p, p->frames.at[i].text, names[i]);
        assert_int_equal(p->frames.cost[i], costs[i]);
    }
    pv_profile_free(p);
}

static void hex__addresses_become_alike(void **state)
{
    reading r = {.strip_hex = true};
    reading ordered = {.strip_hex = true, .time_order = true};

    (void)state;
    kit_expect(&r, "a;0x1F;b 1\na;0xabc;b 2\na;0xz 4\na;x0x1 8\n0x 16\n",
               "0x 16\na;0x...;b 3\na;0xz 4\na;x0x... 8\n");
    kit_expect(&ordered, "a;0x1;b 1\na;0x2;b 2\n", "a;0x...;b 3\n");
}

/* Stacks over a small alphabet, with every way of being a part of another. */
static void tree__agrees_with_sorting(void **state)
{
    static const char *const pieces[] = {"a", "b", "ab", "abc", "", "b a"};
    enum { N = 3000 };
    char(*lines)[40] = malloc(N * sizeof *lines);
    char *text = malloc(N * 48), *want;
    uint32_t seed = 7;
    size_t n = 0;
    reading r = {0};

    (void)state;
    for (int i = 0; i < N; i++) {
        lines[i][0] = '\0';
        for (uint32_t depth = seed >> 16 & 7; depth > 0; depth--) {
            seed = seed * 1664525 + 1013904223;
            strcat(lines[i], pieces[(seed >> 16) % COUNT(pieces)]);
            strcat(lines[i], depth > 1 ? ";" : "");
        }
        seed = seed * 1664525 + 1013904223;
        n += (size_t)sprintf(text + n, "%s 1\n", lines[i]);
    }
    want = kit_sorted(lines, N);
    kit_expect(&r, text, want);
    free(want);
    free(text);
    free(lines);
}

/* ---- limits ------------------------------------------------------------- */

static void depth__is_bounded(void **state)
{
    reading r = {.depth = 3};

    (void)state;
    kit_expect(&r, "a;b;c 1\n", "a;b;c 1\n");
    kit_expect_error(&r, "a;b 1\na;b;c;d 1\n", PV_E_LIMIT,
                     "t:2: a stack of 4 frames is above the limit depth=3; "
                     "raise it by --limits depth=N");
}

static void memory__is_bounded(void **state)
{
    reading r = {.memory = 100000};
    char *text = malloc(400000);
    size_t n = 0;

    (void)state;
    for (int i = 0; i < 10000; i++)
        n += (size_t)sprintf(text + n, "f%d;some function %d 1\n", i % 10, i);
    kit_expect_code(&r, text, PV_E_LIMIT, "memory");
    free(text);
}

/* ---- what is no stack --------------------------------------------------- */

static void bad__lines_are_summed_up(void **state)
{
    reading r = {0};

    (void)state;
    kit_expect(&r, "x\na;b 1\na ten\n5\nb -1\ny\nz\n", "a;b 1\n");
    assert_string_equal(
        r.warnings,
        "t: left out 6 lines: 1 (expected a count after the stack), 3 ('ten' "
        "is not a number), 4 (expected a stack before the count), 5 ('-1' is "
        "negative), 6 (expected a count after the stack), ...; with --metric "
        "negative counts are read\n");
}

static void bad__no_stack_at_all(void **state)
{
    reading r = {0};

    (void)state;
    kit_expect_error(&r, "main;run ten\nmain;x\n", PV_E_FORMAT,
                     "t: no stacks found (first bad line 1: 'ten' is not a "
                     "number)");
    kit_expect_error(&r, "# a\n\n", PV_E_FORMAT, "t: no stacks found");
}

static void stray__line_of_output_is_named(void **state)
{
    reading r = {0}, fine = {0}, strict = {.strict = true};

    (void)state;
    kit_expect(&r, "main;a 5\nsome result! 9999999\nmain;b 6\n",
               "main;a 5\nmain;b 6\nsome result! 9999999\n");
    assert_string_equal(r.warnings,
                        "t:2: 'some result!' counts more than all stacks with "
                        "a ';' together; a stray line of a program's "
                        "output?\n");
    kit_expect_error(&strict, "main;a 5\nsome result! 9999999\n", PV_E_FORMAT,
                     "t:2: 'some result!' counts more than all stacks with a "
                     "';' together; a stray line of a program's output?");
    kit_expect(&fine, "main 99\nmain;a 5\nf (x.py:1) 99\n",
               "f (x.py:1) 99\nmain 99\nmain;a 5\n");
    assert_string_equal(fine.warnings, "");
}

static void table__is_taken_with_a_warning(void **state)
{
    reading r = {0};

    (void)state;
    kit_expect(&r, "dict  2000\ntuple 1000\n", "dict 2000\ntuple 1000\n");
    assert_non_null(strstr(r.warnings, "no line holds a ';'"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(grammar__line_by_line),
        cmocka_unit_test(grammar__line_by_line_classic),
        cmocka_unit_test(grammar__strict_says_where),
        cmocka_unit_test(grammar__last_line_without_lf),
        cmocka_unit_test(grammar__byte_order_mark),
        cmocka_unit_test(grammar__nul_is_a_byte_of_the_name),
        cmocka_unit_test(counts__tenths_add_up_exactly),
        cmocka_unit_test(counts__too_many_decimals_are_rounded),
        cmocka_unit_test(counts__beyond_int64_are_refused),
        cmocka_unit_test(counts__negative_where_wanted),
        cmocka_unit_test(counts__all_zero_is_a_profile),
        cmocka_unit_test(two__nine_lines_of_ten_are_a_difference),
        cmocka_unit_test(two__fewer_are_names),
        cmocka_unit_test(two__shared_stacks_merge),
        cmocka_unit_test(two__before_beyond_int64),
        cmocka_unit_test(order__sorted_by_bytes),
        cmocka_unit_test(order__of_time_merges_neighbours),
        cmocka_unit_test(hex__addresses_become_alike),
        cmocka_unit_test(tree__agrees_with_sorting),
        cmocka_unit_test(depth__is_bounded),
        cmocka_unit_test(memory__is_bounded),
        cmocka_unit_test(bad__lines_are_summed_up),
        cmocka_unit_test(bad__no_stack_at_all),
        cmocka_unit_test(stray__line_of_output_is_named),
        cmocka_unit_test(table__is_taken_with_a_warning),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
