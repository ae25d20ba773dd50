/* SPDX-License-Identifier: MIT */
/* The files of templates/, which are part of the program. */
#ifndef ASSET_H
#define ASSET_H

#include "profviz/str.h"

/* False when there is no file of that name. */
bool pv_asset_find(pv_str name, pv_bytes *out);
/* Their names, one after the other; NULL behind the last. */
const char *pv_asset_name(size_t i);
/* The same as an include of templates; `ctx` is not used. */
bool pv_asset_include(void *ctx, pv_str name, pv_bytes *out);

#endif
