/* SPDX-License-Identifier: MIT */
/* Addresses of source lines from a pattern. */
#include "link_template.h"

#include "template.h"

static const struct {
    const char *name, *pattern;
} known[] = {
    {"vscode", "vscode://file/{file}:{line}"},
    {"vscodium", "vscodium://file/{file}:{line}"},
    {"cursor", "cursor://file/{file}:{line}"},
    {"zed", "zed://file/{file}:{line}"},
    {"pycharm", "pycharm://open?file={file}&line={line}"},
    {"idea", "idea://open?file={file}&line={line}"},
    {"sublime", "subl://open?url=file:///{file}&line={line}"},
    {"textmate", "txmt://open?url=file:///{file}&line={line}"},
    {"emacs", "emacs://open?url=file:///{file}&line={line}"},
    {"github",
     "https://github.com/{repository}/blob/{revision}/{path}#L{line}"},
    {"gitlab",
     "https://gitlab.com/{repository}/-/blob/{revision}/{path}#L{line}"},
    {"codeberg",
     "https://codeberg.org/{repository}/src/commit/{revision}/{path}#L{line}"},
};
enum { KNOWN = sizeof known / sizeof *known };

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9');
}

/* Unreserved in addresses, and what parts a path. */
static void put_encoded(pv_buf *out, pv_str text)
{
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];

        if (is_letter(c) || (c && strchr("-._~/", c)))
            pv_buf_char(out, c);
        else
            pv_buf_format(out, "%%%02X", (unsigned)(unsigned char)c);
    }
}

/* ---- patterns ---- */

/* The next "{name}" from *at on; false: there is none.  What nothing closes
 * has the rest with its brace for a name. */
static bool next_name(pv_str s, size_t *at, pv_str *before, pv_str *name)
{
    size_t begin = *at, end;

    while (*at < s.n && s.p[*at] != '{')
        ++*at;
    *before = pv_str_slice(s, begin, *at);
    if (*at == s.n)
        return false;
    end = pv_str_find(pv_str_slice(s, *at, s.n), '}');
    if (end == SIZE_MAX) {
        *name = pv_str_slice(s, *at, s.n);
        *at = s.n;
    } else {
        *name = pv_str_slice(s, *at + 1, *at + end);
        *at += end + 1;
    }
    return true;
}

static bool is_scheme(pv_str pattern, const char *scheme, size_t *behind)
{
    pv_str s = pv_str_of(scheme);

    *behind = s.n + 3;
    return pv_str_starts(pattern, s) &&
           pv_str_starts(pv_str_slice(pattern, s.n, pattern.n), PV_STR("://"));
}

static bool has_scheme(pv_str pattern, size_t *behind)
{
    for (size_t i = 0; pv_editor_schemes[i]; i++)
        if (is_scheme(pattern, pv_editor_schemes[i], behind))
            return true;
    return is_scheme(pattern, "https", behind) ||
           is_scheme(pattern, "http", behind);
}

/* A host is written out: no file of a profile may choose it. */
static bool has_host(pv_str pattern, size_t behind)
{
    pv_str rest = pv_str_slice(pattern, behind, pattern.n);
    size_t slash = pv_str_find(rest, '/'), brace = pv_str_find(rest, '{');

    if (!pv_str_starts(pattern, PV_STR("http")))
        return rest.n && rest.p[0] != '{';
    return slash != SIZE_MAX && slash > 0 && slash < brace;
}

static bool is_printable(pv_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] <= ' ' || s.p[i] > '~' || strchr("\"'<>\\^`|", s.p[i]))
            return false;
    return true;
}

static bool check_names(pv_str text, pv_str pattern, bool repository,
                        pv_error *err)
{
    pv_str before, name;
    bool file = false;
    size_t at = 0;

    while (next_name(pattern, &at, &before, &name)) {
        bool path = pv_str_equal(name, PV_STR("path")) ||
                    pv_str_equal(name, PV_STR("file"));

        file |= path;
        if (!path && !pv_str_equal(name, PV_STR("line")) &&
            !pv_str_equal(name, PV_STR("revision")) &&
            !(repository && pv_str_equal(name, PV_STR("repository"))))
            return pv_fail(err, PV_E_USAGE, NULL,
                           "--link-template: {%s} is not known; there are "
                           "{path}, {file}, {line} and {revision}",
                           PV_QUOTE(name));
    }
    return file ||
           pv_fail(err, PV_E_USAGE, NULL,
                   "--link-template: '%s' lacks {path} (below the sources' "
                   "directory) or {file} (the whole path)",
                   PV_QUOTE(text));
}

