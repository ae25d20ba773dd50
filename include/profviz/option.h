/* SPDX-License-Identifier: MIT */
/* Option tables: one row feeds the parser, --help, the man page and tests. */
#ifndef PROFVIZ_OPTION_H
#define PROFVIZ_OPTION_H

#include "profviz/str.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum pv_opt_kind {
    PV_OPT_FLAG,    /* bool */
    PV_OPT_INT,     /* int64_t within min..max */
    PV_OPT_DECIMAL, /* int64_t in thousandths, within min..max */
    PV_OPT_TEXT,    /* pv_str */
    PV_OPT_LIST,    /* pv_opt_list: may be given many times */
    PV_OPT_FILES,   /* pv_opt_list: all words up to the next option */
    PV_OPT_CHOICE   /* int: index into `choices` */
} pv_opt_kind;

/* Values of an option that may be given many times; storage is the parser's. */
typedef struct pv_opt_list {
    const pv_str *at;
    size_t len;
} pv_opt_list;

typedef struct pv_opt {
    pv_opt_kind kind;
    char letter;      /* 0 = long form only */
    const char *name; /* "min-share", without dashes; NULL ends a table */
    /* "min-width I": accepted silently; a single character is a letter */
    const char *aliases;
    const char *arg;            /* "N", "RE"; NULL for flags */
    const char *help;           /* one sentence without a dot */
    size_t offset;              /* into the options struct */
    int64_t min, max;           /* PV_OPT_INT, PV_OPT_DECIMAL */
    int64_t preset;             /* the value when not given */
    const char *const *choices; /* NULL-ended */
    size_t given;               /* offset of a bool "was given", or 0 */
} pv_opt;

/* A named set of options that several commands share. */
typedef struct pv_opt_group {
    const char *title; /* heading in --help: "Pictures" */
    const pv_opt *options;
    size_t offset; /* of the group's struct in the command's struct */
} pv_opt_group;

/* Fills the struct at `base` as if no option was given; of two rows for one
 * place the first decides. */
PV_API void pv_options_preset(const pv_opt_group *groups, void *base);

#ifdef __cplusplus
}
#endif
#endif
