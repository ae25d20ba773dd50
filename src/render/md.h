/* SPDX-License-Identifier: MIT */
/* Names in Markdown tables: always shown, never obeyed. */
#ifndef MD_H
#define MD_H

#include "buf.h"

/* A name as a code span for a cell of a GitHub table: no link, mention, tag
 * or new cell comes out of it. */
void pv_md_code(pv_buf *out, pv_str name);
/* The same outside of tables. */
void pv_md_span(pv_buf *out, pv_str name);
/* Text that is our own but for '|' in it. */
void pv_md_text(pv_buf *out, pv_str text);

#endif
