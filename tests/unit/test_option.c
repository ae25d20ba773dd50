/* SPDX-License-Identifier: MIT */
/* The option parser: every kind of option, every mistake. */
#include "testing.h"

#include <stdio.h>

#include "mem.h"
#include "optset.h"

typedef struct inner {
    pv_opt_list focus;
    bool flag;
} inner;

typedef struct outer {
    bool strict, title_given;
    int64_t limit, share;
    pv_str title;
    int sort;
    inner in;
} outer;

static const char *const keys[] = {"self", "total", "name", NULL};

static const pv_opt own[] = {
    {.kind = PV_OPT_CHOICE,
     .letter = 's',
     .name = "sort",
     .arg = "KEY",
     .choices = keys,
     .preset = 1,
     .help = "order",
     .offset = offsetof(outer, sort)},
    {.kind = PV_OPT_INT,
     .letter = 'n',
     .name = "limit",
     .aliases = "rows N",
     .arg = "N",
     .min = 0,
     .max = 100,
     .preset = 20,
     .help = "rows",
     .offset = offsetof(outer, limit)},
    {.kind = PV_OPT_DECIMAL,
     .name = "share",
     .arg = "N%",
     .min = 0,
     .max = 100000,
     .help = "share",
     .offset = offsetof(outer, share)},
    {.kind = PV_OPT_TEXT,
     .letter = 't',
     .name = "title",
     .arg = "TEXT",
     .help = "title",
     .offset = offsetof(outer, title),
     .given = offsetof(outer, title_given)},
    {.kind = PV_OPT_FLAG,
     .letter = 'q',
     .name = "strict",
     .help = "strict",
     .offset = offsetof(outer, strict)},
    {0},
};

static const pv_opt shared[] = {
    {.kind = PV_OPT_LIST,
     .name = "focus",
     .aliases = "I",
     .arg = "RE",
     .help = "focus",
     .offset = offsetof(inner, focus)},
    {.kind = PV_OPT_FLAG,
     .letter = 's',
     .name = "strip",
     .help = "its letter is taken",
     .offset = offsetof(inner, flag)},
    {0},
};

static const pv_opt_group groups[] = {
    {"Rows", own, 0},
    {"Stacks", shared, offsetof(outer, in)},
    {0},
};

enum { ARGS = 12 };

/* Parses words that are apart by single spaces. */
static bool parse(pv_arena *a, const char *line, outer *o, pv_args *args,
                  pv_error *err)
{
    static char words[200];
    char *argv[ARGS];
    int argc = 0;
    pv_optset s;

    snprintf(words, sizeof words, "%s", line);
    for (char *w = words; *w && argc < ARGS; argc++) {
        char *end = strchr(w, ' ');

        argv[argc] = w;
        w = end ? end + 1 : w + strlen(w);
        if (end)
            *end = '\0';
    }
    pv_optset_init(&s, a);
    pv_optset_add(&s, groups, o);
    if (a->failed)
        return pv_fail_nomem(err);
    pv_optset_presets(&s);
    return pv_optset_parse(&s, argc, argv, args, err);
}

static const struct {
    const char *line;
    int sort;
    int64_t limit, share;
    const char *title;
    bool strict, strip;
    size_t focus, args;
} good[] = {
    {"", 1, 20, 0, "", false, false, 0, 0},
    {"x y", 1, 20, 0, "", false, false, 0, 2},
    {"--limit 5 x", 1, 5, 0, "", false, false, 0, 1},
    {"--limit=5 x", 1, 5, 0, "", false, false, 0, 1},
    {"x --rows 7", 1, 7, 0, "", false, false, 0, 1},
    {"-n7 -N 8", 1, 8, 0, "", false, false, 0, 0},
    {"-qn 9", 1, 9, 0, "", true, false, 0, 0},
    {"-qn9 --limit 0", 1, 0, 0, "", true, false, 0, 0},
    {"--share 2.5%", 1, 20, 2500, "", false, false, 0, 0},
    {"--share 2.5", 1, 20, 2500, "", false, false, 0, 0},
    {"-s name", 2, 20, 0, "", false, false, 0, 0},
    {"--strip", 1, 20, 0, "", false, true, 0, 0},
    {"--focus a -I b --focus=c", 1, 20, 0, "", false, false, 3, 0},
    {"--title --limit", 1, 20, 0, "--limit", false, false, 0, 0},
    {"--title=a=b", 1, 20, 0, "a=b", false, false, 0, 0},
    {"-- --limit -n", 1, 20, 0, "", false, false, 0, 2},
    {"- -q -", 1, 20, 0, "", true, false, 0, 2},
};

