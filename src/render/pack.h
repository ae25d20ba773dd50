/* SPDX-License-Identifier: MIT */
/* A whole profile as compact JSON: what a report carries, so that it can be
 * read and compared again.  formats/profviz.md has the keys. */
#ifndef PACK_H
#define PACK_H

#include "profviz/profile.h"
#include "profviz/sink.h"

bool pv_pack_write(const pv_profile *p, pv_str slug, pv_str path, pv_sink *out,
                   pv_error *err);

#endif
