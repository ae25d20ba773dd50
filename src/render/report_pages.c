/* SPDX-License-Identifier: MIT */
/* The pages of one profile: what the other renderers make, as parts of a
 * report. */
#include "diff_view.h"
#include "estimate.h"
#include "filter.h"
#include "flame.h"
#include "number.h"
#include "pack.h"
#include "preset.h"
#include "prune.h"
#include "report_private.h"
#include "timeline.h"
#include "top.h"
#include "total.h"

/* Presets of a renderer, with what the report was told. */
static void *options_of(pv_report *r, const pv_renderer *renderer)
{
    void *o = pv_arena_alloc(&r->arena, 1, renderer->options_size + 1);

    if (o)
        pv_options_preset(renderer->options, o);
    return o;
}

static bool render_page(pv_report *r, const pv_renderer *renderer,
                        const pv_job *job, pv_page_kind kind,
                        const pv_report_item *it)
{
    pv_sink *s = pv_report_begin(r, kind, it->slug);
    bool ok;

    if (!s)
        return false;
    ok = renderer->render(job, s, r->err);
    return pv_report_end(r, s, ok);
}

static bool render_file(pv_report *r, const pv_renderer *renderer, pv_job job,
                        const char *folder, const pv_report_item *it)
{
    pv_sink *s;

    if (r->single)
        return true;
    job.medium = PV_M_SVG;
    job.site = NULL;
    s = pv_report_begin_file(r, folder, it->slug, ".svg");
    return s && pv_report_end(r, s, renderer->render(&job, s, r->err));
}

static pv_job job_for(const pv_profile *const *p, size_t count,
                      const pv_str *paths, const pv_site *site)
{
    return (pv_job){.inputs = p,
                    .count = count,
                    .paths = paths,
                    .paths_len = count,
                    .medium = PV_M_HTML,
                    .style = {.unicode = true},
                    .site = site};
}

/* ---- stacks: a flame graph ---- */

/* Of estimated trees, too: "0.01%". */
static pv_str share_text(pv_report *r)
{
    char text[PV_NUMBER_MAX];
    pv_buf b = {0};

    if (!r->plan->share)
        return PV_STR("");
    pv_buf_add(&b, text, pv_write_decimal(text, r->plan->share, 3));
    pv_buf_char(&b, '%');
    return pv_report_keep(r, &b);
}

static bool draw_stacks(pv_report *r, const pv_report_item *it,
                        const pv_profile *p, const pv_site *site)
{
    const pv_renderer *flame = pv_renderer_find(PV_STR("flame"));
    pv_flame_options *o = options_of(r, flame);
    int64_t whole[PV_METRICS_MAX];
    const pv_profile *shown;
    bool same = false, ok;
    pv_str path = it->name;

    if (!o)
        return pv_fail_nomem(r->err);
    o->theme = r->o->theme;
    o->min_share = share_text(r);
    o->filter.own = r->o->own;
    o->filter.origin = r->o->origin;
    shown = pv_filter(p, &o->filter, whole, &same, r->err);
    if (!shown)
        return false;
    {
        pv_job job = job_for(&shown, 1, &path, site);

        job.options = o;
        job.whole = same ? NULL : whole;
        ok = render_page(r, flame, &job, PV_PAGE_PROFILE, it) &&
             render_file(r, flame, job, "p", it);
    }
    if (!same)
        pv_profile_free((pv_profile *)(uintptr_t)shown);
    return ok;
}

static bool draw_calls(pv_report *r, const pv_report_item *it,
                       const pv_profile *p, const pv_site *site)
{
    pv_profile *tree = pv_estimate(p, PV_ESTIMATE_FRAMES, r->err);
    bool ok = tree && draw_stacks(r, it, tree, site);

    pv_profile_free(tree);
    return ok;
}

/* ---- what has no stacks: a table ---- */

static bool draw_table(pv_report *r, const pv_report_item *it,
                       const pv_profile *p, const pv_site *site)
{
    const pv_renderer *top = pv_renderer_find(PV_STR("top"));
    pv_top_options *o = options_of(r, top);
    pv_str path = it->name;
    pv_job job = job_for(&p, 1, &path, site);

    if (!o)
        return pv_fail_nomem(r->err);
    o->limit = 500;
    o->filter.own = r->o->own;
    o->filter.origin = r->o->origin;
    job.options = o;
    return render_page(r, top, &job, PV_PAGE_PROFILE, it);
}

static bool draw_profile(pv_report *r, const pv_report_item *it,
                         const pv_profile *p)
{
    pv_site site;

    if (!it->pages[PV_PAGE_PROFILE])
        return true;
    if (!pv_report_site(r, &site, PV_PAGE_PROFILE, it, it->slug))
        return false;
    if (p->has & PV_HAS_TREE)
        return draw_stacks(r, it, p, &site);
    if (p->has & PV_HAS_CALLS)
        return draw_calls(r, it, p, &site);
    return draw_table(r, it, p, &site);
}

