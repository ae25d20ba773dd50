/* SPDX-License-Identifier: MIT */
/* Which inputs a command line without any stands for. */
#ifndef INPUTS_H
#define INPUTS_H

#include "cli.h"
#include "optset.h"
#include "profviz/renderer.h"

/* Fills an empty list of arguments: standard input where it is no terminal;
 * for a renderer of series, when nothing is there, the newest mprofile_*.dat
 * of the working directory, which it names on stderr.  Refuses to read
 * standard input twice. */
bool pv_inputs_settle(pv_cli *cli, const pv_renderer *r, pv_args *args,
                      pv_error *err);

#endif
