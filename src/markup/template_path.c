/* SPDX-License-Identifier: MIT */
/* Paths of templates, checked against the record types. */
#include "program.h"

#include "profviz/error.h"

static bool space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static pv_str trim(pv_str s)
{
    while (s.n && space(s.p[0]))
        s = pv_str_slice(s, 1, s.n);
    while (s.n && space(s.p[s.n - 1]))
        s.n--;
    return s;
}

static bool is_name(pv_str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');

        if (!letter && c != '_' && !(i > 0 && c >= '0' && c <= '9'))
            return false;
    }
    return s.n > 0;
}

static const pv_field *find_field(const pv_record_type *type, pv_str name)
{
    for (const pv_field *f = type->fields; f->name; f++)
        if (pv_str_equal(pv_str_of(f->name), name))
            return f;
    return NULL;
}

/* Cuts the first name off a dotted path. */
static pv_str cut_name(pv_str *rest)
{
    size_t dot = pv_str_find(*rest, '.');
    pv_str name = pv_str_slice(*rest, 0, dot);

    *rest = dot == SIZE_MAX ? (pv_str){NULL, 0}
                            : pv_str_slice(*rest, dot + 1, rest->n);
    return name;
}

/* Innermost first.  False: no variable has that name. */
static bool find_slot(const pv_scope *s, pv_str name, unsigned *slot)
{
    for (unsigned i = s->len; i-- > 0;)
        if (pv_str_equal(s->names[i], name)) {
            *slot = i;
            return true;
        }
    return false;
}

static bool fail_field(const pv_record_type *type, pv_str name,
                       const pv_place *at, pv_error *err)
{
    return pv_fail(err, PV_E_FORMAT, at, "%s has no field '%s'", type->name,
                   PV_QUOTE(name));
}

static bool add_field(pv_path *p, const pv_record_type **type, pv_str name,
                      const pv_place *at, pv_error *err)
{
    const pv_field *f;

    if (!*type)
        return pv_fail(err, PV_E_FORMAT, at,
                       "'%s' is no record, so it has no "
                       "field '%s'",
                       pv_path_end(p)->name, PV_QUOTE(name));
    f = find_field(*type, name);
    if (!f)
        return fail_field(*type, name, at, err);
    if (p->len == PV_PATH_MAX)
        return pv_fail(err, PV_E_FORMAT, at, "a path of more than %d names",
                       PV_PATH_MAX);
    p->fields[p->len++] = f;
    *type = f->kind == PV_K_RECORD ? f->type : NULL;
    return true;
}

static bool begin_path(const pv_scope *s, pv_path *p, pv_str name,
                       const pv_record_type **type, const pv_place *at,
                       pv_error *err)
{
    *p = (pv_path){0};
    *type = s->types[0];
    if (find_slot(s, name, &p->slot)) {
        *type = s->types[p->slot];
        return true;
    }
    if (!find_field(*type, name))
        return pv_fail(err, PV_E_FORMAT, at, "there is no '%s' here",
                       PV_QUOTE(name));
    return add_field(p, type, name, at, err);
}

bool pv_path_parse(const pv_scope *s, pv_str text, pv_path *out,
                   const pv_place *at, pv_error *err)
{
    pv_str rest = trim(text), name;
    const pv_record_type *type;
    bool first = true;

    do {
        bool more = pv_str_find(rest, '.') != SIZE_MAX;

        name = cut_name(&rest);
        if (!is_name(name))
            return pv_fail(err, PV_E_FORMAT, at, "'%s' is no path",
                           PV_QUOTE(text));
        if (!(first ? begin_path(s, out, name, &type, at, err)
                    : add_field(out, &type, name, at, err)))
            return false;
        first = false;
        if (!more)
            break;
    } while (true);
    return true;
}

const pv_field *pv_path_end(const pv_path *p)
{
    return p->len ? p->fields[p->len - 1] : NULL;
}

