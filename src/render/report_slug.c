/* SPDX-License-Identifier: MIT */
/* Names for files: lower case, so that no file system confuses two. */
#include "report.h"

#include <stdio.h>

enum { LONGEST = 60 };

static bool fits(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

static pv_str last_part(pv_str path)
{
    size_t slash;

    while (path.n > 1 && path.p[path.n - 1] == '/')
        path.n--;
    slash = pv_str_rfind(path, '/');
    path = pv_str_slice(path, slash == SIZE_MAX ? 0 : slash + 1, path.n);
    if (pv_str_find(path, '#') != SIZE_MAX) /* a report's part has one */
        path = pv_str_slice(path, pv_str_find(path, '#') + 1, path.n);
    if (pv_str_ends(path, PV_STR(".gz")) && path.n > 3)
        path.n -= 3;
    if (pv_str_ends(path, PV_STR(".json")) && path.n > 5)
        path.n -= 5; /* data of a report */
    return path;
}

static bool all_digits(pv_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
    return s.n > 0;
}

/* mprof puts the time into a name; two runs are to be told as one profile. */
static pv_str without_time(pv_str name)
{
    pv_str head = PV_STR("mprofile_"), tail = PV_STR(".dat");

    if (pv_str_starts(name, head) && pv_str_ends(name, tail) &&
        all_digits(pv_str_slice(name, head.n, name.n - tail.n)))
        return PV_STR("mprofile.dat");
    return name;
}

static size_t spell(char *out, pv_str name)
{
    size_t n = 0;

    for (size_t i = 0; i < name.n && n < LONGEST; i++) {
        char c = name.p[i];

        if (c >= 'A' && c <= 'Z')
            c = (char)(c - 'A' + 'a');
        if (fits(c))
            out[n++] = c;
        else if (n > 0 && out[n - 1] != '-')
            out[n++] = '-';
    }
    while (n > 0 && out[n - 1] == '-')
        n--;
    return n;
}

static bool is_taken(pv_str slug, const pv_str *taken, size_t len)
{
    /* Names that Windows keeps for itself; ours. */
    static const char *const kept[] = {"con", "prn",   "aux",
                                       "nul", "index", NULL};

    for (size_t i = 0; kept[i]; i++)
        if (pv_str_equal(slug, pv_str_of(kept[i])))
            return true;
    for (size_t i = 0; i < len; i++)
        if (pv_str_equal(slug, taken[i]))
            return true;
    return false;
}

pv_str pv_report_slug(pv_str path, const pv_str *taken, size_t len, pv_arena *a)
{
    char text[LONGEST + 24];
    pv_str name =
        pv_str_equal(path, PV_STR("-")) ? PV_STR("stdin") : last_part(path);
    size_t n = spell(text, without_time(name)), base;

    if (n == 0)
        n = (size_t)snprintf(text, sizeof text, "profile");
    base = n;
    for (unsigned i = 2; is_taken((pv_str){text, n}, taken, len); i++)
        n = base + (size_t)snprintf(text + base, sizeof text - base, "-%u", i);
    return pv_arena_copy(a, (pv_str){text, n});
}
