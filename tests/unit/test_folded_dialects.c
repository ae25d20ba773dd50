/* SPDX-License-Identifier: MIT */
/* Dialects of folded stacks: which one it is, what its frames and its metrics
 * mean, what is joined again. */
#include "folded_kit.h"

#include "folded.h"

/* ---- frames ------------------------------------------------------------- */

static const struct {
    pv_folded_dialect dialect;
    const char *text, *name, *file;
    uint32_t line;
    pv_fn_kind kind;
} frames[] = {
    {PV_FOLDED_PLAIN, "main", "main", "", 0, PV_FN_CODE},
    {PV_FOLDED_PLAIN, "f (a.py:3)", "f", "a.py", 3, PV_FN_CODE},
    {PV_FOLDED_PLAIN, "f (a.py)", "f (a.py)", "", 0, PV_FN_CODE},
    {PV_FOLDED_PLAIN, "a.py:f:3", "a.py:f:3", "", 0, PV_FN_CODE},
    {PV_FOLDED_PLAIN, "(a.py:3)", "(a.py:3)", "", 0, PV_FN_CODE},
    {PV_FOLDED_PLAIN, "f (a.py:x)", "f (a.py:x)", "", 0, PV_FN_CODE},
    {PV_FOLDED_PLAIN, "f (:3)", "f (:3)", "", 0, PV_FN_CODE},
    {PV_FOLDED_PLAIN, "f (a.py:99999999999)", "f (a.py:99999999999)", "", 0,
     PV_FN_CODE},
    {PV_FOLDED_PLAIN, "py::run:/a/b.py", "run", "/a/b.py", 0, PV_FN_CODE},
    {PV_FOLDED_PLAIN, "py::run:", "py::run:", "", 0, PV_FN_CODE},
    {PV_FOLDED_PLAIN, "operator() (x.cc:4)", "operator()", "x.cc", 4,
     PV_FN_CODE},
    {PV_FOLDED_PYSPY, "f (/my (old) dir/x.py:3)", "f", "/my (old) dir/x.py", 3,
     PV_FN_CODE},
    {PV_FOLDED_PYSPY, "f (my) dir/x.py:3)", "f", "my) dir/x.py", 3, PV_FN_CODE},
    {PV_FOLDED_PYSPY, "f (C:\\a\\b.py:3)", "f", "C:\\a\\b.py", 3, PV_FN_CODE},
    {PV_FOLDED_PYSPY, "f (<frozen runpy>:3)", "f", "<frozen runpy>", 3,
     PV_FN_CODE},
    {PV_FOLDED_PYSPY, "f (libc.so.6)", "f", "libc.so.6", 0, PV_FN_CODE},
    {PV_FOLDED_PYSPY, "0x7f12 (?)", "0x7f12", "", 0, PV_FN_CODE},
    {PV_FOLDED_PYSPY, "<listcomp> (a.py:3)", "<listcomp>", "a.py", 3,
     PV_FN_CODE},
    {PV_FOLDED_PYSPY, "A.<locals>.f (a.py:3)", "A.<locals>.f", "a.py", 3,
     PV_FN_CODE},
    {PV_FOLDED_PYSPY, "thread (12): a (b.py:3)", "thread (12): a (b.py:3)", "",
     0, PV_FN_THREAD},
    {PV_FOLDED_PYSPY, "process 12:\"a b\"", "process 12:\"a b\"", "", 0,
     PV_FN_PROCESS},
    {PV_FOLDED_PYSPY, "process 12", "process 12", "", 0, PV_FN_CODE},
    {PV_FOLDED_AUSTIN, "/a.py:f:3", "f", "/a.py", 3, PV_FN_CODE},
    {PV_FOLDED_AUSTIN, "<frozen a.b>:f:3", "f", "<frozen a.b>", 3, PV_FN_CODE},
    {PV_FOLDED_AUSTIN, "C:\\a.py:f:3", "f", "C:\\a.py", 3, PV_FN_CODE},
    {PV_FOLDED_AUSTIN, ":GC:", ":GC:", "", 0, PV_FN_CODE},
    {PV_FOLDED_AUSTIN, ":INVALID:", ":INVALID:", "", 0, PV_FN_MARK},
    {PV_FOLDED_AUSTIN, "kernel:do_read:0", "do_read", "kernel", 0, PV_FN_CODE},
    {PV_FOLDED_AUSTIN, "P12", "P12", "", 0, PV_FN_PROCESS},
    {PV_FOLDED_AUSTIN, "T0:12", "T0:12", "", 0, PV_FN_THREAD},
    {PV_FOLDED_AUSTIN, "T0x1f", "T0x1f", "", 0, PV_FN_THREAD},
    {PV_FOLDED_AUSTIN, "f (/a.py);L3", "f", "/a.py", 3, PV_FN_CODE},
    {PV_FOLDED_AUSTIN, "/a.py:f;L3", "f", "/a.py", 3, PV_FN_CODE},
    {PV_FOLDED_AUSTIN, "f;L3", "f", "", 3, PV_FN_CODE},
    {PV_FOLDED_AUSTIN, "f (/a.py:3)", "f", "/a.py", 3, PV_FN_CODE},
    {PV_FOLDED_PYFLAME, "/a.py:f:3", "f", "/a.py", 3, PV_FN_CODE},
    {PV_FOLDED_PYFLAME, "(idle)", "(idle)", "", 0, PV_FN_MARK},
    {PV_FOLDED_TACHYON, "tid:12", "tid:12", "", 0, PV_FN_THREAD},
    {PV_FOLDED_TACHYON, "a.py:A.f:3", "A.f", "a.py", 3, PV_FN_CODE},
    {PV_FOLDED_TACHYON, "<GC>", "<GC>", "", 0, PV_FN_CODE},
    {PV_FOLDED_FIL, "a.py:3 (f)", "f", "a.py", 3, PV_FN_CODE},
    {PV_FOLDED_FIL, "[No Python stack]", "[No Python stack]", "", 0,
     PV_FN_MARK},
    {PV_FOLDED_FIL, "\u2800x\u12e4=\u12e41\uff1b\u12e4y()", "x = 1; y()", "", 0,
     PV_FN_MARK},
    {PV_FOLDED_FLAMEPROF, "a.py:3:f", "f", "a.py", 3, PV_FN_CODE},
    {PV_FOLDED_FLAMEPROF, "~:0:<built-in method f>", "<built-in method f>", "~",
     0, PV_FN_CODE},
    {PV_FOLDED_PERF, "do_read_[k]", "do_read_[k]", "", 0, PV_FN_CODE},
};