/* ---- what other renderers make ---- */

static bool draw_timeline(pv_report *r, const pv_report_item *it,
                          const pv_profile *p)
{
    const pv_renderer *timeline = pv_renderer_find(PV_STR("timeline"));
    pv_timeline_options *o;
    pv_str path = it->name;
    pv_site site;
    pv_job job = job_for(&p, 1, &path, &site);

    if (!it->pages[PV_PAGE_TIMELINE])
        return true;
    o = options_of(r, timeline);
    if (!o)
        return pv_fail_nomem(r->err);
    o->theme = r->o->theme;
    o->title = pv_arena_join(&r->arena, it->name,
                             PV_STR(" \xe2\x80\x94 memory over time"));
    job.options = o;
    if (!pv_report_site(r, &site, PV_PAGE_TIMELINE, it, it->slug))
        return false;
    return render_page(r, timeline, &job, PV_PAGE_TIMELINE, it) &&
           render_file(r, timeline, job, "m", it);
}

static bool draw_diff(pv_report *r, const pv_report_item *it,
                      const pv_profile *p, const pv_profile *old,
                      pv_str old_path)
{
    const pv_renderer *diff = pv_renderer_find(PV_STR("diff"));
    const pv_profile *sides[2] = {old, p};
    pv_str paths[2] = {old_path, it->name};
    pv_diff_settings *o;
    pv_site site;
    pv_job job = job_for(sides, 2, paths, &site);

    if (!it->pages[PV_PAGE_DIFF] || !old)
        return true;
    o = options_of(r, diff);
    if (!o)
        return pv_fail_nomem(r->err);
    o->theme = r->o->theme;
    if (p->has & PV_HAS_SERIES) /* both pages draw the same curve */
        o->title =
            pv_arena_join(&r->arena, it->name,
                          PV_STR(" \xe2\x80\x94 memory against the baseline"));
    job.options = o;
    return pv_report_site(r, &site, PV_PAGE_DIFF, it, it->slug) &&
           render_page(r, diff, &job, PV_PAGE_DIFF, it);
}

/* ---- the profile itself, to be read and compared again ---- */

static bool write_data(pv_report *r, const pv_report_item *it,
                       const pv_profile *p)
{
    pv_sink *s = pv_report_begin_file(r, "data", it->slug, ".json");

    return s &&
           pv_report_end(r, s, pv_pack_write(p, it->slug, it->name, s, r->err));
}

static bool embed_data(pv_report *r, const pv_report_item *it,
                       const pv_profile *p)
{
    pv_sink *s = pv_sink_memory(r->err);
    pv_bytes json;

    if (!s)
        return false;
    if (!pv_pack_write(p, it->slug, it->name, s, r->err)) {
        pv_sink_discard(s);
        return false;
    }
    json = pv_sink_memory_bytes(s);
    pv_markup_open(r->page, "script");
    pv_markup_attrs(r->page, "type", "application/json");
    pv_markup_attrs(r->page, "class", "pv-pack");
    pv_markup_attr(r->page, "data-slug", it->slug);
    pv_markup_json(r->page, (pv_str){(const char *)json.p, json.n});
    pv_markup_shut(r->page);
    return pv_sink_close(s, r->err);
}

/* ---- all of them ---- */

/* Without what is too small to be kept; `p` itself when nothing is. */
static const pv_profile *prune(pv_report *r, const pv_profile *p, bool *same)
{
    pv_pruned what = {0};
    int64_t whole;

    *same = true;
    if (!p || !r->plan->share || !(p->has & PV_HAS_TREE))
        return p;
    if (!pv_profile_total(p, p->metrics.main, &whole, r->err))
        return NULL;
    return pv_prune(p, r->plan->share, whole, &what, same, r->err);
}

static void drop(const pv_profile *p, bool same)
{
    if (!same)
        pv_profile_free((pv_profile *)(uintptr_t)p);
}

bool pv_report_pages(pv_report *r, pv_report_item *it, const pv_profile *p,
                     const pv_profile *old, pv_str old_path)
{
    bool same, old_same = true, ok;
    const pv_profile *kept = prune(r, p, &same), *before = NULL;

    if (!kept)
        return false;
    before = prune(r, old, &old_same);
    ok = (before || !old) && draw_profile(r, it, kept) &&
         draw_timeline(r, it, kept) &&
         draw_diff(r, it, kept, before, old_path) &&
         pv_report_write_source(r, it, p) &&
         (r->single ? embed_data(r, it, kept) : write_data(r, it, kept));
    drop(kept, same);
    drop(before, old_same);
    return ok;
}
