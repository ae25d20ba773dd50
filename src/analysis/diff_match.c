/* SPDX-License-Identifier: MIT */
/* Which function of one profile is which of another. */
#include "buf.h"
#include "diff_parts.h"
#include "path.h"
#include "symtab.h"

#define NONE UINT32_MAX
enum { TIERS = 5, QUALIFIED = 4 };

static bool is_hex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') ||
           (c >= 'A' && c <= 'F');
}

void pv_diff_plain_name(pv_buf *out, pv_str name)
{
    for (size_t i = 0; i < name.n; i++) {
        size_t end = i + 2;

        if (name.p[i] != '0' || end >= name.n || name.p[i + 1] != 'x' ||
            !is_hex(name.p[end])) {
            pv_buf_char(out, name.p[i]);
            continue;
        }
        while (end < name.n && is_hex(name.p[end]))
            end++;
        pv_buf_puts(out, "0x...");
        i = end - 1;
    }
}

pv_str pv_diff_path_tail(pv_str file)
{
    pv_path_signs s = pv_path_scan(file);

    return pv_str_slice(file, s.site ? s.site : s.std, file.n);
}

/* "run" of "Worker.run": newer Pythons write the whole of it. */
static pv_str last_part(pv_str name)
{
    size_t dot = pv_str_rfind(name, '.');

    return dot == SIZE_MAX ? name : pv_str_slice(name, dot + 1, name.n);
}

/* One is the other's last part. */
static bool is_qualified(const pv_profile *p, uint32_t a, const pv_profile *q,
                         uint32_t b)
{
    pv_str x = pv_profile_text(p, p->functions.at[a].name);
    pv_str y = pv_profile_text(q, q->functions.at[b].name);

    return pv_str_equal(x, last_part(y)) || pv_str_equal(last_part(x), y);
}

/* What must agree in a tier; false: the function takes no part in it. */
static bool key_of(pv_buf *key, const pv_profile *p, uint32_t fn, int tier)
{
    const pv_function *f = &p->functions.at[fn];
    pv_str name = pv_profile_text(p, f->name);
    pv_str file = pv_profile_text(p, f->file);

    pv_buf_clear(key);
    pv_diff_plain_name(key, tier == QUALIFIED ? last_part(name) : name);
    pv_buf_char(key, '\0');
    pv_buf_str(key, tier == 0   ? file
                    : tier == 3 ? pv_path_base(file)
                                : pv_diff_path_tail(file));
    if (tier < 2)
        pv_buf_format(key, "|%u", f->line);
    if (tier == 0)
        pv_buf_format(key, "|%u", f->kind);
    if (tier > 0 && (name.n == 0 || f->kind != PV_FN_CODE))
        return false;
    return tier < 3 || name.p[0] != '<';
}

/* How many functions of each side have a key, and the last of them. */
typedef struct meeting {
    uint32_t count[2], fn[2];
} meeting;

typedef struct matching {
    const pv_profile *p[2];
    uint32_t *match;  /* old -> new */
    bool *taken[2];   /* has its partner */
    meeting *meeting; /* by symbol */
    pv_buf key;
} matching;

static void gather(matching *m, pv_symtab *keys, int side, int tier)
{
    const pv_profile *p = m->p[side];

    for (uint32_t i = 1; i < p->functions.len; i++) {
        meeting *at;

        if (m->taken[side][i] || !key_of(&m->key, p, i, tier))
            continue;
        at = &m->meeting[pv_symtab_add(keys, pv_buf_text(&m->key)).i];
        at->count[side]++;
        at->fn[side] = i;
    }
}

static void pair(matching *m, uint32_t keys, int tier)
{
    for (uint32_t k = 1; k < keys; k++) {
        const meeting *at = &m->meeting[k];

        if (at->count[0] == 0 || at->count[1] == 0)
            continue;
        if (tier > 0 && (at->count[0] > 1 || at->count[1] > 1))
            continue;
        if (tier == QUALIFIED &&
            !is_qualified(m->p[0], at->fn[0], m->p[1], at->fn[1]))
            continue;
        m->match[at->fn[0]] = at->fn[1];
        m->taken[0][at->fn[0]] = m->taken[1][at->fn[1]] = true;
    }
}

static bool match_tier(matching *m, int tier, pv_arena *a)
{
    size_t room = (size_t)m->p[0]->functions.len + m->p[1]->functions.len + 1;
    pv_symtab *keys = pv_symtab_new(a);
    bool ok;

    m->meeting = PV_NEW_N(a, meeting, room);
    if (keys && m->meeting) {
        gather(m, keys, 0, tier);
        gather(m, keys, 1, tier);
        pair(m, pv_symtab_len(keys), tier);
    }
    ok = keys && m->meeting && !pv_symtab_failed(keys) && !m->key.failed;
    pv_symtab_free(keys);
    return ok;
}

uint32_t *pv_diff_match(const pv_profile *old, const pv_profile *new,
                        pv_arena *a)
{
    matching m = {.p = {old, new}};
    bool ok;

    m.match = PV_NEW_N(a, uint32_t, old->functions.len + 1);
    m.taken[0] = PV_NEW_N(a, bool, old->functions.len + 1);
    m.taken[1] = PV_NEW_N(a, bool, new->functions.len + 1);
    ok = !a->failed;
    if (ok)
        memset(m.match, 0xff, (old->functions.len + 1) * sizeof *m.match);
    for (int tier = 0; ok && tier < TIERS; tier++)
        ok = match_tier(&m, tier, a);
    pv_buf_done(&m.key);
    return ok ? m.match : NULL;
}
