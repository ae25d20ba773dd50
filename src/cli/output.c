/* SPDX-License-Identifier: MIT */
/* The rules of -o and -f. */
#include "output.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* The first name of a medium is also the extension of files made up here. */
static const struct {
    pv_medium medium;
    const char *name;
    bool binary, other; /* not for terminals; not its first name */
} media[] = {
    {PV_M_SVG, "svg", false, false},
    {PV_M_SVGZ, "svgz", true, false},
    {PV_M_HTML, "html", false, false},
    {PV_M_HTML, "htm", false, true},
    {PV_M_PNG, "png", true, false},
    {PV_M_PDF, "pdf", true, false},
    {PV_M_TXT, "txt", false, false},
    {PV_M_MD, "md", false, false},
    {PV_M_CSV, "csv", false, false},
    {PV_M_JSON, "json", false, false},
    {PV_M_FOLDED, "folded", false, false},
    {PV_M_FOLDED, "collapsed", false, true},
    {PV_M_JUNIT, "junit", false, false},
    {PV_M_JUNIT, "xml", false, true},
    {PV_M_GITHUB, "github", false, false},
    {PV_M_BENCHMARK, "benchmark", false, false},
    {PV_M_PLAIN, "plain", false, true}, /* for tests: never listed */
};
enum { MEDIA = sizeof media / sizeof media[0] };

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool same_word(pv_str a, const char *b)
{
    if (a.n != strlen(b))
        return false;
    for (size_t i = 0; i < a.n; i++)
        if (lower(a.p[i]) != b[i])
            return false;
    return true;
}

static int find_medium(pv_str name)
{
    for (int i = 0; i < MEDIA; i++)
        if (same_word(name, media[i].name))
            return i;
    return -1;
}

static int first_name(pv_medium m)
{
    for (int i = 0; i < MEDIA; i++)
        if (media[i].medium == m)
            return i;
    return 0;
}

size_t pv_media_list(unsigned wanted, char *list, size_t room)
{
    size_t n = 0;

    list[0] = '\0';
    for (int i = 0; i < MEDIA; i++)
        if ((wanted & media[i].medium) && !media[i].other && n + 10 < room)
            n += (size_t)snprintf(list + n, room - n, "%s%s", n ? ", " : "",
                                  media[i].name);
    return n;
}

unsigned pv_output_writable(const pv_renderer *r)
{
    return r->media;
}

static bool fail_unknown(const pv_renderer *r, const char *what, pv_str name,
                         pv_error *err)
{
    char list[120];

    pv_media_list(pv_output_writable(r), list, sizeof list);
    return pv_fail(err, PV_E_USAGE, NULL,
                   "unknown %s '%s'; `profviz %s` writes %s", what,
                   PV_QUOTE(name), r->name, list);
}

static bool accept_medium(pv_output *out, int i, const pv_renderer *r,
                          pv_error *err)
{
    char list[120];

    out->medium = media[i].medium;
    if (pv_output_writable(r) & media[i].medium)
        return true;
    pv_media_list(pv_output_writable(r), list, sizeof list);
    return pv_fail(err, PV_E_USAGE, NULL,
                   "`profviz %s` does not write %s; it writes %s", r->name,
                   media[i].name, list);
}

static pv_str base_name(pv_str path)
{
    size_t slash = pv_str_rfind(path, '/');

    return slash == SIZE_MAX ? path : pv_str_slice(path, slash + 1, path.n);
}

/* What stands behind the last dot; empty for none and for ".name". */
static pv_str extension(pv_str path)
{
    pv_str base = base_name(path);
    size_t dot = pv_str_rfind(base, '.');

    if (dot == SIZE_MAX || dot == 0)
        return PV_STR("");
    return pv_str_slice(base, dot + 1, base.n);
}

static pv_str without_extension(pv_str base)
{
    pv_str ext = extension(base);

    return ext.n || pv_str_ends(base, PV_STR("."))
               ? pv_str_slice(base, 0, base.n - ext.n - 1)
               : base;
}

pv_str pv_output_stem(pv_str path)
{
    pv_str base = base_name(path);

    if (pv_str_equal(path, PV_STR("-")) || base.n == 0)
        return PV_STR("profviz");
    if (pv_str_ends(base, PV_STR(".gz")) && base.n > 3)
        base.n -= 3;
    base = without_extension(base);
    return base.n ? base : PV_STR("profviz");
}

