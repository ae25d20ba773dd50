/* SPDX-License-Identifier: MIT */
/* What the files of the syntax scanner share. */
#ifndef SYNTAX_PARTS_H
#define SYNTAX_PARTS_H

#include "syntax.h"

static inline bool pv_syn_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static inline bool pv_syn_is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           pv_syn_is_digit(c) || c == '_' || (unsigned char)c >= 0x80;
}

static inline char pv_syn_at(pv_str line, size_t pos)
{
    return pos < line.n ? line.p[pos] : '\0';
}

size_t pv_syn_word_end(pv_str line, size_t pos);
size_t pv_syn_number_end(pv_str line, size_t pos);
size_t pv_syn_skip_blanks(pv_str line, size_t pos);

/* Adds a span; plain and empty ones are left out. */
void pv_syn_add(pv_syntax *s, size_t begin, size_t end, pv_syn kind);
/* The string that is open, NULL for none. */
pv_quoted *pv_syn_top(pv_syntax *s);
bool pv_syn_push(pv_syntax *s, pv_quoted q);

bool pv_syn_is_keyword(pv_language l, pv_str word);
/* Does a name that is being defined follow: def, class, fn, struct ...? */
bool pv_syn_defines(pv_language l, pv_str word);

/* The open string from `pos`, whose span begins at `begin`: to its end, to an
 * expression in it or to the end of the line. */
size_t pv_syn_string(pv_syntax *s, pv_str line, size_t begin, size_t pos);
/* One character or bracket of an expression in a string; where to go on. */
size_t pv_syn_expression(pv_syntax *s, pv_str line, size_t pos);

size_t pv_syn_python(pv_syntax *s, pv_str line, size_t pos);
size_t pv_syn_light(pv_syntax *s, pv_str line, size_t pos);

#endif
