/* SPDX-License-Identifier: MIT */
/* Reports: options, and the renderer, which makes one page of profiles that
 * are in memory.  The command line makes sites, an input at a time. */
#include "report.h"

#include "number.h"

#include "picture_options.h"

#define AT(field) offsetof(pv_report_options, field)

static const char *const embedding[] = {"auto", "none", NULL};

static const pv_opt report_options[] = {
    {.kind = PV_OPT_TEXT,
     .name = "title",
     .arg = "TEXT",
     .help = "heading of the report",
     .offset = AT(title)},
    {.kind = PV_OPT_LIST,
     .name = "baseline",
     .arg = "PATH",
     .help = "compare with these profiles, with those in a directory, or with "
             "a report made before (repeatable)",
     .offset = AT(baseline)},
    {.kind = PV_OPT_TEXT,
     .name = "history",
     .arg = "FILE",
     .help = "draw trends from this file (one JSON object a run and profile); "
             "the site's history.jsonl is it with this run added",
     .offset = AT(history)},
    {.kind = PV_OPT_TEXT,
     .name = "run-id",
     .arg = "TEXT",
     .help = "what this run is called",
     .offset = AT(run_id)},
    {.kind = PV_OPT_TEXT,
     .name = "revision",
     .arg = "TEXT",
     .help = "which revision of the program was profiled",
     .offset = AT(revision)},
    {.kind = PV_OPT_TEXT,
     .name = "max-bytes",
     .arg = "N",
     .help = "fold what is small until the report takes no more bytes than "
             "this: 500k, 25M, 1G (default: 25M for one file)",
     .offset = AT(max_bytes)},
    {.kind = PV_OPT_LIST,
     .name = "template",
     .arg = "FILE",
     .help = "use this file in place of the page template of its name: "
             "index.html, flame.html, ... (repeatable)",
     .offset = AT(templates)},
    {.kind = PV_OPT_TEXT,
     .name = "redact",
     .arg = "LIST",
     .help = "show signs instead of paths, names and source (these words, "
             "with commas)",
     .offset = AT(redact)},
    {.kind = PV_OPT_TEXT,
     .name = "redact-key",
     .arg = "FILE",
     .help = "the key of the signs: reports under one key can be compared "
             "(default: a random one)",
     .offset = AT(redact_key)},
    PV_OPT_ROW_THEME(AT(theme)),
    {0},
};

static const pv_opt source_options[] = {
    {.kind = PV_OPT_LIST,
     .name = "own",
     .arg = "PREFIX",
     .help = "your own code is below this path (repeatable)",
     .offset = AT(own)},
    {.kind = PV_OPT_LIST,
     .name = "origin",
     .arg = "RE=WHO",
     .help = "whose code what matches is: own, site, std, builtin, native or "
             "runtime (repeatable)",
     .offset = AT(origin)},
    {.kind = PV_OPT_LIST,
     .name = "source-path",
     .arg = "DIR",
     .help = "read sources below DIR only (repeatable; default: the working "
             "directory)",
     .offset = AT(source_path)},
    {.kind = PV_OPT_LIST,
     .name = "path-map",
     .arg = "FROM=TO",
     .help = "look for files of the profile below FROM below TO (repeatable)",
     .offset = AT(path_map)},
    {.kind = PV_OPT_TEXT,
     .name = "link-template",
     .arg = "NAME|PATTERN",
     .help = "line numbers open the line: vscode, pycharm, sublime ..., "
             "github:OWNER/NAME, gitlab:GROUP/NAME, or an address with "
             "{path} or {file}, {line} and {revision}",
     .offset = AT(link_template)},
    {.kind = PV_OPT_CHOICE,
     .name = "embed-source",
     .arg = "WHEN",
     .help = "show source lines where they may be read, or none",
     .offset = AT(embed_source),
     .choices = embedding},
    {0},
};

const pv_opt_group pv_report_groups[] = {
    {.title = "Report", .options = report_options},
    {.title = "Sources", .options = source_options},
    {0},
};

bool pv_report_limit(pv_str text, uint64_t preset, uint64_t *out, pv_error *err)
{
    static const char units[] = "kMG";
    const char *unit = text.n ? strchr(units, text.p[text.n - 1]) : NULL;
    pv_str digits = text;
    uint64_t factor = 1;

    *out = preset;
    if (!text.n)
        return true;
    if (unit && *unit) {
        digits.n--;
        for (const char *u = units; u <= unit; u++)
            factor *= 1000;
    }
    if (!pv_parse_u64(digits, out) || !*out || *out > UINT64_MAX / factor)
        return pv_fail(err, PV_E_USAGE, NULL,
                       "--max-bytes wants a number of bytes such as 500k, "
                       "25M or 1G, not '%s'",
                       PV_QUOTE(text));
    *out *= factor;
    return true;
}

/* ---- profiles in memory ---- */

static const pv_profile *take(void *ctx, size_t i, pv_error *err)
{
    const pv_job *job = ctx;

    (void)err;
    return job->inputs[i];
}

static void give_back(void *ctx, const pv_profile *p)
{
    (void)ctx;
    (void)p;
}

static bool render(const pv_job *job, pv_sink *out, pv_error *err)
{
    pv_report_plan plan = {.o = job->options,
                           .len = job->count,
                           .ctx = (void *)(uintptr_t)job,
                           .load = take,
                           .release = give_back,
                           .command = job->command,
                           .log = job->log,
                           .out = out};
    pv_report_input *inputs;
    pv_arena a;
    bool ok;

    pv_arena_init(&a, 0);
    inputs = PV_NEW_N(&a, pv_report_input, job->count + 1);
    for (size_t i = 0; inputs && i < job->count; i++)
        inputs[i] = (pv_report_input){
            .path = job->paths[i],
            .bytes = -1,
            .warnings = job->warnings ? job->warnings[i] : (pv_warnings){0}};
    plan.inputs = inputs;
    ok = inputs ? pv_report_make(&plan, err) : pv_fail_nomem(err);
    pv_arena_done(&a);
    return ok;
}

const pv_renderer pv_renderer_report = {
    .name = "report",
    .title = "all of it: a static site, or one page",
    .needs = PV_HAS_TREE | PV_HAS_CALLS | PV_HAS_LINES | PV_HAS_SERIES |
             PV_HAS_TOTALS,
    .media = PV_M_HTML,
    .preset = PV_M_HTML,
    .options = pv_report_groups,
    .options_size = sizeof(pv_report_options),
    .render = render,
};
