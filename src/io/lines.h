/* SPDX-License-Identifier: MIT */
/* Long text by the line, at memory speed, never holding the file. */
#ifndef LINES_H
#define LINES_H

#include "input.h"

enum { PV_LINE_MAX = 16 * 1024 * 1024 };

typedef struct pv_lines {
    pv_input *in;
    char *p; /* buffer of `room` bytes */
    size_t begin, end, room;
    uint64_t offset; /* of p[begin] in the input */
    uint64_t number; /* lines handed out so far: the last one's number */
    bool done;       /* the input has no more bytes */
    bool cut;        /* the last line had no LF */
} pv_lines;

bool pv_lines_init(pv_lines *l, pv_input *in, pv_error *err);
void pv_lines_done(pv_lines *l);
/* The next line without its LF (a CR stays), valid until the next call.
 * False at the end (*err is then untouched) and on an error.  A line over
 * PV_LINE_MAX is a PV_E_LIMIT error. */
bool pv_lines_next(pv_lines *l, pv_str *line, pv_error *err);

#endif
