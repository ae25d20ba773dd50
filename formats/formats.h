/* SPDX-License-Identifier: MIT */
/* Telling formats apart; what detection needs beside the registry. */
#ifndef FORMATS_H
#define FORMATS_H

#include "source.h"

/* The format that claims the source; NULL and the source's error, which says
 * what the file is where that can be known. */
const pv_format *pv_detect(pv_source *s);

/* What a file that is no profile starts with ("a zip archive"), or NULL. */
const char *pv_magic_name(pv_bytes head);

/* Bid helper: is `text` in `head`? */
bool pv_head_has(pv_bytes head, pv_str text);

#endif
