/* SPDX-License-Identifier: MIT */
/* Names of modules and packages.
 *
 * A module is named from the place where imports start: behind site-packages
 * or the library's directory, at the start of a relative path; for your own
 * files with absolute paths, behind the directory that all of them share.
 */
#include "whence.h"

#include "path.h"
#include "spelling.h"
#include "symtab.h"

static pv_str own_file(const pv_profile *p, const pv_whence *w, uint32_t i)
{
    pv_str file = pv_profile_text(p, p->functions.at[i].file);

    return w[i].origin == PV_OWN && pv_path_absolute(file) &&
                   pv_path_python(file)
               ? file
               : PV_STR("");
}

static pv_str common_dir(const pv_profile *p, const pv_whence *w)
{
    pv_str shared = {0};
    bool any = false;

    for (uint32_t i = 0; i < p->functions.len; i++) {
        pv_str file = own_file(p, w, i);

        if (!file.n)
            continue;
        if (!any)
            shared = pv_str_slice(file, 0, pv_path_dir_len(file));
        any = true;
        shared = pv_path_common(shared, file);
    }
    return shared;
}

/* "<built-in method math.sqrt>" -> "math"; "<method 'x' of 're.Pattern'
 * objects>" -> "re"; without a dotted name it is Python itself. */
static pv_str builtin_module(pv_str name)
{
    static const char *const heads[] = {"<built-in method ",
                                        "<built-in function ",
                                        "<built-in ",
                                        "<method ",
                                        "<",
                                        NULL};
    size_t dot, quote;

    for (const char *const *h = heads; *h; h++) {
        if (pv_str_starts(name, pv_str_of(*h))) {
            name = pv_str_slice(name, strlen(*h), name.n);
            break;
        }
    }
    for (size_t i = 0; i + 5 <= name.n; i++) {
        if (memcmp(name.p + i, " of '", 5) == 0) {
            name = pv_str_slice(name, i + 5, name.n);
            quote = pv_str_find(name, '\'');
            name = pv_str_slice(name, 0, quote);
            break;
        }
    }
    name = pv_str_slice(name, 0, pv_str_find(name, ' '));
    dot = pv_str_rfind(name, '.');
    return dot == SIZE_MAX || !dot ? PV_STR("builtins")
                                   : pv_str_slice(name, 0, dot);
}

static pv_str frozen_module(pv_str file)
{
    return pv_str_slice(file, sizeof "<frozen " - 1, pv_str_find(file, '>'));
}

/* Where in the path the module's name begins. */
static size_t import_root(pv_str file, pv_origin origin, pv_str common)
{
    pv_path_signs signs = pv_path_scan(file);
    size_t at = signs.site ? signs.site : signs.std, next = at;
    pv_str part = pv_path_part(file, &next);

    if (pv_str_ends(part, PV_STR(".egg")) ||
        pv_str_equal(part, PV_STR("lib-dynload")))
        return next;
    if (at)
        return at;
    return origin == PV_OWN && pv_str_starts(file, common) ? common.n : 0;
}

static pv_str module_of(const pv_profile *p, const pv_function *f,
                        pv_origin origin, pv_str common, pv_buf *buf)
{
    pv_str name = pv_profile_text(p, f->name);
    pv_str file = pv_profile_text(p, f->file);

    pv_buf_clear(buf);
    if (f->kind != PV_FN_CODE && f->kind != PV_FN_LINE)
        return PV_STR("");
    if (pv_spells_builtin(name, file) || (origin == PV_BUILTIN && !file.n))
        return builtin_module(name);
    if (!file.n)
        return PV_STR("");
    if (pv_str_starts(file, PV_STR("<frozen ")))
        return frozen_module(file);
    if (file.p[0] == '<')
        return file;
    if (origin == PV_NATIVE)
        return pv_path_base(file);
    pv_path_module(
        buf, pv_str_slice(file, import_root(file, origin, common), file.n));
    return pv_buf_text(buf);
}

static pv_str package_of(pv_str module, pv_origin origin)
{
    size_t dot = pv_str_find(module, '.');

    if (module.n && module.p[0] == '<')
        return PV_STR("");
    if (origin == PV_NATIVE || dot)
        return pv_str_slice(module, 0, dot);
    return module;
}

static void name_one(pv_whence *w, pv_str module, pv_arena *a)
{
    w->module = pv_arena_copy(a, module);
    w->package = package_of(w->module, (pv_origin)w->origin);
    w->variant = (uint8_t)(pv_fnv1a(w->package) % 3);
}

/* Is the module told by the file alone? */
static bool named_by_file(const pv_profile *p, const pv_function *f)
{
    return (f->kind == PV_FN_CODE || f->kind == PV_FN_LINE) && f->file.i &&
           !pv_spells_builtin(pv_profile_text(p, f->name),
                              pv_profile_text(p, f->file));
}

bool pv_whence_names(pv_whence *w, const pv_profile *p, pv_arena *a)
{
    enum { MEMO = 4096 };
    uint32_t mask = 63, *last; /* functions of a file have one module */
    pv_str common = common_dir(p, w);
    pv_buf buf = {0};
    bool ok;

    while (mask < MEMO - 1 && mask < p->functions.len)
        mask = mask * 2 + 1;
    last = PV_NEW_N(a, uint32_t, mask + 1);
    for (uint32_t i = 0; last && i < p->functions.len; i++) {
        const pv_function *f = &p->functions.at[i];
        bool by_file = named_by_file(p, f);
        uint32_t *same = &last[f->file.i & mask]; /* + 1; 0: none yet */

        if (by_file && *same && w[*same - 1].origin == w[i].origin &&
            p->functions.at[*same - 1].file.i == f->file.i) {
            w[i] = w[*same - 1];
            continue;
        }
        name_one(&w[i], module_of(p, f, (pv_origin)w[i].origin, common, &buf),
                 a);
        if (by_file)
            *same = i + 1;
    }
    ok = !buf.failed && !a->failed;
    pv_buf_done(&buf);
    return ok;
}
