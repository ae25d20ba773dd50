/* SPDX-License-Identifier: MIT */
/* Frames as folded lines spell them. */
#include "spelling.h"

bool pv_spells_builtin(pv_str name, pv_str file)
{
    if (pv_str_equal(file, PV_STR("~")))
        return true;
    return !file.n && pv_str_ends(name, PV_STR(">")) &&
           (pv_str_starts(name, PV_STR("<built-in ")) ||
            pv_str_starts(name, PV_STR("<method ")));
}

void pv_spell_place(pv_buf *out, pv_str file, uint32_t line)
{
    pv_buf_str(out, file);
    if (line) {
        pv_buf_char(out, ':');
        pv_buf_u64(out, line);
    }
}

/* What would cut the stack or the line becomes something that does not. */
static void mend(char *text, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (text[i] == ';')
            text[i] = ':';
        else if (text[i] == '\n' || text[i] == '\r')
            text[i] = ' ';
    }
}

void pv_spell_frame(pv_buf *out, const pv_profile *p, pv_node at)
{
    const pv_frame *frame = &p->frames.at[at.i];
    const pv_function *fn = &p->functions.at[frame->fn.i];
    pv_str name = pv_profile_text(p, fn->name);
    pv_str file = pv_profile_text(p, fn->file);
    uint32_t line = frame->line ? frame->line : fn->line;
    size_t begin = out->n;

    if (frame->text.i) {
        pv_buf_str(out, pv_profile_text(p, frame->text));
        return;
    }
    pv_buf_str(out, name);
    if (!name.n) {
        pv_spell_place(out, file, line);
    } else if (file.n && !pv_spells_builtin(name, file)) {
        pv_buf_puts(out, " (");
        pv_spell_place(out, file, line);
        pv_buf_char(out, ')');
    }
    if (!out->failed)
        mend(out->p + begin, out->n - begin);
}
