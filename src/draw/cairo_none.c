/* SPDX-License-Identifier: MIT */
/* In place of cairo_load.c where nothing can be loaded: in the static program,
 * which leaves PNG and PDF to its twin. */
#include "cairo_load.h"

bool pv_cairo_write(const pv_scene *scene, const pv_cairo_options *options,
                    pv_sink *out, pv_error *err)
{
    (void)scene;
    (void)options;
    (void)out;
    return pv_fail(err, PV_E_UNSUPPORTED, NULL,
                   "this program draws no PNG or PDF; write svg or html");
}
