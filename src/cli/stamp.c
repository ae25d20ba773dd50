/* SPDX-License-Identifier: MIT */
/* The only place that looks at the clock for an output. */
#include "stamp.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "buf.h"
#include "number.h"

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
    *out = pv_arena_copy(cli->arena, pv_buf_text(&text));
    if (text.failed || cli->arena->failed)
        pv_fail_nomem(err);
    pv_buf_done(&text);
    return !err->code;
}
