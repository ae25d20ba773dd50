/* SPDX-License-Identifier: MIT */
/* parse, load, combine, render, close: the way of every renderer. */
#include "run.h"

#include <unistd.h>

#include "combine.h"
#include "filter.h"
#include "folder.h"
#include "help.h"
#include "input.h"
#include "inputs.h"
#include "load.h"
#include "output.h"
#include "pictures.h"
#include "recode.h"
#include "sides.h"
#include "stamp.h"
#include "suggest.h"
#include "terminal.h"

typedef struct run {
    pv_cli *cli;
    const pv_command *self;
    int argc; /* without the command's name */
    char **argv;
    const pv_renderer *renderer;
    pv_shared shared;
    void *own; /* the renderer's options */
    pv_optset set;
    pv_args args;
    size_t old; /* of a comparison: how many of them are the old side */
    pv_output output;
    pv_read_options reading;
    pv_str encoding; /* of folded stacks; "" is UTF-8 */
    pv_loaded loaded;
    pv_combined combined;
    pv_page_template page;
    pv_input *page_input;
    bool no; /* the renderer's answer */
} run;

static bool prepare_options(run *r, pv_error *err)
{
    size_t size = r->renderer->options_size;

    r->own = pv_arena_alloc(r->cli->arena, 1, size ? size : 1);
    if (!r->own)
        return pv_fail_nomem(err);
    pv_optset_init(&r->set, r->cli->arena);
    pv_optset_add(&r->set, r->renderer->options, r->own);
    pv_shared_add(&r->set, r->renderer, &r->shared);
    if (r->cli->arena->failed)
        return pv_fail_nomem(err);
    pv_optset_presets(&r->set);
    return true;
}

static bool check_input_format(pv_str name, pv_error *err)
{
    pv_nearest near = {.typed = name};

    if (name.n == 0 || pv_format_find(name))
        return true;
    for (size_t i = 0; pv_formats[i]; i++)
        pv_nearest_try(&near, pv_formats[i]->name);
    if (near.name)
        return pv_fail(err, PV_E_USAGE, NULL,
                       "no input format '%s'; did you mean %s?", PV_QUOTE(name),
                       near.name);
    return pv_fail(err, PV_E_USAGE, NULL,
                   "no input format '%s'; `profviz formats` lists them",
                   PV_QUOTE(name));
}

enum { DRAWS_STACKS = PV_HAS_TREE | PV_HAS_CALLS };

/* One input, listed as it is: nobody asks who called whom. */
static bool rows_alone(const run *r)
{
    const char *own = r->own;
    size_t at;

    return r->renderer->rows_alone && r->args.len == 1 &&
           pv_renderer_filters(r->renderer, &at) &&
           pv_filter_idle((const pv_filter_options *)(const void *)(own + at));
}

/* A renderer for stacks only may be given any table as stacks. */
static bool choose_reading(run *r, pv_error *err)
{
    r->reading = (pv_read_options){
        .limits = PV_LIMITS_DEFAULT,
        .format = r->shared.input_format,
        .strict = r->shared.strict,
        .strip_hex = pv_optset_flag(&r->set, "strip-hex"),
        .time_order = pv_optset_flag(&r->set, "flamechart"),
        .classic = pv_optset_flag(&r->set, "classic"),
        .any_text = !(r->renderer->needs & ~(uint32_t)DRAWS_STACKS),
        .signed_counts = r->shared.metric_given,
        .rows_alone = rows_alone(r),
        .traces = r->shared.traces.at,
        .traces_len = r->shared.traces.len,
        .all_frames = r->shared.all_frames,
        .jobs = (unsigned)r->shared.jobs,
    };
    r->encoding = pv_optset_text(&r->set, "encoding");
    return check_input_format(r->shared.input_format, err) &&
           pv_recode_settle(&r->encoding, err) &&
           pv_limits_parse(r->shared.limits, &r->reading.limits, err);
}

static bool plan(run *r, pv_error *err)
{
    if (r->renderer->pairs && !pv_sides_settle(r->cli, r->renderer, &r->shared,
                                               &r->args, &r->old, err))
        return false;
    return pv_inputs_settle(r->cli, r->renderer, &r->args, err) &&
           choose_reading(r, err) &&
           pv_output_choose(&r->output, r->renderer, &r->shared,
                            pv_str_of(r->args.at[0]), r->cli->arena, err) &&
           (!(r->output.medium & (PV_M_PNG | PV_M_PDF)) ||
            pv_pictures_hand_over(r->cli, err));
}

static bool load(run *r, pv_error *err)
{
    return pv_load_all(r->cli, r->args.at, r->args.len, r->reading, &r->loaded,
                       err) &&
           pv_loaded_recode(r->cli, &r->loaded, r->encoding, err) &&
           pv_loaded_fit(&r->loaded, r->renderer, err) &&
           pv_combine(&r->combined, &r->loaded, r->renderer, r->own,
                      r->output.medium, &r->shared, r->cli->arena, err);
}

/* What a renderer has to say goes the way of a reader's warnings. */
static void hear(void *ctx, const pv_place *at, pv_str text)
{
    (void)at;
    pv_cli_warn(ctx, text);
}

enum { TEMPLATE_MAX = 4 << 20 };

