/* SPDX-License-Identifier: MIT */
/* Long inputs of folded stacks: however lines fall into batches, and whoever
 * reads them, the same comes out. */
#include "folded_kit.h"

enum { LINES = 60000 };

/* Lines of 4 bytes, of 40, of 4000 and one of 700,000; empty ones and CRs. */
static char *long_text(size_t *n)
{
    char *text = malloc(LINES * 60 + 2000000);

    *n = 0;
    for (int i = 0; i < LINES; i++) {
        size_t fat = i == 30000 ? 700000 : i % 500 == 7 ? 4000 : 0;

        *n += (size_t)sprintf(text + *n, "f%d;", i % 7);
        memset(text + *n, 'x', fat);
        *n += fat;
        if (i % 3 == 0)
            *n += (size_t)sprintf(text + *n, "name number %d;g ", i % 1000);
        *n += (size_t)sprintf(text + *n, " %d%s\n", i % 10,
                              i % 11  ? ""
                              : i % 2 ? "\r"
                                      : "\n");
    }
    return text;
}

static char *read_with(unsigned jobs, const char *text, size_t n)
{
    reading r = {.jobs = jobs};
    pv_profile *p = kit_read(&r, text, n);
    char *out = kit_folded(p);

    assert_int_equal(p->records, LINES);
    pv_profile_free(p);
    return out;
}

static void threads__read_the_same(void **state)
{
    size_t n;
    char *text = long_text(&n);
    char *one = read_with(1, text, n), *two = read_with(2, text, n);
    char *cut = read_with(2, text, n - 1); /* no LF at the end */

    (void)state;
    assert_true(strlen(one) > 100000);
    assert_string_equal(one, two);
    assert_string_equal(one, cut);
    free(one);
    free(two);
    free(cut);
    free(text);
}

/* A bad line far into the input, and much behind it that nobody waits for. */
static void threads__stop_at_an_error(void **state)
{
    size_t n;
    char *text = long_text(&n), *copy = malloc(2 * n + 8);

    (void)state;
    memcpy(copy, text, n);
    memcpy(copy + n, "a bad\n", 6);
    memcpy(copy + n + 6, text, n);
    copy[2 * n + 6] = '\0';
    for (unsigned jobs = 1; jobs <= 2; jobs++) {
        reading r = {.jobs = jobs, .strict = true};
        char place[40];
        unsigned line = 1;

        for (size_t i = 0; i < n; i++)
            line += text[i] == '\n';
        snprintf(place, sizeof place, "t:%u:3: 'bad' is not a number", line);
        kit_expect_error(&r, copy, PV_E_FORMAT, place);
    }
    free(copy);
    free(text);
}

static void threads__say_which_line_is_too_long(void **state)
{
    size_t n = 18 * 1024 * 1024, head = 0;
    char *text = malloc(n + 1);

    (void)state;
    memset(text, 'x', n);
    for (; head < 1800000; head += 6)
        memcpy(text + head, "a;b 1\n", 6);
    text[n] = '\0';
    for (unsigned jobs = 1; jobs <= 2; jobs++) {
        reading r = {.jobs = jobs};

        kit_expect_error(&r, text, PV_E_LIMIT,
                         "t:300001: line is longer than 16 MiB");
    }
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(threads__read_the_same),
        cmocka_unit_test(threads__stop_at_an_error),
        cmocka_unit_test(threads__say_which_line_is_too_long),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
