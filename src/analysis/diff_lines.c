/* SPDX-License-Identifier: MIT */
/* Which line of a function is which where the inputs carry their text: a text
 * that stands once on both sides is the same line, wherever it went. */
#include "diff_parts.h"
#include "symtab.h"

static bool put_key(pv_buf *key, const pv_profile *p, const pv_line *l,
                    uint32_t fn)
{
    pv_str text = pv_profile_text(p, l->source);

    while (text.n && (text.p[0] == ' ' || text.p[0] == '\t'))
        text = pv_str_slice(text, 1, text.n);
    pv_buf_clear(key);
    pv_buf_format(key, "%u|%u|", fn, l->call);
    pv_buf_str(key, text);
    return text.n > 0;
}

/* The function of the new side, UINT32_MAX: none. */
static uint32_t now_of(const pv_diff_texts *t, int side, uint32_t fn)
{
    return side || !fn ? fn : t->match[fn];
}

bool pv_diff_texts_make(pv_diff_texts *t, const pv_profile *old,
                        const pv_profile *new, const uint32_t *match,
                        pv_arena *a)
{
    const pv_profile *sides[2] = {old, new};
    size_t room = (size_t)old->lines.len + new->lines.len + 2;

    *t = (pv_diff_texts){.match = match, .keys = pv_symtab_new(a)};
    t->seen = PV_NEW_N(a, pv_diff_text_line, room);
    for (int s = 0; s < 2 && t->keys && t->seen; s++)
        for (uint32_t i = 0; i < sides[s]->lines.len; i++) {
            const pv_line *l = &sides[s]->lines.at[i];
            uint32_t fn = now_of(t, s, l->fn.i), at;

            if (fn == UINT32_MAX || !put_key(&t->key, sides[s], l, fn))
                continue;
            at = pv_symtab_add(t->keys, pv_buf_text(&t->key)).i;
            t->seen[at].count[s]++;
            if (s == 1)
                t->seen[at].line = l->line;
        }
    return t->keys && t->seen && !t->key.failed && !pv_symtab_failed(t->keys);
}

uint32_t pv_diff_text_line_of(pv_diff_texts *t, const pv_profile *old,
                              const pv_line *l)
{
    const pv_diff_text_line *at;
    uint32_t fn = now_of(t, 0, l->fn.i);

    if (fn == UINT32_MAX || !put_key(&t->key, old, l, fn))
        return 0;
    at = &t->seen[pv_symtab_find(t->keys, pv_buf_text(&t->key)).i];
    return at->count[0] == 1 && at->count[1] == 1 ? at->line : 0;
}

void pv_diff_texts_done(pv_diff_texts *t)
{
    pv_symtab_free(t->keys);
    pv_buf_done(&t->key);
    *t = (pv_diff_texts){0};
}
