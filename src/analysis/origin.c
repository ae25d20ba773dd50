/* SPDX-License-Identifier: MIT */
/* Where a function comes from: rules over its name and its file. */
#include "origin.h"

#include "mem.h"
#include "path.h"
#include "regex.h"
#include "spelling.h"
#include "stdlib_names.h"
#include "symtab.h"
#include "whence.h"

static const struct {
    const char *name, *title;
} origins[PV_ORIGINS] = {
    [PV_OWN] = {"own", "Your code"},
    [PV_SITE] = {"site", "site-packages"},
    [PV_STD] = {"std", "Standard library"},
    [PV_BUILTIN] = {"builtin", "Built-ins"},
    [PV_NATIVE] = {"native", "Native code"},
    [PV_RUNTIME] = {"runtime", "Kernel, GC, runtime"},
    [PV_UNKNOWN] = {"unknown", "Unknown"},
};

const char *pv_origin_title(pv_origin o)
{
    return origins[o].title;
}

const char *pv_origin_name(pv_origin o)
{
    return origins[o].name;
}

bool pv_origin_find(pv_str name, pv_origin *out)
{
    for (int i = 0; i < PV_ORIGINS; i++) {
        if (pv_str_equal(name, pv_str_of(origins[i].name))) {
            *out = (pv_origin)i;
            return true;
        }
    }
    return false;
}

static bool is_kernel(pv_str name, pv_str file)
{
    return pv_str_ends(name, PV_STR("_[k]")) ||
           pv_str_starts(name, PV_STR("[kernel")) ||
           pv_str_starts(name, PV_STR("[guest.kernel")) ||
           pv_str_starts(file, PV_STR("[kernel")) ||
           pv_str_equal(file, PV_STR("kernel"));
}

static bool is_collector(pv_str name)
{
    return pv_str_equal(name, PV_STR("<GC>")) ||
           pv_str_equal(name, PV_STR(":GC:")) ||
           pv_str_equal(name, PV_STR("[GC]"));
}

static bool is_nameless(pv_str name)
{
    if (pv_str_equal(name, PV_STR("[unknown]")) ||
        pv_str_starts(name, PV_STR("??")))
        return true;
    if (name.n < 3 || !pv_str_starts(name, PV_STR("0x")))
        return false;
    for (size_t i = 2; i < name.n; i++)
        if (!strchr("0123456789abcdefABCDEF", name.p[i]) || !name.p[i])
            return false;
    return true;
}

static bool is_relative_stdlib(pv_str file)
{
    size_t pos = 0;
    pv_str first = pv_path_part(file, &pos), rest = pv_path_part(file, &pos);

    if (pv_path_absolute(file))
        return false;
    if (!rest.n && pv_path_python(first))
        first = pv_str_slice(first, 0, pv_str_rfind(first, '.'));
    return pv_is_stdlib(first);
}

static bool has_own_prefix(pv_str file, const pv_origin_rules *rules)
{
    for (size_t i = 0; rules && i < rules->own_len; i++)
        if (pv_path_below(file, rules->own[i]))
            return true;
    return false;
}

/* Text that Python gives instead of a path: "<string>", "<frozen runpy>". */
static pv_origin pseudo_file(pv_str file)
{
    static const char *const typed[] = {"<string>", "<stdin>", "<console>",
                                        "<input>", NULL};

    if (pv_str_starts(file, PV_STR("<frozen ")))
        return PV_STD;
    if (pv_str_starts(file, PV_STR("<ipython-input-")) ||
        pv_str_starts(file, PV_STR("<doctest ")))
        return PV_OWN;
    for (const char *const *t = typed; *t; t++)
        if (pv_str_equal(file, pv_str_of(*t)))
            return PV_OWN;
    return PV_UNKNOWN;
}

/* Without a file the name alone may tell: Java, Rust, C++, perf's "[x.so]". */
static pv_origin by_name(pv_str name)
{
    static const char *const heads[] = {
        "java/",  "javax/",  "jdk/",   "sun/",    "Ljava/",   "Ljavax/",
        "Ljdk/",  "Lsun/",   "java.",  "javax.",  "jdk.",     "std::",
        "core::", "alloc::", "<std::", "<core::", "<alloc::", NULL};

    for (const char *const *h = heads; *h; h++)
        if (pv_str_starts(name, pv_str_of(*h)))
            return PV_STD;
    if (pv_str_ends(name, PV_STR(".so")) || pv_str_ends(name, PV_STR(".so]")))
        return PV_NATIVE;
    for (size_t i = 1; i + 4 <= name.n; i++)
        if (memcmp(name.p + i, ".so.", 4) == 0)
            return PV_NATIVE;
    if (pv_str_ends(name, PV_STR(".dylib")) ||
        pv_str_ends(name, PV_STR(".dll")))
        return PV_NATIVE;
    return PV_UNKNOWN;
}

