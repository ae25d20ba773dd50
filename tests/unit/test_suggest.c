/* SPDX-License-Identifier: MIT */
/* The nearest name, sizes of --limits, and names of outputs. */
#include "testing.h"

#include "output.h"
#include "suggest.h"

static const struct {
    const char *a, *b;
    unsigned distance;
} pairs[] = {
    {"", "", 0},           {"a", "", 1},          {"", "abc", 3},
    {"flame", "flame", 0}, {"flmae", "flame", 1}, {"tpo", "top", 1},
    {"flam", "flame", 1},  {"falme", "flame", 1}, {"kitten", "sitting", 3},
    {"ca", "abc", 3},
};

static void suggest__distance(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(pairs); i++) {
        pv_str a = pv_str_of(pairs[i].a), b = pv_str_of(pairs[i].b);

        assert_int_equal(pv_edit_distance(a, b), pairs[i].distance);
        assert_int_equal(pv_edit_distance(b, a), pairs[i].distance);
    }
}

static const char *nearest(const char *typed)
{
    static const char *const names[] = {"flame", "top", "tree", "timeline",
                                        NULL};
    pv_nearest near = {.typed = pv_str_of(typed)};

    for (size_t i = 0; names[i]; i++)
        pv_nearest_try(&near, names[i]);
    return near.name ? near.name : "";
}

static void suggest__nearest(void **state)
{
    (void)state;
    assert_string_equal(nearest("flmae"), "flame");
    assert_string_equal(nearest("tpo"), "top");
    assert_string_equal(nearest("tre"), "tree");
    assert_string_equal(nearest("timelime"), "timeline");
    assert_string_equal(nearest("ti"), "timeline");
    assert_string_equal(nearest("report"), "");
    assert_string_equal(nearest("x"), "");
    assert_string_equal(nearest(""), "");
}

static const struct {
    const char *text;
    bool ok;
    uint64_t input;
    uint32_t depth;
} limits[] = {
    {"", true, UINT64_C(2) << 30, 10000},
    {"input=0", true, 0, 10000},
    {"input=3k,depth=7", true, 3072, 7},
    {"input=1T,memory=5M,ratio=3", true, UINT64_C(1) << 40, 10000},
    {"input=17", true, 17, 10000},
    {"input=4K", true, 4096, 10000},
    {"input=", false, 0, 0},
    {"input", false, 0, 0},
    {"depth=5000000000", false, 0, 0},
    {"input=99999999999T", false, 0, 0},
    {"input=-1", false, 0, 0},
    {"input=1Q", false, 0, 0},
    {"width=1", false, 0, 0},
};

static void limits__sizes(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(limits); i++) {
        pv_limits l = PV_LIMITS_DEFAULT;
        pv_error err = {0};
        bool ok = pv_limits_parse(pv_str_of(limits[i].text), &l, &err);

        assert_int_equal(ok, limits[i].ok);
        assert_int_equal(err.code, ok ? PV_OK : PV_E_USAGE);
        if (!ok)
            continue;
        assert_true(l.input == limits[i].input);
        assert_int_equal(l.depth, limits[i].depth);
    }
}

static const struct {
    const char *path, *stem;
} stems[] = {
    {"-", "profviz"},
    {"prof.txt", "prof"},
    {"a/b/prof.txt", "prof"},
    {"prof.txt.gz", "prof"},
    {"prof.gz", "prof"},
    {"prof", "prof"},
    {"a.b/prof", "prof"},
    {".prof", ".prof"},
    {"x.tar.txt", "x.tar"},
    {".gz", ".gz"},
    {"dir/", "profviz"},
    {"a..", "a."},
    {"nightly.1.folded.gz", "nightly.1"},
};

static void output__stem(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(stems); i++) {
        pv_str stem = pv_output_stem(pv_str_of(stems[i].path));

        if (!pv_str_equal(stem, pv_str_of(stems[i].stem)))
            fail_msg("%s: stem is %.*s", stems[i].path, (int)stem.n, stem.p);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(suggest__distance),
        cmocka_unit_test(suggest__nearest),
        cmocka_unit_test(limits__sizes),
        cmocka_unit_test(output__stem),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
