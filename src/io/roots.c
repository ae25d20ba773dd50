/* SPDX-License-Identifier: MIT */
/* Reading sources below allowed directories. */
#include "roots.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>

typedef struct path {
    char text[PATH_MAX];
} path;

const char *pv_found_reason(pv_found f)
{
    switch (f) {
    case PV_FOUND: return "is there";
    case PV_FOUND_NONE: return "was not found";
    case PV_FOUND_OUTSIDE: return "is not below a --source-path";
    case PV_FOUND_SPECIAL: return "is not a regular file";
    case PV_FOUND_LARGE: return "is larger than 16 MiB";
    case PV_FOUND_BINARY: return "is not text";
    case PV_FOUND_FAILED: return "could not be read";
    }
    return "?"; /* not reached while every outcome has a case */
}

/* False when it does not fit or holds a NUL. */
static bool set_path(path *p, pv_str dir, pv_str rest)
{
    size_t slash = dir.n > 0 && dir.p[dir.n - 1] != '/';

    if (dir.n + slash + rest.n >= sizeof p->text ||
        pv_str_find(dir, '\0') != SIZE_MAX ||
        pv_str_find(rest, '\0') != SIZE_MAX)
        return false;
    if (dir.n)
        memcpy(p->text, dir.p, dir.n);
    if (slash)
        p->text[dir.n] = '/';
    if (rest.n)
        memcpy(p->text + dir.n + slash, rest.p, rest.n);
    p->text[dir.n + slash + rest.n] = '\0';
    return true;
}

static bool is_below(const char *file, const char *dir)
{
    size_t n = strlen(dir);

    if (n == 1) /* "/" */
        return true;
    return strncmp(file, dir, n) == 0 && file[n] == '/';
}

/* `dir` is resolved. */
static pv_found try_file(const char *dir, const path *file, pv_buf *out,
                         pv_buf *real)
{
    path resolved;
    pv_found found;

    if (!realpath(file->text, resolved.text))
        return errno == EACCES ? PV_FOUND_FAILED : PV_FOUND_NONE;
    if (!is_below(resolved.text, dir))
        return PV_FOUND_OUTSIDE;
    found = pv_beneath_read(dir, resolved.text, out);
    if (found == PV_FOUND && real)
        pv_buf_puts(real, resolved.text);
    return found;
}

static pv_found try_dir(pv_str dir, pv_str name, pv_buf *out, pv_buf *real)
{
    bool absolute = name.n > 0 && name.p[0] == '/';
    path p, root, file;

    if (!set_path(&p, dir, PV_STR("")) || !realpath(p.text, root.text))
        return PV_FOUND_NONE;
    if (!set_path(&file, absolute ? PV_STR("") : pv_str_of(root.text), name))
        return PV_FOUND_NONE;
    return try_file(root.text, &file, out, real);
}

/* All files are below "/": that one must be asked for. */
static pv_found try_working_dir(pv_str name, pv_buf *out, pv_buf *real)
{
    path here;

    if (realpath(".", here.text) && strcmp(here.text, "/") == 0)
        return PV_FOUND_OUTSIDE;
    return try_dir(PV_STR("."), name, out, real);
}

/* The best of the outcomes that are no success. */
static pv_found worse(pv_found a, pv_found b)
{
    return a == PV_FOUND_NONE ? b : a;
}

static pv_found try_dirs(const pv_roots *r, pv_str name, pv_buf *out,
                         pv_buf *real)
{
    size_t began = out->n;
    pv_found best = PV_FOUND_NONE;

    if (r->dirs_len == 0)
        return try_working_dir(name, out, real);
    for (size_t i = 0; i < r->dirs_len; i++) {
        pv_found found = try_dir(r->dirs[i], name, out, real);

        if (found == PV_FOUND)
            return found;
        out->n = began;
        best = worse(best, found);
    }
    return best;
}

static bool put_below(pv_str dir, pv_str real, pv_buf *out)
{
    path p, root;
    size_t n;

    if (!set_path(&p, dir, PV_STR("")) || !realpath(p.text, root.text))
        return false;
    n = strlen(root.text);
    if (real.n <= n || memcmp(real.p, root.text, n) != 0 ||
        (n > 1 && real.p[n] != '/'))
        return false;
    pv_buf_str(out, pv_str_slice(real, n > 1 ? n + 1 : 1, real.n));
    return true;
}

bool pv_roots_below(const pv_roots *r, pv_str real, pv_buf *out)
{
    if (r->dirs_len == 0)
        return put_below(PV_STR("."), real, out);
    for (size_t i = 0; i < r->dirs_len; i++)
        if (put_below(r->dirs[i], real, out))
            return true;
    return false;
}

/* name under the map "FROM=TO"; false when it is not below FROM. */
static bool map_name(pv_str map, pv_str name, path *to)
{
    size_t equals = pv_str_find(map, '=');
    pv_str from = pv_str_slice(map, 0, equals), rest;

    if (equals == SIZE_MAX || !pv_str_starts(name, from))
        return false;
    rest = pv_str_slice(name, from.n, name.n);
    if (from.n > 0 && from.p[from.n - 1] != '/' && rest.n > 0) {
        if (rest.p[0] != '/')
            return false;
        rest = pv_str_slice(rest, 1, rest.n);
    }
    return set_path(to, pv_str_slice(map, equals + 1, map.n), rest);
}

pv_found pv_roots_read(const pv_roots *r, pv_str name, pv_buf *out,
                       pv_buf *real)
{
    pv_found best = PV_FOUND_NONE, found;
    size_t began = out->n;
    path mapped;

    if (name.n == 0)
        return PV_FOUND_NONE;
    for (size_t i = 0; i < r->maps_len; i++) {
        if (!map_name(r->maps[i], name, &mapped))
            continue;
        found = try_dirs(r, pv_str_of(mapped.text), out, real);
        if (found == PV_FOUND)
            return found;
        out->n = began;
        best = worse(best, found);
    }
    found = try_dirs(r, name, out, real);
    return found == PV_FOUND ? found : worse(best, found);
}
