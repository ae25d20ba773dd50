/* SPDX-License-Identifier: MIT */
/* Rows of option tables that say the same of every picture and page.
 *
 * `at` is the offset of the value in the renderer's options.
 */
#ifndef PICTURE_OPTIONS_H
#define PICTURE_OPTIONS_H

#include "profviz/option.h"
#include "theme.h"

#define PV_OPT_ROW_THEME(at)                                                   \
    {                                                                          \
        .kind = PV_OPT_CHOICE, .name = "theme",                                \
        .help = "light, dark, or as the reader's system is set",               \
        .offset = (at), .choices = pv_theme_names                              \
    }

#define PV_OPT_ROW_SCALE(at)                                                   \
    {                                                                          \
        .kind = PV_OPT_INT, .name = "scale", .arg = "N",                       \
        .help = "pixels of a PNG for each pixel of the picture",               \
        .offset = (at), .min = 1, .max = 8, .preset = 2                        \
    }

#define PV_OPT_ROW_FLAME(at)                                                   \
    {                                                                          \
        .kind = PV_OPT_FLAG, .name = "flame", .help = "root at the bottom",    \
        .offset = (at)                                                         \
    }

#define PV_OPT_ROW_NO_JS(at)                                                   \
    {                                                                          \
        .kind = PV_OPT_FLAG, .name = "no-js",                                  \
        .help = "no script and no data for it: the picture alone",             \
        .offset = (at)                                                         \
    }

#endif
