/* SPDX-License-Identifier: MIT */
/* The functions and classes of a Python file, where each begins and ends, and
 * which lines hold a statement that a line profiler would count. */
#ifndef OUTLINE_H
#define OUTLINE_H

#include "block.h"
#include "syntax.h"

typedef struct pv_def {
    pv_str name;     /* as the source has it; of row 0, the module: "" */
    uint32_t first;  /* its first decorator, else `line` */
    uint32_t line;   /* of "def" or "class" */
    uint32_t end;    /* its last line */
    uint32_t parent; /* row of the def around it */
    bool is_class;
} pv_def;

typedef struct pv_outline {
    pv_def *at; /* [0] is the module; in the order of their lines */
    uint32_t len;
    uint32_t *by_name; /* the defs in the order of their names */
    uint32_t *owner;   /* of each line: the innermost def around it */
    bool *counted;     /* of each line: a statement begins that surely runs as
                        code when it is reached */
} pv_outline;

/* In the arena; false when memory ran out.  Other languages than Python have
 * the module alone. */
bool pv_outline_make(pv_outline *o, const pv_source_text *text,
                     pv_language language, pv_arena *a);
/* The def that a profile means: one whose decorators or "def" stand at
 * `line`, with the name's last part; 0: there is none. */
uint32_t pv_outline_find(const pv_outline *o, pv_str name, uint32_t line);
/* The only def of that name, wherever it stands; 0: none, or several. */
uint32_t pv_outline_named(const pv_outline *o, pv_str name);
/* "price_order" of "Shop.<locals>.price_order". */
pv_str pv_last_name(pv_str name);
/* "Shop.price_order" */
void pv_outline_name(pv_buf *out, const pv_outline *o, uint32_t def);

#endif
