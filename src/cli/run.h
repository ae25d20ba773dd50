/* SPDX-License-Identifier: MIT */
/* A renderer as a command: options, inputs, output. */
#ifndef RUN_H
#define RUN_H

#include "command.h"

int pv_run_command(pv_cli *cli, const pv_command *self, int argc, char **argv);

#endif
