/* SPDX-License-Identifier: MIT */
/* --help and `profviz help`. */
#include "help.h"

#include <unistd.h>

#include "buf.h"
#include "completion.h"
#include "manual.h"
#include "profviz/profviz.h"
#include "terminal.h"
#include "wrap.h"

enum { INDENT = 26 };

int pv_print(pv_cli *cli, const pv_buf *text)
{
    pv_error err = {0};
    pv_sink *s;

    if (text->failed) {
        pv_fail_nomem(&err);
        return pv_cli_fail(cli, &err);
    }
    s = pv_sink_fd(STDOUT_FILENO, PV_STR("standard output"), &err);
    if (s)
        pv_sink_text(s, pv_buf_text(text));
    if (!s || !pv_sink_close(s, &err))
        return pv_cli_fail(cli, &err);
    return 0;
}

static void paragraph(pv_buf *out, const char *text)
{
    pv_wrap(out, pv_str_of(text), 0, 0, pv_terminal_prose());
}

/* The text that was collected; it is freed. */
static void collected(pv_buf *out, pv_buf *text)
{
    pv_wrap(out, pv_buf_text(text), 0, 0, pv_terminal_prose());
    out->failed |= text->failed;
    pv_buf_done(text);
    *text = (pv_buf){0};
}

/* Two blanks deep. */
static void example(pv_buf *out, const char *command)
{
    pv_buf_puts(out, "  ");
    pv_wrap(out, pv_str_of(command), 2, 2, pv_terminal_prose());
}

static void option_lines(pv_buf *out, const pv_optset *set,
                         const pv_optref *row)
{
    pv_buf left = {0}, right = {0};
    bool letter =
        row->opt->letter && pv_optset_letter(set, row->opt->letter) == row;

    pv_option_usage(&left, row, letter);
    pv_option_help(&right, row->opt);
    pv_wrap_term(out, pv_buf_text(&left), pv_buf_text(&right), INDENT,
                 pv_terminal_prose());
    out->failed |= left.failed || right.failed;
    pv_buf_done(&left);
    pv_buf_done(&right);
}

/* Groups of the same heading stand together in the order of their first. */
static void options(pv_buf *out, const pv_optset *set)
{
    for (size_t i = 0; i < set->len; i++) {
        const char *title = set->at[i].title;
        bool first = true;

        for (size_t j = 0; j < i; j++)
            first = first && strcmp(set->at[j].title, title) != 0;
        if (!first)
            continue;
        pv_buf_format(out, "\n%s:\n", title);
        for (size_t j = i; j < set->len; j++)
            if (strcmp(set->at[j].title, title) == 0 &&
                pv_optset_find(set, pv_str_of(set->at[j].opt->name)) ==
                    &set->at[j])
                option_lines(out, set, &set->at[j]);
    }
}

static void command_help(pv_cli *cli, const pv_command *c, pv_buf *out)
{
    pv_optset set;
    pv_buf text = {0};

    pv_buf_format(&text, "profviz %s: %s", c->name, c->summary);
    collected(out, &text);
    pv_buf_char(out, '\n');
    pv_buf_format(&text, "usage: profviz %s [options]%s%s", c->name,
                  *c->synopsis ? " " : "", c->synopsis);
    collected(out, &text);
    pv_optset_init(&set, cli->arena);
    pv_command_options(c, &set);
    options(out, &set);
}

static void overview(pv_buf *out)
{
    size_t columns = pv_terminal_prose();
    pv_command c;

    paragraph(out, "profviz: flame graphs, tables and pages from Python "
                   "profile files");
    pv_buf_char(out, '\n');
    paragraph(out, "usage: profviz COMMAND [options] [IN...]");
    pv_buf_puts(out, "\nCommands:\n");
    for (size_t i = 0; pv_command_at(i, &c); i++)
        pv_wrap_term(out, pv_str_of(c.name), pv_str_of(c.summary), INDENT,
                     columns);
    pv_buf_char(out, '\n');
    paragraph(out, "IN is a file, or - for standard input; gzip is undone, and "
                   "the kind is found from the content. `profviz help "
                   "COMMAND` lists the options of a command.");
    pv_buf_puts(out, "\nExamples:\n");
    example(out, "profviz flame prof.txt -o flame.svg");
    example(out, "profviz top prof.txt --limit 10");
}

