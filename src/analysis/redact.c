/* SPDX-License-Identifier: MIT */
/* Names into signs, by HMAC-SHA-256. */
#include "redact.h"

#include "digest.h"
#include "origin.h"
#include "outline.h"
#include "profviz/builder.h"

enum { SIGN = 12 }; /* hex digits: 48 bits, no two names of a profile meet */

static const struct {
    const char *name;
    unsigned bit;
} parts[] = {
    {"paths", PV_REDACT_PATHS},
    {"names", PV_REDACT_NAMES},
    {"source", PV_REDACT_SOURCE},
};
enum { PARTS = sizeof parts / sizeof *parts };

static unsigned find_part(pv_str word)
{
    for (size_t i = 0; i < PARTS; i++)
        if (pv_str_equal(word, pv_str_of(parts[i].name)))
            return parts[i].bit;
    return 0;
}

bool pv_redact_parse(pv_str text, unsigned *what, pv_error *err)
{
    *what = 0;
    while (text.n) {
        size_t comma = pv_str_find(text, ',');
        pv_str word = pv_str_slice(text, 0, comma);
        unsigned bit = find_part(word);

        if (!bit)
            return pv_fail(err, PV_E_USAGE, NULL,
                           "--redact takes paths, names and source, with "
                           "commas between them, not '%s'",
                           PV_QUOTE(word));
        *what |= bit;
        if (comma == SIZE_MAX)
            break;
        text = pv_str_slice(text, comma + 1, text.n);
    }
    return true;
}

/* ---- signs ---- */

/* `kind` keeps a path and a name that are spelled alike apart. */
static pv_str sign(const pv_redaction *r, char kind, pv_str text, pv_arena *a)
{
    uint8_t digest[PV_DIGEST];
    char hex[PV_DIGEST_HEX];
    pv_str tagged = pv_arena_join(a, (pv_str){&kind, 1}, text);

    pv_digest_keyed(r->key, tagged, digest);
    pv_digest_hex(digest, hex);
    return pv_arena_join(a, (pv_str){&kind, 1}, (pv_str){hex, SIGN});
}

pv_str pv_redact_path(const pv_redaction *r, pv_str path, pv_arena *a)
{
    return r->what & PV_REDACT_PATHS ? sign(r, 'p', path, a) : path;
}

typedef struct redacting {
    const pv_redaction *r;
    const pv_profile *p;
    pv_builder *b;
    const pv_whence *whence;
    pv_fn *functions;
    pv_arena a;
} redacting;

static pv_str text_of(const redacting *g, pv_sym s)
{
    return pv_profile_text(g->p, s);
}

static bool hides(const redacting *g, unsigned what)
{
    return g->r->what & what;
}

static pv_sym plain(redacting *g, pv_sym s)
{
    return pv_build_name(g->b, text_of(g, s));
}

/* Where a file lies says whose it is; that much stays. */
static const char *directory_of(pv_origin o)
{
    switch (o) {
    case PV_SITE: return "site-packages/";
    case PV_STD: return "lib/python3/";
    case PV_OWN:
    case PV_BUILTIN:
    case PV_NATIVE:
    case PV_RUNTIME:
    case PV_UNKNOWN: break;
    }
    return "";
}

static bool has_suffix(pv_str text, const char *suffix)
{
    return pv_str_ends(text, pv_str_of(suffix));
}

static pv_sym redact_file(redacting *g, pv_sym file, pv_origin origin)
{
    pv_str text = text_of(g, file), to;

    if (!text.n || !hides(g, PV_REDACT_PATHS))
        return plain(g, file);
    if (origin == PV_BUILTIN && pv_str_equal(text, PV_STR("~")))
        return plain(g, file);
    to = pv_arena_join(&g->a, pv_str_of(directory_of(origin)),
                       sign(g->r, 'p', text, &g->a));
    if (origin == PV_NATIVE)
        to = pv_arena_join(&g->a, to, PV_STR(".so"));
    else if (has_suffix(text, ".py") || origin == PV_SITE || origin == PV_STD)
        to = pv_arena_join(&g->a, to, PV_STR(".py"));
    return pv_build_name(g->b, to);
}

