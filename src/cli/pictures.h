/* SPDX-License-Identifier: MIT */
/* A program that is linked statically loads no modules.  PNG and PDF are left
 * to its twin, which is linked dynamically and given the same command line
 * before anything was read. */
#ifndef PICTURES_H
#define PICTURES_H

#include "cli.h"

/* Becomes the twin if the run has one; comes back if it has none (true), or if
 * the twin is missing (PV_E_UNSUPPORTED). */
bool pv_pictures_hand_over(const pv_cli *cli, pv_error *err);

#endif