static void frames__are_taken_apart(void **state)
{
    pv_buf scratch = {0};

    (void)state;
    for (size_t i = 0; i < COUNT(frames); i++) {
        pv_folded_frame f;

        pv_folded_parse(frames[i].dialect, pv_str_of(frames[i].text), &scratch,
                        &f);
        if (!pv_str_equal(f.name, pv_str_of(frames[i].name)) ||
            !pv_str_equal(f.file, pv_str_of(frames[i].file)))
            fail_msg("%s: name '%.*s' in '%.*s'", frames[i].text, (int)f.name.n,
                     f.name.p, (int)f.file.n, f.file.p);
        assert_int_equal(f.line, frames[i].line);
        assert_int_equal(f.kind, frames[i].kind);
    }
    pv_buf_done(&scratch);
}

/* ---- which one it is ---------------------------------------------------- */

#define PY "<module> (a.py:1);main (a.py:2)"

/* `bid`: least; 0 = none at all, 1 = just a guess. */
static const struct {
    const char *text;
    pv_folded_dialect dialect;
    int bid;
} kinds[] = {
    {"main;run 3\nmain;stop 4\n", PV_FOLDED_PLAIN, 16},
    {"main;run (a.py:3) 3\nmain;stop 4\nmain;x;y 2\n", PV_FOLDED_PLAIN, 16},
    {PY " 3\n" PY " 4\n", PV_FOLDED_PYSPY, 32},
    {PY ";f (?) 3\n 24\n", PV_FOLDED_PYSPY, 32},
    {"f (a.py);g (/b/c) 3\n", PV_FOLDED_PYSPY, 32},
    {"process 1:\"a;b\";main 3\n", PV_FOLDED_PYSPY, 32},
    {"thread (1): x;main 3\n", PV_FOLDED_PYSPY, 32},
    {"# austin: 3.7.0\n# mode: wall\n\nP1;T0:1 5\n", PV_FOLDED_AUSTIN, 64},
    {"# austin: 3.7.0\n", PV_FOLDED_AUSTIN, 64},
    {"P1;T0:1;a.py:f:3 5\nP1;T0:1 5\n", PV_FOLDED_AUSTIN, 32},
    {"P1;T1;f (a.py);L3 5\n", PV_FOLDED_AUSTIN, 32},
    {"P1;T1;a.py:f:3 5,0,-12\n", PV_FOLDED_AUSTIN, 32},
    {"a.py:f:3;b.py:g:4 5\n(idle) 3\n", PV_FOLDED_PYFLAME, 32},
    {"1500000000000000\na.py:f:3;\n", PV_FOLDED_CHART, 48},
    {"1500000000000000\n(idle)\n", PV_FOLDED_CHART, 48},
    {"tid:1;a.py:f:3;<GC> 5\n", PV_FOLDED_TACHYON, 32},
    {"a.py:3 (f);b.py:4 (g) 500\n[No Python stack] 3\n", PV_FOLDED_FIL, 32},
    {"~:0:<len>;a.py:3:f 5\n", PV_FOLDED_FLAMEPROF, 32},
    {"python;do_read_[k] 5\npython;read 3\n", PV_FOLDED_PERF, 32},
    {"python;py::f:/a.py 5\n", PV_FOLDED_PERF, 32},
    {"\xef\xbb\xbfmain;run 3\n", PV_FOLDED_PLAIN, 16},
    {"main;run 3\r\nmain;stop 4\r\n", PV_FOLDED_PLAIN, 16},
    {"a;b 10 20\na;c 1 2\n", PV_FOLDED_PLAIN, 16},
    {"dict  2000\ntuple 1000\n", PV_FOLDED_PLAIN, PV_BID_GUESS},
    {"MEM 8.476562 1795248460.5740\n", PV_FOLDED_PLAIN, 0},
    {"CMDLINE python a;b 3\nMEM 1 2\n", PV_FOLDED_PLAIN, 0},
    {"CHLD 29211 29.628906 1795248456.8377\n", PV_FOLDED_PLAIN, 0},
    {"FUNC f 1.0 2.0 3.0 4.0\nMEM 1 2\n", PV_FOLDED_PLAIN, 0},
    {"MEM;x 3\n", PV_FOLDED_PLAIN, 16},
    {"# a comment\n", PV_FOLDED_PLAIN, 0},
    {"Dear reader;\nthis is none\n", PV_FOLDED_PLAIN, 0},
    {"{\"version\": 1; 3\n}\n", PV_FOLDED_PLAIN, 0},
    {"", PV_FOLDED_PLAIN, 0},
};

