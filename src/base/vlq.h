/* SPDX-License-Identifier: MIT */
/* Numbers as text: groups of five bits, the least first, 32 = more follow;
 * digits A-Z a-z 0-9 - _ for 0 to 63. */
#ifndef VLQ_H
#define VLQ_H

#include "buf.h"

void pv_vlq_put(pv_buf *out, uint64_t v);
/* Signed, with INT64_MIN (a missing value) as the shortest. */
void pv_vlq_put_value(pv_buf *out, int64_t v);
int pv_vlq_digit(char c); /* 0 to 63; -1: it is none */
/* False where the text ends, or holds no number of 64 bits. */
bool pv_vlq_take(pv_str *text, uint64_t *out);
bool pv_vlq_take_value(pv_str *text, int64_t *out);

#endif