static bool check(pv_str text, pv_str pattern, bool repository, pv_error *err)
{
    size_t behind;

    if (!has_scheme(pattern, &behind))
        return pv_fail(err, PV_E_USAGE, NULL,
                       "--link-template: '%s' is neither a name (vscode, "
                       "pycharm, sublime, github:OWNER/NAME, "
                       "gitlab:GROUP/NAME ...) nor a pattern that begins with "
                       "https://, http:// or an editor's scheme",
                       PV_QUOTE(text));
    if (!has_host(pattern, behind) || !is_printable(pattern))
        return pv_fail(err, PV_E_USAGE, NULL,
                       "--link-template: '%s' is no address: a host is "
                       "written out, and blanks, quotes and brackets are "
                       "percent-encoded",
                       PV_QUOTE(text));
    return check_names(text, pattern, repository, err);
}

/* "group/sub/name": letters, digits, "-", "_", "." */
static bool is_repository(pv_str s)
{
    bool slash = false, part = false;

    for (size_t i = 0; i < s.n; i++) {
        bool parts = s.p[i] == '/';

        if (parts ? !part : !is_letter(s.p[i]) && !strchr("-_.", s.p[i]))
            return false;
        slash |= parts;
        part = !parts;
    }
    return slash && part && !pv_str_starts(s, PV_STR(".")) && s.n < 200;
}

static const char *find_known(pv_str name)
{
    for (size_t i = 0; i < KNOWN; i++)
        if (pv_str_equal(name, pv_str_of(known[i].name)))
            return known[i].pattern;
    return NULL;
}

bool pv_link_template_parse(pv_link_template *t, pv_str text, pv_str revision,
                            pv_error *err)
{
    size_t colon = pv_str_find(text, ':');
    const char *pattern = find_known(pv_str_slice(text, 0, colon));
    bool asks = pattern && strstr(pattern, "{repository}");

    *t = (pv_link_template){.revision = revision.n ? revision : PV_STR("HEAD")};
    if (!text.n)
        return true;
    if (!pattern || (colon != SIZE_MAX && !asks)) {
        t->pattern = text;
        return check(text, text, false, err);
    }
    t->pattern = pv_str_of(pattern);
    if (!asks)
        return true;
    if (colon != SIZE_MAX)
        t->repository = pv_str_slice(text, colon + 1, text.n);
    return is_repository(t->repository) ||
           pv_fail(err, PV_E_USAGE, NULL,
                   "--link-template %s wants a repository: %s:OWNER/NAME",
                   PV_QUOTE(text), PV_QUOTE(pv_str_slice(text, 0, colon)));
}

/* ---- addresses ---- */

/* "file:///{file}" and "/srv/shop.py" share a slash. */
static void put_file(pv_buf *out, pv_str file)
{
    bool twice =
        out->n && out->p[out->n - 1] == '/' && pv_str_starts(file, PV_STR("/"));

    put_encoded(out, pv_str_slice(file, twice, file.n));
}

/* False where what is asked for is not known. */
static bool put_part(const pv_link_template *t, const pv_link_file *f,
                     uint32_t line, pv_str name, pv_buf *out)
{
    if (pv_str_equal(name, PV_STR("line")))
        pv_buf_u64(out, line ? line : 1);
    else if (pv_str_equal(name, PV_STR("revision")))
        put_encoded(out, t->revision);
    else if (pv_str_equal(name, PV_STR("repository")))
        put_encoded(out, t->repository);
    else if (pv_str_equal(name, PV_STR("file")))
        put_file(out, f->file);
    else
        put_encoded(out, f->path);
    return pv_str_equal(name, PV_STR("file"))   ? f->file.n > 0
           : pv_str_equal(name, PV_STR("path")) ? f->path.n > 0
                                                : true;
}

void pv_link_template_put(const pv_link_template *t, const pv_link_file *f,
                          uint32_t line, pv_buf *out)
{
    size_t begin = out->n, at = 0;
    pv_str before, name;

    while (next_name(t->pattern, &at, &before, &name)) {
        pv_buf_str(out, before);
        if (!put_part(t, f, line, name, out)) {
            out->n = begin;
            return;
        }
    }
    pv_buf_str(out, before);
}
