/* SPDX-License-Identifier: MIT */
/* Loading, warnings, and the hint for inputs of the wrong kind. */
#include "load.h"

#include <stdio.h>
#include <string.h>

#include "recode.h"

enum { WARNINGS_MAX = 100 }; /* kept and shown for one input */

/* Where the warnings of one input go. */
typedef struct listener {
    pv_cli *cli;
    pv_str path;
    pv_str *texts;
    size_t len;
    uint64_t unsaid;
} listener;

static pv_str keep(pv_cli *cli, const pv_place *at, pv_str text)
{
    char line[400];
    int len = (int)(text.n < 360 ? text.n : 360), n;

    if (at && at->line)
        n = snprintf(line, sizeof line, "line %u: %.*s", at->line, len, text.p);
    else if (at && at->has_offset)
        n = snprintf(line, sizeof line, "at 0x%llx: %.*s",
                     (unsigned long long)at->offset, len, text.p);
    else
        n = snprintf(line, sizeof line, "%.*s", len, text.p);
    return pv_arena_copy(cli->arena, (pv_str){line, n > 0 ? (size_t)n : 0});
}

/* The error's form suits warnings too. */
static void show(pv_cli *cli, pv_place at, pv_str text)
{
    pv_error as_error = {.code = PV_E_FORMAT, .at = at};
    char line[700];
    size_t n;

    snprintf(as_error.text, sizeof as_error.text, "%.*s", (int)text.n, text.p);
    n = pv_error_format(&as_error, line, sizeof line);
    pv_cli_warn(cli, (pv_str){line, n < sizeof line ? n : sizeof line - 1});
}

static void hear(void *ctx, const pv_place *at, pv_str text)
{
    listener *l = ctx;

    if (l->len == WARNINGS_MAX) {
        l->unsaid++;
        return;
    }
    show(l->cli, at ? *at : (pv_place){.file = l->path}, text);
    l->texts[l->len++] = keep(l->cli, at, text);
}

static void say_unsaid(const listener *l)
{
    char line[100];
    int n = snprintf(line, sizeof line, "%llu more warnings",
                     (unsigned long long)l->unsaid);

    if (l->unsaid && n > 0)
        pv_cli_warn(l->cli, (pv_str){line, (size_t)n});
}

static void note_kind(pv_cli *cli, pv_str path, const pv_profile *p)
{
    pv_str producer = pv_profile_text(p, p->producer);

    pv_cli_note(cli, "%s: read as %s%s%s, %lld records, %lld stacks",
                PV_QUOTE(path), p->format, producer.n ? " of " : "",
                PV_QUOTE(producer), (long long)p->records,
                (long long)p->stacks);
}

/* Filters of traces are for what has traces. */
static bool has_traces(const pv_profile *p, pv_str path, pv_error *err)
{
    return strcmp(p->format, "tracemalloc") == 0 ||
           pv_fail(err, PV_E_USAGE, NULL,
                   "--traces is for tracemalloc snapshots; %s was read as %s",
                   PV_QUOTE(path), p->format);
}

static bool load_one(pv_cli *cli, const char *path,
                     const pv_read_options *shared, pv_loaded *out,
                     pv_error *err)
{
    size_t i = out->len;
    pv_read_options options = *shared;
    listener ear = {.cli = cli, .path = out->paths[i]};

    ear.texts = PV_NEW_N(cli->arena, pv_str, WARNINGS_MAX);
    if (!ear.texts)
        return pv_fail_nomem(err);
    options.log = (pv_log){hear, &ear};
    pv_progress_stage(cli->progress, "reading", ear.path);
    out->profiles[i] = pv_load(path, &options, err);
    say_unsaid(&ear);
    if (!out->profiles[i])
        return false;
    out->warnings[i] = (pv_warnings){ear.texts, ear.len};
    out->len++;
    note_kind(cli, ear.path, out->profiles[i]);
    return options.traces_len == 0 ||
           has_traces(out->profiles[i], ear.path, err);
}

