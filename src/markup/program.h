/* SPDX-License-Identifier: MIT */
/* A compiled template: a list of steps, run by pv_template_expand. */
#ifndef PROGRAM_H
#define PROGRAM_H

#include "notation.h"
#include "template.h"
#include "vec.h"

enum {
    PV_PATH_MAX = 6,                     /* names in a path */
    PV_LOOPS_MAX = 8,                    /* loops within each other */
    PV_NESTED_MAX = PV_MARKUP_DEPTH - 16 /* elements; fragments need some */
};

typedef struct pv_path {
    unsigned slot; /* which variable: 0 is the root, n the n-th open loop's */
    unsigned len;
    const pv_field *fields[PV_PATH_MAX];
} pv_path;

typedef enum pv_step_kind {
    PV_STEP_TEXT, /* text */
    PV_STEP_CODE, /* text, verbatim */
    PV_STEP_OPEN, /* name */
    PV_STEP_SHUT,
    PV_STEP_ATTR,     /* name, text */
    PV_STEP_XMLNS,    /* the same; left out of HTML when it is HTML's own */
    PV_STEP_AT,       /* name, path, notation */
    PV_STEP_VALUE,    /* path, notation */
    PV_STEP_JSON,     /* path */
    PV_STEP_FRAGMENT, /* path */
    PV_STEP_IF,       /* path; go to `target` unless it holds */
    PV_STEP_UNLESS,   /* path; go to `target` if it holds */
    PV_STEP_EACH,     /* path; opens a loop, or goes to `target` */
    PV_STEP_NEXT,     /* back to behind `target`, or closes the loop */
    PV_STEP_DOCTYPE
} pv_step_kind;

typedef struct pv_step {
    pv_step_kind kind;
    bool url; /* PV_STEP_AT: the value is a link */
    size_t target;
    const char *name;
    pv_str text;
    pv_path path;
    const pv_notation *notation; /* NULL: plain */
} pv_step;

struct pv_template {
    const pv_step *steps; /* in the arena */
    size_t len;
};

/* ---- scope: which names a path may begin with ---- */

typedef struct pv_scope {
    const pv_record_type *types[PV_LOOPS_MAX + 1]; /* [0] is the root's */
    pv_str names[PV_LOOPS_MAX + 1];
    unsigned len;
} pv_scope;

/* Each is false with PV_E_FORMAT at `at`. */
bool pv_path_parse(const pv_scope *s, pv_str text, pv_path *out,
                   const pv_place *at, pv_error *err);
/* "path | notation" for values that are written as text. */
bool pv_value_parse(const pv_scope *s, pv_str text, pv_path *out,
                    const pv_notation **notation, const pv_place *at,
                    pv_error *err);
/* "x in path": the name and the list. */
bool pv_each_parse(const pv_scope *s, pv_str text, pv_str *name, pv_path *out,
                   const pv_place *at, pv_error *err);
/* The last field of a path; NULL for a variable itself. */
const pv_field *pv_path_end(const pv_path *p);

/* May the value of a link go out: "#x", relative, http:, https: or an
 * editor's. */
bool pv_url_allowed(pv_str url);

#endif
