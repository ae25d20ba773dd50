/* SPDX-License-Identifier: MIT */
/* Reports from the command line: where they go, what they are made from. */
#include "report_command.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "help.h"
#include "inputs.h"
#include "report.h"
#include "report_inputs.h"
#include "run.h"
#include "stamp.h"
#include "terminal.h"

typedef struct job {
    pv_cli *cli;
    const pv_command *self;
    int argc; /* without the command's name */
    char **argv;
    pv_shared shared;
    pv_report_options own;
    pv_optset set;
    pv_args args;
    pv_report_inputs inputs;
    pv_report_plan plan;
    const char *path; /* NULL: standard output */
    bool site, named;
} job;

/* ---- where it goes ---- */

static bool is_directory(const char *path)
{
    struct stat st;

    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static bool is_page(pv_str path)
{
    return pv_str_ends(path, PV_STR(".html")) ||
           pv_str_ends(path, PV_STR(".htm"));
}

static bool has_extension(pv_str path)
{
    size_t slash = pv_str_rfind(path, '/');
    pv_str name = pv_str_slice(path, slash == SIZE_MAX ? 0 : slash + 1, path.n);
    size_t dot = pv_str_rfind(name, '.');

    return dot != SIZE_MAX && dot > 0 && dot + 1 < name.n;
}

static bool choose_path(job *j, pv_error *err)
{
    pv_str path = j->shared.output;

    if (!j->shared.output_given) {
        j->path = "profviz-report/";
        j->site = j->named = true;
        return true;
    }
    if (path.n == 0)
        return pv_fail(err, PV_E_USAGE, NULL,
                       "-o wants a path, or - for standard output");
    if (pv_str_equal(path, PV_STR("-")))
        return true;
    j->path = path.p;
    j->site = path.p[path.n - 1] == '/' || is_directory(path.p) ||
              !(has_extension(path) || j->shared.format_given);
    if (j->site || is_page(path) || j->shared.format_given)
        return true;
    return pv_fail(err, PV_E_USAGE, NULL,
                   "'%s': a report is a directory (its name ends in /) or an "
                   ".html file",
                   PV_QUOTE(path));
}

static bool choose_output(job *j, pv_error *err)
{
    pv_str f = j->shared.format;

    if (j->shared.format_given && !pv_str_equal(f, PV_STR("html")) &&
        !pv_str_equal(f, PV_STR("htm")))
        return pv_fail(err, PV_E_USAGE, NULL,
                       "`profviz report` does not write '%s'; it writes html",
                       PV_QUOTE(f));
    return choose_path(j, err);
}

/* ---- what the report says of itself ---- */

enum { HISTORY_MAX = 64 << 20 };

/* A history that is not there yet is an empty one. */
static bool read_history(job *j, pv_error *err)
{
    pv_str path = j->own.history;
    pv_buf text = {0};
    char block[1 << 14];
    size_t n;
    FILE *f;

    if (!path.n)
        return true;
    f = fopen(path.p, "rb");
    if (!f && errno == ENOENT)
        return true;
    if (!f)
        return pv_fail_sys(err, path);
    while (text.n < HISTORY_MAX && (n = fread(block, 1, sizeof block, f)) > 0)
        pv_buf_add(&text, block, n);
    if (ferror(f))
        pv_fail_sys(err, path);
    fclose(f);
    if (text.n >= HISTORY_MAX)
        pv_fail(err, PV_E_LIMIT, &(pv_place){.file = path},
                "a history of more than 64 MiB");
    j->plan.history = pv_arena_copy(j->cli->arena, pv_buf_text(&text));
    if (text.failed || j->cli->arena->failed)
        pv_fail_nomem(err);
    pv_buf_done(&text);
    return err->code == PV_OK;
}

static bool fill_plan(job *j, pv_error *err)
{
    pv_str recipe;

    j->plan = (pv_report_plan){.o = &j->own, .strict = j->shared.strict};
    if (!pv_recipe(j->cli, &j->set, j->self->name, j->argc, j->argv, &recipe,
                   err) ||
        !pv_stamp_date(j->cli, j->shared.stamp, &j->plan.date, err))
        return false;
    j->plan.command = pv_str_slice(recipe, 0, 1000);
    return read_history(j, err) &&
           pv_report_inputs_open(&j->inputs, j->cli, &j->args, &j->shared,
                                 &j->own, err) &&
           pv_report_inputs_plan(&j->inputs, &j->plan, err);
}

/* ---- making ---- */

static bool make_site(job *j, pv_error *err)
{
    j->plan.folder = pv_folder_open(j->path, err);
    if (!j->plan.folder)
        return false;
    if (pv_report_make(&j->plan, err))
        return pv_folder_close(j->plan.folder, err);
    pv_folder_discard(j->plan.folder);
    return false;
}

static bool make_page(job *j, pv_error *err)
{
    pv_sink *s =
        j->path ? pv_sink_file(j->path, err)
                : pv_sink_fd(STDOUT_FILENO, PV_STR("standard output"), err);

    if (!s)
        return false;
    j->plan.out = s;
    if (pv_report_make(&j->plan, err))
        return pv_sink_close(s, err);
    if (err->code == PV_OK)
        *err = s->first;
    pv_sink_discard(s);
    return false;
}

static int tell_name(job *j)
{
    pv_buf name = {0};
    int status;

    if (!j->named)
        return 0;
    pv_buf_puts(&name, j->path);
    pv_buf_char(&name, '\n');
    status = pv_print(j->cli, &name);
    pv_buf_done(&name);
    return status;
}

static int work(job *j)
{
    pv_error err = {0};
    bool ok;

    if (!choose_output(j, &err) ||
        !pv_inputs_settle(j->cli, j->self->renderer, &j->args, &err) ||
        !fill_plan(j, &err))
        return pv_cli_fail(j->cli, &err);
    if (!j->cli->quiet)
        j->cli->progress = pv_progress_start();
    ok = j->site ? make_site(j, &err) : make_page(j, &err);
    pv_progress_stop(j->cli->progress);
    j->cli->progress = NULL;
    return ok ? tell_name(j) : pv_cli_fail(j->cli, &err);
}

int pv_report_command(pv_cli *cli, const pv_command *self, int argc,
                      char **argv)
{
    job j = {.cli = cli, .self = self, .argc = argc - 1, .argv = argv + 1};
    pv_error err = {0};
    int status;

    pv_optset_init(&j.set, cli->arena);
    pv_optset_add(&j.set, self->renderer->options, &j.own);
    pv_shared_add(&j.set, self->renderer, &j.shared);
    if (cli->arena->failed) {
        pv_fail_nomem(&err);
        return pv_cli_fail(cli, &err);
    }
    pv_optset_presets(&j.set);
    if (!pv_optset_parse(&j.set, argc - 1, argv + 1, &j.args, &err))
        return j.args.unknown.n
                   ? pv_command_no_option(cli, self, j.args.unknown)
                   : pv_cli_fail(cli, &err);
    if (j.shared.help)
        return pv_help_show(cli, self);
    if (j.shared.version)
        return pv_version_show(cli);
    cli->quiet = j.shared.quiet;
    cli->verbose = j.shared.verbose;
    status = work(&j);
    pv_report_inputs_close(&j.inputs);
    return status;
}