static pv_sym redact_name(redacting *g, pv_sym name, pv_origin origin)
{
    pv_str text = text_of(g, name), to;

    if (!text.n || !hides(g, PV_REDACT_NAMES))
        return plain(g, name);
    to = sign(g->r, 'n', text, &g->a);
    if (origin == PV_BUILTIN)
        to = pv_arena_join(&g->a, PV_STR("<built-in "),
                           pv_arena_join(&g->a, to, PV_STR(">")));
    return pv_build_name(g->b, to);
}

/* "module.name" keeps its parts apart, so that the name is known again. */
static pv_sym redact_label(redacting *g, pv_sym label)
{
    pv_str text = text_of(g, label), last = pv_last_name(text);
    pv_str to;

    if (!hides(g, PV_REDACT_NAMES) || last.n == text.n || !last.n)
        return redact_name(g, label, PV_OWN);
    to = sign(g->r, 'n', pv_str_slice(text, 0, text.n - last.n - 1), &g->a);
    to = pv_arena_join(&g->a, to, PV_STR("."));
    to = pv_arena_join(&g->a, to, sign(g->r, 'n', last, &g->a));
    return pv_build_name(g->b, to);
}

static bool is_mark(const pv_function *f)
{
    return f->kind == PV_FN_MARK;
}

/* Names that hold paths, as threads and processes may. */
static pv_sym name_of(redacting *g, const pv_function *f, pv_origin origin)
{
    bool tells = f->kind == PV_FN_LINE || f->kind == PV_FN_PROCESS ||
                 f->kind == PV_FN_THREAD;

    if (is_mark(f))
        return plain(g, f->name);
    if (tells && hides(g, PV_REDACT_PATHS) && text_of(g, f->name).n)
        return pv_build_name(g->b, sign(g->r, 'n', text_of(g, f->name), &g->a));
    return redact_name(g, f->name, origin);
}

static bool put_functions(redacting *g)
{
    const pv_profile *p = g->p;
    uint32_t width = p->metrics.len;

    g->functions = PV_NEW_N(&g->a, pv_fn, p->functions.len + 1);
    if (!g->functions)
        return false;
    for (uint32_t i = 1; i < p->functions.len; i++) {
        const pv_function *f = &p->functions.at[i];
        pv_origin origin = (pv_origin)g->whence[i].origin;

        g->functions[i] = pv_build_function(g->b, name_of(g, f, origin),
                                            redact_file(g, f->file, origin),
                                            f->line, (pv_fn_kind)f->kind);
    }
    for (uint32_t i = 0; p->functions.cost && i < p->functions.len; i++)
        for (uint32_t m = 0; m < width; m++)
            pv_cost_function(g->b, g->functions[i], m,
                             p->functions.cost[(size_t)i * width + m]);
    return !g->a.failed;
}

static void put_metrics(redacting *g)
{
    const pv_profile *p = g->p;

    for (uint32_t i = 0; i < p->metrics.len; i++) {
        const pv_metric *m = &p->metrics.at[i];
        uint32_t at =
            pv_build_metric(g->b, text_of(g, m->name), m->unit, m->inclusive);

        pv_builder_exponent(g->b, at, m->exponent);
    }
    if (p->metrics.len)
        pv_builder_main_metric(g->b, p->metrics.main);
}

static bool put_frames(redacting *g)
{
    const pv_profile *p = g->p;
    pv_node *nodes = PV_NEW_N(&g->a, pv_node, p->frames.len + 1);

    if (!nodes)
        return false;
    for (uint32_t i = 0; i < p->frames.len; i++) {
        const pv_frame *f = &p->frames.at[i];

        /* the spelling of the input is a name, too: it goes */
        if (i > 0)
            nodes[i] =
                pv_build_frame_new(g->b, nodes[f->parent.i],
                                   g->functions[f->fn.i], f->line, (pv_sym){0});
        for (uint32_t m = 0; p->frames.cost && m < p->metrics.len; m++)
            pv_cost_frame(g->b, nodes[i], m,
                          p->frames.cost[(size_t)i * p->metrics.len + m]);
        if (p->bounds)
            pv_builder_certainty(g->b, nodes[i], (pv_certainty)f->certainty,
                                 p->bounds[i].low, p->bounds[i].high);
    }
    return true;
}

