/* SPDX-License-Identifier: MIT */
/* The state of the pickle machine, shared by its two files.  Private. */
#ifndef PY_PICKLE_OPS_H
#define PY_PICKLE_OPS_H

#include "pickle.h"

typedef struct pickler {
    pv_cursor *c;
    pv_py_data *d;
    PV_VEC(pv_py) stack;
    PV_VEC(uint32_t) marks; /* heights of the stack */
    PV_VEC(pv_py) memo;
    size_t memoized; /* entries stored: MEMOIZE's next number */
    size_t at;       /* offset of the opcode */
} pickler;

/* "opcode NAME: ..." at the opcode.  Each returns false. */
bool pv_pickle_fail(pickler *m, const char *fmt, ...) PV_PRINTF(2, 3);
bool pv_pickle_unsupported(pickler *m, const char *what);
const char *pv_pickle_opcode(uint8_t op);

bool pv_pickle_take(pickler *m, size_t n, const uint8_t **out);
bool pv_pickle_push(pickler *m, pv_py v); /* UNSET: memory ran out */
bool pv_pickle_pop(pickler *m, pv_py *out);
bool pv_pickle_put(pickler *m, uint64_t i); /* the top into the memo */
bool pv_pickle_get(pickler *m, uint64_t i);

/* Opcodes whose argument is a line of text. */
bool pv_pickle_text(pickler *m, uint8_t op);
/* LONG1 and LONG4: `n` bytes, two's complement. */
bool pv_pickle_long(pickler *m, size_t n);

/* Classes and objects: allow-listed, never called. */
bool pv_pickle_global(pickler *m);
bool pv_pickle_stack_global(pickler *m);
bool pv_pickle_reduce(pickler *m);
bool pv_pickle_newobj(pickler *m);
bool pv_pickle_build(pickler *m);

#endif
