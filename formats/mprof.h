/* SPDX-License-Identifier: MIT */
/* What one line of an mprof .dat says. */
#ifndef MPROF_H
#define MPROF_H

#include "profviz/profile.h"

typedef enum mprof_kind {
    MPROF_BLANK,
    MPROF_CMDLINE,
    MPROF_MEM,
    MPROF_CHLD,
    MPROF_FUNC,
    MPROF_UNKNOWN, /* another word in capitals */
    MPROF_BAD      /* `why` says what is wrong */
} mprof_kind;

typedef struct mprof_record {
    mprof_kind kind;
    pv_str text;      /* command line, function, or unknown word */
    const char *why;  /* static text */
    int64_t pid;      /* CHLD */
    int64_t t, bytes; /* MEM, CHLD; FUNC: at entry.  t in ns since 1970 */
    int64_t t_end, bytes_end; /* FUNC */
    int64_t level;            /* FUNC: as written; -1 where there is none */
} mprof_record;

mprof_record mprof_parse(pv_str line);

#endif
