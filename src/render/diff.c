/* SPDX-License-Identifier: MIT */
/* What changed between two profiles: the command, its options, its media. */
#include "diff_page.h"
#include "diff_runs.h"
#include "diff_sides.h"
#include "flame_change.h"
#include "picture_options.h"

static bool put(pv_diff_view *v, pv_sink *out, pv_arena *a, pv_error *err)
{
    const unsigned drawn =
        PV_M_SVG | PV_M_PNG | PV_M_PDF | PV_M_PLAIN | PV_M_HTML;

    if (v->series && v->job->medium & drawn)
        return pv_diff_series_picture(v, out, err);
    switch (v->job->medium) {
    case PV_M_FOLDED: return pv_diff_folded(v, out, err);
    case PV_M_TXT: return pv_diff_text(v, out, err);
    case PV_M_MD: return pv_diff_markdown(v, out, err);
    case PV_M_CSV:
    case PV_M_JSON: return pv_diff_grid(v, out, a, err);
    case PV_M_SVG:
    case PV_M_SVGZ:
    case PV_M_PNG:
    case PV_M_PDF:
    case PV_M_PLAIN: return pv_diff_picture(v, out, err);
    case PV_M_HTML: return pv_diff_page(v, out, err);
    case PV_M_JUNIT:
    case PV_M_GITHUB:
    case PV_M_BENCHMARK: break; /* of check */
    }
    return pv_fail(err, PV_E_BUG, NULL, "an unknown medium");
}

static bool compare(pv_diff_view *v, const pv_diff_settings *o, pv_sink *out,
                    pv_arena *a, pv_error *err)
{
    const pv_job *job = v->job;
    pv_diff_options how = o->how;
    pv_diff_sides sides = {0};
    pv_diff d = {0};
    bool ok = pv_diff_sides_make(&sides, job, o, a, err);

    how.verbatim = job->medium == PV_M_FOLDED;
    if (sides.grouped && !(job->inputs[0]->has & PV_HAS_TREE))
        how.by = PV_BY_FUNCTION; /* they are the groups */
    v->d = &d;
    v->series = pv_diff_is_series(job);
    v->sides = sides.at;
    ok = ok && pv_diff_of_runs(&d, sides.at, job->paths, sides.len, job->old,
                               &how, a, err);
    ok = ok && pv_gate_warn(job, &d, err) && pv_diff_floor(v, err) &&
         pv_diff_blame(v, a, err) && put(v, out, a, err);
    pv_diff_done(&d);
    pv_diff_sides_done(&sides);
    v->d = NULL;
    v->sides = NULL;
    return ok;
}

static void tell(const pv_job *job, const pv_gate *gate)
{
    for (size_t i = 0; i < gate->len; i++) {
        const pv_rule_result *r = &gate->results[i];
        pv_buf words = {0};

        if (r->len == 0)
            continue;
        pv_gate_words(&words, r, &r->at[0]);
        if (!words.failed)
            pv_log_say(&job->log, NULL, "rule '%s' is broken by %s: %.*s",
                       PV_QUOTE(r->rule->text), PV_QUOTE(r->at[0].name),
                       (int)words.n, words.p);
        pv_buf_done(&words);
    }
}

/* --fail-on: the rules of check, beside the comparison. */
static bool judge(const pv_job *job, const pv_diff_settings *o, pv_arena *a,
                  pv_error *err)
{
    pv_gate gate = {0};
    bool ok = pv_gate_read(&gate, &o->gate, a, err) &&
              pv_gate_judge(&gate, job, o->how.normalize, a, err);

    if (ok && job->no)
        *job->no = gate.broken > 0;
    if (ok)
        tell(job, &gate);
    pv_gate_done(&gate);
    return ok;
}

static bool render(const pv_job *job, pv_sink *out, pv_error *err)
{
    pv_diff_settings o = *(const pv_diff_settings *)job->options;
    pv_job own = *job;
    pv_diff_view v = {.job = &own, .o = &o};
    pv_arena a;
    bool ok;

    o.how.by_total = o.delta;
    if (o.width)
        own.style.width = (int)o.width;
    pv_arena_init(&a, 0);
    ok = judge(job, &o, &a, err) && compare(&v, &o, out, &a, err);
    pv_arena_done(&a);
    return ok;
}

static const char *const bys[] = {"function", "file",  "line", "module",
                                  "package",  "stack", NULL};
static const char *const deltas[] = {"self", "total", NULL};
static const char *const onlys[] = {"all", "worse", "better", NULL};

#define AT(field) offsetof(pv_diff_settings, field)

