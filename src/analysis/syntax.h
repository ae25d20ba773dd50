/* SPDX-License-Identifier: MIT */
/* Source code by the line: what in it is a keyword, a string, a name that is
 * being defined ...  Python exactly, other languages lightly.
 *
 * Works on any bytes, by the line and without recursion; what is no code of
 * the language comes out as some colours, never as other text.
 */
#ifndef SYNTAX_H
#define SYNTAX_H

#include "profviz/str.h"

typedef enum pv_language {
    PV_LANG_NONE, /* not known: plain */
    PV_LANG_PYTHON,
    PV_LANG_CYTHON,
    PV_LANG_C,
    PV_LANG_CPP,
    PV_LANG_RUST,
    PV_LANG_GO,
    PV_LANG_JAVA,
    PV_LANG_JS /* and TypeScript */
} pv_language;

typedef enum pv_syn {
    PV_SYN_PLAIN,
    PV_SYN_KEYWORD,
    PV_SYN_STRING,
    PV_SYN_NUMBER,
    PV_SYN_COMMENT,
    PV_SYN_NAME /* of a def or class; decorators */
} pv_syn;

/* Bytes [begin, end) of the line; spans stand in order and apart. */
typedef struct pv_span {
    uint32_t begin, end;
    pv_syn kind;
} pv_span;

enum { PV_STRINGS_MAX = 8 };

/* An open string, and the expression in its braces. */
typedef struct pv_quoted {
    char quote;
    bool lines;  /* may go on in the next line */
    bool raw;    /* a backslash is one */
    bool braces; /* holds expressions: f"{x}", `${x}` */
    bool code;   /* inside of one */
    bool spec;   /* behind its colon: {x:>10} */
    int depth;   /* brackets in it */
    uint8_t len; /* of the end: quotes, or '"' and hashes */
    char mark;   /* '#' of Rust, ')' of C++; else 0 */
} pv_quoted;

typedef struct pv_syntax {
    pv_language language;
    pv_quoted open[PV_STRINGS_MAX];
    int strings;    /* open ones */
    int comment;    /* open block comments */
    int brackets;   /* open ones, of statements */
    bool continued; /* the line before ended in a backslash */
    bool defining;  /* the next name is being defined */
    /* Of the line that was read last (Python): */
    bool fresh;      /* a statement begins in it */
    uint32_t indent; /* its column */
    pv_str word;     /* its first word, if it begins with one */
    pv_str defined;  /* the name of a def or class that it begins */
    bool literal;    /* it begins with a string or number */
    /* where spans go */
    pv_span *spans;
    size_t len, room;
} pv_syntax;

pv_language pv_language_of(pv_str file); /* by its extension */
void pv_syntax_init(pv_syntax *s, pv_language language);
/* Reads the next line (without its end); returns how many spans it has. */
size_t pv_syntax_line(pv_syntax *s, pv_str line, pv_span *spans, size_t room);

#endif
