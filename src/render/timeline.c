/* SPDX-License-Identifier: MIT */
/* Memory over time: the renderer and its options. */
#include "timeline.h"

#include "number.h"
#include "picture_options.h"

enum { LEAST = 320 };

#define AT(field) offsetof(pv_timeline_options, field)

bool pv_timeline_window(pv_str text, int64_t *from, int64_t *to, pv_error *err)
{
    size_t comma = pv_str_find(text, ',');
    pv_str a = pv_str_slice(text, 0, comma == SIZE_MAX ? text.n : comma);
    pv_str b = pv_str_slice(text, a.n + 1, text.n);

    *from = INT64_MIN;
    *to = INT64_MAX;
    if (text.n == 0)
        return true;
    if (comma == SIZE_MAX || (a.n && !pv_parse_scaled(a, 9, from)) ||
        (b.n && !pv_parse_scaled(b, 9, to)) || *from > *to)
        return pv_fail(err, PV_E_USAGE, NULL,
                       "--window %s: two times in seconds are wanted, as in "
                       "2,7.5",
                       PV_QUOTE(text));
    return true;
}

static size_t count_runs(const pv_job *job)
{
    size_t n = 0;

    for (size_t i = 0; i < job->count; i++)
        n += pv_timeline_runs(job->inputs[i]);
    return n;
}

static bool refuse(const pv_job *job, pv_error *err)
{
    const pv_timeline_options *o = job->options;

    if (o->functions && !(job->medium & (PV_M_CSV | PV_M_JSON)))
        return pv_fail(err, PV_E_USAGE, NULL,
                       "--functions lists spans, with --format csv or json; "
                       "pictures show them anyway");
    if (o->width < LEAST && job->medium != PV_M_TXT)
        return pv_fail(err, PV_E_USAGE, NULL,
                       "--width %lld: a picture is at least %d px wide",
                       (long long)o->width, LEAST);
    if (o->compare && count_runs(job) < 2)
        return pv_fail(err, PV_E_USAGE, NULL,
                       "--compare needs two recordings or more");
    return true;
}

static bool draw(const pv_job *job, pv_sink *out, pv_error *err)
{
    if (!refuse(job, err))
        return false;
    if (job->medium == PV_M_HTML)
        return pv_timeline_page(job, out, err);
    if (job->medium == PV_M_TXT)
        return pv_timeline_text(job, out, err);
    if (job->medium & (PV_M_CSV | PV_M_JSON))
        return pv_timeline_rows(job, out, err);
    return pv_timeline_picture(job, out, err);
}

static bool render(const pv_job *job, pv_sink *out, pv_error *err)
{
    pv_profile *made = NULL;
    pv_job series = *job;
    bool ok;

    if (!pv_timeline_snapshots(job, &made, err))
        return false;
    if (made) {
        series.inputs = (const pv_profile *const *)&made;
        series.count = 1;
    }
    ok = draw(&series, out, err);
    pv_profile_free(made);
    return ok;
}

static const char *const children[] = {"stack", "lines", "sum", NULL};

static const pv_opt options[] = {
    {.kind = PV_OPT_FLAG,
     .name = "functions",
     .help = "list the spans of functions instead of the samples (csv, json)",
     .offset = AT(functions)},
    {.kind = PV_OPT_CHOICE,
     .name = "children",
     .arg = "HOW",
     .help = "child processes: stack (on the main process), lines (each "
             "apart) or sum (all processes as one)",
     .offset = AT(children),
     .choices = children},
    {.kind = PV_OPT_FLAG,
     .name = "compare",
     .help = "below the plot, what each further run has more or less than the "
             "first",
     .offset = AT(compare)},
    {.kind = PV_OPT_FLAG,
     .letter = 's',
     .name = "slope",
     .help = "a robust slope over the last 80% with its 95% interval",
     .offset = AT(slope)},
    {.kind = PV_OPT_FLAG,
     .letter = 'n',
     .name = "no-timestamps",
     .help = "leave the lanes of functions out",
     .offset = AT(no_lanes)},
    {.kind = PV_OPT_TEXT,
     .letter = 'w',
     .name = "window",
     .arg = "A,B",
     .help = "keep what lies between two times, in seconds from the start",
     .offset = AT(window)},
    {.kind = PV_OPT_LIST,
     .name = "mark",
     .arg = "T=TEXT",
     .help = "a flag at T seconds",
     .offset = AT(marks)},
    {.kind = PV_OPT_TEXT,
     .name = "limit-line",
     .arg = "SIZE",
     .help = "a line at a size, as in 512MiB or 1.5GiB",
     .offset = AT(limit_line)},
    {0},
};

static const pv_opt pictures[] = {
    {.kind = PV_OPT_TEXT,
     .letter = 't',
     .name = "title",
     .arg = "TEXT",
     .help = "heading of the picture (default: made from the command)",
     .offset = AT(title)},
    {.kind = PV_OPT_INT,
     .name = "width",
     .aliases = "image-width",
     .arg = "PX",
     .help = "width of the picture; of text, in columns",
     .offset = AT(width),
     .min = 20,
     .max = 20000,
     .preset = 1200,
     .given = AT(width_given)},
    PV_OPT_ROW_SCALE(AT(scale)),
    PV_OPT_ROW_THEME(AT(theme)),
    {0},
};

static const pv_opt_group groups[] = {
    {.title = "Timeline", .options = options},
    {.title = "Pictures", .options = pictures},
    {0},
};

const pv_renderer pv_renderer_timeline = {
    .name = "timeline",
    .title = "memory over time: a picture, or its rows",
    .needs = PV_HAS_SERIES,
    .also = "tracemalloc",
    .media = PV_M_SVG | PV_M_SVGZ | PV_M_HTML | PV_M_TXT | PV_M_PNG | PV_M_PDF |
             PV_M_CSV | PV_M_JSON | PV_M_PLAIN,
    .preset = PV_M_SVG,
    .options = groups,
    .options_size = sizeof(pv_timeline_options),
    .render = render,
};
