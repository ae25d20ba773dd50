/* SPDX-License-Identifier: MIT */
/* pstats files as profiles: shapes that real files do not show together. */
#include "testing.h"

#include "buf.h"
#include "profviz/format.h"

/* ---- a file, marshalled by hand ---- */

static void put_int(pv_buf *b, int v)
{
    char bytes[5] = {'i', (char)v, (char)(v >> 8), (char)(v >> 16),
                     (char)(v >> 24)};

    pv_buf_add(b, bytes, sizeof bytes);
}

static void put_text(pv_buf *b, const char *text)
{
    pv_buf_char(b, 'z');
    pv_buf_char(b, (char)strlen(text));
    pv_buf_puts(b, text);
}

static void put_seconds(pv_buf *b, double v)
{
    pv_buf_char(b, 'g');
    pv_buf_add(b, &v, sizeof v);
}

static void put_key(pv_buf *b, const char *file, int line, const char *name)
{
    pv_buf_add(b, ")\3", 2);
    put_text(b, file);
    put_int(b, line);
    put_text(b, name);
}

/* (cc, nc, tt, ct, and an open dict of callers */
static void put_row(pv_buf *b, int cc, int nc, double tt, double ct)
{
    pv_buf_add(b, ")\5", 2);
    put_int(b, cc);
    put_int(b, nc);
    put_seconds(b, tt);
    put_seconds(b, ct);
    pv_buf_char(b, '{');
}

static void put_caller(pv_buf *b, int nc, int cc, double tt, double ct)
{
    pv_buf_add(b, ")\4", 2);
    put_int(b, nc);
    put_int(b, cc);
    put_seconds(b, tt);
    put_seconds(b, ct);
}

static void put_marker(pv_buf *b)
{
    pv_buf_add(b, ")\1", 2);
    put_text(b, "__sampled__");
    pv_buf_char(b, 'T');
}

static void count(void *ctx, const pv_place *at, pv_str text)
{
    (void)at;
    (void)text;
    ++*(int *)ctx;
}

static pv_profile *load(pv_buf *b, int *warnings)
{
    pv_read_options o = {.limits = PV_LIMITS_DEFAULT, .log = {count, warnings}};
    pv_bytes bytes = {(const uint8_t *)b->p, b->n};
    pv_error err = {0};
    pv_profile *p;

    *warnings = 0;
    p = pv_load_bytes(bytes, PV_STR("t.prof"), &o, &err);
    if (!p)
        print_error("%s\n", err.text);
    assert_non_null(p);
    pv_buf_done(b);
    return p;
}

static uint32_t find(const pv_profile *p, const char *name)
{
    for (uint32_t i = 1; i < p->functions.len; i++)
        if (pv_str_equal(pv_profile_text(p, p->functions.at[i].name),
                         pv_str_of(name)))
            return i;
    fail_msg("no function %s", name);
    return 0;
}

static const int64_t *costs(const pv_profile *p, const char *name)
{
    return p->functions.cost + (size_t)find(p, name) * p->metrics.len;
}

static const int64_t *edge(const pv_profile *p, const char *caller,
                           const char *callee)
{
    uint32_t from = find(p, caller), to = find(p, callee);

    for (uint32_t i = 0; i < p->calls.len; i++)
        if (p->calls.at[i].caller.i == from && p->calls.at[i].callee.i == to)
            return p->calls.cost + (size_t)i * p->metrics.len;
    fail_msg("no call from %s to %s", caller, callee);
    return NULL;
}

#define CHECK(values, ...)                                                     \
    do {                                                                       \
        const int64_t want[] = {__VA_ARGS__};                                  \
        const int64_t *got = (values);                                         \
        for (size_t k = 0; k < COUNT(want); k++)                               \
            assert_int_equal(got[k], want[k]);                                 \
    } while (0)

/* ---- traced ---- */

static void pstats__ints_and_tuples_as_callers(void **state)
{
    pv_buf b = {0};
    pv_profile *p;
    int warnings;

    (void)state;
    pv_buf_char(&b, '{');
    put_key(&b, "a.py", 1, "f");
    put_row(&b, 1, 3, 0.25, 1.5);
    put_key(&b, "a.py", 9, "main");
    put_caller(&b, 2, 1, 0.125, 1.0);
    put_key(&b, "a.py", 20, "other");
    put_int(&b, 1);
    pv_buf_puts(&b, "0");
    put_key(&b, "a.py", 9, "main");
    put_row(&b, 1, 1, 0.5, 2.0);
    pv_buf_puts(&b, "00");
    p = load(&b, &warnings);
    CHECK(costs(p, "f"), 3, 1, 250000000, 1500000000);
    CHECK(edge(p, "main", "f"), 2, 1, 125000000, 1000000000);
    CHECK(edge(p, "other", "f"), 1, 1, 0, 0);
    CHECK(costs(p, "other"), 0, 0, 0, 0); /* not in the dict itself */
    assert_true(pv_str_equal(pv_profile_note(p, PV_STR("callers")),
                             PV_STR("some without times")));
    assert_int_equal(warnings, 0);
    pv_profile_free(p);
}

