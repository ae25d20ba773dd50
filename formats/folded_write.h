/* SPDX-License-Identifier: MIT */
/* Writing folded stacks: what pv_format_folded.write does. */
#ifndef FOLDED_WRITE_H
#define FOLDED_WRITE_H

#include "profviz/profile.h"
#include "profviz/sink.h"

bool pv_folded_write(const pv_profile *p, pv_sink *out, pv_error *err);

#endif
