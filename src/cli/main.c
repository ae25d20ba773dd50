/* SPDX-License-Identifier: MIT */
/* profviz: the program. */
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include "command.h"
#include "help.h"
#include "suggest.h"

#ifndef PV_TWIN
#define PV_TWIN NULL
#endif

/* A descriptor that the caller closed must not be given to a file of ours:
 * the result would land in it.  What stands in for it refuses its use. */
static void hold_standard_descriptors(void)
{
    for (int fd = 0; fd <= 2; fd++)
        if (fcntl(fd, F_GETFD) < 0 &&
            open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY) != fd)
            _exit(4);
}

static int no_command(pv_cli *cli, const char *word)
{
    pv_nearest near = {.typed = pv_str_of(word)};

    if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0)
        return pv_help_show(cli, NULL);
    if (strcmp(word, "--version") == 0 || strcmp(word, "-V") == 0)
        return pv_version_show(cli);
    pv_nearest_try(&near, "--help");
    pv_nearest_try(&near, "--version");
    if (near.name)
        return pv_cli_usage(cli, "no option %s; did you mean %s?",
                            PV_QUOTE(near.typed), near.name);
    return pv_cli_usage(cli,
                        "%s: a command comes first, as in `profviz flame "
                        "IN`; `profviz help` lists them",
                        PV_QUOTE(pv_str_of(word)));
}

static int dispatch(pv_cli *cli)
{
    pv_error err = {0};
    pv_command c;

    if (cli->argc < 2)
        return pv_help_nothing(cli);
    if (cli->argv[1][0] == '-')
        return no_command(cli, cli->argv[1]);
    if (!pv_command_find(pv_str_of(cli->argv[1]), &c, &err))
        return pv_cli_fail(cli, &err);
    return c.run(cli, &c, cli->argc - 1, cli->argv + 1);
}

int main(int argc, char **argv)
{
    pv_arena arena;
    pv_cli cli = {.argc = argc, .argv = argv, .arena = &arena, .twin = PV_TWIN};
    int status;

    hold_standard_descriptors();
    signal(SIGPIPE, SIG_IGN); /* a closed pipe is an error of write() */
    signal(SIGXFSZ, SIG_IGN); /* and so is a file that grew too large */
    pv_arena_init(&arena, 0);
    status = dispatch(&cli);
    pv_arena_done(&arena);
    return status;
}
