/* SPDX-License-Identifier: MIT */
/* `profviz formats`: the registries as tables. */
#ifndef FORMATS_COMMAND_H
#define FORMATS_COMMAND_H

#include "command.h"

int pv_formats_command(pv_cli *cli, const pv_command *self, int argc,
                       char **argv);

#endif
