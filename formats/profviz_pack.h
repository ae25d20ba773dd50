/* SPDX-License-Identifier: MIT */
/* One profile as a report carries it. */
#ifndef PROFVIZ_PACK_H
#define PROFVIZ_PACK_H

#include "profviz/builder.h"
#include "source.h"

/* `json` is a file by itself or a part of a page. */
PV_MUST_USE bool pv_read_pack(pv_source *src, pv_builder *b, pv_str json);

#endif