static pv_origin by_file(pv_str file, bool has_line,
                         const pv_origin_rules *rules)
{
    pv_path_signs signs = pv_path_scan(file);
    pv_origin other = rules && rules->own_len ? PV_SITE : PV_OWN;

    if (has_own_prefix(file, rules))
        return PV_OWN;
    if (signs.site)
        return PV_SITE;
    if (signs.std || is_relative_stdlib(file))
        return PV_STD;
    if (file.p[0] == '<')
        return pseudo_file(file);
    if (pv_path_native(file))
        return PV_NATIVE;
    if (pv_path_python(file) || pv_path_is_dir(file) || has_line)
        return other;
    return PV_UNKNOWN;
}

/* Functions of one file come from one place: the last answers, by file. */
enum { MEMO = 4096 };
typedef struct memo {
    uint32_t file; /* 0: none yet */
    bool has_line;
    uint8_t origin; /* pv_origin */
} memo;

/* A power of two of them, for few functions few: a small profile touches no
 * more memory than it needs. */
typedef struct memory {
    memo *at;
    uint32_t mask;
} memory;

static memory memory_for(uint32_t functions, pv_arena *a)
{
    uint32_t n = 1;

    while (n < functions && n < MEMO)
        n *= 2;
    return (memory){PV_NEW_N(a, memo, n), n - 1};
}

static pv_origin by_file_once(const pv_profile *p, const pv_function *f,
                              bool has_line, const pv_origin_rules *rules,
                              memory seen)
{
    memo *m = &seen.at[f->file.i & seen.mask];

    if (m->file != f->file.i || m->has_line != has_line)
        *m = (memo){
            f->file.i, has_line,
            (uint8_t)by_file(pv_profile_text(p, f->file), has_line, rules)};
    return (pv_origin)m->origin;
}

static pv_origin by_rules(const pv_profile *p, const pv_function *f,
                          bool has_line, const pv_origin_rules *rules,
                          memory seen)
{
    pv_str name = pv_profile_text(p, f->name);
    pv_str file = pv_profile_text(p, f->file);
    bool from_pstats = p->format && strcmp(p->format, "pstats") == 0;

    if (is_collector(name))
        return PV_RUNTIME;
    if (f->kind != PV_FN_CODE && f->kind != PV_FN_LINE)
        return PV_UNKNOWN;
    if (is_kernel(name, file))
        return PV_RUNTIME;
    if (is_nameless(name))
        return PV_UNKNOWN;
    if (pv_str_equal(name, PV_STR("<native>")) &&
        pv_str_equal(file, PV_STR("~")))
        return PV_NATIVE;
    /* The module `profile` writes built-ins without a file: (":0(len)"). */
    if (pv_spells_builtin(name, file) ||
        (from_pstats && !file.n && !f->line && name.n))
        return PV_BUILTIN;
    if (file.n)
        return by_file_once(p, f, has_line || f->line, rules, seen);
    return by_name(name);
}

/* ---- --origin 'REGEX=own' ---------------------------------------------- */

typedef struct override {
    pv_regex *re;
    pv_origin origin;
} override;

static bool compile_override(override *o, pv_str rule, pv_error *err)
{
    size_t eq = pv_str_rfind(rule, '=');

    if (eq == SIZE_MAX ||
        !pv_origin_find(pv_str_slice(rule, eq + 1, rule.n), &o->origin))
        return pv_fail(err, PV_E_USAGE, NULL,
                       "--origin: '%s' does not end in =own, =site, =std, "
                       "=builtin, =native, =runtime or =unknown",
                       PV_QUOTE(rule));
    o->re = pv_regex_new(pv_str_slice(rule, 0, eq), "--origin", err);
    return o->re != NULL;
}

static bool apply_overrides(uint8_t *kinds, const pv_profile *p,
                            const override *o, size_t len, pv_error *err)
{
    for (uint32_t i = 0; i < p->functions.len; i++) {
        const pv_function *f = &p->functions.at[i];
        int found = 0;

        for (size_t k = 0; k < len && !found; k++) {
            found = pv_regex_match(o[k].re, pv_profile_text(p, f->name), err);
            if (!found && f->file.i)
                found =
                    pv_regex_match(o[k].re, pv_profile_text(p, f->file), err);
            if (found < 0)
                return false;
            if (found)
                kinds[i] = (uint8_t)o[k].origin;
        }
    }
    return true;
}

