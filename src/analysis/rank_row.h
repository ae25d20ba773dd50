/* SPDX-License-Identifier: MIT */
/* Names for the rows of functions that have none. */
#ifndef RANK_ROW_H
#define RANK_ROW_H

#include "rank.h"

/* False when memory ran out. */
PV_MUST_USE bool pv_ranking_spell(pv_ranking *rows, pv_arena *a);

#endif