static void kinds__are_told_by_content(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(kinds); i++) {
        pv_folded_sniff s;
        pv_bytes head = {(const uint8_t *)kinds[i].text, strlen(kinds[i].text)};

        pv_folded_look(head, true, 500, &s);
        if (s.dialect != kinds[i].dialect || s.bid < kinds[i].bid ||
            (kinds[i].bid <= 1 && s.bid != kinds[i].bid))
            fail_msg("%s: dialect %d, bid %d", kinds[i].text, s.dialect, s.bid);
    }
}

static void kinds__one_line_beyond_the_window(void **state)
{
    pv_folded_sniff s;
    char text[] = "frame one;frame two;frame thr";
    pv_bytes head = {(const uint8_t *)text, strlen(text)};

    (void)state;
    pv_folded_look(head, false, 500, &s);
    assert_true(s.bid > PV_BID_GUESS);
    text[0] = '{';
    pv_folded_look(head, false, 500, &s);
    assert_int_equal(s.bid, 0);
}

/* ---- metrics, notes, joins ---------------------------------------------- */

static const struct {
    const char *text, *producer, *metric, *folded;
    pv_unit unit;
} whole[] = {
    {PY " 3\n 24\n", "py-spy", "samples", " 24\n" PY " 3\n", PV_COUNT},
    {"# austin: 3.7.0\n# mode: wall\nP1;T1;a.py:f:3 5\nP1;T1;a.py:f:3 2.5\n",
     "austin 3.7.0", "time", "P1;T1;a.py:f:3 7.5\n", PV_NANOSECONDS},
    {"# austin: 3.7.0\n# mode: memory\nP1;T1;a.py:f:3 4096\n", "austin 3.7.0",
     "memory", "P1;T1;a.py:f:3 4096\n", PV_BYTES},
    {"# austin: 3.7.0\n# mode: full\nP1;T1;a.py:f:3 5,1,-8\n", "austin 3.7.0",
     "time", "P1;T1;a.py:f:3 5\n", PV_NANOSECONDS},
    {"P1;T1;f (a.py);L3;g (a.py);L4 5\nP1;T1;f (a.py) 1\n", "austin", "time",
     "P1;T1;f (a.py) 1\nP1;T1;f (a.py);L3;g (a.py);L4 5\n", PV_NANOSECONDS},
    {"a.py:f:3;b.py:g:4 5\n(idle) 3\n", "pyflame", "samples",
     "(idle) 3\na.py:f:3;b.py:g:4 5\n", PV_COUNT},
    {"tid:1;a.py:f:3 5\n", "Tachyon", "samples", "tid:1;a.py:f:3 5\n",
     PV_COUNT},
    {"a.py:3 (f);b.py:4 (g) 500\n", "Fil", "size",
     "a.py:3 (f);b.py:4 (g) 500\n", PV_BYTES},
    {"python;do_read_[k] 5\n", "perf", "samples", "python;do_read_[k] 5\n",
     PV_COUNT},
    {"a;b 1\n", "", "samples", "a;b 1\n", PV_COUNT},
};

