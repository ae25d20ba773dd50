/* SPDX-License-Identifier: MIT */
/* A recording of memory over time as a table of one row, for comparisons. */
#ifndef SERIES_TOTALS_H
#define SERIES_TOTALS_H

#include "profviz/builder.h"

/* What "area" is measured in: byte seconds, as bytes. */
#define PV_SERIES_AREA "area"

/* The main process with the metrics peak (the largest sample of all runs in
 * the file), end (the last sample), area and duration (sums over the runs).
 * A new profile that the caller frees; PV_E_FORMAT where it has no sample. */
PV_MUST_USE pv_profile *pv_series_totals(const pv_profile *p, pv_error *err);

#endif