static void put_calls(redacting *g)
{
    const pv_profile *p = g->p;

    for (uint32_t i = 0; i < p->calls.len; i++) {
        uint32_t row =
            pv_build_call(g->b, g->functions[p->calls.at[i].caller.i],
                          g->functions[p->calls.at[i].callee.i]);

        for (uint32_t m = 0; p->calls.cost && m < p->metrics.len; m++)
            pv_cost_call_row(g->b, row, m,
                             p->calls.cost[(size_t)i * p->metrics.len + m]);
    }
}

/* A line's file has its function's origin, which its sign must say too. */
static pv_sym file_of_line(redacting *g, const pv_line *l)
{
    pv_origin origin = (pv_origin)g->whence[l->fn.i].origin;

    return redact_file(g, l->file, l->fn.i ? origin : PV_OWN);
}

static void put_lines(redacting *g)
{
    const pv_profile *p = g->p;

    for (uint32_t i = 0; i < p->lines.len; i++) {
        const pv_line *l = &p->lines.at[i];
        uint32_t row = pv_build_line(g->b, g->functions[l->fn.i],
                                     file_of_line(g, l), l->line, l->call);

        if (l->source.i && !hides(g, PV_REDACT_SOURCE | PV_REDACT_NAMES))
            pv_line_source(g->b, row, plain(g, l->source));
        for (uint32_t m = 0; p->lines.cost && m < p->metrics.len; m++)
            pv_cost_line(g->b, row, m,
                         p->lines.cost[(size_t)i * p->metrics.len + m]);
    }
}

static void put_series(redacting *g)
{
    const pv_profile *p = g->p;

    for (uint32_t i = 0; i < p->series.len; i++) {
        const pv_series *s = &p->series.at[i];
        pv_str name = text_of(g, s->name);
        uint32_t at;

        if (s->pid >= 0 && name.n && hides(g, PV_REDACT_NAMES))
            name = sign(g->r, 'n', name, &g->a);
        at = pv_build_series(g->b, name, s->unit, s->pid, s->run);
        for (uint32_t k = 0; k < s->len; k++)
            pv_build_point(g->b, at, s->at[k].t, s->at[k].value);
    }
    for (uint32_t i = 0; i < p->marks.len; i++) {
        pv_mark m = p->marks.at[i];

        m.label = redact_label(g, m.label);
        pv_build_mark(g->b, m);
    }
}

/* Commands and hosts are names; what is measured and how is not. */
static void put_notes(redacting *g)
{
    static const char *const kept[] = {"mode", "interval", "callers", NULL};

    for (uint32_t i = 0; i < g->p->notes.len; i++)
        for (size_t k = 0; kept[k]; k++)
            if (pv_str_equal(text_of(g, g->p->notes.at[i].key),
                             pv_str_of(kept[k])))
                pv_build_note(g->b, text_of(g, g->p->notes.at[i].key),
                              text_of(g, g->p->notes.at[i].value));
}

static bool copy(redacting *g)
{
    const pv_profile *p = g->p;

    pv_builder_producer(g->b, text_of(g, p->producer));
    pv_builder_has(g->b, p->has);
    pv_builder_flags(g->b, p->flags);
    pv_builder_counts(g->b, p->stacks, p->records);
    put_metrics(g);
    if (!put_functions(g) || !put_frames(g))
        return false;
    put_calls(g);
    put_lines(g);
    put_series(g);
    put_notes(g);
    return !g->a.failed;
}

pv_profile *pv_redact(const pv_profile *p, const pv_redaction *r, pv_error *err)
{
    redacting g = {.r = r, .p = p, .b = pv_builder_new(p->format, 0)};
    pv_profile *made = NULL;

    pv_arena_init(&g.a, 0);
    if (!g.b)
        pv_fail_nomem(err);
    else
        g.whence = pv_origins(p, NULL, &g.a, err);
    if (g.whence && !copy(&g))
        pv_fail_nomem(err);
    else if (g.whence)
        made = pv_builder_finish(g.b, err);
    pv_builder_free(g.b);
    pv_arena_done(&g.a);
    return made;
}