static void whole__metric_and_producer(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(whole); i++) {
        reading r = {.detect = true};
        pv_profile *p = kit_read(&r, whole[i].text, strlen(whole[i].text));

        kit_is_name(p, p->producer, whole[i].producer);
        kit_is_name(p, p->metrics.at[0].name, whole[i].metric);
        assert_int_equal(p->metrics.at[0].unit, whole[i].unit);
        kit_is_folded(p, whole[i].folded);
        assert_string_equal(r.warnings, "");
        pv_profile_free(p);
    }
}

static void austin__full_mode_has_three_metrics(void **state)
{
    static const char text[] = "# austin: 3.7.0\n# interval: 100\n"
                               "# mode: full\n# python: 3.11.2\n\n"
                               "P1;T0:1;a.py:f:3 100,0,4096\n"
                               "P1;T0:1;a.py:f:3 100,1,-8192\n"
                               "P1;T0:1;a.py:f:3 7\n";
    reading r = {.detect = true};
    pv_profile *p = kit_read(&r, text, sizeof text - 1);
    const int64_t *cost = p->frames.cost + 3 * 3;

    (void)state;
    assert_int_equal(p->metrics.len, 3);
    kit_is_name(p, p->metrics.at[1].name, "idle");
    kit_is_name(p, p->metrics.at[2].name, "memory");
    assert_int_equal(cost[0], 200000);
    assert_int_equal(cost[1], 100000);
    assert_int_equal(cost[2], -4096);
    assert_true(
        pv_str_equal(pv_profile_note(p, PV_STR("interval")), PV_STR("100")));
    assert_true(
        pv_str_equal(pv_profile_note(p, PV_STR("python")), PV_STR("3.11.2")));
    assert_string_equal(r.warnings, "t: left out 1 line: 8 (expected "
                                    "time,idle,memory and found '7')\n");
    pv_profile_free(p);
}

/* A function is its name and file: executing lines do not part it. */
static void lines__are_the_frames_own(void **state)
{
    static const char text[] = "f (a.py:1);g (a.py:5) 1\n"
                               "f (a.py:2);g (a.py:6) 2\n";
    reading r = {.detect = true};
    pv_profile *p = kit_read(&r, text, sizeof text - 1);

    (void)state;
    assert_true(p->flags & PV_LEAF_LINES);
    assert_int_equal(p->frames.len, 5);
    assert_int_equal(p->functions.len, 3);
    assert_int_equal(p->frames.at[1].fn.i, p->frames.at[3].fn.i);
    assert_int_equal(p->frames.at[1].line, 1);
    assert_int_equal(p->frames.at[3].line, 2);
    assert_int_equal(p->functions.at[p->frames.at[1].fn.i].line, 0);
    pv_profile_free(p);
}

