/* SPDX-License-Identifier: MIT */
/* --stamp: the command line and the time, for the output's provenance. */
#ifndef STAMP_H
#define STAMP_H

#include "cli.h"

/* "profviz flame x.folded, 2026-11-21 16:57 UTC", in the arena. */
bool pv_stamp(pv_cli *cli, pv_str *out, pv_error *err);

#endif
