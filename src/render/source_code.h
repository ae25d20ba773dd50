/* SPDX-License-Identifier: MIT */
/* The code of a line, coloured, with what could deceive made visible. */
#ifndef SOURCE_CODE_H
#define SOURCE_CODE_H

#include "markup.h"
#include "source_sheet.h"

enum { PV_CODE_CHARS = 2000 }; /* of a line that are shown */

/* Text as a page shows it: tabs stay, other controls are their pictures
 * (U+2400 ...), characters that turn or hide text are written "[U+202E]". */
void pv_code_show(pv_buf *out, pv_str text);

/* What goes over the lines of a sheet. */
typedef struct pv_listing {
    const pv_sheet *sheet;
    pv_syntax syntax;
    uint32_t next; /* line that the syntax is ready for; 0: none yet */
    pv_buf work;
} pv_listing;

void pv_listing_init(pv_listing *c, const pv_sheet *s);
void pv_listing_done(pv_listing *c);
/* Lines are asked for in rising order; any other order costs time. */
void pv_listing_put(pv_listing *c, uint32_t line, pv_str carried, pv_markup *m);

#endif
