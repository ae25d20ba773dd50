/* SPDX-License-Identifier: MIT */
/* Where a function comes from: your code, site-packages, stdlib, built-in,
 * native, runtime; and which module and package it belongs to.
 *
 * The first rule that fits decides: --origin; threads, processes and marks
 * (unknown, but the collector is runtime); the kernel; what has no name;
 * built-ins; --own; site-packages and its like; the standard library by path
 * or by its list of modules; shared libraries and C sources; other source
 * files, which are your own code unless --own named it: then they are
 * somebody's packages.
 */
#ifndef ORIGIN_H
#define ORIGIN_H

#include "arena.h"
#include "profviz/error.h"
#include "profviz/profile.h"

typedef enum pv_origin {
    PV_OWN,
    PV_SITE,
    PV_STD,
    PV_BUILTIN,
    PV_NATIVE,
    PV_RUNTIME,
    PV_UNKNOWN
} pv_origin;
enum { PV_ORIGINS = 7 };

/* "Your code", "site-packages", ... for legends; and "own", "site", ... */
const char *pv_origin_title(pv_origin o);
const char *pv_origin_name(pv_origin o);
/* "std" -> PV_STD; false when there is no such origin. */
bool pv_origin_find(pv_str name, pv_origin *out);

typedef struct pv_origin_rules {
    const pv_str *own; /* path prefixes of --own */
    size_t own_len;
    const pv_str *rules; /* 'REGEX=own' of --origin, first match wins */
    size_t rules_len;
} pv_origin_rules;

/* What is known of each function of a profile, one entry a function. */
typedef struct pv_whence {
    uint8_t origin;  /* pv_origin */
    uint8_t variant; /* 0..2: FNV-1a of the package mod 3 */
    pv_str module;   /* "shop.orders"; from the path where it can be told */
    pv_str package;  /* "shop"; a distribution's top level; "" unknown */
} pv_whence;

/* The origins alone, one pv_origin a function; for those who need no names. */
uint8_t *pv_origin_kinds(const pv_profile *p, const pv_origin_rules *rules,
                         pv_arena *a, pv_error *err);
/* `rules` may be NULL.  In the arena; NULL and *err on a bad expression or
 * when memory ran out. */
pv_whence *pv_origins(const pv_profile *p, const pv_origin_rules *rules,
                      pv_arena *a, pv_error *err);

#endif
