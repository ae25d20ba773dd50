/* SPDX-License-Identifier: MIT */
/* Snapshots as profiles: what one word holds and what it does not. */
#include "testing.h"

#include "profviz/format.h"

#define HEAD                                                                   \
    "\x80\4\x8c\x0btracemalloc\x94\x8c\x08Snapshot\x94\x93\x94)\x81\x94}\x94(" \
    "\x8c\x06traces\x94h\0\x8c\x07_Traces\x94\x93\x94)\x81\x94}\x94\x8c\x07"   \
    "_traces\x94]\x94("
#define TAIL "esb\x8c\x0ftraceback_limit\x94K\3ub."
/* the traceback is entry 14 of the memo, its file 12, its frame 13 */
#define FIRST "(K\0K \x8c\4a.py\x94K\6\x86\x94\x85\x94K\1t\x94"

static pv_profile *load(pv_str text, pv_error *err)
{
    pv_bytes bytes = {(const uint8_t *)text.p, text.n};

    return pv_load_bytes(bytes, PV_STR("t.snap"), NULL, err);
}

static void check_frame(const pv_profile *p, uint32_t i, const char *file,
                        uint32_t line, int64_t size, int64_t blocks)
{
    const pv_frame *f = &p->frames.at[i];
    const pv_function *fn = &p->functions.at[f->fn.i];
    const char *name = fn->kind == PV_FN_MARK ? file : "";

    assert_true(pv_str_equal(pv_profile_text(p, fn->name), pv_str_of(name)));
    if (fn->kind == PV_FN_LINE)
        assert_true(
            pv_str_equal(pv_profile_text(p, fn->file), pv_str_of(file)));
    assert_int_equal(f->line, line);
    assert_int_equal(p->frames.cost[2 * i], size);
    assert_int_equal(p->frames.cost[2 * i + 1], blocks);
}

static void tracemalloc__equal_places_add_up(void **state)
{
    /* one more trace there, one in another domain, one of 2^40 bytes, one
     * whose equal traceback is not shared, one that was cut */
    static const char text[] =
        HEAD FIRST "(K\0M\0\1h\x0eK\1t\x94(K\5K\1h\x0eK\1t\x94"
                   "(K\0\x8a\6\0\0\0\0\0\1h\x0eK\1t\x94"
                   "(K\0K\2h\x0cK\6\x86\x85K\1t\x94"
                   "(K\0K\3h\x0eK\4t\x94" TAIL;
    pv_error err = {0};
    pv_profile *p = load((pv_str){text, sizeof text - 1}, &err);

    (void)state;
    if (!p)
        print_error("%s\n", err.text);
    assert_non_null(p);
    assert_int_equal(p->records, 6);
    assert_int_equal(p->frames.len, 4);
    check_frame(p, 1, "a.py", 6, 32 + 256 + 1 + (INT64_C(1) << 40) + 2, 5);
    check_frame(p, 2, "[3 frames cut]", 0, 0, 0);
    check_frame(p, 3, "a.py", 6, 3, 1);
    assert_true(
        pv_str_equal(pv_profile_note(p, PV_STR("domains")), PV_STR("0, 5")));
    assert_true(pv_str_equal(pv_profile_note(p, PV_STR("traceback_limit")),
                             PV_STR("3")));
    pv_profile_free(p);
}

static void tracemalloc__refuses_what_is_no_trace(void **state)
{
    static const struct {
        pv_str text;
        const char *error;
    } rows[] = {
        {PV_STR_INIT(HEAD FIRST "K\0K h\x0e\x87\x94" TAIL),
         "trace 2: it has 3 fields, earlier ones 4"},
        {PV_STR_INIT(HEAD FIRST "K\7" TAIL), "trace 2: it is not a tuple"},
        {PV_STR_INIT(HEAD "(K\0K )K\0t\x94" TAIL),
         "trace 1: the traceback is empty"},
        {PV_STR_INIT(HEAD "(K\0K K\1\x85\x85K\1t\x94" TAIL),
         "trace 1: a frame is not (file, line)"},
        {PV_STR_INIT(HEAD "(K\0J\xff\xff\xff\xffK\1\x85K\1t\x94" TAIL),
         "trace 1: the size is not a number of bytes"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        pv_error err = {0};

        assert_null(load(rows[i].text, &err));
        assert_string_equal(err.text, rows[i].error);
        assert_true(err.at.has_offset);
        assert_int_equal(err.code, PV_E_FORMAT);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tracemalloc__equal_places_add_up),
        cmocka_unit_test(tracemalloc__refuses_what_is_no_trace),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
