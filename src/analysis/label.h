/* SPDX-License-Identifier: MIT */
/* How functions and frames are called, everywhere alike. */
#ifndef LABEL_H
#define LABEL_H

#include "buf.h"
#include "profviz/profile.h"

/* A name without its trailing mark: "do_syscall_64_[k]" -> "do_syscall_64". */
pv_str pv_label_bare(pv_str name);
/* The name shown for a function: its name without a trailing _[k] and such;
 * file:line where it has no name; "(unknown)" where it has neither.  Raw
 * bytes, not yet cleaned. */
void pv_label_function(pv_buf *out, const pv_profile *p, pv_fn fn);
/* "shop/orders.py:131", "built-in", "libc.so.6", "": the place where it is
 * defined or (frames with executing lines) was; line 0 leaves the line out.  Only files have lines. */
bool pv_label_has_line(const pv_profile *p, pv_fn fn);
void pv_label_place(pv_buf *out, const pv_profile *p, pv_fn fn, uint32_t line);

#endif
