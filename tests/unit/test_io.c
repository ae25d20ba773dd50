/* SPDX-License-Identifier: MIT */
/* Inputs, lines, cursor, sinks. */
#include "testing.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cursor.h"
#include "lines.h"
#include "profviz/sink.h"

static const pv_limits limits = {
    .input = 1u << 30, .memory = 1u << 30, .depth = 10000, .ratio = 1000};

static pv_input *input_of(pv_str text)
{
    pv_error err = {0};
    pv_input *in = pv_input_bytes((pv_bytes){(const uint8_t *)text.p, text.n},
                                  PV_STR("t"), &limits, &err);

    assert_non_null(in);
    return in;
}

static void lines__every_kind_of_end(void **state)
{
    static const struct {
        pv_str text;
        const char *lines[4];
        bool cut;
    } rows[] = {
        {PV_STR_INIT("a\nb\n"), {"a", "b"}, false},
        {PV_STR_INIT("a\nb"), {"a", "b"}, true},
        {PV_STR_INIT("a\r\n\nb\n"), {"a\r", "", "b"}, false},
        {PV_STR_INIT("\n"), {""}, false},
        {PV_STR_INIT(""), {NULL}, false},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        pv_input *in = input_of(rows[i].text);
        pv_error err = {0};
        pv_lines l;
        pv_str line;
        size_t k = 0;

        assert_true(pv_lines_init(&l, in, &err));
        while (pv_lines_next(&l, &line, &err)) {
            assert_non_null(rows[i].lines[k]);
            assert_true(pv_str_equal(line, pv_str_of(rows[i].lines[k])));
            k++;
            assert_int_equal(l.number, k);
        }
        assert_int_equal(err.code, PV_OK);
        assert_null(rows[i].lines[k]);
        assert_int_equal(l.cut, rows[i].cut);
        assert_int_equal(l.offset, rows[i].text.n);
        pv_lines_done(&l);
        pv_input_close(in);
    }
}

static void lines__a_line_over_16_MiB_is_refused(void **state)
{
    size_t n = PV_LINE_MAX + 10;
    char *text = malloc(n);
    pv_error err = {0};
    pv_input *in;
    pv_lines l;
    pv_str line;

    (void)state;
    memset(text, 'x', n);
    text[1] = '\n';
    in = input_of((pv_str){text, n});
    assert_true(pv_lines_init(&l, in, &err));
    assert_true(pv_lines_next(&l, &line, &err));
    assert_false(pv_lines_next(&l, &line, &err));
    assert_int_equal(err.code, PV_E_LIMIT);
    assert_int_equal(err.at.line, 2);
    pv_lines_done(&l);
    pv_input_close(in);
    free(text);
}

static char *temporary(const char *name)
{
    static char path[300];
    const char *dir = getenv("TMPDIR");

    snprintf(path, sizeof path, "%s/pv-%ld-%s", dir ? dir : "/tmp",
             (long)getpid(), name);
    return path;
}

static size_t gzip_file(const char *path, const char *text)
{
    pv_error err = {0};
    pv_sink *z = pv_sink_deflate(pv_sink_file(path, &err), 6, &err);
    struct stat st;

    pv_sink_puts(z, text);
    assert_true(pv_sink_close(z, &err));
    assert_int_equal(stat(path, &st), 0);
    return (size_t)st.st_size;
}

static void append_file(const char *to, const char *text)
{
    char other[320], *buf = malloc(4096);
    FILE *f, *g;
    size_t n;

    snprintf(other, sizeof other, "%s.2", to);
    gzip_file(other, text);
    f = fopen(other, "rb");
    g = fopen(to, "ab");
    n = fread(buf, 1, 4096, f);
    fwrite(buf, 1, n, g);
    fclose(f);
    fclose(g);
    unlink(other);
    free(buf);
}

static void input__gzip_members_are_one_text(void **state)
{
    char *path = temporary("members.gz");
    pv_error err = {0};
    pv_input *in;
    pv_bytes all;

    (void)state;
    gzip_file(path, "one\n");
    append_file(path, "two\n");
    in = pv_input_open(path, &limits, &err);
    assert_non_null(in);
    assert_true(pv_input_all(in, &all, &err));
    assert_int_equal(all.n, 8);
    assert_memory_equal(all.p, "one\ntwo\n", 8);
    pv_input_close(in);
    unlink(path);
}

static void input__cut_gzip_is_an_error_at_every_byte(void **state)
{
    char *path = temporary("cut.gz");
    size_t n = gzip_file(path, "one two three four five\n");
    uint8_t *bytes = malloc(n);
    FILE *f = fopen(path, "rb");

    (void)state;
    assert_int_equal(fread(bytes, 1, n, f), n);
    fclose(f);
    unlink(path);
    for (size_t cut = 3; cut < n; cut++) {
        pv_error err = {0};
        pv_bytes all;
        pv_input *in =
            pv_input_bytes((pv_bytes){bytes, cut}, PV_STR("z"), &limits, &err);

        assert_false(pv_input_all(in, &all, &err));
        assert_int_equal(err.code, PV_E_FORMAT);
        pv_input_close(in);
    }
    free(bytes);
}

