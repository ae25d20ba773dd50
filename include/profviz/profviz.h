/* SPDX-License-Identifier: MIT */
/* profviz: Python profile files into pictures and pages.
 *
 *     pv_error err = {0};
 *     pv_profile *p = pv_load("prof.txt", NULL, &err);
 */
#ifndef PROFVIZ_H
#define PROFVIZ_H

#include "profviz/builder.h"
#include "profviz/error.h"
#include "profviz/format.h"
#include "profviz/option.h"
#include "profviz/profile.h"
#include "profviz/renderer.h"
#include "profviz/sink.h"
#include "profviz/str.h"

#define PV_VERSION "0.1.0"

#ifdef __cplusplus
extern "C" {
#endif

/* Version of the library that is linked, PV_VERSION of the one compiled. */
PV_API const char *pv_version(void);

#ifdef __cplusplus
}
#endif
#endif
