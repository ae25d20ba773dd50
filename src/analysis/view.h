/* SPDX-License-Identifier: MIT */
/* The same stacks seen from another side. */
#ifndef VIEW_H
#define VIEW_H

#include "profviz/error.h"
#include "profviz/profile.h"

/* Bottom-up: below the root every function with its self value as total,
 * below each who called it.  Frames of one function are one.  A new profile
 * that the caller frees. */
PV_MUST_USE pv_profile *pv_view_callers(const pv_profile *p, pv_error *err);

/* A function with all its callers and all its callees, in shares of its
 * total; only its outermost occurrence in a stack counts. */
typedef struct pv_sandwich {
    pv_profile *callers; /* root, the function, its callers below it ... */
    pv_profile *callees; /* root, the function, its callees below it ... */
} pv_sandwich;

/* `name` as the user typed it: a function's name or label, or a frame's text;
 * all functions of that name are one.  PV_E_USAGE when there is none. */
PV_MUST_USE bool pv_view_sandwich(pv_sandwich *out, const pv_profile *p,
                                  pv_str name, pv_error *err);
void pv_sandwich_done(pv_sandwich *s);

/* True for each function that `name` names; false and PV_E_USAGE (naming
 * `option`) when there is none.  `is` has functions.len places. */
bool pv_functions_named(const pv_profile *p, pv_str name, const char *option,
                        bool *is, pv_error *err);

#endif
