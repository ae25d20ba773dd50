/* SPDX-License-Identifier: MIT */
/* Code objects in marshal: four layouts, found by trial.  Private to the
 * marshal reader, with the state of its machine. */
#ifndef PY_MARSHAL_CODE_H
#define PY_MARSHAL_CODE_H

#include "marshal.h"

#define NO_REF SIZE_MAX

typedef struct unfinished {
    uint8_t type;  /* marshal's type byte */
    bool done;     /* dict: its NULL was read */
    uint8_t field; /* code: the next one in its layout */
    int32_t line;  /* code: co_firstlineno */
    uint32_t need; /* items */
    size_t ref;    /* slot to fill, or NO_REF */
    size_t base;   /* height of the stack below its items */
    size_t offset;
} unfinished;

/* Where to go back to when a layout does not fit. */
typedef struct trial {
    bool on;
    unsigned tried; /* layouts so far */
    size_t pos, refs, strings, stack, open, pool, strs;
    pv_source src; /* errors of a trial are not the file's */
    pv_error err, furthest;
    pv_source *real;
} trial;

typedef struct machine {
    pv_cursor *c;
    pv_py_data *d;
    PV_VEC(pv_py) stack;
    PV_VEC(unfinished) open;
    PV_VEC(pv_py) refs;    /* marshal 3 and later */
    PV_VEC(pv_py) strings; /* Python 2: interned strings */
    unsigned layout;       /* the one in use, or that fitted last */
    trial trial;
} machine;

bool pv_marshal_i32(machine *m, const char *what, int32_t *out);
bool pv_marshal_empty(machine *m);

/* Payloads behind a type byte at `at`; UNSET with an error. */
bool pv_marshal_take(machine *m, size_t n, const char *what,
                     const uint8_t **out);
pv_py pv_marshal_int(machine *m);
pv_py pv_marshal_int64(machine *m);
pv_py pv_marshal_long(machine *m, size_t at);
pv_py pv_marshal_float(machine *m, bool text);
pv_py pv_marshal_complex(machine *m, bool text);
pv_py pv_marshal_string(machine *m, pv_py_kind kind, bool small, size_t at);
pv_py pv_marshal_ascii(machine *m, bool small, size_t at);
pv_py pv_marshal_unicode(machine *m, size_t at);
pv_py pv_marshal_interned(machine *m, bool flag, size_t at);

/* A code object was opened: reads its integers. */
bool pv_marshal_code_open(machine *m);
/* The value on top of the stack is the next field of `f`: does it fit? */
bool pv_marshal_code_field(machine *m, unfinished *f);
bool pv_marshal_code_complete(const machine *m, const unfinished *f);
pv_py pv_marshal_code_value(machine *m, const unfinished *f);
/* The code object on top is complete. */
void pv_marshal_code_done(machine *m);
/* Something failed: true when another layout is to be tried. */
bool pv_marshal_code_retry(machine *m);
/* Reading is over: gives the cursor its source back. */
void pv_marshal_code_end(machine *m);

#endif
