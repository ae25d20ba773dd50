/* SPDX-License-Identifier: MIT */
/* The man page: mdoc is for BSD, so plain man(7) macros. */
#include "manual.h"

#include "number.h"
#include "profviz/profviz.h"

/* Few and short words stand beside the option, others in its sentence. */
static bool short_choices(const pv_opt *o)
{
    size_t n = 0;

    for (size_t i = 0; o->choices[i]; i++)
        n += strlen(o->choices[i]) + 1;
    return !o->arg && n < 28;
}

static bool says_choices(const pv_opt *o)
{
    for (size_t i = 0; o->choices[i]; i++)
        if (!strstr(o->help, o->choices[i]))
            return false;
    return true;
}

void pv_option_usage(pv_buf *out, const pv_optref *row, bool letter)
{
    const pv_opt *o = row->opt;

    if (letter)
        pv_buf_format(out, "-%c, ", o->letter);
    pv_buf_format(out, "--%s", o->name);
    if (o->arg)
        pv_buf_format(out, " %s", o->arg);
    else if (o->kind == PV_OPT_CHOICE && !short_choices(o))
        pv_buf_puts(out, " WORD");
    else if (o->kind == PV_OPT_CHOICE)
        for (size_t i = 0; o->choices[i]; i++)
            pv_buf_format(out, "%c%s", i ? '|' : ' ', o->choices[i]);
}

static void preset_note(pv_buf *out, const pv_opt *o)
{
    char number[PV_NUMBER_MAX];
    size_t n = 0;

    if (o->kind == PV_OPT_CHOICE)
        pv_buf_format(out, " (default %s)", o->choices[o->preset]);
    if (o->preset == 0 || (o->kind != PV_OPT_INT && o->kind != PV_OPT_DECIMAL))
        return;
    n = o->kind == PV_OPT_INT ? pv_write_i64(number, o->preset)
                              : pv_write_decimal(number, o->preset, 3);
    pv_buf_format(out, " (default %.*s)", (int)n, number);
}

void pv_option_help(pv_buf *out, const pv_opt *o)
{
    pv_buf_puts(out, o->help);
    if (o->kind == PV_OPT_CHOICE && !short_choices(o) && !says_choices(o)) {
        pv_buf_puts(out, ": ");
        for (size_t i = 0; o->choices[i]; i++)
            pv_buf_format(out, "%s%s", i ? ", " : "", o->choices[i]);
    }
    if (strstr(o->help, "(default") == NULL)
        preset_note(out, o);
    if (o->kind == PV_OPT_LIST && strstr(o->help, "repeat") == NULL)
        pv_buf_puts(out, " (repeatable)");
}

/* Text for troff: no character may begin a request or an escape. */
static void escape(pv_buf *out, pv_str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '\\')
            pv_buf_puts(out, "\\e");
        else if (s.p[i] == '-')
            pv_buf_puts(out, "\\-");
        else if ((s.p[i] == '.' || s.p[i] == '\'') &&
                 (i == 0 || s.p[i - 1] == '\n'))
            pv_buf_format(out, "\\&%c", s.p[i]);
        else
            pv_buf_char(out, s.p[i]);
    }
}

static void text(pv_buf *out, const char *s)
{
    escape(out, pv_str_of(s));
    pv_buf_char(out, '\n');
}

static void entry(pv_buf *out, pv_str left, pv_str right)
{
    pv_buf_puts(out, ".TP\n.B ");
    escape(out, left);
    pv_buf_char(out, '\n');
    escape(out, right);
    pv_buf_char(out, '\n');
}

static void option_entries(pv_buf *out, const pv_optset *set)
{
    pv_buf left = {0}, right = {0};

    for (size_t i = 0; i < set->len; i++) {
        const pv_optref *row = &set->at[i];

        if (pv_optset_find(set, pv_str_of(row->opt->name)) != row)
            continue;
        pv_buf_clear(&left);
        pv_buf_clear(&right);
        pv_option_usage(&left, row,
                        row->opt->letter &&
                            pv_optset_letter(set, row->opt->letter) == row);
        pv_option_help(&right, row->opt);
        entry(out, pv_buf_text(&left), pv_buf_text(&right));
    }
    out->failed |= left.failed || right.failed;
    pv_buf_done(&left);
    pv_buf_done(&right);
}