static const char *kind_name(const pv_path *p)
{
    const pv_field *f = pv_path_end(p);

    switch (f ? f->kind : PV_K_RECORD) {
    case PV_K_BOOL: return "a truth value";
    case PV_K_INT: return "a number";
    case PV_K_TEXT: return "text";
    case PV_K_LIST: return "a list";
    case PV_K_RECORD: return "a record";
    case PV_K_FRAGMENT: return "a fragment";
    }
    return "?";
}

static bool find_notation(pv_str name, const pv_path *path,
                          const pv_notation **out, const pv_place *at,
                          pv_error *err)
{
    const pv_field *f = pv_path_end(path);

    *out = pv_notation_find(name);
    if (!*out)
        return pv_fail(err, PV_E_FORMAT, at, "unknown notation '%s'",
                       PV_QUOTE(name));
    if (!f || f->kind != (*out)->kind)
        return pv_fail(err, PV_E_FORMAT, at,
                       "'%s' is %s, which '| %s' cannot "
                       "write",
                       f ? f->name : "it", kind_name(path), (*out)->name);
    return true;
}

bool pv_value_parse(const pv_scope *s, pv_str text, pv_path *out,
                    const pv_notation **notation, const pv_place *at,
                    pv_error *err)
{
    size_t bar = pv_str_find(text, '|');

    *notation = NULL;
    if (!pv_path_parse(s, pv_str_slice(text, 0, bar), out, at, err))
        return false;
    return bar == SIZE_MAX ||
           find_notation(trim(pv_str_slice(text, bar + 1, text.n)), out,
                         notation, at, err);
}

/* Where the word "in" stands between blanks, or SIZE_MAX. */
static size_t find_in(pv_str s)
{
    for (size_t i = 1; i + 3 < s.n; i++)
        if (space(s.p[i - 1]) && s.p[i] == 'i' && s.p[i + 1] == 'n' &&
            space(s.p[i + 2]))
            return i;
    return SIZE_MAX;
}

bool pv_each_parse(const pv_scope *s, pv_str text, pv_str *name, pv_path *out,
                   const pv_place *at, pv_error *err)
{
    size_t in = find_in(text);
    unsigned slot;
    const pv_field *f;

    *name = trim(pv_str_slice(text, 0, in));
    if (in == SIZE_MAX || !is_name(*name))
        return pv_fail(err, PV_E_FORMAT, at,
                       "pv:each wants 'name in list', not '%s'",
                       PV_QUOTE(text));
    if (find_slot(s, *name, &slot))
        return pv_fail(err, PV_E_FORMAT, at, "'%s' is in use already",
                       PV_QUOTE(*name));
    if (!pv_path_parse(s, pv_str_slice(text, in + 2, text.n), out, at, err))
        return false;
    f = pv_path_end(out);
    return (f && f->kind == PV_K_LIST) ||
           pv_fail(err, PV_E_FORMAT, at, "'%s' is %s, not a list",
                   PV_QUOTE(trim(pv_str_slice(text, in + 2, text.n))),
                   kind_name(out));
}

/* Is `url` of the scheme, in whatever case? */
static bool has_scheme(pv_str url, const char *scheme)
{
    size_t n = strlen(scheme);

    if (url.n <= n || url.p[n] != ':')
        return false;
    for (size_t i = 0; i < n; i++)
        if ((url.p[i] | 0x20) != scheme[i])
            return false;
    return true;
}

const char *const pv_editor_schemes[] = {
    "vscode", "vscodium", "cursor", "zed",   "pycharm",
    "idea",   "subl",     "txmt",   "emacs", NULL};

bool pv_url_allowed(pv_str url)
{
    if (has_scheme(url, "http") || has_scheme(url, "https"))
        return true;
    for (size_t i = 0; pv_editor_schemes[i]; i++)
        if (has_scheme(url, pv_editor_schemes[i]))
            return true;
    for (size_t i = 0; i < url.n; i++) {
        if (url.p[i] == '/' || url.p[i] == '?' || url.p[i] == '#')
            return true;
        if (url.p[i] == ':')
            return false; /* a scheme, however it is spelled */
    }
    return true;
}
