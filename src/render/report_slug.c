/* SPDX-License-Identifier: MIT */
/* Names for files, of letters, digits, "-" and "_". */
#include "report_slug.h"

#include <stdio.h>

#include "number.h"

enum { LONGEST = 60, ROOM = LONGEST + 24 };

static bool fits(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

/* "cpu" of "report.html#cpu", a part of a report. */
static pv_str part_of(pv_str name)
{
    size_t hash = pv_str_find(name, '#');
    pv_str page = pv_str_slice(name, 0, hash == SIZE_MAX ? 0 : hash);

    return pv_str_ends(page, PV_STR(".html")) ||
                   pv_str_ends(page, PV_STR(".htm"))
               ? pv_str_slice(name, hash + 1, name.n)
               : name;
}

static pv_str last_part(pv_str path)
{
    size_t slash;

    while (path.n > 1 && path.p[path.n - 1] == '/')
        path.n--;
    slash = pv_str_rfind(path, '/');
    path =
        part_of(pv_str_slice(path, slash == SIZE_MAX ? 0 : slash + 1, path.n));
    if (pv_str_ends(path, PV_STR(".gz")) && path.n > 3)
        path.n -= 3;
    if (pv_str_ends(path, PV_STR(".json")) && path.n > 5)
        path.n -= 5; /* data of a report */
    return path;
}

/* mprof puts the time into a name; two runs are to be told as one profile. */
static pv_str without_time(pv_str name)
{
    pv_str head = PV_STR("mprofile_"), tail = PV_STR(".dat");

    if (pv_str_starts(name, head) && pv_str_ends(name, tail) &&
        pv_is_digits(pv_str_slice(name, head.n, name.n - tail.n)))
        return PV_STR("mprofile.dat");
    return name;
}

/* Into `out`, of ROOM bytes. */
static size_t spell(char *out, pv_str path)
{
    pv_str name = without_time(
        pv_str_equal(path, PV_STR("-")) ? PV_STR("stdin") : last_part(path));
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
    return n ? n : (size_t)snprintf(out, ROOM, "profile");
}

static pv_str numbered(char *text, size_t base, uint32_t i)
{
    return (pv_str){
        text, base + (size_t)snprintf(text + base, ROOM - base, "-%u", i)};
}

/* Names that Windows keeps for itself; ours. */
static const char *const kept[] = {"con", "prn", "aux", "nul", "index", NULL};

pv_str pv_report_slug(pv_str path, pv_arena *a)
{
    char text[ROOM];
    pv_str slug = {text, spell(text, path)};

    for (size_t i = 0; kept[i]; i++)
        if (pv_str_equal(slug, pv_str_of(kept[i])))
            return pv_arena_copy(a, numbered(text, slug.n, 2));
    return pv_arena_copy(a, slug);
}

/* ---- no two the same ---- */

static bool add(pv_slugs *s, pv_str slug)
{
    if (!PV_VEC_GROW(&s->last, pv_symtab_len(s->taken) + 1 - s->last.len))
        return false;
    while (s->last.len <= pv_symtab_len(s->taken))
        s->last.at[s->last.len++] = 1;
    return pv_symtab_add(s->taken, slug).i != 0;
}

static bool begin(pv_slugs *s)
{
    bool ok = s->taken || (s->taken = pv_symtab_new(s->arena));

    for (size_t i = 0; ok && s->last.len == 0 && kept[i]; i++)
        ok = add(s, pv_str_of(kept[i]));
    return ok;
}

void pv_slugs_note(pv_slugs *s, pv_str slug)
{
    s->arena->failed |= !begin(s) || !add(s, slug);
}

pv_str pv_slugs_take(pv_slugs *s, pv_str path)
{
    char text[ROOM];
    pv_str slug = {text, spell(text, path)};
    const size_t base = slug.n;
    pv_sym same;

    if (begin(s)) {
        same = pv_symtab_find(s->taken, slug);
        while (pv_symtab_find(s->taken, slug).i)
            slug = numbered(text, base, ++s->last.at[same.i]);
    }
    pv_slugs_note(s, slug);
    return pv_arena_copy(s->arena, slug);
}

void pv_slugs_done(pv_slugs *s)
{
    PV_VEC_DONE(&s->last);
    if (s->taken)
        pv_symtab_free(s->taken);
    s->taken = NULL;
}
