/* SPDX-License-Identifier: MIT */
/* A directory of output that appears whole or not at all.
 *
 * Files are written below a hidden directory beside the target, which then
 * takes the target's place.  A target that is there already is replaced only
 * if it is empty or if each file in it is one that an earlier run listed in
 * its `.profviz`; then the old one goes.  One file is open at a time.
 */
#ifndef FOLDER_H
#define FOLDER_H

#include "profviz/sink.h"

typedef struct pv_folder pv_folder;

/* PV_E_USAGE for a target that holds other people's files.  Errors name the
 * path: it must outlive them. */
PV_MUST_USE pv_folder *pv_folder_open(const char *path, pv_error *err);
/* "index.html", "p/cpu.html": at most one directory deep.  NULL and *err. */
PV_MUST_USE pv_sink *pv_folder_begin(pv_folder *f, pv_str name, pv_error *err);
/* Ends the file that is open, whichever way the sink went. */
PV_MUST_USE bool pv_folder_end(pv_folder *f, pv_sink *s, pv_error *err);
void pv_folder_drop(pv_folder *f, pv_sink *s); /* the same after a failure */
uint64_t pv_folder_bytes(const pv_folder *f);
/* Puts the directory into its place, or leaves nothing; frees. */
PV_MUST_USE bool pv_folder_close(pv_folder *f, pv_error *err);
void pv_folder_discard(pv_folder *f); /* accepts NULL */

#endif
