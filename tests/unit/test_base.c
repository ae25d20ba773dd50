/* SPDX-License-Identifier: MIT */
/* Arena, symbols, UTF-8, errors. */
#include "testing.h"

#include "arena.h"
#include "mem.h"
#include "profviz/error.h"
#include "symtab.h"
#include "utf8.h"

static void arena__refuses_beyond_its_limit_for_ever(void **state)
{
    pv_arena a;

    (void)state;
    pv_arena_init(&a, 100);
    assert_non_null(pv_arena_alloc(&a, 1, 60));
    assert_null(pv_arena_alloc(&a, 1, 60));
    assert_true(a.failed);
    assert_null(pv_arena_alloc(&a, 1, 1));
    pv_arena_done(&a);
}

static void arena__survives_absurd_sizes(void **state)
{
    pv_arena a;

    (void)state;
    pv_arena_init(&a, 0);
    assert_null(pv_arena_alloc(&a, SIZE_MAX, 2));
    pv_arena_done(&a);
}

static void arena__is_aligned_and_zeroed(void **state)
{
    pv_arena a;

    (void)state;
    pv_arena_init(&a, 0);
    for (size_t n = 1; n < 3000; n += 7) {
        unsigned char *p = pv_arena_alloc(&a, n, 1);

        assert_int_equal((uintptr_t)p % 16, 0);
        for (size_t i = 0; i < n; i++)
            assert_int_equal(p[i], 0);
        memset(p, 0xff, n);
    }
    pv_arena_done(&a);
}

static bool is_counted(const unsigned char *p, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (p[i] != (unsigned char)(i % 251))
            return false;
    return true;
}

static void mem__keeps_its_bytes_through_all_sizes(void **state)
{
    static const size_t sizes[] = {1,       100,     4 << 20, 5 << 20, 9 << 20,
                                   4 << 20, 3 << 20, 10,      6 << 20, 1};
    unsigned char *p = NULL;
    size_t had = 0;

    (void)state;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        p = pv_mem_resize(p, sizes[i], 1);
        assert_non_null(p);
        assert_int_equal((uintptr_t)p % 16, 0);
        assert_true(is_counted(p, 0, had < sizes[i] ? had : sizes[i]));
        for (size_t k = had; k < sizes[i]; k++)
            p[k] = (unsigned char)(k % 251);
        had = sizes[i];
    }
    pv_mem_free(p);
}

static void mem__is_zeroed_and_refuses_absurd_sizes(void **state)
{
    unsigned char *p = pv_mem_alloc(1 << 20, 9);
    void *same = p;

    (void)state;
    assert_non_null(p);
    for (size_t i = 0; i < (size_t)9 << 20; i++)
        assert_int_equal(p[i], 0);
    assert_null(pv_mem_alloc(SIZE_MAX / 2, 3));
    assert_null(pv_mem_alloc(SIZE_MAX / 3, 1));
    assert_null(pv_mem_resize(p, SIZE_MAX / 5, 2));
    assert_null(pv_mem_resize(p, SIZE_MAX / 5, 1));
    p[0] = 1; /* it is still there */
    assert_ptr_equal(p, same);
    pv_mem_free(p);
}

static void symtab__numbers_follow_arrival(void **state)
{
    pv_arena a;
    pv_symtab *t;
    char text[16];

    (void)state;
    pv_arena_init(&a, 0);
    t = pv_symtab_new(&a);
    assert_int_equal(pv_symtab_add(t, PV_STR("")).i, 0);
    for (unsigned round = 0; round < 2; round++)
        for (uint32_t i = 0; i < 5000; i++) {
            int n = snprintf(text, sizeof text, "name%u", i);

            assert_int_equal(pv_symtab_add(t, (pv_str){text, (size_t)n}).i,
                             i + 1);
        }
    assert_int_equal(pv_symtab_find(t, PV_STR("name7")).i, 8);
    assert_int_equal(pv_symtab_find(t, PV_STR("absent")).i, 0);
    assert_int_equal(pv_symtab_len(t), 5001);
    pv_symtab_free(t);
    pv_arena_done(&a);
}

