/* SPDX-License-Identifier: MIT */
/* The set of options and how names are looked up in it. */
#include "optset.h"

#include "preset.h"

void pv_optset_init(pv_optset *s, pv_arena *arena)
{
    *s = (pv_optset){.arena = arena};
}

static void add_row(pv_optset *s, pv_optref row)
{
    if (s->len == s->room) {
        size_t room = s->room ? s->room * 2 : 64;
        pv_optref *at = PV_NEW_N(s->arena, pv_optref, room);

        if (!at)
            return; /* the arena remembers */
        if (s->len)
            memcpy(at, s->at, s->len * sizeof *at);
        s->at = at;
        s->room = room;
    }
    s->at[s->len++] = row;
}

void pv_optset_add(pv_optset *s, const pv_opt_group *groups, void *base)
{
    for (const pv_opt_group *g = groups; g && g->options; g++)
        for (const pv_opt *o = g->options; o->name; o++)
            add_row(
                s, (pv_optref){.opt = o,
                               .title = g->title,
                               .base = base ? (char *)base + g->offset : NULL});
}

/* Is `word` one of the words of `list`, which are apart by spaces? */
static bool has_word(const char *list, pv_str word)
{
    pv_str rest = pv_str_of(list);

    while (rest.n) {
        size_t end = pv_str_find(rest, ' ');

        if (pv_str_equal(pv_str_slice(rest, 0, end), word))
            return true;
        rest = pv_str_slice(rest, end == SIZE_MAX ? rest.n : end + 1, rest.n);
    }
    return false;
}

const pv_optref *pv_optset_find(const pv_optset *s, pv_str name)
{
    for (size_t i = 0; i < s->len; i++)
        if (pv_str_equal(pv_str_of(s->at[i].opt->name), name) ||
            (name.n > 1 && has_word(s->at[i].opt->aliases, name)))
            return &s->at[i];
    return NULL;
}

const pv_optref *pv_optset_letter(const pv_optset *s, char letter)
{
    for (size_t i = 0; i < s->len; i++)
        if (s->at[i].opt->letter == letter ||
            has_word(s->at[i].opt->aliases, (pv_str){&letter, 1}))
            return &s->at[i];
    return NULL;
}

bool pv_optset_flag(const pv_optset *s, const char *name)
{
    const pv_optref *row = pv_optset_find(s, pv_str_of(name));

    return row && row->base && row->opt->kind == PV_OPT_FLAG &&
           *(const bool *)(row->base + row->opt->offset);
}

pv_str pv_optset_text(const pv_optset *s, const char *name)
{
    const pv_optref *row = pv_optset_find(s, pv_str_of(name));

    if (!row || !row->base || row->opt->kind != PV_OPT_TEXT)
        return PV_STR("");
    return *(const pv_str *)(const void *)(row->base + row->opt->offset);
}

void pv_optset_presets(const pv_optset *s)
{
    /* Backwards: of two rows for one place the first decides. */
    for (size_t i = s->len; i-- > 0;)
        if (s->at[i].base)
            pv_option_preset(s->at[i].opt, s->at[i].base);
}
