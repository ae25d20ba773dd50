/* SPDX-License-Identifier: MIT */
/* The module that draws PNG and PDF: its one function; cairo_module.h. */
#include "cairo_draw.h"

PV_API const char *pv_cairo_draw_1(const pv_cairo_job *job);

const char *pv_cairo_draw_1(const pv_cairo_job *job)
{
    drawing d = {.job = job, .scene = job->scene};
    const char *error;

    d.hatch = make_hatch(&d);
    error = job->pdf ? draw_pdf(&d) : draw_png(&d);
    cairo_pattern_destroy(d.hatch);
    return error;
}
