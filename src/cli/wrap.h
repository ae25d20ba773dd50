/* SPDX-License-Identifier: MIT */
/* Text of help in lines that fit the terminal, at most 79 columns (ASCII
 * only). */
#ifndef WRAP_H
#define WRAP_H

#include "buf.h"

enum { PV_HELP_COLUMNS = 79 };

/* Words of `text` from the cursor's `column` on; further lines begin at
 * `indent`.  Words that are longer than a line are cut.  Ends with a line
 * feed. */
void pv_wrap(pv_buf *out, pv_str text, size_t column, size_t indent,
             size_t columns);
/* Two blanks, `left`, and `right` from column `indent` on; where that leaves
 * no room, below `left`. */
void pv_wrap_term(pv_buf *out, pv_str left, pv_str right, size_t indent,
                  size_t columns);

#endif