static const pv_opt own_options[] = {
    {.kind = PV_OPT_FLAG,
     .letter = 'n',
     .name = "normalize",
     .help = "scale the old side to the new one's total, by the exact ratio",
     .offset = AT(how.normalize)},
    {.kind = PV_OPT_CHOICE,
     .name = "by",
     .help = "what rows are: functions (tracemalloc: lines), files, lines, "
             "modules, packages or whole stacks",
     .offset = AT(how.by),
     .choices = bys},
    {.kind = PV_OPT_FLAG,
     .name = "cumulative",
     .help = "tracemalloc: count a block for every frame of its traceback, as "
             "Python's cumulative statistics do",
     .offset = AT(how.cumulative)},
    {.kind = PV_OPT_TEXT,
     .name = "min-change",
     .arg = "N",
     .help = "in text, pass over smaller changes: seconds, or 5ms, 64KiB, 100 "
             "(default: 1ms, 64KiB; never below 0.5% of the old total)",
     .offset = AT(min_change)},
    {.kind = PV_OPT_CHOICE,
     .name = "delta",
     .help = "rows are judged and ordered by their change of self or of total "
             "(boxes: coloured; default there: total)",
     .offset = AT(delta),
     .choices = deltas,
     .given = AT(delta_given)},
    {.kind = PV_OPT_CHOICE,
     .name = "only",
     .help = "rows that got worse (more), or better (less)",
     .offset = AT(only),
     .choices = onlys},
    {.kind = PV_OPT_FLAG,
     .name = "all",
     .help = "list the rows that are the same, too",
     .offset = AT(all)},
    {.kind = PV_OPT_FLAG,
     .name = "negate",
     .help = "swap the colours of more and less",
     .offset = AT(negate)},
    {.kind = PV_OPT_INT,
     .name = "limit",
     .arg = "N",
     .help = "show N rows; 0 shows all (default: text 20, csv and json all)",
     .offset = AT(limit),
     .min = 0,
     .max = UINT32_MAX,
     .preset = -1},
    {0},
};

static const pv_opt pictures[] = {
    {.kind = PV_OPT_TEXT,
     .name = "title",
     .arg = "TEXT",
     .help = "heading of pages and pictures (default: from the inputs' names)",
     .offset = AT(title)},
    {.kind = PV_OPT_CHOICE,
     .name = "widths",
     .help = "boxes are as wide as after, before, or the larger of both",
     .offset = AT(widths),
     .choices = pv_width_names},
    {.kind = PV_OPT_INT,
     .name = "width",
     .aliases = "image-width",
     .arg = "N",
     .help = "width of pictures in pixels (default: 1200), of text in columns "
             "(default: as the terminal)",
     .offset = AT(width),
     .min = 20,
     .max = 100000},
    PV_OPT_ROW_SCALE(AT(scale)),
    PV_OPT_ROW_FLAME(AT(flame)),
    PV_OPT_ROW_THEME(AT(theme)),
    PV_OPT_ROW_NO_JS(AT(no_js)),
    {0},
};

/* Whose code is whose; --by is above. */
static const pv_opt whose[] = {
    {.kind = PV_OPT_LIST,
     .name = "own",
     .arg = "PREFIX",
     .help = "your own code is below this path",
     .offset = AT(filter.own)},
    {.kind = PV_OPT_LIST,
     .name = "origin",
     .arg = "'REGEX=own'",
     .help = "whose code it is: own, site, std, builtin, native or runtime",
     .offset = AT(filter.origin)},
    {0},
};

static const pv_opt_group groups[] = {
    {.title = "Comparing", .options = own_options},
    {.title = "Rules",
     .options = pv_gate_opts,
     .offset = offsetof(pv_diff_settings, gate)},
    {.title = "Which stacks",
     .options = pv_filter_opts,
     .offset = offsetof(pv_diff_settings, filter)},
    {.title = "Which stacks",
     .options = pv_thread_opts,
     .offset = offsetof(pv_diff_settings, filter)},
    {.title = "Whose code", .options = whose},
    {.title = "Pages and pictures", .options = pictures},
    {0},
};

const pv_renderer pv_renderer_diff = {
    .name = "diff",
    .title = "what changed between two profiles",
    .needs = PV_HAS_TREE | PV_HAS_CALLS | PV_HAS_LINES | PV_HAS_TOTALS |
             PV_HAS_SERIES,
    .media = PV_M_TXT | PV_M_MD | PV_M_CSV | PV_M_JSON | PV_M_FOLDED |
             PV_M_SVG | PV_M_SVGZ | PV_M_HTML | PV_M_PNG | PV_M_PDF |
             PV_M_PLAIN,
    .preset = PV_M_TXT,
    .options = groups,
    .options_size = sizeof(pv_diff_settings),
    .pairs = true,
    .render = render,
};
