/* SPDX-License-Identifier: MIT */
/* The two sides of a comparison: OLD NEW, --old and --new, directories. */
#ifndef SIDES_H
#define SIDES_H

#include "cli.h"
#include "shared.h"

/* Puts the runs of the old side, then those of the new one, into *args; *old
 * is how many are old.  A directory stands for the files in it, by name.
 * PV_E_USAGE when a side is missing. */
bool pv_sides_settle(pv_cli *cli, const pv_renderer *r, const pv_shared *shared,
                     pv_args *args, size_t *old, pv_error *err);

#endif
