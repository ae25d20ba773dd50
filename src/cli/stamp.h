/* SPDX-License-Identifier: MIT */
/* The command line, with the time or without, for the output's provenance. */
#ifndef STAMP_H
#define STAMP_H

#include "cli.h"
#include "optset.h"

/* "profviz flame x.folded, 2026-11-21 16:57 UTC", in the arena. */
bool pv_stamp(pv_cli *cli, pv_str *out, pv_error *err);
/* "2026-11-21 16:57 UTC" when it is asked for or SOURCE_DATE_EPOCH is set, in
 * the arena; else empty. */
bool pv_stamp_date(pv_cli *cli, bool asked, pv_str *out, pv_error *err);
/* "profviz flame x.folded --title T", in the arena: argv without the options
 * that the bytes of an output do not depend on (-o, -j, -q, -v, --color).
 * argv[0..argc) was parsed by `set` and holds no command name. */
bool pv_recipe(pv_cli *cli, const pv_optset *set, const char *command, int argc,
               char **argv, pv_str *out, pv_error *err);

#endif
