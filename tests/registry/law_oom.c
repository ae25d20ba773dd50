/* SPDX-License-Identifier: MIT */
/* The n-th allocation fails, for every n: each reader and each renderer says
 * that memory ran out, leaks nothing and leaves no output. */
#include "corpus.h"

#include <stdio.h>
#include <stdlib.h>

#include "mem.h"
#include "optset.h"
#include "profviz/renderer.h"

enum { LARGEST = 4096, FILES_OF_A_FORMAT = 4, DENSE = 400, TRIES = 900 };

static unsigned long tried;

/* All the first failures, then ever wider steps: `n` more than doubles the
 * time of each try. */
static int64_t next(int64_t n, int64_t total)
{
    int64_t step = (total - DENSE) / TRIES + 1;

    return n < DENSE || step < 1 ? n + 1 : n + step;
}

static void complain(const char *what, const char *path, int64_t n,
                     const pv_error *err)
{
    char text[900];

    pv_error_format(err, text, sizeof text);
    fprintf(stderr, "%s %s: allocation %lld: code %d, %s\n", what, path,
            (long long)n, (int)err->code, text);
    exit(1);
}

static pv_profile *load(const corpus_file *f, pv_error *err)
{
    pv_read_options options = corpus_options();

    options.format = pv_str_of(f->format->name);
    return pv_load_bytes((pv_bytes){f->p, f->n}, PV_STR("oom"), &options, err);
}

static pv_profile *starve_reader(const corpus_file *f)
{
    pv_error err = {0};
    int64_t total;
    pv_profile *p;

    pv_mem_fail_after(-1);
    p = load(f, &err);
    total = (int64_t)pv_mem_fail_after(-1);
    if (!p)
        complain("reading", f->path, -1, &err);
    for (int64_t n = 0; n < total; n = next(n, total)) {
        pv_profile *starved;

        err = (pv_error){0};
        pv_mem_fail_after(n);
        starved = load(f, &err);
        pv_mem_fail_after(-1);
        tried++;
        if (starved)
            pv_profile_free(starved); /* it could do without */
        else if (err.code != PV_E_NOMEM)
            complain("reading", f->path, n, &err);
    }
    return p;
}

static bool render(const pv_renderer *r, pv_medium medium, const pv_profile *p,
                   const void *options, pv_error *err)
{
    const pv_profile *inputs[] = {p, p};
    pv_str paths[] = {PV_STR("oom"), PV_STR("oom")};
    size_t count = r->pairs && !(p->flags & PV_DIFFERENTIAL) ? 2 : 1;
    pv_job job = {.inputs = inputs,
                  .count = count,
                  .paths = paths,
                  .paths_len = count,
                  .options = options,
                  .medium = medium,
                  .style = {.unicode = true}};
    pv_sink *out = pv_sink_memory(err);

    if (!out)
        return false;
    if (!r->render(&job, out, err)) {
        pv_sink_discard(out);
        return false;
    }
    return pv_sink_close(out, err);
}

static void starve_medium(const pv_renderer *r, pv_medium medium,
                          const pv_profile *p, const void *options,
                          const char *path)
{
    pv_error err = {0};
    int64_t total;

    pv_mem_fail_after(-1);
    if (!render(r, medium, p, options, &err)) {
        if (err.code == PV_E_FORMAT || err.code == PV_E_UNSUPPORTED)
            return; /* nothing for this medium, or no module for it */
        complain(r->name, path, -1, &err);
    }
    total = (int64_t)pv_mem_fail_after(-1);
    for (int64_t n = 0; n < total; n = next(n, total)) {
        bool ok;

        err = (pv_error){0};
        pv_mem_fail_after(n);
        ok = render(r, medium, p, options, &err);
        pv_mem_fail_after(-1);
        tried++;
        if (!ok && err.code != PV_E_NOMEM)
            complain(r->name, path, n, &err);
    }
}

/* What judges is given rules that all of its code runs for. */
static void give_rules(const pv_optset *set, const pv_profile *p,
                       pv_arena *arena)
{
    const pv_optref *row = pv_optset_find(set, PV_STR("fail-on"));
    pv_str metric = PV_STR("time"), *rules;
    pv_opt_list list = {.len = 3};

    if (!row)
        return;
    if (p->metrics.len)
        metric = pv_profile_text(p, p->metrics.at[p->metrics.main].name);
    if (p->has & PV_HAS_SERIES)
        metric = PV_STR("peak"); /* what recordings come to */
    list.at = rules = PV_NEW_N(arena, pv_str, 3);
    rules[0] = pv_arena_join(arena, metric, PV_STR(" > +1%"));
    metric = pv_arena_join(arena, metric, PV_STR(" > 0"));
    rules[1] = pv_arena_join(arena, PV_STR("func:*a*:"), metric);
    rules[2] = pv_arena_join(arena, PV_STR("module:*:"), metric);
    memcpy(row->base + row->opt->offset, &list, sizeof list);
}

static void starve_renderer(const pv_renderer *r, const pv_profile *p,
                            const char *path)
{
    void *options = calloc(1, r->options_size ? r->options_size : 1);
    pv_arena arena;
    pv_optset set;

    pv_arena_init(&arena, 0);
    pv_optset_init(&set, &arena);
    pv_optset_add(&set, r->options, options);
    pv_optset_presets(&set);
    give_rules(&set, p, &arena);
    for (unsigned bit = 1; bit <= PV_M_BENCHMARK; bit <<= 1)
        if (r->media & bit && bit != PV_M_SVGZ)
            starve_medium(r, (pv_medium)bit, p, options, path);
    pv_arena_done(&arena);
    free(options);
}

int main(int argc, char **argv)
{
    corpus c = corpus_read(LARGEST);
    const pv_format *last = NULL;
    int count = 0;

    for (size_t i = 0; i < c.len; i++) {
        pv_profile *p;

        count = c.at[i].format == last ? count + 1 : 0;
        last = c.at[i].format;
        if (count >= FILES_OF_A_FORMAT || !corpus_mine(i, argc, argv))
            continue;
        p = starve_reader(&c.at[i]);
        for (size_t k = 0; count < 2 && pv_renderers[k]; k++)
            if (!pv_renderers[k]->needs || pv_renderers[k]->needs & p->has)
                starve_renderer(pv_renderers[k], p, c.at[i].path);
        pv_profile_free(p);
    }
    printf("%lu times without memory, each said so\n", tried);
    corpus_free(&c);
    return tried == 0;
}
