/* SPDX-License-Identifier: MIT */
/* Inputs become profiles; what their readers complain of is kept. */
#ifndef LOAD_H
#define LOAD_H

#include "cli.h"
#include "profviz/format.h"
#include "profviz/renderer.h"

typedef struct pv_loaded {
    pv_profile **profiles;
    pv_str *paths;         /* as the user spelled them */
    pv_warnings *warnings; /* of each input */
    size_t len;
} pv_loaded;

/* Reads all of `paths` or none.  `options->log` is set here. */
bool pv_load_all(pv_cli *cli, char **paths, size_t len, pv_read_options options,
                 pv_loaded *out, pv_error *err);
void pv_loaded_done(pv_loaded *l);

/* The names of folded stacks, which come as bytes, by their encoding. */
bool pv_loaded_recode(pv_cli *cli, pv_loaded *l, pv_str encoding,
                      pv_error *err);

/* Does each profile hold something the renderer can use?  If not, *err says
 * what the input lacks and which command takes it. */
bool pv_loaded_fit(const pv_loaded *l, const pv_renderer *r, pv_error *err);

#endif
