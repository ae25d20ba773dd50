/* SPDX-License-Identifier: MIT */
/* What the program says on stderr. */
#include "cli.h"

#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

/* One write a line, so that lines of several programs do not mix. */
static void say(pv_cli *cli, const char *kind, pv_str text)
{
    char line[2048];
    int n = snprintf(line, sizeof line - 1, "profviz: %s%.*s", kind,
                     (int)(text.n < 1900 ? text.n : 1900), text.p);
    ssize_t ignored;

    if (n < 0)
        return;
    line[n] = '\n';
    pv_progress_hold(cli->progress);
    ignored = write(STDERR_FILENO, line, (size_t)n + 1);
    (void)ignored; /* there is nobody left to tell */
    pv_progress_go_on(cli->progress);
}

int pv_cli_fail(pv_cli *cli, const pv_error *err)
{
    char text[1024];
    size_t n = pv_error_format(err, text, sizeof text);

    say(cli, "", (pv_str){text, n < sizeof text ? n : sizeof text - 1});
    return pv_exit_status(err->code);
}

static void say_format(pv_cli *cli, const char *fmt, va_list args)
{
    char text[1024];
    int n = vsnprintf(text, sizeof text, fmt, args);

    if (n >= 0)
        say(cli, "", pv_str_of(text));
}

int pv_cli_usage(pv_cli *cli, const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    say_format(cli, fmt, args);
    va_end(args);
    return pv_exit_status(PV_E_USAGE);
}

void pv_cli_warn(pv_cli *cli, pv_str text)
{
    if (!cli->quiet)
        say(cli, "warning: ", text);
}

void pv_cli_tell(pv_cli *cli, const char *fmt, ...)
{
    va_list args;

    if (cli->quiet)
        return;
    va_start(args, fmt);
    say_format(cli, fmt, args);
    va_end(args);
}

void pv_cli_note(pv_cli *cli, const char *fmt, ...)
{
    va_list args;

    if (!cli->verbose)
        return;
    va_start(args, fmt);
    say_format(cli, fmt, args);
    va_end(args);
}

void pv_cli_block(pv_cli *cli, pv_str text)
{
    ssize_t ignored;

    pv_progress_hold(cli->progress);
    ignored = write(STDERR_FILENO, text.p, text.n);
    (void)ignored;
    pv_progress_go_on(cli->progress);
}
