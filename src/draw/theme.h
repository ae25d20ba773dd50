/* SPDX-License-Identifier: MIT */
/* Light, dark, or as the reader's system is set. */
#ifndef THEME_H
#define THEME_H

#include "profviz/str.h"

typedef enum pv_theme { PV_THEME_AUTO, PV_THEME_LIGHT, PV_THEME_DARK } pv_theme;

extern const char *const pv_theme_names[]; /* by pv_theme; NULL-ended */

/* What `data-theme` says: nothing where the system decides. */
pv_str pv_theme_attr(pv_theme t);
/* What `color-scheme` says. */
pv_str pv_theme_scheme(pv_theme t);

#endif
