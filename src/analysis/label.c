/* SPDX-License-Identifier: MIT */
/* How functions and frames are called. */
#include "label.h"

#include "spelling.h"

pv_str pv_label_bare(pv_str name)
{
    size_t n = name.n;

    if (n > 4 && name.p[n - 1] == ']' && name.p[n - 3] == '[' &&
        name.p[n - 4] == '_' && strchr("kijw", name.p[n - 2]) && name.p[n - 2])
        return pv_str_slice(name, 0, n - 4);
    return name;
}

void pv_label_function(pv_buf *out, const pv_profile *p, pv_fn fn)
{
    const pv_function *f = &p->functions.at[fn.i];
    pv_str name = pv_label_bare(pv_profile_text(p, f->name));
    pv_str file = pv_profile_text(p, f->file);

    if (name.n)
        pv_buf_str(out, name);
    else if (file.n)
        pv_spell_place(out, file, f->line);
    else
        pv_buf_puts(out, "(unknown)");
}

bool pv_label_has_line(const pv_profile *p, pv_fn fn)
{
    const pv_function *f = &p->functions.at[fn.i];
    pv_str file = pv_profile_text(p, f->file);

    return file.n && !pv_spells_builtin(pv_profile_text(p, f->name), file);
}

void pv_label_place(pv_buf *out, const pv_profile *p, pv_fn fn, uint32_t line)
{
    const pv_function *f = &p->functions.at[fn.i];
    pv_str name = pv_profile_text(p, f->name);
    pv_str file = pv_profile_text(p, f->file);

    if (pv_spells_builtin(name, file))
        pv_buf_puts(out, "built-in");
    else if (file.n)
        pv_spell_place(out, file, line);
}
