/* SPDX-License-Identifier: MIT */
/* Users' regular expressions: PCRE2 with JIT, unanchored, on name or file,
 * case-insensitive unless they hold a capital, under match limits.  They read
 * as in the viewer's JavaScript where the two dialects differ ($, \uXXXX). */
#ifndef REGEX_H
#define REGEX_H

#include "profviz/error.h"

typedef struct pv_regex pv_regex;

/* NULL and PV_E_USAGE with the place in the pattern. `option` names the
 * option in the message ("--focus"). */
PV_MUST_USE pv_regex *pv_regex_new(pv_str pattern, const char *option,
                                   pv_error *err);
void pv_regex_free(pv_regex *r); /* accepts NULL */
/* 1 match, 0 none, -1 a limit was reached (*err filled). Bytes that are not
 * UTF-8 count as U+FFFD. */
int pv_regex_match(pv_regex *r, pv_str subject, pv_error *err);

#endif
