/* SPDX-License-Identifier: MIT */
/* Folded stacks: what the parts of the reader share.
 *
 * sniff: which dialect a file is in; line: text into stack and counts; tree:
 * distinct stacks; frame: the text of one frame into name, file and line;
 * emit: stacks into the builder.
 */
#ifndef FOLDED_H
#define FOLDED_H

#include "buf.h"
#include "source.h"
#include "symtab.h"
#include "vec.h"

typedef enum pv_folded_dialect {
    PV_FOLDED_PLAIN,
    PV_FOLDED_PYSPY,
    PV_FOLDED_AUSTIN,
    PV_FOLDED_PYFLAME,
    PV_FOLDED_CHART, /* pyflame --flamechart */
    PV_FOLDED_TACHYON,
    PV_FOLDED_FIL,
    PV_FOLDED_PERF,
    PV_FOLDED_FLAMEPROF
} pv_folded_dialect;

/* ---- line --------------------------------------------------------------- */

/* v / 10^exponent */
typedef struct pv_folded_count {
    int64_t v;
    uint8_t exponent; /* 0..9 */
    bool rounded;     /* the text had more than nine decimals */
} pv_folded_count;

typedef enum pv_folded_fault {
    PV_FOLDED_FINE,
    PV_FOLDED_NO_COUNT,
    PV_FOLDED_NO_STACK,
    PV_FOLDED_NOT_NUMBER,
    PV_FOLDED_NEGATIVE,
    PV_FOLDED_TOO_LARGE,
    PV_FOLDED_NOT_THREE, /* austin's time,idle,memory */
    PV_FOLDED_NO_TIME,   /* flame charts: a stack without its time, */
    PV_FOLDED_LONE_TIME, /* a time without its stack, */
    PV_FOLDED_CLOCK      /* a time that goes back */
} pv_folded_fault;

/* Without a CR and blanks at its end. */
pv_str pv_folded_trim(pv_str line);
/* digits [ "." digits* ], with a '-' before it where `sign`. */
pv_folded_fault pv_folded_number(pv_str text, bool sign, pv_folded_count *out);
/* The last word of a trimmed line and what stands before the blank ahead of
 * it; false (and the line as word) when it is all one word. */
bool pv_folded_split(pv_str line, pv_str *stack, pv_str *word);
/* Without frames that have no name at its end and (unless `classic`) without
 * the blanks there. */
pv_str pv_folded_tidy(pv_str stack, bool classic);
/* A number at the end of a stack, after a blank: the first of two counts. */
bool pv_folded_second(pv_str *stack, pv_folded_count *before,
                      pv_folded_fault *fault);
/* Austin's time,idle,memory. */
pv_folded_fault pv_folded_three(pv_str word, pv_folded_count out[3]);
/* "'ten' is not a number": what is wrong with `word`. */
void pv_folded_reason(pv_folded_fault fault, pv_str word, char *out,
                      size_t size);

/* ---- sniff -------------------------------------------------------------- */

typedef struct pv_folded_sniff {
    pv_folded_dialect dialect;
    int bid;
    bool full, memory; /* austin: three values; bytes */
    bool forked;       /* some line holds a ';' */
    bool differential; /* nine of ten lines looked at end in two numbers */
} pv_folded_sniff;

/* Looks at the first lines, and at the shapes of `pieces` frames or a line
 * more. */
void pv_folded_look(pv_bytes head, bool whole, unsigned pieces,
                    pv_folded_sniff *out);

/* ---- frame -------------------------------------------------------------- */

typedef struct pv_folded_frame {
    pv_str name, file;
    uint32_t line;
    pv_fn_kind kind;
    bool definition; /* `line` is the function's, not the executing one */
} pv_folded_frame;

/* The shapes: `name (file:line)`, `name (file)`, `file:func:line`,
 * `file:line (func)`, `file:line:func`. */
bool pv_folded_paren(pv_str text, bool bare, pv_folded_frame *f);
bool pv_folded_colons(pv_str text, pv_folded_frame *f);
bool pv_folded_place_first(pv_str text, pv_folded_frame *f);
/* The '(' of the last group, whose ')' ends the text, behind a blank; SIZE_MAX:
 * none.  For those who ask for both shapes that have one. */
size_t pv_folded_group(pv_str text);
bool pv_folded_paren_at(pv_str text, size_t open, bool bare,
                        pv_folded_frame *f);
