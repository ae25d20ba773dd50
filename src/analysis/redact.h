/* SPDX-License-Identifier: MIT */
/* Profiles without the names that must not be told.
 *
 * Each name becomes a sign that is the same wherever it stands, in every
 * profile under the same key, so that redacted profiles are compared as the
 * originals are; who does not have the key cannot try names out.  What a
 * function's origin is stays visible.
 */
#ifndef REDACT_H
#define REDACT_H

#include "arena.h"
#include "profviz/error.h"
#include "profviz/profile.h"

enum { PV_REDACT_PATHS = 1, PV_REDACT_NAMES = 2, PV_REDACT_SOURCE = 4 };

typedef struct pv_redaction {
    unsigned what; /* PV_REDACT_* */
    pv_bytes key;
} pv_redaction;

/* "paths,names,source"; PV_E_USAGE naming --redact. */
bool pv_redact_parse(pv_str text, unsigned *what, pv_error *err);

/* A new profile that the caller frees. */
PV_MUST_USE pv_profile *pv_redact(const pv_profile *p, const pv_redaction *r,
                                  pv_error *err);
/* The sign of a path or of a file's name alone, in the arena: "p3fa9c2d1". */
pv_str pv_redact_path(const pv_redaction *r, pv_str path, pv_arena *a);

#endif
