/* SPDX-License-Identifier: MIT */
/* JSON that our own pages and pictures carry, through Jansson. */
#ifndef JSON_DATA_H
#define JSON_DATA_H

#include <jansson.h>

#include "profviz/str.h"

/* No key may be there twice; NULL when it is no JSON or there is no memory. */
json_t *pv_jansson_load(pv_str json, size_t flags, bool *no_memory);
/* Empty for what is no string; lives as long as `v`. */
pv_str pv_jansson_text(const json_t *v);

#endif