static void fnv1a__is_the_published_one(void **state)
{
    (void)state;
    assert_int_equal(pv_fnv1a(PV_STR("")), 0x811c9dc5);
    assert_int_equal(pv_fnv1a(PV_STR("foobar")), 0xbf9cf968);
}

static void utf8__shows_nothing_dangerous(void **state)
{
    static const struct {
        const char *in, *clean, *ascii;
    } rows[] = {
        {"plain", "plain", "plain"},
        {"a\x1b[31mb", "a\xef\xbf\xbd[31mb", "a\\u{FFFD}[31mb"},
        {"\xff\x41",
         "\xef\xbf\xbd"
         "A",
         "\\u{FFFD}A"},
        {"\xed\xb3\xbf", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd",
         "\\u{FFFD}\\u{FFFD}\\u{FFFD}"},
        {"d\xc3\xa9", "d\xc3\xa9", "d\\u{E9}"},
        {"\xc2\x9b", "\xef\xbf\xbd", "\\u{FFFD}"},
        {"\x7f", "\xef\xbf\xbd", "\\u{FFFD}"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        pv_buf out = {0};

        pv_clean(&out, pv_str_of(rows[i].in));
        pv_buf_char(&out, '\0');
        assert_string_equal(out.p, rows[i].clean);
        pv_buf_clear(&out);
        pv_clean_terminal(&out, pv_str_of(rows[i].in), false);
        pv_buf_char(&out, '\0');
        assert_string_equal(out.p, rows[i].ascii);
        pv_buf_done(&out);
    }
}

static void utf8__width_counts_columns(void **state)
{
    (void)state;
    assert_int_equal(pv_text_width(PV_STR("abc")), 3);
    assert_int_equal(pv_text_width(PV_STR("\xe6\x97\xa5\xe6\x9c\xac")), 4);
    assert_int_equal(pv_text_width(PV_STR("e\xcc\x81")), 1);
}

static void error__formats_each_kind_of_place(void **state)
{
    static const struct {
        pv_place at;
        const char *text;
    } rows[] = {
        {{.file = {"run.folded", 10}, .line = 17, .column = 42},
         "run.folded:17:42: bad"},
        {{.file = {"m.dat", 5}, .line = 3}, "m.dat:3: bad"},
        {{.file = {"run.prof", 8}, .offset = 0x1c, .has_offset = true},
         "run.prof@0x1c: bad"},
        {{.file = {"a\nb", 3}}, "a\\x0ab: bad"},
        {{.line = 3}, "bad"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        pv_error err = {0};
        char out[256];

        assert_false(pv_fail(&err, PV_E_FORMAT, &rows[i].at, "bad"));
        assert_false(pv_fail(&err, PV_E_IO, NULL, "later ones are dropped"));
        assert_int_equal(err.code, PV_E_FORMAT);
        pv_error_format(&err, out, sizeof out);
        assert_string_equal(out, rows[i].text);
    }
}

static void error__quotes_at_most_60_bytes(void **state)
{
    char long_text[100], out[256];

    (void)state;
    memset(long_text, 'x', sizeof long_text);
    pv_printable((pv_str){long_text, 100}, 60, out, sizeof out);
    assert_int_equal(strlen(out), 62);
    assert_string_equal(out + 60, "..");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arena__refuses_beyond_its_limit_for_ever),
        cmocka_unit_test(arena__survives_absurd_sizes),
        cmocka_unit_test(arena__is_aligned_and_zeroed),
        cmocka_unit_test(mem__keeps_its_bytes_through_all_sizes),
        cmocka_unit_test(mem__is_zeroed_and_refuses_absurd_sizes),
        cmocka_unit_test(symtab__numbers_follow_arrival),
        cmocka_unit_test(fnv1a__is_the_published_one),
        cmocka_unit_test(utf8__shows_nothing_dangerous),
        cmocka_unit_test(utf8__width_counts_columns),
        cmocka_unit_test(error__formats_each_kind_of_place),
        cmocka_unit_test(error__quotes_at_most_60_bytes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
