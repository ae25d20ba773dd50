/* SPDX-License-Identifier: MIT */
/* Names for files that are no profiles: what each is and which tool takes it,
 * or NULL. */
#ifndef STRANGERS_H
#define STRANGERS_H

#include "profviz/str.h"

/* `head`: the first bytes; `line`: its first line that is not blank. */
const char *pv_magic_name(pv_bytes head);
const char *pv_json_name(pv_bytes head, pv_str line);
const char *pv_text_name(pv_bytes head, pv_str line);
/* Begins as no text and no profile does. */
bool pv_is_sure_stranger(pv_bytes head);

bool pv_head_has(pv_bytes head, pv_str text);

#endif
