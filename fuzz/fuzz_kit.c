/* SPDX-License-Identifier: MIT */
/* Fuzzing: every renderer and every writer, into memory. */
#include "fuzz_kit.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "optset.h"
#include "profviz/renderer.h"

uint8_t *fuzz_slurp(const char *path, size_t *n)
{
    FILE *f = fopen(path, "rb");
    uint8_t *all = NULL;
    struct stat st;

    *n = 0;
    if (!f)
        return NULL;
    if (fstat(fileno(f), &st) == 0)
        all = malloc((size_t)st.st_size + 1);
    if (all)
        *n = fread(all, 1, (size_t)st.st_size, f);
    fclose(f);
    return all;
}

bool fuzz_refusal(const pv_error *err)
{
    switch (err->code) {
    case PV_E_FORMAT:
    case PV_E_UNSUPPORTED:
    case PV_E_LIMIT:
    case PV_E_USAGE: return err->text[0] != '\0';
    case PV_OK:
    case PV_E_IO:
    case PV_E_NOMEM:
    case PV_E_BUG: return false;
    }
    return false;
}

/* Rendering in one medium, with the renderer's presets. */
static bool render_one(const pv_renderer *r, const pv_profile *p,
                       pv_medium medium, const void *options, pv_error *err)
{
    static const pv_str path = PV_STR_INIT("fuzz");
    const pv_job job = {.inputs = &p,
                        .count = 1,
                        .paths = &path,
                        .paths_len = 1,
                        .options = options,
                        .medium = medium,
                        .style = {.width = 80, .unicode = true}};
    pv_sink *out = pv_sink_memory(err);

    if (!out)
        return false;
    if (!r->render(&job, out, err)) {
        pv_sink_discard(out);
        return false;
    }
    return pv_sink_close(out, err);
}

static bool render_all(const pv_renderer *r, const pv_profile *p,
                       pv_arena *arena, pv_error *err)
{
    void *options = pv_arena_alloc(arena, 1, r->options_size + 1);
    pv_optset set;

    pv_optset_init(&set, arena);
    pv_optset_add(&set, r->options, options);
    if (arena->failed)
        return pv_fail_nomem(err);
    pv_optset_presets(&set);
    for (unsigned bit = PV_M_SVG; bit <= PV_M_FOLDED; bit <<= 1) {
        if (!(r->media & bit) || bit == PV_M_SVGZ)
            continue;
        if (!render_one(r, p, (pv_medium)bit, options, err))
            return false;
    }
    return true;
}

static bool write_one(const pv_format *f, const pv_profile *p, pv_error *err)
{
    pv_sink *out = pv_sink_memory(err);

    if (!out)
        return false;
    if (!f->write(p, out, err)) {
        pv_sink_discard(out);
        return false;
    }
    return pv_sink_close(out, err);
}

bool fuzz_render(const pv_profile *p, pv_error *err)
{
    pv_arena arena;
    bool ok = true;

    pv_arena_init(&arena, 0);
    for (size_t i = 0; ok && pv_renderers[i]; i++)
        if (pv_renderers[i]->needs == 0 || (p->has & pv_renderers[i]->needs))
            ok = render_all(pv_renderers[i], p, &arena, err);
    pv_arena_done(&arena);
    for (size_t i = 0; ok && pv_formats[i]; i++) {
        const pv_format *f = pv_formats[i];

        if (!f->write || (f->needs && !(p->has & f->needs)))
            continue;
        ok = write_one(f, p, err);
    }
    return ok;
}
