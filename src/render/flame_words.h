/* SPDX-License-Identifier: MIT */
/* What the texts around a flame graph have in common. */
#ifndef FLAME_WORDS_H
#define FLAME_WORDS_H

#include "flame_picture.h"

static const pv_str pv_dot = {" \xc2\xb7 ", 4};

/* "1 frame", "1,234 frames" */
void pv_put_count(pv_buf *out, uint64_t n, const char *one, const char *many);
/* A path's last part; "standard input" for "-". */
pv_str pv_base_name(pv_str path);
/* The last part of the path of an input, and as many before it as tell it from
 * those of the other inputs. */
pv_str pv_job_name(const pv_job *job, size_t input);
/* Filters, footer, notes, description. */
void pv_picture_small_print(pv_picture *p);

#endif
