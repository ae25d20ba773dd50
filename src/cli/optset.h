/* SPDX-License-Identifier: MIT */
/* The options that one command takes, and the parser that fills them.
 *
 * A set is a list of rows of pv_opt tables, each with the struct it writes
 * to.  Values are slices of argv; lists live in the set's arena.
 */
#ifndef OPTSET_H
#define OPTSET_H

#include "arena.h"
#include "profviz/error.h"
#include "profviz/option.h"

typedef struct pv_optref {
    const pv_opt *opt;
    const char *title; /* heading of its group */
    char *base;        /* what opt->offset counts from; NULL: only listed */
} pv_optref;

typedef struct pv_optset {
    pv_arena *arena;
    pv_optref *at;
    size_t len, room;
} pv_optset;

/* What is left on the command line once the options are taken out. */
typedef struct pv_args {
    char **at; /* in the arena */
    size_t len;
    pv_str unknown; /* the option that no row has, with its dashes */
} pv_args;

void pv_optset_init(pv_optset *s, pv_arena *arena);
/* Adds the rows of `groups` (may be NULL); `base` is the struct that the
 * groups' offsets count from, or NULL. */
void pv_optset_add(pv_optset *s, const pv_opt_group *groups, void *base);
/* By long name or alias; the first row wins.  NULL: there is none. */
const pv_optref *pv_optset_find(const pv_optset *s, pv_str name);
const pv_optref *pv_optset_letter(const pv_optset *s, char letter);
/* Value of the flag of that name; false where the set has none. */
bool pv_optset_flag(const pv_optset *s, const char *name);
/* Value of the text of that name; empty where the set has none. */
pv_str pv_optset_text(const pv_optset *s, const char *name);

/* Writes every row's preset. */
void pv_optset_presets(const pv_optset *s);
/* Parses argv[0..argc) (no program or command name in it).  Options and
 * arguments may mix; `--` ends the options.  False and *err (PV_E_USAGE) on
 * the first mistake; args->unknown is set when no row had the option. */
bool pv_optset_parse(const pv_optset *s, int argc, char **argv, pv_args *args,
                     pv_error *err);

#endif
