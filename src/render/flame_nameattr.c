/* SPDX-License-Identifier: MIT */
/* --nameattr: a name, a tab, then key=value with tabs between.
 *
 * What it says goes through the markup writer like everything else; values
 * that could run a script are left out.
 */
#include "flame_classic.h"

#include "lines.h"

/* ---- reading ---- */

static void set(pv_nameattr *at, pv_str key, pv_str value)
{
    const struct {
        const char *key;
        pv_str *to;
    } fields[] = {
        {"class", &at->class},     {"title", &at->title},
        {"href", &at->href},       {"target", &at->target},
        {"g_extra", &at->g_extra}, {"a_extra", &at->a_extra},
    };

    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (pv_str_equal(key, pv_str_of(fields[i].key)))
            *fields[i].to = value;
}

static pv_nameattr parse(pv_str rest)
{
    pv_nameattr at = {0};

    while (rest.n) {
        size_t tab = pv_str_find(rest, '\t');
        pv_str pair = pv_str_slice(rest, 0, tab);
        size_t equal = pv_str_find(pair, '=');

        if (equal != SIZE_MAX)
            set(&at, pv_str_slice(pair, 0, equal),
                pv_str_slice(pair, equal + 1, pair.n));
        rest = tab == SIZE_MAX ? (pv_str){"", 0}
                               : pv_str_slice(rest, tab + 1, rest.n);
    }
    return at;
}

static bool keep_line(pv_nameattrs *n, pv_str line, pv_arena *a, pv_place *at,
                      pv_error *err)
{
    size_t tab = pv_str_find(line, '\t');
    pv_sym s;

    if (tab == SIZE_MAX)
        return pv_fail(err, PV_E_FORMAT, at,
                       "a name, a tab and key=value expected");
    s = pv_symtab_add(n->names, pv_str_slice(line, 0, tab));
    while (n->at.len <= s.i) {
        if (!PV_VEC_GROW(&n->at, 1))
            return pv_fail_nomem(err);
        n->at.at[n->at.len++] = (pv_nameattr){0};
    }
    n->at.at[s.i] =
        parse(pv_arena_copy(a, pv_str_slice(line, tab + 1, line.n)));
    return !a->failed || pv_fail_nomem(err);
}

static bool read_lines(pv_nameattrs *n, pv_input *in, pv_arena *a,
                       pv_error *err)
{
    pv_place at = {.file = pv_input_name(in)};
    pv_error why = {0};
    pv_lines l;
    pv_str line;
    bool ok = pv_lines_init(&l, in, err);

    while (ok && pv_lines_next(&l, &line, &why)) {
        at.line++;
        ok = keep_line(n, line, a, &at, err);
    }
    if (ok && why.code) {
        *err = why;
        ok = false;
    }
    pv_lines_done(&l);
    return ok;
}

bool pv_nameattrs_read(pv_nameattrs *n, pv_str path, pv_arena *a, pv_error *err)
{
    pv_limits limits = PV_LIMITS_DEFAULT;
    pv_input *in;
    bool ok;

    *n = (pv_nameattrs){0};
    if (!path.n)
        return true;
    path = pv_arena_copy(a, path); /* with a NUL behind it */
    n->names = pv_symtab_new(a);
    if (!n->names || a->failed)
        return pv_fail_nomem(err);
    in = pv_input_open(path.p, &limits, err);
    ok = in && read_lines(n, in, a, err);
    pv_input_close(in);
    return ok;
}

const pv_nameattr *pv_nameattrs_find(const pv_nameattrs *n, pv_str name)
{
    static const pv_nameattr none;
    pv_sym s;

    if (!n->names)
        return &none;
    s = pv_symtab_find(n->names, name);
    return s.i && s.i < n->at.len ? &n->at.at[s.i] : &none;
}

void pv_nameattrs_done(pv_nameattrs *n)
{
    pv_symtab_free(n->names);
    PV_VEC_DONE(&n->at);
}

/* ---- writing ---- */

bool pv_nameattr_link(pv_str href)
{
    for (size_t i = 0; i < href.n; i++) {
        char c = href.p[i];

        if (c == '/' || c == '#' || c == '?')
            return true;
        if (c == ':')
            return pv_str_starts(href, PV_STR("http:")) ||
                   pv_str_starts(href, PV_STR("https:"));
    }
    return true;
}

static bool is_name_byte(char c)
{
    return (c >= 'a' && c <= 'z') || c == '-';
}

/* Only what says how it looks or what it is for: an index, or -1. */
static int known_key(pv_str key)
{
    static const char *const known[] = {
        "opacity", "fill",       "stroke", "stroke-width", "fill-opacity",
        "rel",     "aria-label", "role",   "visibility",   "download",
    };

    for (int i = 0; i < (int)(sizeof known / sizeof *known); i++)
        if (pv_str_equal(key, pv_str_of(known[i])))
            return i;
    return -1;
}

/* Each once: an attribute that stands twice breaks the picture. */
static void write_one(pv_markup *m, pv_str key, pv_str value, uint32_t *seen)
{
    int known = known_key(key);
    char name[24] = "";

    if (known < 0 || *seen & 1u << known)
        return;
    *seen |= 1u << known;
    memcpy(name, key.p, key.n);
    pv_markup_attr(m, name, value);
}

void pv_nameattr_write(pv_markup *m, pv_str pairs)
{
    uint32_t seen = 0;
    size_t at = 0;

    while (at < pairs.n) {
        size_t from = at, value;
        pv_str rest;

        while (at < pairs.n && is_name_byte(pairs.p[at]))
            at++;
        if (at == from || at + 1 >= pairs.n || pairs.p[at] != '=' ||
            (pairs.p[at + 1] != '"' && pairs.p[at + 1] != '\'')) {
            at++;
            continue;
        }
        value = at + 2;
        rest = pv_str_slice(pairs, value, pairs.n);
        rest = pv_str_slice(rest, 0, pv_str_find(rest, pairs.p[at + 1]));
        write_one(m, pv_str_slice(pairs, from, at), rest, &seen);
        at = value + rest.n + 1;
    }
}
