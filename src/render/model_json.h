/* SPDX-License-Identifier: MIT */
/* The whole model as JSON, as docs/profile.schema.json describes it. */
#ifndef MODEL_JSON_H
#define MODEL_JSON_H

#include "profviz/profile.h"
#include "profviz/sink.h"

bool pv_model_json(const pv_profile *p, pv_sink *out, pv_error *err);

#endif
