/* SPDX-License-Identifier: MIT */
/* Help, the man page and the version: all from the option tables. */
#ifndef HELP_H
#define HELP_H

#include "buf.h"
#include "command.h"

int pv_help_command(pv_cli *cli, const pv_command *self, int argc, char **argv);
int pv_version_command(pv_cli *cli, const pv_command *self, int argc,
                       char **argv);

int pv_help_show(pv_cli *cli, const pv_command *c); /* on stdout */
int pv_version_show(pv_cli *cli);
/* Without any argument: what there is, on stderr; status 2. */
int pv_help_nothing(pv_cli *cli);

/* Writes `text` to stdout; the status. */
int pv_print(pv_cli *cli, const pv_buf *text);

#endif
