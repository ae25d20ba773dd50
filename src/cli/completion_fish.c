/* SPDX-License-Identifier: MIT */
/* Completion for fish: a line for each command, option and choice. */
#include "completion.h"

#include "output.h"
#include "profviz/format.h"

/* Between single quotes. */
static void quoted(pv_buf *out, const char *text)
{
    pv_buf_char(out, '\'');
    for (; *text; text++) {
        if (*text == '\'' || *text == '\\')
            pv_buf_char(out, '\\');
        pv_buf_char(out, *text);
    }
    pv_buf_char(out, '\'');
}

static void words(pv_buf *out, const char *const *list)
{
    pv_buf_puts(out, " -x -a '");
    for (size_t i = 0; list[i]; i++)
        pv_buf_format(out, "%s%s", i ? " " : "", list[i]);
    pv_buf_char(out, '\'');
}

/* What may follow the option: its own words, or a file. */
static void values(pv_buf *out, const pv_command *c, const pv_opt *o)
{
    char media[120];

    if (o->kind == PV_OPT_FLAG)
        return;
    if (o->kind == PV_OPT_CHOICE) {
        words(out, o->choices);
    } else if (c->renderer && strcmp(o->name, "format") == 0) {
        pv_media_list(pv_output_writable(c->renderer), media, sizeof media);
        pv_buf_format(out, " -x -a '");
        for (const char *p = media; *p; p++)
            if (*p != ',')
                pv_buf_char(out, *p);
        pv_buf_char(out, '\'');
    } else if (strcmp(o->name, "input-format") == 0) {
        pv_buf_puts(out, " -x -a '");
        for (size_t i = 0; pv_formats[i]; i++)
            pv_buf_format(out, "%s%s", i ? " " : "", pv_formats[i]->name);
        pv_buf_char(out, '\'');
    } else {
        pv_buf_puts(out, " -r");
    }
}

static void option_line(pv_buf *out, const pv_command *c, const pv_optset *set,
                        const pv_optref *row)
{
    const pv_opt *o = row->opt;

    pv_buf_format(out,
                  "complete -c profviz -n '__fish_seen_subcommand_from %s%s%s' "
                  "-l %s",
                  c->name, *c->aliases ? " " : "", c->aliases, o->name);
    if (o->letter && pv_optset_letter(set, o->letter) == row)
        pv_buf_format(out, " -s %c", o->letter);
    values(out, c, o);
    pv_buf_puts(out, " -d ");
    quoted(out, o->help);
    pv_buf_char(out, '\n');
}

static void command_lines(pv_cli *cli, pv_buf *out, const pv_command *c)
{
    pv_optset set;

    pv_buf_format(out,
                  "complete -c profviz -n __fish_use_subcommand -f -a %s -d ",
                  c->name);
    quoted(out, c->summary);
    pv_buf_char(out, '\n');
    pv_optset_init(&set, cli->arena);
    pv_command_options(c, &set);
    for (size_t i = 0; i < set.len; i++)
        if (pv_optset_find(&set, pv_str_of(set.at[i].opt->name)) == &set.at[i])
            option_line(out, c, &set, &set.at[i]);
}

void pv_completion_fish(pv_cli *cli, pv_buf *out)
{
    pv_command c;

    pv_buf_puts(out, "# fish completion for profviz\n");
    for (size_t i = 0; pv_command_at(i, &c); i++)
        command_lines(cli, out, &c);
}