bool pv_folded_place_first_at(pv_str text, size_t open, pv_folded_frame *f);
bool pv_folded_profile(pv_str text, pv_folded_frame *f);
/* `process 12:"`; is the quote closed at the end of `text`? */
bool pv_folded_process(pv_str text, bool *closed);
/* "L12", the line that older austins write as a frame of its own */
bool pv_folded_line_mark(pv_str text, uint32_t *line);
/* P12, T0:12 */
bool pv_folded_austin_head(pv_str text);
/* Slices of `text`; a decoded name is in `scratch`. */
void pv_folded_parse(pv_folded_dialect d, pv_str text, pv_buf *scratch,
                     pv_folded_frame *f);

#if defined(__GNUC__)
#define PV_PREFETCH(p) __builtin_prefetch(p)
#else
#define PV_PREFETCH(p) ((void)(p))
#endif

/* ---- tree --------------------------------------------------------------- */

typedef struct pv_folded_node {
    uint32_t text; /* its edge: `len` bytes of the tree's text */
    uint32_t len : 24;
    uint32_t first : 8;   /* byte */
    uint32_t child, next; /* 0 = none */
} pv_folded_node;

typedef struct pv_folded_slot {
    uint64_t hash;
    uint32_t more;  /* of the hash */
    uint32_t stack; /* 1 + its number, 0 = free */
} pv_folded_slot;

/* Distinct stacks, numbered as they come.  A stack is kept as bytes "a;b;c;"
 * in a radix tree. */
typedef struct pv_folded_tree {
    PV_VEC(pv_folded_node) nodes; /* [0] = root */
    PV_VEC(uint32_t) ends; /* of each node: 1 + the stack that ends there */
    pv_buf text;
    pv_folded_slot *slots;
    uint32_t mask;
    uint32_t stacks;
    pv_buf key, last;      /* the stack that is added, and the one before it */
    PV_VEC(uint32_t) path; /* nodes along the last stack, root first */
    uint64_t memory;       /* bound in bytes, 0 = none */
    bool full;             /* the bound was reached */
} pv_folded_tree;

bool pv_folded_tree_init(pv_folded_tree *t, uint64_t memory);
void pv_folded_tree_done(pv_folded_tree *t);
/* Finds or adds a stack of this hash; *number is its own.  False when memory ran out (or
 * t->full). */
bool pv_folded_tree_add(pv_folded_tree *t, pv_str stack, pv_hash128 hash,
                        uint32_t *number);

/* ---- emit --------------------------------------------------------------- */

typedef struct pv_folded_level {
    size_t begin, end; /* its text in the path, and one past its ';' */
    uint32_t parent;   /* level + 1, 0 = the root */
    uint32_t below;    /* scratch of the way down */
    pv_node node;      /* 0 = not made yet */
    uint8_t joins;     /* what the next piece may be joined to */
} pv_folded_level;

typedef struct pv_folded_known {
    pv_fn fn;
    uint32_t line;
    bool set;
} pv_folded_known;

/* Takes the pieces of stacks and makes frames of them as they are needed. */
typedef struct pv_folded_emit {
    pv_builder *b;
    pv_folded_dialect dialect;
    bool classic;      /* names are the texts */
    bool differential; /* stacks end in a number that is no part of them */
    bool lines;        /* frames with executing lines were seen */
    bool failed;       /* memory ran out */
    pv_buf path;       /* "a;b;c;" */
    pv_buf scratch;
    PV_VEC(pv_folded_level) levels;
    PV_VEC(pv_folded_known) known; /* by the symbol of the text */
} pv_folded_emit;

void pv_folded_emit_done(pv_folded_emit *e);
/* Forgets what stands behind the first `n` bytes of the path. */
void pv_folded_emit_cut(pv_folded_emit *e, size_t n);
void pv_folded_emit_grow(pv_folded_emit *e, pv_str bytes);
/* The frame that a stack which ends here has its cost in; *before gets the
 * number that is cut off where stacks are differential. */
pv_node pv_folded_emit_end(pv_folded_emit *e, bool *two);
/* Goes to another stack in the order of time. */
pv_node pv_folded_emit_go(pv_folded_emit *e, pv_str stack);
/* All stacks of a tree in canonical order: `end` is called for each. */
bool pv_folded_walk(pv_folded_emit *e, pv_folded_tree *t,
                    void (*end)(void *ctx, uint32_t stack, pv_node at,
                                bool two),
                    void *ctx);

#endif
