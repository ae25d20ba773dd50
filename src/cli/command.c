/* SPDX-License-Identifier: MIT */
/* The command table: renderers first, in the order of their registry. */
#include "command.h"

#include <stdio.h>
#include <unistd.h>

#include "formats_command.h"
#include "help.h"
#include "report.h"
#include "report_command.h"
#include "run.h"
#include "shared.h"
#include "suggest.h"

static const pv_command ours[] = {
    {.name = "formats",
     .synopsis = "",
     .summary = "the tables of what is read and written",
     .run = pv_formats_command},
    {.name = "help",
     .synopsis = "[COMMAND|all]",
     .summary = "the options of a command, or of every command",
     .run = pv_help_command},
    {.name = "version",
     .synopsis = "",
     .summary = "the version of this program",
     .run = pv_version_command},
};
enum { OURS = sizeof ours / sizeof ours[0] };

/* Names that users of other tools know. */
static const struct {
    const char *name, *aliases;
} known[] = {
    {"flame", "flamegraph"}, {"timeline", "plot"}, {"annotate", "source"},
    {"diff", "compare"},     {"top", "table"},     {"convert", "merge"},
};

static const char *aliases_of(const char *name)
{
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (strcmp(known[i].name, name) == 0)
            return known[i].aliases;
    return "";
}

bool pv_command_at(size_t i, pv_command *out)
{
    size_t n = 0;

    while (pv_renderers[n] && n < i)
        n++;
    if (pv_renderers[n]) {
        *out = (pv_command){
            .name = pv_renderers[n]->name,
            .aliases = aliases_of(pv_renderers[n]->name),
            .synopsis = pv_renderers[n]->pairs ? "OLD NEW" : "IN...",
            .summary = pv_renderers[n]->title,
            .renderer = pv_renderers[n],
            .run = pv_renderers[n] == &pv_renderer_report ? pv_report_command
                                                          : pv_run_command};
        return true;
    }
    if (i - n >= OURS)
        return false;
    *out = ours[i - n];
    out->aliases = "";
    return true;
}

/* 2: `typed` is the command's name or alias, 1: it begins one, 0: neither. */
static int match(const pv_command *c, pv_str typed)
{
    pv_str name = pv_str_of(c->name), alias = pv_str_of(c->aliases);

    if (pv_str_equal(name, typed) || (alias.n && pv_str_equal(alias, typed)))
        return 2;
    return pv_str_starts(name, typed) || pv_str_starts(alias, typed);
}

static bool fail_ambiguous(pv_str typed, pv_error *err)
{
    char list[160] = "";
    size_t n = 0;
    pv_command c;

    for (size_t i = 0; pv_command_at(i, &c); i++)
        if (match(&c, typed) && n + strlen(c.name) + 3 < sizeof list)
            n += (size_t)snprintf(list + n, sizeof list - n, "%s%s",
                                  n ? ", " : "", c.name);
    return pv_fail(err, PV_E_USAGE, NULL, "'%s' could be any of %s",
                   PV_QUOTE(typed), list);
}

static bool fail_missing(pv_str typed, pv_error *err)
{
    pv_nearest near = {.typed = typed};
    pv_command c;

    for (size_t i = 0; pv_command_at(i, &c); i++) {
        pv_nearest_try(&near, c.name);
        if (*c.aliases)
            pv_nearest_try(&near, c.aliases);
    }
    if (near.name)
        return pv_fail(err, PV_E_USAGE, NULL,
                       "no command '%s'; did you mean `profviz %s`?",
                       PV_QUOTE(typed), near.name);
    if (access(pv_printable(typed, 4096, (char[4097]){0}, 4097), F_OK) == 0)
        return pv_fail(err, PV_E_USAGE, NULL,
                       "'%s' is a file, and a command comes first; try "
                       "`profviz flame %s`",
                       PV_QUOTE(typed), PV_QUOTE(typed));
    return pv_fail(err, PV_E_USAGE, NULL,
                   "no command '%s'; `profviz help` lists them",
                   PV_QUOTE(typed));
}

bool pv_command_find(pv_str typed, pv_command *out, pv_error *err)
{
    size_t begun = 0;
    pv_command c;

    for (size_t i = 0; pv_command_at(i, &c); i++) {
        int m = typed.n ? match(&c, typed) : 0;

        if (m == 2) {
            *out = c;
            return true;
        }
        if (m == 1 && begun++ == 0)
            *out = c;
    }
    if (begun == 1)
        return true;
    return begun ? fail_ambiguous(typed, err) : fail_missing(typed, err);
}

void pv_command_options(const pv_command *c, pv_optset *set)
{
    if (c->renderer) {
        pv_optset_add(set, c->renderer->options, NULL);
        pv_shared_add(set, c->renderer, NULL);
    } else {
        pv_shared_add_general(set, NULL);
    }
}

static const pv_optref *find_dashed(const pv_optset *set, pv_str option)
{
    if (pv_str_starts(option, PV_STR("--")))
        return pv_optset_find(set, pv_str_slice(option, 2, option.n));
    return option.n >= 2 ? pv_optset_letter(set, option.p[1]) : NULL;
}

/* "`profviz flame`, `profviz tree`": up to three commands that have it. */
static size_t list_owners(pv_cli *cli, pv_str option, char *list, size_t room)
{
    size_t n = 0, owners = 0;
    pv_command c;

    list[0] = '\0';
    for (size_t i = 0; owners < 3 && pv_command_at(i, &c); i++) {
        pv_optset set;

        pv_optset_init(&set, cli->arena);
        pv_command_options(&c, &set);
        if (!find_dashed(&set, option))
            continue;
        n += (size_t)snprintf(list + n, room - n, "%s`profviz %s`",
                              owners ? ", " : "", c.name);
        owners++;
    }
    return owners;
}

int pv_command_no_option(pv_cli *cli, const pv_command *c, pv_str option)
{
    pv_nearest near = {.typed = pv_str_slice(option, 2, option.n)};
    char owners[240];
    size_t owned = list_owners(cli, option, owners, sizeof owners);
    pv_optset set;

    if (owned)
        return pv_cli_usage(cli, "`profviz %s` has no option %s; %s %s it",
                            c->name, PV_QUOTE(option), owners,
                            owned > 1 ? "have" : "has");
    pv_optset_init(&set, cli->arena);
    pv_command_options(c, &set);
    if (pv_str_starts(option, PV_STR("--")))
        for (size_t i = 0; i < set.len; i++)
            pv_nearest_try(&near, set.at[i].opt->name);
    if (near.name)
        return pv_cli_usage(cli,
                            "`profviz %s` has no option %s; did you mean --%s?",
                            c->name, PV_QUOTE(option), near.name);
    return pv_cli_usage(cli,
                        "`profviz %s` has no option %s; `profviz help %s` "
                        "lists those it has",
                        c->name, PV_QUOTE(option), c->name);
}
