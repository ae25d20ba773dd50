/* SPDX-License-Identifier: MIT */
/* The commands: one for each renderer in its registry, and a few of ours. */
#ifndef COMMAND_H
#define COMMAND_H

#include "cli.h"
#include "optset.h"
#include "profviz/renderer.h"

typedef struct pv_command pv_command;
struct pv_command {
    const char *name;
    const char *aliases;  /* "flamegraph": accepted silently */
    const char *synopsis; /* what follows the options: "IN..." */
    const char *summary;
    const pv_renderer *renderer; /* NULL: one of ours */
    /* argv[0] is the command's name as typed; the exit status. */
    int (*run)(pv_cli *cli, const pv_command *self, int argc, char **argv);
};

/* Both registries as one; false past the end. */
bool pv_command_at(size_t i, pv_command *out);
/* By name, alias or unique prefix of one.  False and *err (PV_E_USAGE), with
 * the nearest name, when there is none. */
bool pv_command_find(pv_str typed, pv_command *out, pv_error *err);

/* Adds every row that the command takes, with NULL as the structs: what
 * --help, the man page and "which command has it" go through. */
void pv_command_options(const pv_command *c, pv_optset *set);
/* The sentence for an option (with its dashes) that `c` does not have: the
 * nearest one, or the command that has it.  The status. */
int pv_command_no_option(pv_cli *cli, const pv_command *c, pv_str option);

#endif
