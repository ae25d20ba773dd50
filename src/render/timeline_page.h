/* SPDX-License-Identifier: MIT */
/* Memory over time as an HTML page: templates/timeline.html and its record. */
#ifndef TIMELINE_PAGE_H
#define TIMELINE_PAGE_H

#include "flame_words.h"
#include "record.h"
#include "timeline.h"

/* What timeline.html may ask for; for its test. */
extern const pv_record_type pv_timeline_page_type;

#endif
