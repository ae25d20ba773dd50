/* SPDX-License-Identifier: MIT */
/* The template compiler's own state, shared by its two files. */
#ifndef COMPILE_H
#define COMPILE_H

#include "program.h"

#include <expat.h>

enum { PV_PREFIXES_MAX = 8 };
#define PV_NO_STEP   SIZE_MAX
#define PV_SEPARATOR '\x01' /* cannot stand in XML */

#define PV_URI_DIRECTIVE "urn:profviz:template"
#define PV_URI_ATTRIBUTE "urn:profviz:attribute"

/* An open element. */
typedef struct pv_level {
    const char *name; /* NULL: pv:block */
    bool raw;         /* script or style: text is code */
    bool filled;      /* a directive made the content; children are a mock-up */
    size_t each, if_, unless; /* steps whose target is not known yet */
} pv_level;

typedef struct pv_compiler {
    XML_Parser xml;
    pv_arena *arena;
    pv_str file;
    const pv_includes *includes;
    pv_error *err;
    bool failed;
    PV_VEC(pv_step) steps;
    pv_scope scope;
    pv_level levels[PV_NESTED_MAX];
    unsigned depth;
    unsigned hidden; /* open elements of a mock-up */
    pv_buf text;     /* character data since the last tag */
    pv_str xmlns[PV_PREFIXES_MAX][2];
    unsigned xmlns_len;
} pv_compiler;

/* "uri SEPARATOR local [SEPARATOR prefix]" of Expat. */
typedef struct pv_qname {
    pv_str uri, local, prefix;
} pv_qname;

typedef struct pv_directives {
    pv_str each, if_, unless, text, fragment, include;
    const char *type; /* of a script: its literal type attribute */
} pv_directives;

pv_place pv_compile_place(const pv_compiler *c);
/* Stops the parser; false. */
bool pv_compile_stop(pv_compiler *c);
#define PV_COMPILE_FAIL(c, ...)                                                \
    (pv_fail((c)->err, PV_E_FORMAT, &(pv_place[]){pv_compile_place(c)}[0],     \
             __VA_ARGS__),                                                     \
     pv_compile_stop(c))

size_t pv_compile_add(pv_compiler *c, pv_step step);
const char *pv_compile_keep(pv_compiler *c, pv_str s); /* ends in NUL */
pv_str pv_compile_keep_str(pv_compiler *c, pv_str s);

pv_qname pv_qname_split(const char *expanded);
/* As it is to be written: "prefix:local". */
const char *pv_qname_written(pv_compiler *c, const pv_qname *q);

static inline bool pv_is(pv_str s, const char *word)
{
    return pv_str_equal(s, pv_str_of(word));
}

static inline bool pv_is_in(pv_str s, const char *const *list)
{
    for (; *list; list++)
        if (pv_is(s, *list))
            return true;
    return false;
}

/* The parts of a start tag, in this order. */
bool pv_compile_directives(pv_compiler *c, const XML_Char **atts,
                           pv_directives *d);
bool pv_compile_guards(pv_compiler *c, const pv_directives *d, pv_level *l);
bool pv_compile_attributes(pv_compiler *c, const pv_level *l,
                           const XML_Char **atts);
bool pv_compile_fill(pv_compiler *c, pv_level *l, const pv_directives *d);
/* Behind the end tag: where the guards lead. */
void pv_compile_end_guards(pv_compiler *c, const pv_level *l);

#endif
