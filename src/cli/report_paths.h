/* SPDX-License-Identifier: MIT */
/* What the paths of a report's command line stand for: files, the files of a
 * directory, and the profiles that a report made before carries. */
#ifndef REPORT_PATHS_H
#define REPORT_PATHS_H

#include "report_inputs.h"

/* One more path of the command line. */
bool pv_report_inputs_add(pv_report_inputs *in, const char *path,
                          pv_error *err);
/* One more --baseline. */
bool pv_report_baseline_add(pv_report_inputs *in, pv_str path, pv_error *err);

#endif