static void pstats__a_key_that_is_there_twice(void **state)
{
    pv_buf b = {0};
    pv_profile *p;
    int warnings;

    (void)state;
    pv_buf_char(&b, '{');
    put_key(&b, "a.py", 1, "f");
    put_row(&b, 1, 1, 0.25, 0.25);
    pv_buf_char(&b, '0');
    put_key(&b, "a.py", 2, "g");
    put_row(&b, 1, 1, 0.25, 0.25);
    pv_buf_char(&b, '0');
    put_key(&b, "a.py", 1, "f");
    put_row(&b, 7, 8, 0.5, 1.0);
    pv_buf_puts(&b, "00");
    p = load(&b, &warnings);
    assert_int_equal(p->functions.len, 3);
    CHECK(costs(p, "f"), 8, 7, 500000000, 1000000000);
    assert_int_equal(find(p, "f"), 1); /* the first place, the last value */
    pv_profile_free(p);
}

static void pstats__what_is_odd_is_said_once(void **state)
{
    pv_buf b = {0};
    pv_profile *p;
    int warnings;

    (void)state;
    pv_buf_char(&b, '{');
    put_key(&b, "a.py", -1, "f");
    put_row(&b, 2, 1, -0.5, 0.0 / 0.0);
    pv_buf_char(&b, '0');
    put_key(&b, "a.py", -2, "g");
    put_row(&b, -1, -1, 2.0, 1.0);
    pv_buf_puts(&b, "00");
    p = load(&b, &warnings);
    CHECK(costs(p, "f"), 1, 2, -500000000, 0);
    CHECK(costs(p, "g"), 0, 0, 2000000000, 1000000000);
    /* NaN, counts, time, calls, own above total, lines */
    assert_int_equal(warnings, 6);
    pv_profile_free(p);
}

/* ---- sampled ---- */

static void pstats__samples_of_a_function_on_several_lines(void **state)
{
    pv_buf b = {0};
    pv_profile *p;
    int warnings;

    (void)state;
    pv_buf_char(&b, '{');
    put_key(&b, "a.py", 3, "fib"); /* calls itself: lines share samples */
    put_row(&b, 51, 111, 0.051, 0.111);
    put_key(&b, "a.py", 4, "fib");
    put_int(&b, 53);
    put_key(&b, "a.py", 8, "run");
    put_int(&b, 58);
    pv_buf_char(&b, '0');
    put_marker(&b);
    put_key(&b, "a.py", 4, "fib");
    put_row(&b, 116, 153, 0.116, 0.153);
    put_key(&b, "a.py", 8, "run");
    put_int(&b, 109);
    put_key(&b, "a.py", 3, "fib");
    put_int(&b, 44);
    pv_buf_char(&b, '0');
    put_key(&b, "a.py", 8, "run");
    put_row(&b, 0, 167, 0.0, 0.167);
    pv_buf_puts(&b, "00");
    p = load(&b, &warnings);
    assert_true(p->flags & PV_SAMPLED);
    assert_int_equal(p->functions.len, 3);
    assert_int_equal(p->lines.len, 3);
    /* 58 and 109 samples came in from run, never more than it has */
    CHECK(costs(p, "fib"), 167, 167, 167000000, 167000000);
    CHECK(costs(p, "run"), 0, 167, 0, 167000000);
    CHECK(edge(p, "run", "fib"), 0, 167);
    CHECK(edge(p, "fib", "fib"), 0, 97);
    assert_int_equal(p->functions.at[find(p, "fib")].line, 3);
    assert_int_equal(warnings, 0);
    pv_profile_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pstats__ints_and_tuples_as_callers),
        cmocka_unit_test(pstats__a_key_that_is_there_twice),
        cmocka_unit_test(pstats__what_is_odd_is_said_once),
        cmocka_unit_test(pstats__samples_of_a_function_on_several_lines),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
