/* SPDX-License-Identifier: MIT */
/* Single-byte encodings: what the bytes from 0x80 on mean. */
#ifndef CODE_PAGES_H
#define CODE_PAGES_H

#include <stdint.h>

typedef struct pv_code_page {
    const char *name;    /* NULL ends the table */
    uint16_t upper[128]; /* U+FFFD: it has no such byte */
} pv_code_page;

extern const pv_code_page pv_code_pages[];

#endif
