/* SPDX-License-Identifier: MIT */
/* How likely a difference is where nothing changed. */
#ifndef CHANCE_H
#define CHANCE_H

#include <stddef.h>

/* The same where the runs' lengths are as `rate` to 1 and `before` is given as
 * `scale` times what was counted.  A change that goes the other way for its
 * length stands for nothing: 1. */
double pv_chance_of_rates(double before, double after, double scale,
                          double rate);
/* Benjamini and Hochberg's step-up rule at q = 0.01: the greatest chance that
 * is let through; below 0 where none is.  Sorts. */
double pv_chance_bound(double *chances, size_t len);

#endif
