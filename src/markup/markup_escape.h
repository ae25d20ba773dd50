/* SPDX-License-Identifier: MIT */
/* Text of any origin, made fit for the place it stands in.
 *
 * What XML 1.0 or HTML forbid becomes U+FFFD, and so does what turns text
 * around, but in JSON's strings, which keep it as an escape.
 */
#ifndef MARKUP_ESCAPE_H
#define MARKUP_ESCAPE_H

#include "markup.h"

void pv_escape_text(pv_markup *m, pv_str text);
/* Between double quotes. */
void pv_escape_attr(pv_markup *m, pv_str value);
/* JSON in a script: its signs and numbers, and its strings' contents. */
void pv_escape_json(pv_markup *m, pv_str json);
void pv_escape_json_string(pv_markup *m, pv_str text);

#endif
