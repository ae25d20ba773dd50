/* SPDX-License-Identifier: MIT */
/* The data of a timeline's page, for its script. */
#ifndef TIMELINE_ISLAND_H
#define TIMELINE_ISLAND_H

#include "markup.h"
#include "timeline_chart.h"

/* Above this many samples a series is told by the least and greatest of as
 * many columns. */
enum { PV_TIMELINE_COLUMNS = 4000, PV_TIMELINE_SPANS = 2000 };

/* False when memory ran out. */
bool pv_timeline_island(pv_chart *c, pv_markup *m);

#endif