static const struct {
    const char *stack;
    uint32_t frames; /* with the root */
    bool classic;
} joined[] = {
    {"process 1:\"a;b;c\";main (a.py:1)", 3, false},
    {"process 1:\"a;b;c\";main (a.py:1)", 3, true},
    {"process 1:\"a;b", 2, false},
    {"process 1:\"a\"b;c\";main (a.py:1)", 3, false},
    {"process 1:\"a\";process 2:\"b;c\";main (a.py:1)", 4, false},
    {"thread (1): a;b;main (a.py:1)", 3, false},
    {"thread (1): a;b;main (a.py:1)", 4, true},
    {"thread (1): a;process 1:\"b\";main (a.py:1)", 4, false},
    {"P1;T1;f (a.py);L3;g (a.py);L4", 5, false},
    {"P1;T1;f (a.py);L3;g (a.py);L4", 7, true},
    {"P1;T1;f (a.py);L3;L4", 5, false},
};

static void joined__pieces_are_one_frame(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(joined); i++) {
        char text[200];
        reading r = {.detect = true, .classic = joined[i].classic};
        pv_profile *p;

        snprintf(text, sizeof text, "%s 1\n", joined[i].stack);
        p = kit_read(&r, text, strlen(text));
        if (p->frames.len != joined[i].frames)
            fail_msg("%s: %u frames", joined[i].stack, p->frames.len);
        pv_profile_free(p);
    }
}

static void classic__names_are_the_texts(void **state)
{
    static const char text[] = "# austin: 3.7.0\n# mode: wall\n"
                               "P1;T1;a.py:f:3 5\n";
    reading r = {.detect = true, .classic = true};
    pv_profile *p = kit_read(&r, text, sizeof text - 1);

    (void)state;
    assert_int_equal(p->metrics.at[0].unit, PV_COUNT);
    kit_is_folded(p, "P1;T1;a.py:f:3 5\n");
    kit_is_name(p, p->functions.at[p->frames.at[3].fn.i].name, "a.py:f:3");
    pv_profile_free(p);
}

/* ---- flame charts ------------------------------------------------------- */

static void chart__weighs_by_gaps(void **state)
{
    static const char text[] = "1500000000000000\na.py:m:1;a.py:f:2;\n"
                               "1500000000000010\n(idle)\n"
                               "1500000000000040\na.py:m:1;a.py:f:2;\n"
                               "1500000000000050\na.py:m:1;a.py:f:2;\n";
    static const int64_t want[] = {0, 0, 10000, 30000, 0, 20000};
    reading r = {.detect = true};
    pv_profile *p = kit_read(&r, text, sizeof text - 1);

    (void)state;
    assert_true(p->flags & PV_TIME_ORDERED);
    kit_is_name(p, p->producer, "pyflame");
    kit_is_name(p, p->metrics.at[0].name, "time");
    assert_int_equal(p->frames.len, COUNT(want));
    for (uint32_t i = 0; i < COUNT(want); i++)
        assert_int_equal(p->frames.cost[i], want[i]);
    assert_int_equal(p->records, 4);
    pv_profile_free(p);
}

static void chart__says_what_is_odd(void **state)
{
    static const char text[] = "1500000000000000\na;\n1500000000000010\n"
                               "1500000000000020\nb;\nc;\n1500000000000005\n"
                               "d;\n";
    reading r = {.detect = true};
    pv_profile *p = kit_read(&r, text, sizeof text - 1);

    (void)state;
    assert_string_equal(
        r.warnings,
        "t: left out 3 lines: 4 (expected a stack after the time), 6 "
        "(expected a time in microseconds), 7 ('1500000000000005' goes "
        "back)\n");
    assert_int_equal(p->records, 3);
    pv_profile_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(frames__are_taken_apart),
        cmocka_unit_test(kinds__are_told_by_content),
        cmocka_unit_test(kinds__one_line_beyond_the_window),
        cmocka_unit_test(whole__metric_and_producer),
        cmocka_unit_test(austin__full_mode_has_three_metrics),
        cmocka_unit_test(lines__are_the_frames_own),
        cmocka_unit_test(joined__pieces_are_one_frame),
        cmocka_unit_test(classic__names_are_the_texts),
        cmocka_unit_test(chart__weighs_by_gaps),
        cmocka_unit_test(chart__says_what_is_odd),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
