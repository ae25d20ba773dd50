/* SPDX-License-Identifier: MIT */
/* Where the result goes and of what kind it is. */
#ifndef OUTPUT_H
#define OUTPUT_H

#include "cli.h"
#include "shared.h"

typedef struct pv_output {
    pv_medium medium;
    const char *path; /* NULL: standard output */
    bool named;       /* the path was made up here: tell it */
    bool folder;      /* the path is a directory's */
} pv_output;

/* By -f, else the extension of -o, else the renderer's preset.  `first` is
 * the first input as it was spelled.  Refuses what the renderer does not
 * write, and binary data for a terminal. */
bool pv_output_choose(pv_output *out, const pv_renderer *r, const pv_shared *o,
                      pv_str first, pv_arena *a, pv_error *err);
/* Opens it, with gzip on top for svgz. */
PV_MUST_USE pv_sink *pv_output_open(const pv_output *out, pv_error *err);

/* The media of the renderer that this program can write. */
unsigned pv_output_writable(const pv_renderer *r);
/* "svg, html, txt": the kinds in `wanted` that people may ask for. */
size_t pv_media_list(unsigned wanted, char *list, size_t room);
/* "prof" of "dir/prof.txt.gz"; "profviz" for stdin. */
pv_str pv_output_stem(pv_str path);

#endif