static void command_section(pv_cli *cli, const pv_command *c, pv_buf *out)
{
    pv_optset set;

    pv_buf_puts(out, ".SS profviz ");
    escape(out, pv_str_of(c->name));
    if (*c->synopsis)
        pv_buf_puts(out, " [options] ");
    escape(out, pv_str_of(c->synopsis));
    pv_buf_char(out, '\n');
    text(out, c->summary);
    pv_optset_init(&set, cli->arena);
    pv_command_options(c, &set);
    option_entries(out, &set);
}

static const char *const intro =
    "profviz reads the files that Python profilers write and makes flame "
    "graphs, tables and pages of them. It runs nothing that is in a file and "
    "needs no Python.\n"
    "IN is a path, or - for standard input, which is also read when there is "
    "no IN and standard input is no terminal. Gzip is undone, and the kind "
    "of file is found from its content. Several inputs are merged, but kept "
    "apart by `info`. Commands may be shortened as long as they stay unique.";

static const char *const output_rules =
    "The kind of output comes from --format, else from the extension of the "
    "output, else it is the command's own: text goes to standard output; a "
    "picture too, unless that is a terminal: then it is written to a file in "
    "the working directory, whose name is shown. Output files appear whole "
    "or not at all.";

static const struct {
    const char *left, *right;
} statuses[] = {
    {"0", "done"},
    {"1", "the answer is no"},
    {"2", "wrong usage"},
    {"3", "the input is not usable"},
    {"4", "the system refused: a missing or unreadable file, disk, memory, a "
          "closed pipe"},
    {"70", "a bug of profviz"},
};

static const struct {
    const char *left, *right;
} variables[] = {
    {"NO_COLOR", "when set and not empty, no colours in text"},
    {"CLICOLOR_FORCE, FORCE_COLOR",
     "when set and not 0, colours even where the output is no terminal"},
    {"COLUMNS", "the width of a terminal that does not tell"},
    {"TERM", "no colours on a dumb terminal"},
    {"LC_ALL, LC_CTYPE, LANG", "plain ASCII text unless the locale is UTF-8"},
    {"SOURCE_DATE_EPOCH", "the time that --stamp notes"},
};

static void head(pv_buf *out)
{
    pv_buf_format(out, ".TH PROFVIZ 1 \"\" \"profviz %s\" \"User Commands\"\n",
                  pv_version());
    pv_buf_puts(out, ".SH NAME\nprofviz \\- flame graphs, tables and pages "
                     "from Python profile files\n"
                     ".SH SYNOPSIS\n.B profviz\n.I COMMAND\n[options] "
                     "[\\fIIN\\fR...]\n.SH DESCRIPTION\n");
    text(out, intro);
    pv_buf_puts(out, ".PP\n");
    text(out, output_rules);
}

static void tail(pv_buf *out)
{
    pv_buf_puts(out, ".SH EXIT STATUS\n");
    for (size_t i = 0; i < sizeof statuses / sizeof statuses[0]; i++)
        entry(out, pv_str_of(statuses[i].left), pv_str_of(statuses[i].right));
    pv_buf_puts(out, ".SH ENVIRONMENT\n");
    for (size_t i = 0; i < sizeof variables / sizeof variables[0]; i++)
        entry(out, pv_str_of(variables[i].left), pv_str_of(variables[i].right));
    pv_buf_puts(out, ".SH EXAMPLES\n.nf\n"
                     "profviz flame prof.txt \\-o flame.svg\n"
                     "py\\-spy record \\-f raw \\-o \\- \\-\\- python app.py | "
                     "profviz flame > app.svg\n"
                     "profviz top prof.txt \\-\\-format csv\n.fi\n");
}

void pv_manual(pv_cli *cli, pv_buf *out)
{
    pv_command c;

    head(out);
    pv_buf_puts(out, ".SH COMMANDS\n");
    for (size_t i = 0; pv_command_at(i, &c); i++)
        command_section(cli, &c, out);
    tail(out);
}
