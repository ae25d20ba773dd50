/* SPDX-License-Identifier: MIT */
/* Standard input, or what mprof left behind. */
#include "inputs.h"

#include <dirent.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

/* Waits until there is something to read, or sure to be nothing. */
static bool something_on_stdin(void)
{
    struct pollfd in = {.fd = STDIN_FILENO, .events = POLLIN};
    struct stat s;

    if (isatty(STDIN_FILENO) || fstat(STDIN_FILENO, &s) < 0)
        return false;
    if (S_ISREG(s.st_mode))
        return lseek(STDIN_FILENO, 0, SEEK_CUR) < s.st_size;
    if (S_ISCHR(s.st_mode))
        return false; /* /dev/null */
    while (poll(&in, 1, -1) < 0)
        continue; /* a signal */
    return in.revents & POLLIN;
}

/* mprof names its files by date and time, 14 digits; others come after. */
static int rank(pv_str name)
{
    pv_str head = PV_STR("mprofile_"), tail = PV_STR(".dat");

    if (name.n < head.n + tail.n || !pv_str_starts(name, head) ||
        !pv_str_ends(name, tail))
        return 0;
    for (size_t i = head.n; i < name.n - tail.n; i++)
        if (name.p[i] < '0' || name.p[i] > '9')
            return 1;
    return name.n == head.n + 14 + tail.n ? 2 : 1;
}

static bool is_newer(pv_str name, pv_str than)
{
    int a = rank(name), b = rank(than);

    return a > b || (a == b && a && pv_str_compare(name, than) > 0);
}

/* The name in the arena, or the empty slice. */
static pv_str newest_run(pv_arena *a)
{
    DIR *d = opendir(".");
    pv_str best = PV_STR("");
    struct dirent *e;

    if (!d)
        return best;
    while ((e = readdir(d)))
        if (is_newer(pv_str_of(e->d_name), best))
            best = pv_arena_copy(a, pv_str_of(e->d_name));
    closedir(d);
    return best;
}

static bool take_newest_run(pv_cli *cli, pv_args *args, pv_error *err)
{
    pv_str name = newest_run(cli->arena);

    if (cli->arena->failed)
        return pv_fail_nomem(err);
    if (name.n == 0)
        return pv_fail(err, PV_E_USAGE, NULL,
                       "no input, and no mprofile_*.dat here; name a file, "
                       "or - for standard input");
    pv_cli_tell(cli, "reading %s", PV_QUOTE(name));
    args->at[args->len++] = (char *)(uintptr_t)name.p;
    return true;
}

static bool fill_empty(pv_cli *cli, const pv_renderer *r, pv_args *args,
                       pv_error *err)
{
    static char dash[] = "-";

    if (r->needs == PV_HAS_SERIES && !something_on_stdin())
        return take_newest_run(cli, args, err);
    if (isatty(STDIN_FILENO))
        return pv_fail(err, PV_E_USAGE, NULL,
                       "no input; name a file, or - for standard input "
                       "(`profviz help %s`)",
                       r->name);
    args->at[args->len++] = dash;
    return true;
}

bool pv_inputs_settle(pv_cli *cli, const pv_renderer *r, pv_args *args,
                      pv_error *err)
{
    size_t dashes = 0;

    if (args->len == 0)
        return fill_empty(cli, r, args, err);
    for (size_t i = 0; i < args->len; i++)
        dashes += strcmp(args->at[i], "-") == 0;
    return dashes < 2 || pv_fail(err, PV_E_USAGE, NULL,
                                 "standard input (-) can be read only once");
}
