/* SPDX-License-Identifier: MIT */
/* A bash function with a case for each command and each choice.
 *
 * Names and choices are our own words: letters, digits and dashes.
 */
#include "completion.h"

#include "output.h"
#include "profviz/format.h"

static void option_words(pv_buf *out, const pv_optset *set)
{
    for (size_t i = 0; i < set->len; i++)
        if (pv_optset_find(set, pv_str_of(set->at[i].opt->name)) == &set->at[i])
            pv_buf_format(out, " --%s", set->at[i].opt->name);
}

static void choice_words(pv_buf *out, const pv_opt *o)
{
    pv_buf_format(out, "        --%s) words='", o->name);
    for (size_t i = 0; o->choices[i]; i++)
        pv_buf_format(out, "%s%s", i ? " " : "", o->choices[i]);
    pv_buf_puts(out, "' ;;\n");
}

/* What may follow an option of this command. */
static void value_cases(pv_buf *out, const pv_command *c, const pv_optset *set)
{
    char media[120];

    pv_buf_puts(out, "        case $before in\n");
    for (size_t i = 0; i < set->len; i++)
        if (set->at[i].opt->kind == PV_OPT_CHOICE)
            choice_words(out, set->at[i].opt);
    if (c->renderer) {
        pv_media_list(pv_output_writable(c->renderer), media, sizeof media);
        pv_buf_format(out, "        -f|--format) words='%s' ;;\n", media);
        pv_buf_puts(out, "        --input-format) words='");
        for (size_t i = 0; pv_formats[i]; i++)
            pv_buf_format(out, "%s%s", i ? " " : "", pv_formats[i]->name);
        pv_buf_puts(out, "' ;;\n");
    }
    pv_buf_puts(out, "        *) words='");
    option_words(out, set);
    pv_buf_puts(out, "' ;;\n        esac ;;\n");
}

static void command_case(pv_cli *cli, pv_buf *out, const pv_command *c)
{
    pv_optset set;

    pv_optset_init(&set, cli->arena);
    pv_command_options(c, &set);
    pv_buf_format(out, "    %s%s%s)\n", c->name, *c->aliases ? "|" : "",
                  c->aliases);
    value_cases(out, c, &set);
}

void pv_completion_bash(pv_cli *cli, pv_buf *out)
{
    pv_command c;

    pv_buf_puts(out, "# bash completion for profviz\n"
                     "_profviz() {\n"
                     "    local word=${COMP_WORDS[COMP_CWORD]} words=\n"
                     "    local before=${COMP_WORDS[COMP_CWORD-1]}\n"
                     "    COMPREPLY=()\n"
                     "    if ((COMP_CWORD == 1)); then\n"
                     "        words='");
    for (size_t i = 0; pv_command_at(i, &c); i++)
        pv_buf_format(out, "%s%s", i ? " " : "", c.name);
    pv_buf_puts(out, "'\n        COMPREPLY=($(compgen -W \"$words\" -- "
                     "\"$word\"))\n        return\n    fi\n"
                     "    case ${COMP_WORDS[1]} in\n");
    for (size_t i = 0; pv_command_at(i, &c); i++)
        command_case(cli, out, &c);
    pv_buf_puts(out,
                "    esac\n"
                "    words=${words//,/}\n"
                "    if [[ $word == -* || $words != ' --'* ]]; then\n"
                "        COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n"
                "    else\n"
                "        COMPREPLY=($(compgen -f -- \"$word\"))\n"
                "    fi\n"
                "}\n"
                "complete -o filenames -F _profviz profviz\n");
}
