/* SPDX-License-Identifier: MIT */
/* flamegraph.pl's picture: its look, geometry, texts and colours. */
#ifndef FLAME_CLASSIC_H
#define FLAME_CLASSIC_H

#include "buf.h"
#include "flame.h"
#include "markup.h"
#include "palette.h"
#include "symtab.h"
#include "vec.h"

bool pv_flame_classic(const pv_job *job, pv_sink *out, pv_error *err);

/* ---- colours: by name, by change, or as palette.map has them ---- */

typedef struct pv_classic_colours {
    const pv_flame_options *o;
    pv_colors colors;
    double most;   /* the largest change, at least 1 */
    uint64_t roll; /* --random: draws so far */
    pv_arena *arena;
    pv_symtab *names;    /* --cp: of palette.map and of this picture */
    PV_VEC(pv_str) kept; /* colour of each name, by symbol */
} pv_classic_colours;

/* Reads palette.map with --cp. */
bool pv_classic_colours_init(pv_classic_colours *c, const pv_flame_options *o,
                             pv_arena *a, pv_error *err);
/* "rgb(r,g,b)" of a name; it lives in `text` or in the arena. */
pv_str pv_classic_colour(pv_classic_colours *c, pv_str name, pv_buf *text);
/* The same of a change. */
pv_str pv_classic_change(const pv_classic_colours *c, double delta,
                         pv_buf *text);
/* Writes palette.map with --cp. */
bool pv_classic_colours_keep(pv_classic_colours *c, pv_error *err);
void pv_classic_colours_done(pv_classic_colours *c);

/* The gradient's two colours: --bgcolors, or what suits the palette. */
bool pv_classic_background(const pv_flame_options *o, pv_colors colors,
                           pv_str *from, pv_str *to, pv_error *err);

/* ---- --nameattr: attributes of frames by their names ---- */

typedef struct pv_nameattr {
    pv_str class, title, href, target, g_extra, a_extra;
} pv_nameattr;

typedef struct pv_nameattrs {
    pv_symtab *names;
    PV_VEC(pv_nameattr) at; /* by symbol */
} pv_nameattrs;

bool pv_nameattrs_read(pv_nameattrs *n, pv_str path, pv_arena *a,
                       pv_error *err);
const pv_nameattr *pv_nameattrs_find(const pv_nameattrs *n, pv_str name);
void pv_nameattrs_done(pv_nameattrs *n);
/* key="value" pairs of a text as attributes; nothing that runs a script. */
void pv_nameattr_write(pv_markup *m, pv_str pairs);
/* May a link go there: #..., relative, http or https? */
bool pv_nameattr_link(pv_str href);

#endif
