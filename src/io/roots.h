/* SPDX-License-Identifier: MIT */
/* Reading the sources that a profile names, and nothing else.
 *
 * A profile must not be able to publish files: only regular files below the
 * directories that were allowed are read, after resolving links, and only up
 * to a size.  Between the check and the reading nothing can be swapped: the
 * resolved path is opened part by part, and no part may be a link.
 */
#ifndef ROOTS_H
#define ROOTS_H

#include "buf.h"

enum { PV_SOURCE_MAX = 16 * 1024 * 1024 };

typedef struct pv_roots {
    const pv_str *dirs; /* none: the working directory, unless that is "/" */
    size_t dirs_len;
    const pv_str *maps; /* FROM=TO: names below FROM are looked for below TO */
    size_t maps_len;
} pv_roots;

typedef enum pv_found {
    PV_FOUND,
    PV_FOUND_NONE,    /* there is no such file */
    PV_FOUND_OUTSIDE, /* there is, but not below an allowed directory */
    PV_FOUND_SPECIAL, /* a directory, device, pipe ... */
    PV_FOUND_LARGE,
    PV_FOUND_BINARY, /* holds a NUL */
    PV_FOUND_FAILED  /* the system or memory refused */
} pv_found;

/* A relative name is looked up below each directory.  Appends the file's
 * bytes to `out`, and to `real` (may be NULL) its path without links. */
pv_found pv_roots_read(const pv_roots *r, pv_str name, pv_buf *out,
                       pv_buf *real);
/* Appends what is left of `real`, a path without links, below the first of
 * the directories that it stands under; false: it does not. */
bool pv_roots_below(const pv_roots *r, pv_str real, pv_buf *out);
/* "is not below --source-path", ... : completes "FILE ..." */
const char *pv_found_reason(pv_found f);

/* The bytes of `file`, a path without links, below `dir`, the same; for
 * roots.c. */
pv_found pv_beneath_read(const char *dir, const char *file, pv_buf *out);

#endif