int pv_help_show(pv_cli *cli, const pv_command *c)
{
    pv_buf out = {0};
    int status;

    if (c && cli->arena->failed)
        out.failed = true;
    else if (c)
        command_help(cli, c, &out);
    else
        overview(&out);
    status = pv_print(cli, &out);
    pv_buf_done(&out);
    return status;
}

static int help_all(pv_cli *cli)
{
    pv_buf out = {0};
    pv_command c;
    int status;

    overview(&out);
    for (size_t i = 0; pv_command_at(i, &c); i++) {
        pv_buf_puts(&out, "\n---\n\n");
        command_help(cli, &c, &out);
    }
    status = pv_print(cli, &out);
    pv_buf_done(&out);
    return status;
}

/* --man and --completion: what the build installs. */
static int help_page(pv_cli *cli, void (*write)(pv_cli *cli, pv_buf *out))
{
    pv_buf out = {0};
    int status;

    write(cli, &out);
    status = pv_print(cli, &out);
    pv_buf_done(&out);
    return status;
}

static int complete(pv_cli *cli, const char *shell)
{
    if (strcmp(shell, "bash") == 0)
        return help_page(cli, pv_completion_bash);
    if (strcmp(shell, "fish") == 0)
        return help_page(cli, pv_completion_fish);
    if (strcmp(shell, "zsh") == 0)
        return help_page(cli, pv_completion_zsh);
    return pv_cli_usage(cli, "--completion wants bash, fish or zsh; not '%s'",
                        PV_QUOTE(pv_str_of(shell)));
}

int pv_help_nothing(pv_cli *cli)
{
    pv_buf out = {0};

    overview(&out);
    pv_cli_block(cli, pv_buf_text(&out));
    pv_buf_done(&out);
    return pv_exit_status(PV_E_USAGE);
}

int pv_help_command(pv_cli *cli, const pv_command *self, int argc, char **argv)
{
    pv_error err = {0};
    pv_command c;

    if (argc < 2)
        return pv_help_show(cli, NULL);
    if (strcmp(argv[1], "all") == 0 && argc == 2)
        return help_all(cli);
    if (strcmp(argv[1], "--man") == 0)
        return help_page(cli, pv_manual);
    if (strcmp(argv[1], "--completion") == 0)
        return complete(cli, argc > 2 ? argv[2] : "bash");
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)
        return pv_help_show(cli, self);
    if (argv[1][0] == '-' && argv[1][1])
        return pv_command_no_option(cli, self, pv_str_of(argv[1]));
    if (argc > 2)
        return pv_cli_usage(cli, "`profviz help` takes one command, or all");
    if (!pv_command_find(pv_str_of(argv[1]), &c, &err))
        return pv_cli_fail(cli, &err);
    return pv_help_show(cli, &c);
}

int pv_version_show(pv_cli *cli)
{
    pv_buf out = {0};
    int status;

    pv_buf_format(&out, "profviz %s\n", pv_version());
    status = pv_print(cli, &out);
    pv_buf_done(&out);
    return status;
}

int pv_version_command(pv_cli *cli, const pv_command *self, int argc,
                       char **argv)
{
    if (argc < 2)
        return pv_version_show(cli);
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)
        return pv_help_show(cli, self);
    if (argv[1][0] == '-' && argv[1][1])
        return pv_command_no_option(cli, self, pv_str_of(argv[1]));
    return pv_cli_usage(cli, "`profviz version` takes no argument");
}
