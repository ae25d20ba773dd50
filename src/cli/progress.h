/* SPDX-License-Identifier: MIT */
/* The one line on a terminal that says what is being done.
 *
 * It shows up on stderr when that is a terminal and the work takes longer
 * than half a second, and is gone before anything else is written.
 */
#ifndef PROGRESS_H
#define PROGRESS_H

#include "profviz/str.h"

typedef struct pv_progress pv_progress;

/* NULL where there is no terminal to show it on, or no thread to be had; all
 * other functions accept NULL. */
pv_progress *pv_progress_start(void);
/* "reading x.folded": made printable here. */
void pv_progress_stage(pv_progress *p, const char *verb, pv_str what);
/* Around other output to the terminal: takes the line away, holds it off. */
void pv_progress_hold(pv_progress *p);
void pv_progress_go_on(pv_progress *p);
void pv_progress_stop(pv_progress *p);

#endif
