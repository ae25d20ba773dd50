/* SPDX-License-Identifier: MIT */
/* `profviz report`: inputs one at a time into a site or one page. */
#ifndef REPORT_COMMAND_H
#define REPORT_COMMAND_H

#include "command.h"

int pv_report_command(pv_cli *cli, const pv_command *self, int argc,
                      char **argv);

#endif
