/* SPDX-License-Identifier: MIT */
/* Strings become small integers: open addressing over hashes, texts in an
 * arena. */
#include "symtab.h"

#include <sys/random.h>
#include <xxhash.h>

#include "ahead.h"
#include "mem.h"
#include "vec.h"

struct pv_symtab {
    pv_arena *text;
    PV_VEC(pv_str) strings; /* [0] = "" */
    uint64_t *slots;        /* hash << 32 | string + 1, 0 = free */
    uint32_t mask;
    bool failed;
};

/* Drawn once a process; numbering follows arrival, so it never shows.  */
static uint64_t seed(void)
{
    static _Atomic uint64_t drawn;
    uint64_t s = drawn;

    if (s == 0) {
        if (getrandom(&s, sizeof s, GRND_NONBLOCK) != (ssize_t)sizeof s)
            s = (uint64_t)(uintptr_t)&drawn;
        s |= 1;
        drawn = s;
    }
    return s;
}

uint64_t pv_hash(const void *p, size_t n)
{
    return XXH3_64bits_withSeed(p, n, seed());
}

pv_hash128 pv_hash_wide(const void *p, size_t n)
{
    XXH128_hash_t h = XXH3_128bits_withSeed(p, n, seed());

    return (pv_hash128){h.low64, h.high64};
}

uint32_t pv_fnv1a_more(uint32_t h, pv_str s)
{
    for (size_t i = 0; i < s.n; i++)
        h = (h ^ (unsigned char)s.p[i]) * UINT32_C(16777619);
    return h;
}

uint32_t pv_fnv1a(pv_str s)
{
    return pv_fnv1a_more(PV_FNV1A_INIT, s);
}

pv_symtab *pv_symtab_new(pv_arena *text)
{
    pv_symtab *t = pv_mem_alloc(1, sizeof *t);

    if (!t)
        return NULL;
    t->text = text;
    t->mask = 63;
    t->slots = pv_mem_alloc(64, sizeof *t->slots);
    if (!t->slots || !PV_VEC_GROW(&t->strings, 1)) {
        pv_symtab_free(t);
        return NULL;
    }
    t->strings.at[t->strings.len++] = (pv_str){"", 0};
    return t;
}

void pv_symtab_free(pv_symtab *t)
{
    if (!t)
        return;
    PV_VEC_DONE(&t->strings);
    pv_mem_free(t->slots);
    pv_mem_free(t);
}

static uint32_t probe(const pv_symtab *t, pv_str s, uint32_t hash)
{
    uint32_t i = hash & t->mask;

    for (; t->slots[i]; i = (i + 1) & t->mask)
        if (t->slots[i] >> 32 == hash &&
            pv_str_equal(t->strings.at[(uint32_t)t->slots[i] - 1], s))
            break;
    return i;
}

static bool grow_slots(pv_symtab *t)
{
    uint32_t mask = t->mask * 2 + 1;
    uint64_t *slots = pv_mem_alloc((size_t)mask + 1, sizeof *slots);

    if (!slots)
        return false;
    for (uint32_t k = 0; k <= t->mask; k++) {
        uint32_t i = (uint32_t)(t->slots[k] >> 32) & mask;

        if (t->slots[k] == 0)
            continue;
        while (slots[i])
            i = (i + 1) & mask;
        slots[i] = t->slots[k];
    }
    pv_mem_free(t->slots);
    t->slots = slots;
    t->mask = mask;
    return true;
}

static bool make_room(pv_symtab *t)
{
    return t->strings.len < UINT32_MAX / 4 &&
           (t->strings.len * 2 <= t->mask || grow_slots(t)) &&
           PV_VEC_GROW(&t->strings, 1);
}

uint32_t pv_symtab_hash(pv_str s)
{
    return (uint32_t)pv_hash(s.p, s.n);
}

void pv_symtab_ahead(const pv_symtab *t, uint32_t hash, unsigned step)
{
    const uint64_t *slot = &t->slots[hash & t->mask];
    const pv_str *string;

    if (step == 0) {
        pv_ahead(slot);
        return;
    }
    if (*slot == 0)
        return;
    string = &t->strings.at[(uint32_t)*slot - 1];
    pv_ahead(step == 1 ? (const void *)string : string->p);
}

pv_sym pv_symtab_add(pv_symtab *t, pv_str s)
{
    return pv_symtab_add_hashed(t, s, s.n ? pv_symtab_hash(s) : 0);
}

pv_sym pv_symtab_add_hashed(pv_symtab *t, pv_str s, uint32_t hash)
{
    uint32_t slot;
    pv_str copy;

    if (s.n == 0 || t->failed)
        return (pv_sym){0};
    slot = probe(t, s, hash);
    if (t->slots[slot])
        return (pv_sym){(uint32_t)t->slots[slot] - 1};
    copy = pv_arena_copy(t->text, s);
    if (copy.n != s.n || !make_room(t)) {
        t->failed = true;
        return (pv_sym){0};
    }
    slot = probe(t, s, hash);
    t->strings.at[t->strings.len++] = copy;
    t->slots[slot] = (uint64_t)hash << 32 | t->strings.len;
    return (pv_sym){(uint32_t)t->strings.len - 1};
}

pv_sym pv_symtab_find(const pv_symtab *t, pv_str s)
{
    uint32_t k;

    if (s.n == 0)
        return (pv_sym){0};
    k = (uint32_t)t->slots[probe(t, s, (uint32_t)pv_hash(s.p, s.n))];
    return (pv_sym){k ? k - 1 : 0};
}

pv_str pv_symtab_text(const pv_symtab *t, pv_sym s)
{
    return t->strings.at[s.i < t->strings.len ? s.i : 0];
}

uint32_t pv_symtab_len(const pv_symtab *t)
{
    return (uint32_t)t->strings.len;
}

bool pv_symtab_failed(const pv_symtab *t)
{
    return t->failed;
}