/* --template: the text of the user's own page. */
static bool take_template(run *r, pv_job *job, pv_error *err)
{
    pv_limits limits = PV_LIMITS_DEFAULT;

    if (!r->shared.page_given)
        return true;
    if (job->medium != PV_M_HTML)
        return pv_fail(err, PV_E_USAGE, NULL,
                       "--template is for html; write one with -f html");
    limits.input = TEMPLATE_MAX;
    r->page.path = r->shared.page;
    r->page_input = pv_input_open(r->shared.page.p, &limits, err);
    job->page = &r->page;
    return r->page_input && pv_input_all(r->page_input, &r->page.xml, err);
}

static bool fill_job(run *r, pv_job *job, pv_error *err)
{
    *job = (pv_job){
        .inputs = r->combined.inputs,
        .count = r->combined.count,
        .old = r->old,
        .paths = r->loaded.paths,
        .paths_len = r->loaded.len,
        .options = r->own,
        .whole = r->combined.whole,
        .warnings = r->loaded.warnings,
        .medium = r->output.medium == PV_M_SVGZ ? PV_M_SVG : r->output.medium,
        .command = PV_STR(""),
        .log = {hear, r->cli},
        .strict = r->shared.strict,
        .no = &r->no,
    };
    if (!take_template(r, job, err))
        return false;
    if (job->medium == PV_M_TXT)
        job->style =
            pv_terminal_style(r->output.path ? -1 : STDOUT_FILENO, &r->shared);
    if (job->medium & (PV_M_PNG | PV_M_PDF) &&
        !pv_recipe(r->cli, &r->set, r->renderer->name, r->argc, r->argv,
                   &job->recipe, err))
        return false;
    return !pv_optset_flag(&r->set, "stamp") ||
           pv_stamp(r->cli, &job->command, err);
}

static bool render_folder(run *r, const pv_job *job, pv_error *err)
{
    pv_folder *folder = pv_folder_open(r->output.path, err);

    if (!folder)
        return false;
    if (r->renderer->folder(job, folder, err))
        return pv_folder_close(folder, err);
    pv_folder_discard(folder);
    return false;
}

static bool render(run *r, pv_error *err)
{
    pv_job job;
    pv_sink *sink;

    if (!fill_job(r, &job, err))
        return false;
    pv_progress_stage(
        r->cli->progress, "making",
        pv_str_of(r->output.path ? r->output.path : "standard output"));
    if (r->output.folder)
        return render_folder(r, &job, err);
    sink = pv_output_open(&r->output, err);
    if (!sink)
        return false;
    if (r->renderer->render(&job, sink, err))
        return pv_sink_close(sink, err);
    if (err->code == PV_OK)
        *err = sink->first;
    pv_sink_discard(sink);
    return pv_fail(err, PV_E_BUG, NULL, "%s gave up without a word",
                   r->renderer->name);
}

/* The whole path, made fit for a terminal. */
static void add_path(pv_buf *out, pv_arena *a, const char *path)
{
    size_t room = strlen(path) * 4 + 8;
    char *text = PV_NEW_N(a, char, room);

    if (text)
        pv_buf_puts(out, pv_printable(pv_str_of(path), room, text, room));
    else
        out->failed = true;
}

static int tell_name(run *r)
{
    pv_buf name = {0};
    int status;

    pv_cli_note(r->cli, "wrote %s",
                r->output.path ? PV_QUOTE(pv_str_of(r->output.path))
                               : "standard output");
    if (!r->output.named)
        return 0;
    add_path(&name, r->cli->arena, r->output.path);
    pv_buf_char(&name, '\n');
    status = pv_print(r->cli, &name);
    pv_buf_done(&name);
    return status;
}

static int work(run *r)
{
    pv_error err = {0};
    int status;
    bool ok;

    if (!plan(r, &err))
        return pv_cli_fail(r->cli, &err);
    if (!r->cli->quiet)
        r->cli->progress = pv_progress_start();
    ok = load(r, &err) && render(r, &err);
    pv_progress_stop(r->cli->progress);
    r->cli->progress = NULL;
    if (!ok)
        return pv_cli_fail(r->cli, &err);
    status = tell_name(r);
    return status == 0 && r->no ? 1 : status;
}

int pv_run_command(pv_cli *cli, const pv_command *self, int argc, char **argv)
{
    run r = {.cli = cli,
             .self = self,
             .argc = argc - 1,
             .argv = argv + 1,
             .renderer = self->renderer};
    pv_error err = {0};
    int status;

    if (!prepare_options(&r, &err))
        return pv_cli_fail(cli, &err);
    if (!pv_optset_parse(&r.set, argc - 1, argv + 1, &r.args, &err))
        return r.args.unknown.n
                   ? pv_command_no_option(cli, self, r.args.unknown)
                   : pv_cli_fail(cli, &err);
    if (r.shared.help)
        return pv_help_show(cli, self);
    if (r.shared.version)
        return pv_version_show(cli);
    cli->quiet = r.shared.quiet;
    cli->verbose = r.shared.verbose;
    status = work(&r);
    pv_input_close(r.page_input);
    pv_combined_done(&r.combined);
    pv_loaded_done(&r.loaded);
    return status;
}
