/* SPDX-License-Identifier: MIT */
/* How functions and frames are called. */
#include "label.h"

#include "number.h"

pv_str pv_label_bare(pv_str name)
{
    size_t n = name.n;

    if (n > 4 && name.p[n - 1] == ']' && name.p[n - 3] == '[' &&
        name.p[n - 4] == '_' && strchr("kijw", name.p[n - 2]) && name.p[n - 2])
        return pv_str_slice(name, 0, n - 4);
    return name;
}

bool pv_label_builtin(pv_str name, pv_str file)
{
    if (pv_str_equal(file, PV_STR("~")))
        return true;
    return !file.n && pv_str_ends(name, PV_STR(">")) &&
           (pv_str_starts(name, PV_STR("<built-in ")) ||
            pv_str_starts(name, PV_STR("<method ")));
}

static void add_file_line(pv_buf *out, pv_str file, uint32_t line)
{
    pv_buf_str(out, file);
    if (line)
        pv_buf_format(out, ":%u", (unsigned)line);
}

void pv_label_function(pv_buf *out, const pv_profile *p, pv_fn fn)
{
    const pv_function *f = &p->functions.at[fn.i];
    pv_str name = pv_label_bare(pv_profile_text(p, f->name));
    pv_str file = pv_profile_text(p, f->file);

    if (name.n)
        pv_buf_str(out, name);
    else if (file.n)
        add_file_line(out, file, f->line);
    else
        pv_buf_puts(out, "(unknown)");
}

void pv_label_place(pv_buf *out, const pv_profile *p, pv_fn fn, uint32_t line)
{
    const pv_function *f = &p->functions.at[fn.i];
    pv_str name = pv_profile_text(p, f->name);
    pv_str file = pv_profile_text(p, f->file);

    if (pv_label_builtin(name, file))
        pv_buf_puts(out, "built-in");
    else if (file.n)
        add_file_line(out, file, line);
}

static void untear(char *text, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (text[i] == ';')
            text[i] = ':';
        else if (text[i] == '\n' || text[i] == '\r')
            text[i] = ' ';
    }
}

void pv_label_folded(pv_buf *out, const pv_profile *p, pv_node at)
{
    const pv_frame *frame = &p->frames.at[at.i];
    const pv_function *f = &p->functions.at[frame->fn.i];
    pv_str name = pv_profile_text(p, f->name);
    pv_str file = pv_profile_text(p, f->file);
    uint32_t line = frame->line ? frame->line : f->line;
    size_t begin = out->n;

    if (frame->text.i) {
        pv_buf_str(out, pv_profile_text(p, frame->text));
        return;
    }
    if (!name.n) {
        add_file_line(out, file, line);
    } else {
        pv_buf_str(out, name);
        if (file.n && !pv_label_builtin(name, file)) {
            pv_buf_puts(out, " (");
            add_file_line(out, file, line);
            pv_buf_char(out, ')');
        }
    }
    if (!out->failed)
        untear(out->p + begin, out->n - begin);
}
