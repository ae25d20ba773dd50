/* SPDX-License-Identifier: MIT */
/* The only place that looks at the clock for an output. */
#include "stamp.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "buf.h"
#include "mem.h"
#include "number.h"
#include "secret.h"

static bool stamp_time(time_t *out, pv_error *err)
{
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    uint64_t t;

    if (!epoch || !*epoch) {
        *out = time(NULL);
        return true;
    }
    if (!pv_parse_u64(pv_str_of(epoch), &t) || t > UINT64_C(253402300799))
        return pv_fail(err, PV_E_USAGE, NULL,
                       "SOURCE_DATE_EPOCH wants seconds since 1970, not '%s'",
                       PV_QUOTE(pv_str_of(epoch)));
    *out = (time_t)t;
    return true;
}

/* Arguments as a shell would take them. */
static void add_argument(pv_buf *out, const char *arg)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
                                "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                "0123456789-_./=+:,@%";

    pv_buf_char(out, ' ');
    if (*arg && arg[strspn(arg, plain)] == '\0') {
        pv_buf_puts(out, arg);
        return;
    }
    pv_buf_char(out, '\'');
    for (; *arg; arg++)
        if (*arg == '\'')
            pv_buf_puts(out, "'\\''");
        else
            pv_buf_char(out, *arg);
    pv_buf_char(out, '\'');
}

static bool is_left_out(const pv_opt *o)
{
    static const char *const names[] = {"output", "jobs", "quiet", "verbose",
                                        "color"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(o->name, names[i]) == 0)
            return true;
    return false;
}

/* Both return how many arguments the word took: itself, and its value. */
static int add_long(pv_buf *out, const pv_optset *set, char **argv)
{
    pv_str word = pv_str_of(argv[0]);
    size_t eq = pv_str_find(word, '=');
    const pv_optref *row = pv_optset_find(set, pv_str_slice(word, 2, eq));
    int n = row && row->opt->kind != PV_OPT_FLAG && eq == SIZE_MAX ? 2 : 1;

    for (int i = 0; i < n && !(row && is_left_out(row->opt)); i++)
        add_argument(out, argv[i]);
    return n;
}

static int add_letters(pv_buf *out, const pv_optset *set, char **argv)
{
    pv_buf kept = {0};
    int n = 1;

    for (const char *p = argv[0] + 1; *p; p++) {
        const pv_optref *row = pv_optset_letter(set, *p);
        bool flag = !row || row->opt->kind == PV_OPT_FLAG;

        if (!flag && !p[1])
            n = 2;
        if (row && !is_left_out(row->opt))
            pv_buf_add(&kept, p, flag ? 1 : strlen(p));
        else if (n == 2)
            n = -2;
        if (!flag)
            break;
    }
    if (kept.n) {
        char *word = pv_mem_alloc(kept.n + 2, 1);

        if (word) {
            word[0] = '-';
            memcpy(word + 1, kept.p, kept.n);
            add_argument(out, word);
        }
        out->failed |= !word;
        pv_mem_free(word);
    }
    out->failed |= kept.failed;
    pv_buf_done(&kept);
    if (n == 2)
        add_argument(out, argv[1]);
    return n < 0 ? -n : n;
}

/* Without the secrets in it. */
static pv_str keep(pv_cli *cli, const pv_buf *text, pv_error *err)
{
    pv_buf shown = {0};
    pv_str s;

    pv_mask_secrets(&shown, pv_buf_text(text));
    s = pv_arena_copy(cli->arena, pv_buf_text(&shown));
    if (text->failed || shown.failed || cli->arena->failed)
        pv_fail_nomem(err);
    pv_buf_done(&shown);
    return s;
}

bool pv_recipe(pv_cli *cli, const pv_optset *set, const char *command, int argc,
               char **argv, pv_str *out, pv_error *err)
{
    pv_buf text = {0};
    bool only_args = false;

    pv_buf_puts(&text, "profviz");
    add_argument(&text, command);
    for (int i = 0; i < argc;) {
        const char *arg = argv[i];

        if (!only_args && arg[0] == '-' && arg[1] && arg[1] != '-') {
            i += add_letters(&text, set, argv + i);
        } else if (!only_args && arg[0] == '-' && arg[1] && arg[2]) {
            i += add_long(&text, set, argv + i);
        } else {
            only_args = only_args || strcmp(arg, "--") == 0;
            add_argument(&text, arg);
            i++;
        }
    }
    *out = keep(cli, &text, err);
    pv_buf_done(&text);
    return !err->code;
}

bool pv_stamp(pv_cli *cli, pv_str *out, pv_error *err)
{
    pv_buf text = {0};
    struct tm tm;
    time_t t;

    if (!stamp_time(&t, err))
        return false;
    gmtime_r(&t, &tm);
    pv_buf_puts(&text, "profviz");
    for (int i = 1; i < cli->argc; i++)
        add_argument(&text, cli->argv[i]);
    pv_buf_format(&text, ", %04d-%02d-%02d %02d:%02d UTC", tm.tm_year + 1900,
                  tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min);
    *out = keep(cli, &text, err);
    pv_buf_done(&text);
    return !err->code;
}

bool pv_stamp_date(pv_cli *cli, bool asked, pv_str *out, pv_error *err)
{
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    char text[64];
    struct tm tm;
    time_t t;
    int n;

    *out = (pv_str){"", 0};
    if (!asked && (!epoch || !*epoch))
        return true;
    if (!stamp_time(&t, err))
        return false;
    gmtime_r(&t, &tm);
    n = snprintf(text, sizeof text, "%04d-%02d-%02d %02d:%02d UTC",
                 tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour,
                 tm.tm_min);
    *out = pv_arena_copy(cli->arena, (pv_str){text, (size_t)n});
    return !cli->arena->failed || pv_fail_nomem(err);
}