bool pv_load_all(pv_cli *cli, char **paths, size_t len, pv_read_options options,
                 pv_loaded *out, pv_error *err)
{
    *out = (pv_loaded){.profiles = PV_NEW_N(cli->arena, pv_profile *, len),
                       .paths = PV_NEW_N(cli->arena, pv_str, len),
                       .warnings = PV_NEW_N(cli->arena, pv_warnings, len)};
    if (cli->arena->failed)
        return pv_fail_nomem(err);
    for (size_t i = 0; i < len; i++) {
        out->paths[i] = pv_str_of(paths[i]);
        if (!load_one(cli, paths[i], &options, out, err)) {
            pv_loaded_done(out);
            return false;
        }
    }
    return true;
}

void pv_loaded_done(pv_loaded *l)
{
    for (size_t i = 0; i < l->len; i++)
        pv_profile_free(l->profiles[i]);
    l->len = 0;
}

bool pv_loaded_recode(pv_cli *cli, pv_loaded *l, pv_str encoding, pv_error *err)
{
    for (size_t i = 0; encoding.n && i < l->len; i++) {
        pv_profile *p = l->profiles[i];

        if (strcmp(p->format, "folded") != 0) {
            pv_cli_note(cli, "%s: --encoding is for folded stacks",
                        PV_QUOTE(l->paths[i]));
            continue;
        }
        l->profiles[i] = pv_recode(p, l->paths[i], encoding, err);
        pv_profile_free(p);
        if (!l->profiles[i])
            return false;
    }
    return true;
}

static const struct {
    uint32_t bit;
    const char *words;
} contents[] = {
    {PV_HAS_TREE, "call stacks"},           {PV_HAS_CALLS, "caller tables"},
    {PV_HAS_LINES, "costs of lines"},       {PV_HAS_SERIES, "values over time"},
    {PV_HAS_TOTALS, "totals of functions"},
};
enum { CONTENTS = sizeof contents / sizeof contents[0] };

static const char *words_for(uint32_t needs)
{
    for (size_t i = 0; i < CONTENTS; i++)
        if (needs & contents[i].bit)
            return contents[i].words;
    return "what is needed";
}

static unsigned bits(uint32_t set)
{
    unsigned n = 0;

    for (; set; set &= set - 1)
        n++;
    return n;
}

/* The command that is made for what the profile holds: the one that needs
 * the least else; `top` for plain lists of functions, types or times. */
static const pv_renderer *best_for(const pv_profile *p)
{
    const pv_renderer *best = NULL;

    if (p->has == PV_HAS_TOTALS)
        return pv_renderer_find(PV_STR("top"));
    for (size_t i = 0; pv_renderers[i]; i++) {
        const pv_renderer *r = pv_renderers[i];

        if (r->pairs || !(r->needs & p->has))
            continue;
        if (!best || bits(r->needs) < bits(best->needs))
            best = r;
    }
    return best;
}

static bool misfit(const pv_profile *p, const pv_renderer *r,
                   const pv_place *at, pv_error *err)
{
    const pv_format *f = pv_format_find(pv_str_of(p->format));
    const pv_renderer *other = best_for(p);
    const char *advice = f && r->needs & PV_HAS_TREE ? f->stacks : NULL;

    return pv_fail(
        err, PV_E_FORMAT, at, "%s%s hold no %s; try `profviz %s`%s%s",
        f && f->noun ? f->noun : p->format, f && f->noun ? "" : " files",
        words_for(r->needs), other ? other->name : "info", advice ? "; " : "",
        advice ? advice : "");
}

bool pv_loaded_fit(const pv_loaded *l, const pv_renderer *r, pv_error *err)
{
    for (size_t i = 0; i < l->len; i++) {
        const pv_profile *p = l->profiles[i];
        pv_place at = {.file = l->paths[i]};

        if (!r->needs || p->has & r->needs ||
            (r->also && strcmp(r->also, p->format) == 0))
            continue;
        return misfit(p, r, &at, err);
    }
    return true;
}
