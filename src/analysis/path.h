/* SPDX-License-Identifier: MIT */
/* What a file's path says about it.  Both slashes part a path: profiles from
 * Windows are read elsewhere too. */
#ifndef PATH_H
#define PATH_H

#include "buf.h"

/* Offsets into the path; 0 = no such sign. */
typedef struct pv_path_signs {
    size_t site; /* behind the last site-packages, node_modules ... */
    size_t std;  /* behind lib/pythonX.Y, Python39\Lib ... */
    bool windows;
} pv_path_signs;

pv_path_signs pv_path_scan(pv_str path);
bool pv_path_absolute(pv_str path);
/* The next component at *pos, which moves past its separator; empty at end. */
pv_str pv_path_part(pv_str path, size_t *pos);
pv_str pv_path_base(pv_str path);    /* after the last separator */
size_t pv_path_dir_len(pv_str path); /* up to and with the last separator */
/* Does `path` stand below (or is it) `prefix`?  Whole components only. */
bool pv_path_below(pv_str path, pv_str prefix);
/* Shared library, or source of a language that compiles to one. */
bool pv_path_native(pv_str path);
bool pv_path_python(pv_str path); /* .py, .pyc, .pyx ... */
bool pv_path_is_dir(pv_str path); /* ends in a separator */
/* The directory that both stand below, with its separator; may be empty. */
pv_str pv_path_common(pv_str a, pv_str b);
/* "shop/orders.py" -> "shop.orders"; "shop/__init__.py" -> "shop". */
void pv_path_module(pv_buf *out, pv_str path);

#endif
