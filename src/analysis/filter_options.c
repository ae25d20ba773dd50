/* SPDX-License-Identifier: MIT */
/* The options of filters, for every command that has them. */
#include "filter.h"

#define AT(field) offsetof(pv_filter_options, field)

static const char *const groups[] = {"function", "file",    "line",
                                     "module",   "package", NULL};

const pv_opt pv_filter_opts[] = {
    {.kind = PV_OPT_LIST,
     .letter = 'I',
     .name = "focus",
     .arg = "RE",
     .help = "keep only stacks with a frame that matches",
     .offset = AT(focus)},
    {.kind = PV_OPT_LIST,
     .letter = 'X',
     .name = "ignore",
     .arg = "RE",
     .help = "drop stacks with a frame that matches",
     .offset = AT(ignore)},
    {.kind = PV_OPT_LIST,
     .name = "hide",
     .arg = "RE",
     .help = "take matching frames out of their stacks",
     .offset = AT(hide)},
    {.kind = PV_OPT_LIST,
     .name = "show",
     .arg = "RE",
     .help = "keep only matching frames in the stacks",
     .offset = AT(show)},
    {.kind = PV_OPT_TEXT,
     .name = "base",
     .aliases = "root",
     .arg = "NAME",
     .help = "begin all stacks at this function, drop those without it",
     .offset = AT(base)},
    {.kind = PV_OPT_INT,
     .name = "depth",
     .arg = "N",
     .help = "cut stacks to N frames from the root; 0 = all",
     .offset = AT(depth),
     .min = 0,
     .max = UINT32_MAX - 1},
    {.kind = PV_OPT_TEXT,
     .name = "window",
     .arg = "A,B",
     .help = "only what happened between two times, in seconds (or counts), "
             "of a profile in the order of time",
     .offset = AT(window)},
    {.kind = PV_OPT_FLAG,
     .name = "only-mine",
     .help = "hide what is not your own code",
     .offset = AT(only_mine)},
    {.kind = PV_OPT_FLAG,
     .name = "fold-recursion",
     .help = "show functions that call themselves, also through up to three "
             "others, once",
     .offset = AT(fold_recursion)},
    {.kind = PV_OPT_LIST,
     .name = "collapse",
     .arg = "RE",
     .help = "make runs of matching frames one; also origin:std and the like",
     .offset = AT(collapse)},
    {0},
};

const pv_opt pv_thread_opts[] = {
    {.kind = PV_OPT_FLAG,
     .name = "threads",
     .aliases = "split-threads",
     .help = "keep threads apart",
     .offset = AT(threads)},
    {0},
};

const pv_opt pv_grouping_opts[] = {
    {.kind = PV_OPT_CHOICE,
     .name = "by",
     .arg = "WHAT",
     .help = "group by function, file, line, module or package",
     .offset = AT(by),
     .choices = groups},
    {.kind = PV_OPT_LIST,
     .name = "own",
     .arg = "PREFIX",
     .help = "your own code is what lies below this path",
     .offset = AT(own)},
    {.kind = PV_OPT_LIST,
     .name = "origin",
     .arg = "RE=WHAT",
     .help = "what matches is own, site, std, builtin, native, runtime or "
             "unknown",
     .offset = AT(origin)},
    {0},
};