static void input__a_bomb_meets_the_ratio_limit(void **state)
{
    char *path = temporary("bomb.gz"), *zeros = calloc(1, 1 << 20);
    pv_limits tight = PV_LIMITS_DEFAULT;
    pv_error err = {0};
    pv_sink *z = pv_sink_deflate(pv_sink_file(path, &err), 9, &err);
    pv_input *in;
    pv_bytes all;

    (void)state;
    for (int i = 0; i < 8; i++)
        pv_sink_write(z, zeros, 1 << 20);
    assert_true(pv_sink_close(z, &err));
    tight.ratio = 100;
    in = pv_input_open(path, &tight, &err);
    assert_false(pv_input_all(in, &all, &err));
    assert_int_equal(err.code, PV_E_LIMIT);
    assert_non_null(strstr(err.text, "ratio"));
    pv_input_close(in);
    unlink(path);
    free(zeros);
}

static void input__limit_is_named(void **state)
{
    pv_limits tight = {.input = 4};
    pv_error err = {0};
    pv_input *in = pv_input_bytes((pv_bytes){(const uint8_t *)"12345", 5},
                                  PV_STR("t"), &tight, &err);
    pv_bytes all;

    (void)state;
    assert_false(pv_input_all(in, &all, &err));
    assert_int_equal(err.code, PV_E_LIMIT);
    assert_non_null(strstr(err.text, "--limits input"));
    pv_input_close(in);
}

static void cursor__names_what_was_cut(void **state)
{
    static const pv_read_options options = {.limits = {0}};
    pv_error err = {0};
    pv_input *in = input_of(PV_STR("\1\2\3\4\5"));
    pv_source src = {.input = in, .options = &options, .err = &err};
    pv_cursor c;
    pv_bytes b;

    (void)state;
    assert_true(pv_cursor_init(&c, &src));
    assert_true(pv_cursor_take(&c, 4, "a size", &b));
    assert_memory_equal(b.p, "\1\2\3\4", 4);
    assert_false(pv_cursor_take(&c, 8, "a float", &b));
    assert_true(err.at.has_offset);
    assert_int_equal(err.at.offset, 4);
    assert_string_equal(err.text, "file ends inside a float (needs 8 bytes, 1 "
                                  "left); truncated?");
    pv_input_close(in);
}

static void sink__a_discarded_file_leaves_the_old_one(void **state)
{
    char *path = temporary("keep.txt");
    pv_error err = {0};
    pv_sink *s = pv_sink_file(path, &err);
    struct stat st;

    (void)state;
    pv_sink_puts(s, "first");
    assert_true(pv_sink_close(s, &err));
    s = pv_sink_file(path, &err);
    pv_sink_puts(s, "second, longer");
    pv_sink_fail(s, PV_E_FORMAT, "no");
    assert_false(pv_sink_close(s, &err));
    assert_int_equal(err.code, PV_E_FORMAT);
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_size, 5);
    unlink(path);
}

static void sink__full_device_is_an_error(void **state)
{
    pv_error err = {0};
    pv_sink *s = pv_sink_file("/dev/full", &err);

    (void)state;
    if (!s)
        fail_msg("/dev/full cannot be opened");
    pv_sink_puts(s, "text");
    assert_false(pv_sink_close(s, &err));
    assert_int_equal(err.code, PV_E_IO);
    assert_int_equal(pv_exit_status(err.code), 4);
}

static void sink__gzip_repeats_byte_for_byte(void **state)
{
    char a[64], b[64];
    FILE *f;

    (void)state;
    for (int i = 0; i < 2; i++) {
        char *path = temporary("same.gz"), *into = i ? b : a;
        size_t n = gzip_file(path, "same text\n");

        memset(into, 0, 64);
        f = fopen(path, "rb");
        assert_int_equal(fread(into, 1, 64, f), n);
        fclose(f);
        unlink(path);
    }
    assert_memory_equal(a, b, 64);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines__every_kind_of_end),
        cmocka_unit_test(lines__a_line_over_16_MiB_is_refused),
        cmocka_unit_test(input__gzip_members_are_one_text),
        cmocka_unit_test(input__cut_gzip_is_an_error_at_every_byte),
        cmocka_unit_test(input__a_bomb_meets_the_ratio_limit),
        cmocka_unit_test(input__limit_is_named),
        cmocka_unit_test(cursor__names_what_was_cut),
        cmocka_unit_test(sink__a_discarded_file_leaves_the_old_one),
        cmocka_unit_test(sink__full_device_is_an_error),
        cmocka_unit_test(sink__gzip_repeats_byte_for_byte),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
