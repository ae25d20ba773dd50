/* SPDX-License-Identifier: MIT */
/* Tables of the shared options, and which command takes which. */
#include "shared.h"

#include "filter.h"

#define AT(field) offsetof(pv_shared, field)

static const pv_opt reading[] = {
    {.kind = PV_OPT_TEXT,
     .name = "input-format",
     .arg = "NAME",
     .help = "what the inputs are, instead of finding out from their content "
             "(see `profviz formats`)",
     .offset = AT(input_format)},
    {.kind = PV_OPT_FLAG,
     .name = "strict",
     .help = "treat warnings (skipped lines, cut tails, sums that do not fit) "
             "as errors",
     .offset = AT(strict)},
    {.kind = PV_OPT_TEXT,
     .name = "limits",
     .arg = "LIST",
     .help = "what an input may cost: input=2G,memory=4G,depth=10000,"
             "ratio=1000 are the presets, 0 is no limit",
     .offset = AT(limits)},
    {.kind = PV_OPT_LIST,
     .name = "traces",
     .arg = "FILTER",
     .help = "tracemalloc: count traces whose last frame fits [!]GLOB[:LINE], "
             "or that are of [!]domain=N; ! leaves them out (repeatable)",
     .offset = AT(traces)},
    {.kind = PV_OPT_FLAG,
     .name = "all-frames",
     .help = "with --traces: any frame may fit, not only the last",
     .offset = AT(all_frames)},
    {.kind = PV_OPT_INT,
     .letter = 'j',
     .name = "jobs",
     .arg = "N",
     .help = "how many threads may work (default: one for each processor)",
     .offset = AT(jobs),
     .min = 1,
     .max = 1024},
    {0},
};

static const pv_opt sides[] = {
    {.kind = PV_OPT_FILES,
     .name = "old",
     .arg = "FILES...",
     .help = "the runs of the old side: all words up to the next option; a "
             "directory stands for the files in it",
     .offset = AT(old)},
    {.kind = PV_OPT_FILES,
     .name = "new",
     .arg = "FILES...",
     .help = "the runs of the new side",
     .offset = AT(new)},
    {0},
};

static const pv_opt choosing[] = {
    {.kind = PV_OPT_TEXT,
     .name = "metric",
     .arg = "NAME",
     .help = "which of the file's measures counts (see `profviz info`)",
     .offset = AT(metric),
     .given = AT(metric_given)},
    {0},
};

static const pv_opt stack_reading[] = {
    {.kind = PV_OPT_FLAG,
     .letter = 's',
     .name = "strip-hex",
     .help = "write addresses in names as 0x..., so that equal functions meet",
     .offset = AT(strip_hex)},
    {0},
};

static const pv_opt writing[] = {
    {.kind = PV_OPT_TEXT,
     .letter = 'o',
     .name = "output",
     .arg = "PATH",
     .help = "write to this file, - for standard output",
     .offset = AT(output),
     .given = AT(output_given)},
    {.kind = PV_OPT_TEXT,
     .letter = 'f',
     .name = "format",
     .arg = "NAME",
     .help = "the kind of output (default: by the extension of the output)",
     .offset = AT(format),
     .given = AT(format_given)},
    {0},
};

static const pv_opt stamping[] = {
    {.kind = PV_OPT_FLAG,
     .name = "stamp",
     .help = "note the command line and the time in the output; "
             "SOURCE_DATE_EPOCH gives the time",
     .offset = AT(stamp)},
    {0},
};

static const pv_opt paging[] = {
    {.kind = PV_OPT_TEXT,
     .name = "template",
     .arg = "FILE",
     .help = "make the page from FILE instead of the program's own template",
     .offset = AT(page),
     .given = AT(page_given)},
    {0},
};

static const char *const when[] = {"auto", "always", "never", NULL};

static const pv_opt terminal[] = {
    {.kind = PV_OPT_CHOICE,
     .name = "color",
     .aliases = "colour",
     .help = "colours in text: where the output is a terminal, or always, "
             "or never",
     .offset = AT(color),
     .choices = when},
    {.kind = PV_OPT_FLAG,
     .name = "unicode",
     .help = "Unicode glyphs in text whatever the locale says",
     .offset = AT(unicode)},
    {0},
};

static const pv_opt text_width[] = {
    {.kind = PV_OPT_INT,
     .name = "width",
     .arg = "COLUMNS",
     .help = "how wide text may be (default: as the terminal; else unbounded)",
     .offset = AT(width),
     .min = 20,
     .max = 10000},
    {0},
};

static const pv_opt talking[] = {
    {.kind = PV_OPT_FLAG,
     .letter = 'q',
     .name = "quiet",
     .help = "no warnings and no progress",
     .offset = AT(quiet)},
    {.kind = PV_OPT_FLAG,
     .letter = 'v',
     .name = "verbose",
     .help = "explain on stderr what was chosen and why",
     .offset = AT(verbose)},
    {0},
};

static const pv_opt general[] = {
    {.kind = PV_OPT_FLAG,
     .letter = 'h',
     .name = "help",
     .help = "show the options of the command",
     .offset = AT(help)},
    {.kind = PV_OPT_FLAG,
     .letter = 'V',
     .name = "version",
     .help = "show the version",
     .offset = AT(version)},
    {0},
};

static void add(pv_optset *set, const char *title, const pv_opt *options,
                pv_shared *o)
{
    pv_opt_group groups[2] = {{.title = title, .options = options}};

    pv_optset_add(set, groups, o);
}

bool pv_renderer_filters(const pv_renderer *r, size_t *at)
{
    for (const pv_opt_group *g = r->options; g && g->options; g++)
        if (g->options == pv_filter_opts) {
            *at = g->offset;
            return true;
        }
    return false;
}

/* Is it for pictures first? */
static bool renderer_draws(const pv_renderer *r)
{
    return r->preset & (PV_M_SVG | PV_M_SVGZ | PV_M_HTML | PV_M_PNG | PV_M_PDF);
}

void pv_shared_add_general(pv_optset *set, pv_shared *o)
{
    add(set, "General", general, o);
}

void pv_shared_add(pv_optset *set, const pv_renderer *r, pv_shared *o)
{
    size_t at;

    add(set, "Output", writing, o);
    if (renderer_draws(r))
        add(set, "Output", stamping, o);
    /* A report is many pages. */
    if ((r->media & PV_M_HTML) && strcmp(r->name, "report") != 0)
        add(set, "Output", paging, o);
    if (r->pairs)
        add(set, "What is read", sides, o);
    add(set, "What is read", reading, o);
    if (pv_renderer_filters(r, &at)) {
        add(set, "What is read", choosing, o);
        if (!r->pairs) /* comparisons pass over addresses anyway */
            add(set, "What is read", stack_reading, o);
    }
    if (r->media & PV_M_TXT) {
        add(set, "Text", terminal, o);
        if (!pv_optset_find(set, PV_STR("width")))
            add(set, "Text", text_width, o);
    }
    add(set, "General", talking, o);
    pv_shared_add_general(set, o);
}
