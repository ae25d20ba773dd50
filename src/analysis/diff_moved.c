/* SPDX-License-Identifier: MIT */
/* Where functions were before: another file, another line.
 *
 * Functions are numbered anew when the union is finished, so that they are
 * found again by what they are.
 */
#include "diff_parts.h"
#include "path.h"
#include "symtab.h"

static bool same_file(const pv_profile *a, const pv_function *f,
                      const pv_profile *b, const pv_function *g)
{
    return pv_str_equal(pv_diff_path_tail(pv_profile_text(a, f->file)),
                        pv_diff_path_tail(pv_profile_text(b, g->file)));
}

static bool is_elsewhere(const pv_profile *a, const pv_function *f,
                         const pv_profile *b, const pv_function *g)
{
    return f->kind == PV_FN_CODE && f->file.i && g->file.i &&
           (f->line != g->line || !same_file(a, f, b, g));
}

static void put_key(pv_buf *key, const pv_profile *p, const pv_function *f)
{
    pv_buf_clear(key);
    pv_diff_plain_name(key, pv_profile_text(p, f->name));
    pv_buf_char(key, '\0');
    pv_buf_str(key, pv_profile_text(p, f->file));
    pv_buf_format(key, "|%u|%u", f->line, f->kind);
}

static uint32_t find(const pv_diff_moves *m, pv_str key)
{
    return m->keys ? pv_symtab_find(m->keys, key).i : 0;
}

bool pv_diff_note_moves(pv_diff_moves *m, const pv_profile *old,
                        const pv_profile *new, const uint32_t *match,
                        pv_arena *a)
{
    m->keys = pv_symtab_new(a);
    m->was = PV_NEW_N(a, pv_diff_place, old->functions.len + 2);
    for (uint32_t i = 1; m->keys && m->was && i < old->functions.len; i++) {
        const pv_function *f = &old->functions.at[i], *now;
        uint32_t known = pv_symtab_len(m->keys), at;

        if (match[i] == UINT32_MAX)
            continue;
        now = &new->functions.at[match[i]];
        if (!is_elsewhere(old, f, new, now))
            continue;
        put_key(&m->key, new, now);
        at = pv_symtab_add(m->keys, pv_buf_text(&m->key)).i;
        if (at == known)
            m->was[at] = (pv_diff_place){
                same_file(old, f, new, now)
                    ? PV_STR("")
                    : pv_arena_copy(a, pv_profile_text(old, f->file)),
                f->line};
    }
    return m->keys && m->was && !m->key.failed && !a->failed &&
           !pv_symtab_failed(m->keys);
}

bool pv_diff_was(pv_diff_moves *m, const pv_profile *p, pv_fn fn,
                 pv_diff_place *out)
{
    uint32_t at;

    if (!m->keys || !fn.i)
        return false;
    put_key(&m->key, p, &p->functions.at[fn.i]);
    at = find(m, pv_buf_text(&m->key));
    if (at)
        *out = m->was[at];
    return at != 0;
}

void pv_diff_moves_done(pv_diff_moves *m)
{
    pv_symtab_free(m->keys);
    pv_buf_done(&m->key);
    *m = (pv_diff_moves){0};
}