static bool override_all(uint8_t *kinds, const pv_profile *p,
                         const pv_origin_rules *rules, pv_error *err)
{
    size_t len = rules ? rules->rules_len : 0, made = 0;
    override *o;
    bool ok = true;

    if (!len)
        return true;
    o = pv_mem_alloc(len, sizeof *o);
    if (!o)
        return pv_fail_nomem(err);
    while (ok && made < len) {
        ok = compile_override(&o[made], rules->rules[made], err);
        made++;
    }
    ok = ok && apply_overrides(kinds, p, o, len, err);
    while (made-- > 0)
        pv_regex_free(o[made].re);
    pv_mem_free(o);
    return ok;
}

/* Executing lines stand in the frames, not in the functions. */
static bool *functions_with_lines(const pv_profile *p, pv_arena *a)
{
    bool *has = PV_NEW_N(a, bool, p->functions.len ? p->functions.len : 1);

    for (uint32_t i = 0; has && i < p->frames.len; i++)
        if (p->frames.at[i].line)
            has[p->frames.at[i].fn.i] = true;
    return has;
}

/* ---- the program itself ------------------------------------------------- */

static bool below_all(const pv_profile *p, const pv_frame *f)
{
    const pv_frame *up = &p->frames.at[f->parent.i];

    return f->parent.i == 0 || p->functions.at[up->fn.i].kind == PV_FN_THREAD ||
           p->functions.at[up->fn.i].kind == PV_FN_PROCESS;
}

/* A bare "site.py" whose <module> all else stands on is the program that was
 * run, not the module of that name.  Marks files by symbol. */
static bool *scripts(const pv_profile *p, const uint8_t *kinds, pv_arena *a)
{
    bool *is = PV_NEW_N(a, bool, pv_symtab_len(p->names));

    for (uint32_t i = 1; is && i < p->frames.len; i++) {
        const pv_frame *f = &p->frames.at[i];
        const pv_function *fn = &p->functions.at[f->fn.i];

        if (kinds[f->fn.i] == PV_STD && below_all(p, f) &&
            pv_str_equal(pv_profile_text(p, fn->name), PV_STR("<module>")) &&
            pv_str_find(pv_profile_text(p, fn->file), '/') == SIZE_MAX &&
            pv_path_python(pv_profile_text(p, fn->file)))
            is[fn->file.i] = true;
    }
    return is;
}

static bool own_scripts(uint8_t *kinds, const pv_profile *p, pv_arena *a)
{
    bool *is = scripts(p, kinds, a);

    for (uint32_t i = 0; is && i < p->functions.len; i++)
        if (is[p->functions.at[i].file.i] && kinds[i] == PV_STD)
            kinds[i] = PV_OWN;
    return is != NULL;
}

uint8_t *pv_origin_kinds(const pv_profile *p, const pv_origin_rules *rules,
                         pv_arena *a, pv_error *err)
{
    uint32_t len = p->functions.len;
    memory seen = memory_for(len, a);
    uint8_t *kinds = PV_NEW_N(a, uint8_t, len ? len : 1);
    bool *has_line = functions_with_lines(p, a);

    if (!kinds || !has_line || !seen.at) {
        pv_fail_nomem(err);
        return NULL;
    }
    for (uint32_t i = 0; i < len; i++)
        kinds[i] =
            (uint8_t)by_rules(p, &p->functions.at[i], has_line[i], rules, seen);
    if (!own_scripts(kinds, p, a)) {
        pv_fail_nomem(err);
        return NULL;
    }
    return override_all(kinds, p, rules, err) ? kinds : NULL;
}

pv_whence *pv_origins(const pv_profile *p, const pv_origin_rules *rules,
                      pv_arena *a, pv_error *err)
{
    uint32_t len = p->functions.len;
    const uint8_t *kinds = pv_origin_kinds(p, rules, a, err);
    pv_whence *w = kinds ? PV_NEW_N(a, pv_whence, len ? len : 1) : NULL;

    if (!kinds)
        return NULL;
    for (uint32_t i = 0; w && i < len; i++)
        w[i].origin = kinds[i];
    if (!w || !pv_whence_names(w, p, a)) {
        pv_fail_nomem(err);
        return NULL;
    }
    return w;
}
