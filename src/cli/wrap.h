/* SPDX-License-Identifier: MIT */
/* Text of help in lines of at most 79 columns (ASCII only). */
#ifndef WRAP_H
#define WRAP_H

#include "buf.h"

/* Words of `text` from the cursor's `column` on; further lines begin at
 * `indent`.  Ends with a line feed. */
void pv_wrap(pv_buf *out, pv_str text, size_t column, size_t indent);
/* Two blanks, `left`, and `right` from column `indent` on. */
void pv_wrap_term(pv_buf *out, pv_str left, pv_str right, size_t indent);

#endif
