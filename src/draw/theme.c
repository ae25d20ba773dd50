/* SPDX-License-Identifier: MIT */
/* The themes' names. */
#include "theme.h"

#include <stddef.h>

const char *const pv_theme_names[] = {"auto", "light", "dark", NULL};

pv_str pv_theme_attr(pv_theme t)
{
    return t == PV_THEME_AUTO ? PV_STR("") : pv_str_of(pv_theme_names[t]);
}

pv_str pv_theme_scheme(pv_theme t)
{
    return t == PV_THEME_AUTO ? PV_STR("light dark") : pv_theme_attr(t);
}
