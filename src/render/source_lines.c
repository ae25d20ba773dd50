/* SPDX-License-Identifier: MIT */
/* Source text for annotations. */
#include "source_lines.h"

#include "ink.h"

void pv_sources_init(pv_sources *s, const pv_annotate_options *o)
{
    *s = (pv_sources){.roots = {o->source_path.at, o->source_path.len,
                                o->path_map.at, o->path_map.len},
                      .none = o->embed_source != 0};
    pv_arena_init(&s->a, 0);
}

void pv_sources_done(pv_sources *s)
{
    pv_arena_done(&s->a);
}

pv_found pv_sources_hold(pv_sources *s, pv_str file)
{
    pv_buf bytes = {0};

    if (s->held && pv_str_equal(s->file, file))
        return s->found;
    pv_arena_done(&s->a);
    pv_arena_init(&s->a, 0);
    s->file = file;
    s->held = true;
    s->text = (pv_source_text){0};
    s->found = pv_roots_read(&s->roots, file, &bytes, NULL);
    if (s->found == PV_FOUND && !s->none &&
        !pv_source_split(&s->text, pv_buf_text(&bytes), &s->a))
        s->failed = true;
    s->failed |= bytes.failed;
    pv_buf_done(&bytes);
    return s->found;
}

pv_str pv_sources_line(const pv_sources *s, uint32_t line)
{
    return line >= 1 && line <= s->text.len ? s->text.at[line - 1] : PV_STR("");
}

void pv_source_clean(pv_buf *out, pv_str line, bool tabs, bool unicode)
{
    while (line.n > 0) {
        size_t tab = pv_str_find(line, '\t');

        pv_ink_clean(out, pv_str_slice(line, 0, tab), unicode);
        if (tab == SIZE_MAX)
            return;
        pv_buf_puts(out, tabs ? "\t" : "    ");
        line = pv_str_slice(line, tab + 1, line.n);
    }
}
