/* SPDX-License-Identifier: MIT */
/* What a file's path says about it. */
#include "path.h"

static bool is_slash(char c)
{
    return c == '/' || c == '\\';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

pv_str pv_path_part(pv_str path, size_t *pos)
{
    size_t begin = *pos, end;

    while (begin < path.n && is_slash(path.p[begin]))
        begin++;
    end = begin;
    while (end < path.n && !is_slash(path.p[end]))
        end++;
    *pos = end < path.n ? end + 1 : end;
    return pv_str_slice(path, begin, end);
}

bool pv_path_absolute(pv_str path)
{
    return path.n && (is_slash(path.p[0]) ||
                      (path.n > 2 && path.p[1] == ':' && is_slash(path.p[2])));
}

size_t pv_path_dir_len(pv_str path)
{
    size_t n = path.n;

    while (n > 0 && !is_slash(path.p[n - 1]))
        n--;
    return n;
}

pv_str pv_path_base(pv_str path)
{
    return pv_str_slice(path, pv_path_dir_len(path), path.n);
}

/* "python3.11", "pypy3", "Python39": a name with a version behind it. */
static bool is_versioned(pv_str part, pv_str name)
{
    return part.n > name.n && is_digit(part.p[name.n]) &&
           pv_str_starts(part, name);
}

static bool is_site(pv_str before, pv_str part)
{
    return pv_str_equal(part, PV_STR("site-packages")) ||
           pv_str_equal(part, PV_STR("dist-packages")) ||
           pv_str_equal(part, PV_STR("node_modules")) ||
           pv_str_equal(part, PV_STR(".m2")) ||
           (pv_str_equal(part, PV_STR("registry")) &&
            pv_str_equal(before, PV_STR(".cargo"))) ||
           (pv_str_equal(part, PV_STR("mod")) &&
            pv_str_equal(before, PV_STR("pkg")));
}

static bool is_std(pv_str before, pv_str part, bool windows)
{
    bool lib = pv_str_equal(before, PV_STR("lib")) ||
               pv_str_equal(before, PV_STR("lib64"));
    bool python = is_versioned(part, PV_STR("python"));

    if (python && (lib || pv_str_ends(part, PV_STR(".zip"))))
        return true;
    if (lib && is_versioned(part, PV_STR("pypy")))
        return true;
    if (pv_str_equal(part, PV_STR("Lib")) || pv_str_equal(part, PV_STR("lib")))
        return is_versioned(before, PV_STR("Python")) ||
               (windows && part.p[0] == 'L');
    return pv_str_equal(part, PV_STR("lib-python")) ||
           pv_str_equal(part, PV_STR("lib_pypy"));
}

pv_path_signs pv_path_scan(pv_str path)
{
    pv_path_signs signs = {0};
    pv_str before = {0}, part;
    size_t pos = 0;

    signs.windows = path.n > 2 && path.p[1] == ':' && path.p[2] == '\\';
    while ((part = pv_path_part(path, &pos)).n) {
        if (is_site(before, part))
            signs.site = pos;
        else if (is_std(before, part, signs.windows))
            signs.std = pos;
        else if (pv_str_equal(before, PV_STR("go")) &&
                 pv_str_equal(part, PV_STR("src")) && pv_path_absolute(path))
            signs.std = pos;
        before = part;
    }
    return signs;
}

bool pv_path_below(pv_str path, pv_str prefix)
{
    while (pv_str_starts(prefix, PV_STR("./")))
        prefix = pv_str_slice(prefix, 2, prefix.n);
    while (prefix.n > 1 && is_slash(prefix.p[prefix.n - 1]))
        prefix.n--;
    return prefix.n && pv_str_starts(path, prefix) &&
           (path.n == prefix.n || is_slash(path.p[prefix.n]) ||
            is_slash(prefix.p[prefix.n - 1]));
}

static bool ends_in_one_of(pv_str path, const char *const *ends)
{
    for (; *ends; ends++)
        if (pv_str_ends(path, pv_str_of(*ends)))
            return true;
    return false;
}

/* Is this suffix, with its dot, in the list? */
static bool is_one_of(pv_str suffix, const char *const *list)
{
    for (; *list; list++)
        if (suffix.n > 1 && (*list)[1] == suffix.p[1] &&
            pv_str_equal(suffix, pv_str_of(*list)))
            return true;
    return false;
}

bool pv_path_native(pv_str path)
{
    static const char *const ends[] = {
        ".so", ".dylib", ".dll", ".pyd", ".exe", ".node", ".c",   ".h",
        ".cc", ".cpp",   ".cxx", ".hpp", ".rs",  ".go",   ".s",   ".S",
        ".f",  ".f90",   ".cu",  ".m",   ".mm",  ".asm",  ".inc", NULL};
    pv_str base = pv_path_base(path);
    size_t dot = pv_str_rfind(base, '.');

    if (dot != SIZE_MAX && is_one_of(pv_str_slice(base, dot, base.n), ends))
        return true;
    for (size_t i = 1; i + 4 <= base.n; i++)
        if (memcmp(base.p + i, ".so.", 4) == 0 ||
            memcmp(base.p + i, ".so]", 4) == 0)
            return true;
    return is_versioned(base, PV_STR("python")) ||
           pv_str_equal(base, PV_STR("python")) ||
           pv_str_equal(base, PV_STR("[vdso]"));
}

bool pv_path_python(pv_str path)
{
    static const char *const ends[] = {".py",  ".pyc", ".pyo", ".pyw", ".pyx",
                                       ".pxd", ".pxi", ".pyi", NULL};

    return ends_in_one_of(path, ends);
}

bool pv_path_is_dir(pv_str path)
{
    return path.n && is_slash(path.p[path.n - 1]);
}

pv_str pv_path_common(pv_str a, pv_str b)
{
    size_t n = 0;

    while (n < a.n && n < b.n && a.p[n] == b.p[n])
        n++;
    return pv_str_slice(a, 0, pv_path_dir_len(pv_str_slice(a, 0, n)));
}

void pv_path_module(pv_buf *out, pv_str path)
{
    pv_str base = pv_path_base(path), part;
    pv_str dir = pv_str_slice(path, 0, path.n - base.n);
    size_t dot = pv_str_find(base, '.'), pos = 0;
    bool first = true;

    if (dot != SIZE_MAX && dot > 0)
        base.n = dot;
    while ((part = pv_path_part(dir, &pos)).n) {
        if (pv_str_equal(part, PV_STR(".")))
            continue;
        if (!first)
            pv_buf_char(out, '.');
        pv_buf_str(out, part);
        first = false;
    }
    if (pv_str_equal(base, PV_STR("__init__")) && !first)
        return;
    if (!first)
        pv_buf_char(out, '.');
    pv_buf_str(out, base);
}
