/* SPDX-License-Identifier: MIT */
/* A flame graph as an HTML page: templates/flame.html and its record. */
#ifndef FLAME_PAGE_H
#define FLAME_PAGE_H

#include "flame_picture.h"
#include "profviz/sink.h"
#include "record.h"

bool pv_flame_page(pv_picture *p, pv_sink *out);

/* What flame.html may ask for; for its test. */
extern const pv_record_type pv_flame_page_type;

#endif
