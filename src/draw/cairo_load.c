/* SPDX-License-Identifier: MIT */
/* Finds and loads the module that draws PNG and PDF. */
#include "cairo_load.h"

#include <dlfcn.h>

#include "beside.h"
#include "cairo_module.h"

static void *open_module(void)
{
    char path[PV_BESIDE_MAX];
    void *module = NULL;

    for (unsigned i = 0; !module && pv_beside(i, PV_CAIRO_FILE, path); i++)
        module = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    return module;
}

static bool write_to_sink(void *ctx, const void *p, size_t n)
{
    pv_sink *out = ctx;

    pv_sink_write(out, p, n);
    return out->first.code == PV_OK;
}

enum { WIDEST = 32767 }; /* of a surface in memory, in Cairo */

static bool check_width(const pv_cairo_job *job, pv_error *err)
{
    int64_t width = (int64_t)job->scene->width * job->scale / 100;

    if (job->pdf || width <= WIDEST)
        return true;
    return pv_fail(err, PV_E_USAGE, NULL,
                   "a PNG can be %d pixels wide, not %lld; take less --width "
                   "or --scale",
                   (int)WIDEST, (long long)width);
}

bool pv_cairo_write(const pv_scene *scene, const pv_cairo_options *options,
                    pv_sink *out, pv_error *err)
{
    pv_cairo_job job = {.scene = scene,
                        .pdf = options->pdf,
                        .scale = options->scale ? options->scale : 2,
                        .dark = scene->theme == PV_THEME_DARK,
                        .description = options->description,
                        .write = write_to_sink,
                        .ctx = out};
    pv_cairo_draw_fn *draw = NULL;
    const char *error;
    void *module;

    if (!check_width(&job, err))
        return false;
    module = open_module();
    if (module)
        *(void **)(&draw) = dlsym(module, PV_CAIRO_SYMBOL);
    if (!draw)
        return pv_fail(err, PV_E_UNSUPPORTED, NULL,
                       "PNG and PDF need " PV_CAIRO_FILE " beside the program,"
                       " Cairo and Pango (Debian: libpangocairo-1.0-0)");
    error = draw(&job);
    if (out->first.code != PV_OK)
        return true; /* the sink tells when it is closed */
    return !error || pv_fail(err, PV_E_NOMEM, NULL, "PNG or PDF: %s", error);
}
