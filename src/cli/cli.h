/* SPDX-License-Identifier: MIT */
/* One run of the program: its arguments, its voice, its memory. */
#ifndef CLI_H
#define CLI_H

#include "arena.h"
#include "profviz/error.h"
#include "progress.h"

typedef struct pv_cli {
    int argc; /* the whole command line, for --stamp */
    char **argv;
    pv_arena *arena; /* lives as long as the run */
    pv_progress *progress;
    bool quiet, verbose;
    const char *twin; /* the program that draws PNG and PDF; NULL: this one */
} pv_cli;

/* One line each on stderr.  An error is never quiet; its status comes back,
 * so that `return pv_cli_fail(cli, &err)` reads well. */
int pv_cli_fail(pv_cli *cli, const pv_error *err);
int pv_cli_usage(pv_cli *cli, const char *fmt, ...) PV_PRINTF(2, 3);
void pv_cli_warn(pv_cli *cli, pv_str text); /* not with -q */
void pv_cli_tell(pv_cli *cli, const char *fmt, ...) PV_PRINTF(2, 3); /* same */
void pv_cli_note(pv_cli *cli, const char *fmt, ...) PV_PRINTF(2, 3); /* -v */
void pv_cli_block(pv_cli *cli, pv_str text); /* lines as they are */

#endif
