/* SPDX-License-Identifier: MIT */
/* What a box says: its tooltip and its label, in the picture's arena. */
#ifndef FLAME_TITLE_H
#define FLAME_TITLE_H

#include "flame_picture.h"

enum { PV_TITLE_NAME = 400 }; /* bytes of a name that a title shows */

/* "2.69 s (26.5%)": many boxes in a row have the same. */
typedef struct pv_amount {
    int64_t value;
    pv_buf text; /* empty: none yet */
} pv_amount;

typedef struct pv_flame_titles {
    pv_picture *p;
    const pv_stacks *s;
    pv_buf text, name; /* room, used again for each box */
    pv_amount total, self;
} pv_flame_titles;

/* "name\nplace\n2.69 s (26.5%) total, 430 ms (4.24%) self" */
pv_str pv_flame_title(pv_flame_titles *f, const pv_flame_box *b);
/* As much of the name as fits; empty where nothing does. */
pv_str pv_flame_label(pv_flame_titles *f, const pv_flame_box *b);
void pv_flame_titles_done(pv_flame_titles *f);

#endif