static void option__good_lines(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(good); i++) {
        pv_error err = {0};
        pv_arena a;
        pv_args args;
        outer o = {0};

        pv_arena_init(&a, 0);
        if (!parse(&a, good[i].line, &o, &args, &err))
            fail_msg("'%s': %s", good[i].line, err.text);
        assert_int_equal(o.sort, good[i].sort);
        assert_int_equal(o.limit, good[i].limit);
        assert_int_equal(o.share, good[i].share);
        assert_true(pv_str_equal(o.title, pv_str_of(good[i].title)));
        assert_int_equal(o.title_given, *good[i].title != '\0');
        assert_int_equal(o.strict, good[i].strict);
        assert_int_equal(o.in.flag, good[i].strip);
        assert_int_equal(o.in.focus.len, good[i].focus);
        assert_int_equal(args.len, good[i].args);
        pv_arena_done(&a);
    }
}

static const struct {
    const char *line, *error, *unknown;
} bad[] = {
    {"--limit x", "--limit wants a whole number from 0 to 100, not 'x'", ""},
    {"--limit 101", "--limit wants a whole number from 0 to 100, not '101'",
     ""},
    {"--limit -1", "--limit wants a whole number from 0 to 100, not '-1'", ""},
    {"--limit 5%", "--limit wants a whole number from 0 to 100, not '5%'", ""},
    {"-n", "-n wants a value (N)", ""},
    {"--share 200", "--share wants a number from 0 to 100, not '200'", ""},
    {"--share=", "--share wants a number from 0 to 100, not ''", ""},
    {"--sort time", "--sort wants one of self, total, name; not 'time'", ""},
    {"--strict=yes", "--strict takes no value", ""},
    {"--title", "--title wants a value (TEXT)", ""},
    {"--nope", "no option --nope", "--nope"},
    {"--nope=3", "no option --nope", "--nope"},
    {"--I a", "no option --I", "--I"},
    {"-x", "no option -x", "-x"},
    {"-qx", "no option -x", "-x"},
    {"-title", NULL, ""},
};

static void option__bad_lines(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(bad); i++) {
        pv_error err = {0};
        pv_arena a;
        pv_args args;
        outer o = {0};
        bool ok;

        pv_arena_init(&a, 0);
        ok = parse(&a, bad[i].line, &o, &args, &err);
        assert_int_equal(ok, bad[i].error == NULL);
        if (bad[i].error) {
            assert_int_equal(err.code, PV_E_USAGE);
            assert_string_equal(err.text, bad[i].error);
        }
        assert_true(pv_str_equal(args.unknown, pv_str_of(bad[i].unknown)));
        pv_arena_done(&a);
    }
}

static void option__list_keeps_order(void **state)
{
    pv_error err = {0};
    pv_arena a;
    pv_args args;
    outer o = {0};

    (void)state;
    pv_arena_init(&a, 0);
    assert_true(
        parse(&a, "-I a -I b -I c --focus d --focus=e", &o, &args, &err));
    assert_int_equal(o.in.focus.len, 5);
    for (size_t i = 0; i < 5; i++)
        assert_true(pv_str_equal(o.in.focus.at[i], (pv_str){&"abcde"[i], 1}));
    pv_arena_done(&a);
}

/* Whatever allocation fails, the line is refused and nothing leaks. */
static void option__no_memory(void **state)
{
    (void)state;
    for (int64_t n = 0;; n++) {
        pv_error err = {0};
        pv_arena a;
        pv_args args = {0};
        outer o = {0};
        bool ok;

        pv_mem_fail_after(n);
        pv_arena_init(&a, 0);
        ok = parse(&a, "-I a -I b -I c --limit 3 x", &o, &args, &err);
        pv_mem_fail_after(-1);
        pv_arena_done(&a);
        if (ok)
            break;
        assert_int_equal(err.code, PV_E_NOMEM);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(option__good_lines),
        cmocka_unit_test(option__bad_lines),
        cmocka_unit_test(option__list_keeps_order),
        cmocka_unit_test(option__no_memory),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
