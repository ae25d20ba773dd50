/* SPDX-License-Identifier: MIT */
/* Where ticks stand and what is written at them. */
#ifndef AXIS_H
#define AXIS_H

#include "number.h"

/* Above it no axis with room over the peak fits int64. */
#define PV_AXIS_MOST (INT64_MAX / 4)

/* Bytes from 0: 4 to 6 ticks a power of two apart, one unit for all. */
typedef struct pv_size_axis {
    int64_t step, top; /* peak <= 88 % of top */
    int64_t unit;
    const char *unit_name; /* " MiB" */
} pv_size_axis;

pv_size_axis pv_size_axis_of(int64_t peak); /* 0 <= peak <= PV_AXIS_MOST */
size_t pv_size_label(const pv_size_axis *a, int64_t v, char *out);

/* Nanoseconds: seconds in steps of 1, 2, 5; m:ss over 120 s; h:mm over 2 h. */
typedef struct pv_time_axis {
    int64_t step;
    int64_t unit; /* of plain labels; 0: m:ss, -1: h:mm */
    const char *unit_name;
} pv_time_axis;

/* At most `ticks` + 1 of them within `span` > 0. */
pv_time_axis pv_time_axis_of(int64_t span, unsigned ticks);
size_t pv_time_label(const pv_time_axis *a, int64_t t, char *out);

#endif
