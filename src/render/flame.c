/* SPDX-License-Identifier: MIT */
/* Flame graphs: from a profile to a picture. */
#include "flame.h"

#include "cairo_load.h"
#include "diff.h"
#include "flame_classic.h"
#include "flame_page.h"
#include "flame_svg.h"
#include "palette.h"
#include "site.h"
#include "tree.h"

static const char sans[] = "system-ui,-apple-system,'Segoe UI',Roboto,"
                           "'Noto Sans','Liberation Sans',Arial,sans-serif";

/* "pv"; in a section of a larger page with the section's prefix. */
static const char *picture_id(pv_picture *p)
{
    pv_str prefix = p->job->site ? p->job->site->prefix : PV_STR("");

    return pv_arena_join(&p->arena, prefix, PV_STR("pv")).p;
}

/* Sizes and looks that the options ask for. */
static void set_up(pv_picture *p)
{
    const pv_flame_options *o = p->o;
    bool compact = o->density == 1;

    pv_scene_init(&p->scene, picture_id(p));
    p->inline_ = p->job->medium == PV_M_HTML;
    p->pad = p->inline_ ? PV_FLAME_PAGE_PAD : PV_FLAME_PAD;
    p->width = (pv_cpx)o->width * 100;
    p->row = o->height_given ? (pv_cpx)o->height * 100 : compact ? 1600 : 1800;
    p->font = o->fontsize_given ? (unsigned)((o->fontsize + 500) / 1000)
              : compact         ? 11
                                : 12;
    p->scene.inline_ = p->inline_;
    p->scene.width = p->width;
    p->scene.theme = (pv_theme)o->theme;
    p->scene.font_size = p->font;
    p->scene.font_family = o->fonttype.n ? o->fonttype : pv_str_of(sans);
}

/* What has a meaning in the classic picture only is no error, but said. */
static void warn_of_classic(const pv_picture *p)
{
    const pv_flame_options *o = p->o;
    const char *name = o->cp           ? "--cp"
                       : o->random     ? "--random"
                       : o->nameattr.n ? "--nameattr"
                                       : NULL;

    if (name)
        pv_log_say(&p->job->log, NULL, "%s changes --classic pictures only",
                   name);
}

/* --bgcolors: the lower end of flamegraph.pl's gradient, without it. */
static bool choose_background(pv_picture *p)
{
    pv_str from, to;

    if (!p->o->bgcolors.n)
        return true;
    if (!pv_classic_background(p->o, PV_COLORS_HOT, &from, &to, p->err))
        return false;
    if (!p->scene.failed)
        p->scene.paints.at[PV_P_BG].light = pv_rgb_of(to);
    return true;
}

static bool paint(pv_picture *p)
{
    return choose_background(p) && pv_picture_paint(p, &p->data) &&
           (p->shown == &p->data || pv_picture_paint(p, &p->view)) &&
           (!p->upper || pv_picture_paint(p, &p->above)) &&
           pv_picture_legend(p);
}

static bool prepare(pv_picture *p)
{
    set_up(p);
    warn_of_classic(p);
    if (pv_picture_failed(p))
        return false;
    return pv_picture_data(p) && paint(p) && pv_picture_words(p) &&
           pv_flame_draw(p);
}

static bool encode_cairo(pv_picture *p, pv_sink *out)
{
    pv_cairo_options o = {.pdf = p->job->medium == PV_M_PDF,
                          .scale = (int)p->o->scale,
                          .description = p->job->command.n ? p->job->command
                                                           : p->job->recipe};

    return pv_cairo_write(&p->scene, &o, out, p->err);
}

/* Two counts a stack are drawn as what changed, unless another look was asked
 * for. */
static bool is_differential(const pv_job *job)
{
    const pv_flame_options *o = job->options;
    const pv_profile *p = job->inputs[0];

    return p->flags & PV_DIFFERENTIAL && p->metrics.main == 1 &&
           (!o->colors_given || o->colors == PV_COLORS_DIFF) &&
           !o->colordiffusion && !o->filter.reverse &&
           (o->view.n == 0 || pv_str_equal(o->view, PV_STR("callees")));
}

/* --colors diff is for what has been compared, and is drawn as it was. */
static bool fits_colours(const pv_job *job, pv_error *err)
{
    const pv_flame_options *o = job->options;
    const pv_profile *p = job->inputs[0];

    if (o->colors != PV_COLORS_DIFF || is_differential(job))
        return true;
    if (!(p->flags & PV_DIFFERENTIAL) || p->metrics.main != 1)
        return pv_fail(err, PV_E_USAGE, NULL,
                       "--colors diff is for stacks with two counts; compare "
                       "two profiles with `profviz diff OLD NEW -f svg`");
    return o->classic ||
           pv_fail(err, PV_E_USAGE, NULL,
                   "--colors diff is for callees from the root on; leave out "
                   "--view, --reverse or --colordiffusion");
}

