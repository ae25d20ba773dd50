/* SPDX-License-Identifier: MIT */
/* Completion for zsh: _arguments with a specification for each option. */
#include "completion.h"

#include "output.h"
#include "profviz/format.h"

/* Text of a specification between single quotes: brackets and colons part its
 * fields. */
static void quoted(pv_buf *out, const char *text)
{
    for (; *text; text++) {
        if (*text == '\'') {
            pv_buf_puts(out, "'\\''");
            continue;
        }
        if (strchr("[]:\\", *text))
            pv_buf_char(out, '\\');
        pv_buf_char(out, *text);
    }
}

static void format_words(pv_buf *out, const pv_command *c)
{
    char media[120];

    pv_media_list(pv_output_writable(c->renderer), media, sizeof media);
    for (const char *p = media; *p; p++)
        if (*p != ',')
            pv_buf_char(out, *p);
}

/* ":what it is:what there is" */
static void value(pv_buf *out, const pv_command *c, const pv_opt *o)
{
    if (o->kind == PV_OPT_FLAG)
        return;
    pv_buf_format(out, ":%s:", o->name);
    if (o->kind == PV_OPT_CHOICE) {
        pv_buf_char(out, '(');
        for (size_t i = 0; o->choices[i]; i++)
            pv_buf_format(out, "%s%s", i ? " " : "", o->choices[i]);
        pv_buf_char(out, ')');
    } else if (c->renderer && strcmp(o->name, "format") == 0) {
        pv_buf_char(out, '(');
        format_words(out, c);
        pv_buf_char(out, ')');
    } else if (strcmp(o->name, "input-format") == 0) {
        pv_buf_char(out, '(');
        for (size_t i = 0; pv_formats[i]; i++)
            pv_buf_format(out, "%s%s", i ? " " : "", pv_formats[i]->name);
        pv_buf_char(out, ')');
    } else {
        pv_buf_puts(out, "_files");
    }
}

static void specification(pv_buf *out, const pv_command *c, const pv_opt *o,
                          bool letter)
{
    bool many = o->kind == PV_OPT_LIST || o->kind == PV_OPT_FILES;

    pv_buf_format(out, " \\\n        '%s", many ? "*" : "");
    if (letter)
        pv_buf_format(out, "-%c%s[", o->letter,
                      o->kind == PV_OPT_FLAG ? "" : "+");
    else
        pv_buf_format(out, "--%s%s[", o->name,
                      o->kind == PV_OPT_FLAG ? "" : "=");
    quoted(out, o->help);
    pv_buf_char(out, ']');
    value(out, c, o);
    pv_buf_char(out, '\'');
}

static void command_case(pv_cli *cli, pv_buf *out, const pv_command *c)
{
    pv_optset set;

    pv_optset_init(&set, cli->arena);
    pv_command_options(c, &set);
    pv_buf_format(out, "    %s%s%s)\n        _arguments -s -S", c->name,
                  *c->aliases ? "|" : "", c->aliases);
    for (size_t i = 0; i < set.len; i++) {
        const pv_opt *o = set.at[i].opt;

        if (pv_optset_find(&set, pv_str_of(o->name)) != &set.at[i])
            continue;
        if (o->letter && pv_optset_letter(&set, o->letter) == &set.at[i])
            specification(out, c, o, true);
        specification(out, c, o, false);
    }
    pv_buf_puts(out, " \\\n        '*:file:_files' ;;\n");
}

void pv_completion_zsh(pv_cli *cli, pv_buf *out)
{
    pv_command c;

    pv_buf_puts(out, "#compdef profviz\n"
                     "# zsh completion for profviz\n"
                     "_profviz() {\n"
                     "    local -a commands\n"
                     "    commands=(\n");
    for (size_t i = 0; pv_command_at(i, &c); i++) {
        pv_buf_format(out, "        '%s:", c.name);
        quoted(out, c.summary);
        pv_buf_puts(out, "'\n");
    }
    pv_buf_puts(out, "    )\n"
                     "    if (( CURRENT == 2 )); then\n"
                     "        _describe -t commands command commands\n"
                     "        return\n"
                     "    fi\n"
                     "    shift words\n"
                     "    (( CURRENT-- ))\n"
                     "    case $words[1] in\n");
    for (size_t i = 0; pv_command_at(i, &c); i++)
        command_case(cli, out, &c);
    pv_buf_puts(out, "    esac\n"
                     "}\n"
                     "if [ \"$funcstack[1]\" = _profviz ]; then\n"
                     "    _profviz \"$@\"\n"
                     "else\n"
                     "    compdef _profviz profviz\n"
                     "fi\n");
}
