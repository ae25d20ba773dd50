/* SPDX-License-Identifier: MIT */
/* Text on a terminal: colours by meaning, glyphs with their ASCII stand-ins,
 * names without a byte that a terminal would obey.
 *
 * Without colour the same bytes come out, minus the escapes.
 */
#ifndef INK_H
#define INK_H

#include "buf.h"
#include "profviz/renderer.h"

/* 256-colour codes that read on light and on dark backgrounds. */
typedef enum pv_ink {
    PV_INK_PLAIN,
    PV_INK_BOLD, /* the leading figure alone */
    PV_INK_DIM,  /* paths of files alone */
    PV_INK_OWN,  /* origins, in the order of pv_origin */
    PV_INK_SITE,
    PV_INK_STD,
    PV_INK_BUILTIN,
    PV_INK_NATIVE,
    PV_INK_RUNTIME,
    PV_INK_HEAT1, /* shares of the run: > 0, 0.2, 1, 3, 8, 20 % */
    PV_INK_HEAT2,
    PV_INK_HEAT3,
    PV_INK_HEAT4,
    PV_INK_HEAT5,
    PV_INK_HEAT6,
    PV_INK_MORE, /* comparisons */
    PV_INK_LESS
} pv_ink;

typedef enum pv_glyph {
    PV_G_ELLIPSIS,
    PV_G_TIMES,
    PV_G_DASH,
    PV_G_ARROW,
    PV_G_CHAIN,  /* between frames that are joined on a line */
    PV_G_BRANCH, /* a child that has siblings below */
    PV_G_LAST,   /* the last child */
    PV_G_PIPE,   /* beside a child's subtree */
    PV_G_BARS    /* the heading of a column of bars */
} pv_glyph;

/* Heat of a share of the run; PV_INK_PLAIN for nothing. */
pv_ink pv_ink_heat(int64_t part, int64_t whole);
void pv_ink_text(pv_sink *out, const pv_text_style *style, pv_ink ink,
                 pv_str text);
pv_str pv_glyph_text(pv_glyph g, bool unicode);
/* A bar of part/whole of `columns` columns, in eighths (ASCII: whole '#'). */
void pv_ink_bar(pv_buf *out, int64_t part, int64_t whole, int columns,
                bool unicode);
/* A name as a terminal may have it: no control, no bad byte, and no sign that
 * turns the direction of the line. */
void pv_ink_clean(pv_buf *out, pv_str s, bool unicode);
/* The first and last parts of `s` within `width` columns, a glyph between. */
void pv_fit_middle(pv_buf *out, pv_str s, int width, bool unicode);
/* `text`, cut in the middle where the terminal has too few columns left of the
 * `used` ones.  False when memory ran out. */
bool pv_ink_fitted(pv_sink *out, const pv_text_style *style, int used,
                   pv_ink ink, pv_str text);
/* Spaces. */
void pv_ink_pad(pv_sink *out, size_t n);
/* A share in few columns: "100%", "26.5%", "9.7%", "<0.1%", "0%". */
size_t pv_write_share(char *out, int64_t part, int64_t whole);

#endif