/* Whose kind is asked for neither by -f nor by an extension. */
static bool choose_preset(pv_output *out, const pv_renderer *r, pv_error *err)
{
    char list[120];

    out->medium = r->preset;
    if (r->preset)
        return true;
    pv_media_list(pv_output_writable(r), list, sizeof list);
    return pv_fail(err, PV_E_USAGE, NULL,
                   "`profviz %s` wants to know what to write: -o FILE with an "
                   "extension, or --format NAME, one of %s",
                   r->name, list);
}

/* Does a path mean a directory: it ends in '/', or one is there. */
static bool output_is_folder(const char *path)
{
    size_t n = strlen(path);
    struct stat st;

    return (n > 0 && path[n - 1] == '/') ||
           (stat(path, &st) == 0 && S_ISDIR(st.st_mode));
}

/* A folder holds pages, whatever its name looks like. */
static bool choose_folder(pv_output *out, const pv_renderer *r,
                          const pv_shared *o, pv_error *err)
{
    int i =
        o->format_given ? find_medium(o->format) : find_medium(PV_STR("html"));

    if (i < 0)
        return fail_unknown(r, "format", o->format, err);
    out->medium = media[i].medium;
    if (out->medium != PV_M_HTML)
        return pv_fail(err, PV_E_USAGE, NULL,
                       "'%s' is a directory; only html is written into one",
                       PV_QUOTE(pv_str_of(out->path)));
    return true;
}

static bool choose_medium(pv_output *out, const pv_renderer *r,
                          const pv_shared *o, pv_error *err)
{
    pv_str ext = out->path ? extension(pv_str_of(out->path)) : PV_STR("");
    int i;

    out->folder = r->folder && out->path && output_is_folder(out->path);
    if (out->folder)
        return choose_folder(out, r, o, err);
    if (o->format_given) {
        i = find_medium(o->format);
        return i >= 0 ? accept_medium(out, i, r, err)
                      : fail_unknown(r, "format", o->format, err);
    }
    if (ext.n) {
        i = find_medium(ext);
        return i >= 0 ? accept_medium(out, i, r, err)
                      : fail_unknown(r, "extension", ext, err);
    }
    return choose_preset(out, r, err);
}

static bool is_text(pv_medium m)
{
    return m & (PV_M_TXT | PV_M_MD | PV_M_CSV | PV_M_JSON | PV_M_PLAIN |
                PV_M_FOLDED | PV_M_JUNIT | PV_M_GITHUB | PV_M_BENCHMARK);
}

/* "<stem>.flame.svg" in the working directory. */
static const char *make_name(pv_medium m, const pv_renderer *r, pv_str first,
                             pv_arena *a)
{
    pv_str stem = pv_output_stem(first);
    size_t room = stem.n + strlen(r->name) + 16;
    char *name = PV_NEW_N(a, char, room);

    if (name)
        snprintf(name, room, "%.*s.%s.%s", (int)stem.n, stem.p, r->name,
                 media[first_name(m)].name);
    return name;
}

bool pv_output_choose(pv_output *out, const pv_renderer *r, const pv_shared *o,
                      pv_str first, pv_arena *a, pv_error *err)
{
    bool tty = isatty(STDOUT_FILENO);

    *out = (pv_output){0};
    if (o->output_given && o->output.n == 0)
        return pv_fail(err, PV_E_USAGE, NULL,
                       "-o wants a path, or - for "
                       "standard output");
    if (o->output_given && !pv_str_equal(o->output, PV_STR("-")))
        out->path = o->output.p; /* from argv, so it ends in NUL */
    if (!choose_medium(out, r, o, err))
        return false;
    if (out->path || !tty)
        return true;
    if (!o->output_given && !is_text(out->medium)) {
        out->path = make_name(out->medium, r, first, a);
        out->named = true;
        return out->path || pv_fail_nomem(err);
    }
    if (media[first_name(out->medium)].binary)
        return pv_fail(err, PV_E_USAGE, NULL,
                       "%s is binary and standard output is a terminal; "
                       "name a file with -o",
                       media[first_name(out->medium)].name);
    return true;
}

pv_sink *pv_output_open(const pv_output *out, pv_error *err)
{
    pv_sink *s =
        out->path ? pv_sink_file(out->path, err)
                  : pv_sink_fd(STDOUT_FILENO, PV_STR("standard output"), err);

    return s && out->medium == PV_M_SVGZ ? pv_sink_deflate(s, 9, err) : s;
}
