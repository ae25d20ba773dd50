/* SPDX-License-Identifier: MIT */
/* Text as Python wrote it, made UTF-8.  Lone surrogates stay as they are. */
#ifndef PY_TEXT_H
#define PY_TEXT_H

#include "value.h"

/* UTF-8, lone surrogates allowed. */
bool pv_py_utf8(pv_str s);
/* Each is false when memory ran out, and the escapes' ones also when the text
 * is malformed (*why then says how); *out is `s` itself or in d->text. */
bool pv_py_latin1(pv_py_data *d, pv_str s, pv_str *out);
/* Pickle's STRING: 'quoted' with backslash escapes. */
bool pv_py_quoted(pv_py_data *d, pv_str s, pv_str *out, const char **why);
/* Pickle's UNICODE: \uXXXX and \UXXXXXXXX, all else Latin-1. */
bool pv_py_raw_unicode(pv_py_data *d, pv_str s, pv_str *out, const char **why);

#endif
