/* SPDX-License-Identifier: MIT */
/* How a value is written: what may follow the '|' in a template. */
#ifndef NOTATION_H
#define NOTATION_H

#include "buf.h"
#include "record.h"

typedef struct pv_notation {
    const char *name;
    pv_kind kind; /* what it is for */
    void (*write)(pv_buf *out, const pv_datum *value);
} pv_notation;

/* NULL when there is none of that name. */
const pv_notation *pv_notation_find(pv_str name);
/* Text as it is, whole numbers in digits. */
void pv_notation_plain(pv_buf *out, const pv_datum *value);

#endif
