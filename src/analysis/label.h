/* SPDX-License-Identifier: MIT */
/* How functions and frames are called, everywhere alike. */
#ifndef LABEL_H
#define LABEL_H

#include "buf.h"
#include "profviz/profile.h"

/* A name without its trailing mark: "do_syscall_64_[k]" -> "do_syscall_64". */
pv_str pv_label_bare(pv_str name);
/* "<built-in method ...>", "<method ...>", or a function of pstats' file "~":
 * the interpreter's own C functions, which stand in no file. */
bool pv_label_builtin(pv_str name, pv_str file);

/* The name shown for a function: its name without a trailing _[k] and such;
 * file:line where it has no name; "(unknown)" where it has neither.  Raw
 * bytes, not yet cleaned. */
void pv_label_function(pv_buf *out, const pv_profile *p, pv_fn fn);
/* "shop/orders.py:131", "built-in", "libc.so.6", "": the place where it is
 * defined or (frames with executing lines) was; line 0 leaves the line out. */
void pv_label_place(pv_buf *out, const pv_profile *p, pv_fn fn, uint32_t line);
/* The frame as a folded line spells it: its text, or `name (file:line)`, or
 * `name` without a file (and of built-ins), or `file:line` without a name;
 * with ':' for ';' and a blank for a line end, which would tear the stack. */
void pv_label_folded(pv_buf *out, const pv_profile *p, pv_node at);

#endif