bool pv_flame_encode(pv_picture *p, pv_sink *out)
{
    if (p->job->medium == PV_M_PLAIN)
        return pv_flame_plain(p, out);
    if (p->job->medium == PV_M_HTML)
        return pv_flame_page(p, out);
    if (p->job->medium & (PV_M_PNG | PV_M_PDF))
        return encode_cairo(p, out);
    return pv_flame_svg(p, out);
}

void pv_flame_end(pv_picture *p)
{
    pv_profile_free(p->kept);
    pv_profile_free(p->drawn);
    pv_profile_free(p->upper);
    PV_VEC_DONE(&p->filters);
    pv_scene_done(&p->scene);
    pv_arena_done(&p->arena);
}

/* The same stacks as text. */
static bool as_tree(const pv_job *job, pv_sink *out, pv_error *err)
{
    const pv_flame_options *o = job->options;
    pv_tree_options tree = {.filter = o->filter, .min = PV_TREE_MIN};

    return pv_tree_write(job, &tree, out, err);
}

bool pv_flame_begin(pv_picture *p, const pv_job *job,
                    const pv_differential *diff, pv_error *err)
{
    *p = (pv_picture){.job = job, .o = job->options, .err = err, .diff = diff};
    pv_arena_init(&p->arena, 0);
    return prepare(p);
}

/* All of it into job->medium. */
static bool flame_draw_of(const pv_job *job, const pv_differential *diff,
                          pv_sink *out, pv_error *err)
{
    pv_picture p;
    bool ok = pv_flame_begin(&p, job, diff, err) && pv_flame_encode(&p, out);

    pv_flame_end(&p);
    return ok;
}

/* The stacks as `diff` sees them: both counts with the same decimals. */
static bool draw_changes(const pv_job *job, pv_sink *out, pv_error *err)
{
    const pv_flame_options *o = job->options;
    pv_diff_options how = {0};
    pv_differential diff = {.judging = {.ratio = 1, .rate = 1},
                            .negate = o->negate};
    const pv_profile *sides[1];
    pv_job both = *job;
    pv_diff d = {0};
    pv_arena a;
    bool ok;

    pv_arena_init(&a, 0);
    ok = pv_diff_make(&d, job->inputs, job->paths, 1, &how, &a, err);
    if (ok) {
        sides[0] = d.both;
        both.inputs = sides;
        both.whole = NULL;
        diff.judging.sampled = d.sampled;
        ok = flame_draw_of(&both, &diff, out, err);
    }
    pv_diff_done(&d);
    pv_arena_done(&a);
    return ok;
}

static bool render_as_is(const pv_job *job, pv_sink *out, pv_error *err)
{
    const pv_flame_options *o = job->options;

    if (o->classic)
        return pv_flame_classic(job, out, err);
    if (is_differential(job))
        return draw_changes(job, out, err);
    return flame_draw_of(job, NULL, out, err);
}

/* Our own picture of callees folds what it draws and tells how often; all
 * others are made from folded stacks. */
static bool render(const pv_job *job, pv_sink *out, pv_error *err)
{
    const pv_flame_options *o = job->options;
    const pv_filter_options only = {.fold_recursion = true, .threads = true};
    const pv_profile *folded;
    pv_job mine = *job;
    bool same, ok;

    if (!fits_colours(job, err))
        return false;
    if (job->medium == PV_M_TXT)
        return as_tree(job, out, err);
    if (!pv_flame_folds(o) ||
        (!o->classic && pv_flame_callees(o) && !is_differential(job)))
        return render_as_is(job, out, err);
    folded = pv_filter(job->inputs[0], &only, NULL, &same, err);
    mine.inputs = &folded;
    ok = folded && render_as_is(&mine, out, err);
    if (folded && !same)
        pv_profile_free((pv_profile *)(uintptr_t)folded);
    return ok;
}

const pv_renderer pv_renderer_flame = {
    .name = "flame",
    .title = "flame graph: where time or memory goes",
    .needs = PV_HAS_TREE | PV_HAS_CALLS,
    .stacked = ~0u,
    .media = PV_M_SVG | PV_M_SVGZ | PV_M_HTML | PV_M_PNG | PV_M_PDF | PV_M_TXT |
             PV_M_PLAIN,
    .folds =
        PV_M_SVG | PV_M_SVGZ | PV_M_HTML | PV_M_PNG | PV_M_PDF | PV_M_PLAIN,
    .preset = PV_M_SVG,
    .options = pv_flame_groups,
    .options_size = sizeof(pv_flame_options),
    .render = render,
};
