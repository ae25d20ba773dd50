/* SPDX-License-Identifier: MIT */
/* Reports from the command line: where they go, what they are made from. */
#include "report_command.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "asset.h"
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
                "a history of more than 64 MiB; name a new file to begin anew");
    j->plan.history = pv_arena_copy(j->cli->arena, pv_buf_text(&text));
    if (text.failed || j->cli->arena->failed)
        pv_fail_nomem(err);
    pv_buf_done(&text);
    return err->code == PV_OK;
}

/* ---- templates ---- */

enum { TEMPLATE_MAX = 1 << 20 };

static bool fail_template(pv_str path, pv_error *err)
{
    char list[140];
    size_t n = 0;

    for (size_t i = 0; pv_asset_name(i); i++)
        if (pv_str_ends(pv_str_of(pv_asset_name(i)), PV_STR(".html")) &&
            n < sizeof list)
            n += (size_t)snprintf(list + n, sizeof list - n, "%s%s",
                                  n ? ", " : "", pv_asset_name(i));
    return pv_fail(err, PV_E_USAGE, NULL,
                   "--template %s: there is no page template of this name; "
                   "there are %s",
                   PV_QUOTE(path), list);
}

static bool read_template(job *j, pv_str path, pv_override *to, pv_error *err)
{
    size_t slash = pv_str_rfind(path, '/');
    char *text = PV_NEW_N(j->cli->arena, char, TEMPLATE_MAX);
    pv_bytes known;
    FILE *f;

    if (!text)
        return pv_fail_nomem(err);
    to->name = pv_str_slice(path, slash == SIZE_MAX ? 0 : slash + 1, path.n);
    if (!pv_str_ends(to->name, PV_STR(".html")) ||
        !pv_asset_find(to->name, &known))
        return fail_template(path, err);
    f = fopen(path.p, "rb");
    if (!f)
        return pv_fail_sys(err, path);
    to->xml = (pv_str){text, fread(text, 1, TEMPLATE_MAX, f)};
    fclose(f);
    return to->xml.n < TEMPLATE_MAX ||
           pv_fail(err, PV_E_LIMIT, &(pv_place){.file = path},
                   "a template of more than 1 MiB");
}

static bool read_templates(job *j, pv_error *err)
{
    size_t n = j->own.templates.len;
    pv_override *all = PV_NEW_N(j->cli->arena, pv_override, n + 1);

    if (!all)
        return pv_fail_nomem(err);
    for (size_t i = 0; i < n; i++)
        if (!read_template(j, j->own.templates.at[i], &all[i], err))
            return false;
    j->plan.overrides = all;
    j->plan.overrides_len = n;
    return true;
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
    if (!read_history(j, err) || !read_templates(j, err) ||
        !pv_report_inputs_open(&j->inputs, j->cli, &j->args, &j->shared,
                               &j->own, err))
        return false;
    pv_report_inputs_plan(&j->inputs, &j->plan);
    return true;
}

/* ---- making ---- */

enum { PAGE_LIMIT = 25000000 };

/* Each larger than the one before; thousandths of a percent. */
static const int64_t shares[] = {0,   1,    3,    10,    30,   100,
                                 300, 1000, 3000, 10000, 30000};
enum { SHARES = sizeof shares / sizeof *shares };

/* One attempt: its size in bytes, UINT64_MAX after an error; what is too
 * large is dropped again. */
static uint64_t try_site(job *j, uint64_t limit, pv_error *err)
{
    uint64_t bytes;

    j->plan.folder = pv_folder_open(j->path, err);
    if (!j->plan.folder)
        return UINT64_MAX;
    if (!pv_report_make(&j->plan, err)) {
        pv_folder_discard(j->plan.folder);
        return UINT64_MAX;
    }
    bytes = pv_folder_bytes(j->plan.folder);
    if (limit && bytes > limit)
        pv_folder_discard(j->plan.folder);
    else if (!pv_folder_close(j->plan.folder, err))
        return UINT64_MAX;
    return bytes;
}

static pv_sink *open_page(const job *j, pv_error *err)
{
    return j->path
               ? pv_sink_file(j->path, err)
               : pv_sink_memory(err); /* to be measured before it goes out */
}

static bool print(const pv_sink *memory, pv_error *err)
{
    pv_bytes page = pv_sink_memory_bytes(memory);
    pv_sink *out = pv_sink_fd(STDOUT_FILENO, PV_STR("standard output"), err);

    if (!out)
        return false;
    pv_sink_write(out, page.p, page.n);
    return pv_sink_close(out, err);
}

static uint64_t try_page(job *j, uint64_t limit, pv_error *err)
{
    pv_sink *s = open_page(j, err);
    uint64_t bytes;

    if (!s)
        return UINT64_MAX;
    j->plan.out = s;
    if (!pv_report_make(&j->plan, err)) {
        if (err->code == PV_OK)
            *err = s->first;
        pv_sink_discard(s);
        return UINT64_MAX;
    }
    bytes = s->written;
    if (bytes > limit) {
        pv_sink_discard(s);
        return bytes;
    }
    if (!j->path && !print(s, err)) {
        pv_sink_discard(s);
        return UINT64_MAX;
    }
    return pv_sink_close(s, err) ? bytes : UINT64_MAX;
}

/* Folds more and more of what is small until all fits. */
static bool make(job *j, pv_error *err)
{
    uint64_t limit, bytes = 0;

    if (!pv_report_limit(j->own.max_bytes, j->site ? 0 : PAGE_LIMIT, &limit,
                         err))
        return false;
    for (size_t i = 0; i < SHARES; i++) {
        j->plan.share = shares[i];
        bytes = j->site ? try_site(j, limit, err) : try_page(j, limit, err);
        if (bytes == UINT64_MAX)
            return false;
        if (!limit || bytes <= limit)
            return true;
    }
    return pv_fail(err, PV_E_USAGE, NULL,
                   "--max-bytes %llu: the report takes %llu bytes however "
                   "much is folded; allow those, or give it fewer inputs",
                   (unsigned long long)limit, (unsigned long long)bytes);
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
    ok = make(j, &err);
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
