/* SPDX-License-Identifier: MIT */
/* What is read and by which commands; what each command writes. */
#include "formats_command.h"

#include "buf.h"
#include "help.h"
#include "output.h"
#include "profviz/format.h"
#include "terminal.h"
#include "wrap.h"

static size_t longest(size_t a, const char *text)
{
    size_t n = strlen(text) + 2;

    return n > a ? n : a;
}

static void commands_for(pv_buf *out, const pv_format *f)
{
    bool any = false;

    for (size_t i = 0; pv_renderers[i]; i++) {
        if (pv_renderers[i]->needs && !(pv_renderers[i]->needs & f->provides))
            continue;
        pv_buf_format(out, "%s%s", any ? ", " : "", pv_renderers[i]->name);
        any = true;
    }
}

static void extensions_of(pv_buf *out, const pv_format *f)
{
    for (size_t i = 0; f->extensions && f->extensions[i]; i++)
        pv_buf_format(out, "%s%s%s", i ? " " : "",
                      f->extensions[i][0] == '.' ? "" : ".", f->extensions[i]);
}

/* "folded stacks (a;b;c 12); for flame, top; often .folded" */
static void describe(pv_buf *out, const pv_format *f)
{
    pv_buf_format(out, "%s; for ", f->title);
    commands_for(out, f);
    if (f->extensions && f->extensions[0]) {
        pv_buf_puts(out, "; often ");
        extensions_of(out, f);
    }
}

static void read_table(pv_buf *out, size_t columns)
{
    size_t width = 8;
    pv_buf line = {0};

    for (size_t i = 0; pv_formats[i]; i++)
        width = longest(width, pv_formats[i]->name);
    pv_wrap(out,
            PV_STR("Read (found by content; --input-format NAME overrides)"), 0,
            0, columns);
    pv_buf_char(out, '\n');
    for (size_t i = 0; pv_formats[i]; i++) {
        pv_buf_clear(&line);
        describe(&line, pv_formats[i]);
        pv_wrap_term(out, pv_str_of(pv_formats[i]->name), pv_buf_text(&line),
                     width + 2, columns);
    }
    out->failed |= line.failed;
    pv_buf_done(&line);
}

static void written_table(pv_buf *out, size_t columns)
{
    char list[120];
    size_t width = 8;

    for (size_t i = 0; pv_renderers[i]; i++)
        width = longest(width, pv_renderers[i]->name);
    pv_buf_char(out, '\n');
    pv_wrap(out, PV_STR("Written (-f NAME, or the extension of -o FILE)"), 0, 0,
            columns);
    pv_buf_char(out, '\n');
    for (size_t i = 0; pv_renderers[i]; i++) {
        pv_media_list(pv_output_writable(pv_renderers[i]), list, sizeof list);
        pv_wrap_term(out, pv_str_of(pv_renderers[i]->name), pv_str_of(list),
                     width + 2, columns);
    }
    pv_buf_char(out, '\n');
    pv_wrap(out, PV_STR("Any input may be gzipped."), 0, 0, columns);
}

int pv_formats_command(pv_cli *cli, const pv_command *self, int argc,
                       char **argv)
{
    pv_buf out = {0};
    int status;

    if (argc > 1 && (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h")))
        return pv_help_show(cli, self);
    if (argc > 1 && argv[1][0] == '-' && argv[1][1])
        return pv_command_no_option(cli, self, pv_str_of(argv[1]));
    if (argc > 1)
        return pv_cli_usage(cli, "`profviz formats` takes no argument");
    read_table(&out, pv_terminal_prose());
    written_table(&out, pv_terminal_prose());
    status = pv_print(cli, &out);
    pv_buf_done(&out);
    return status;
}
