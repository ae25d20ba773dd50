/* SPDX-License-Identifier: MIT */
/* Who called whom in a pstats file: keys become functions when all are there.
 *
 * Equal keys are nearly always written once, but those of merged profiles are
 * not.  All of it jumps about in large tables, so what is needed next is asked
 * for some steps before.
 */
#include "ahead.h"
#include "mem.h"
#include "pstats_quick.h"
#include "rows.h"

enum { AHEAD = 16 };

void quick_tables_done(quick_tables *t)
{
    PV_VEC_DONE(&t->refs);
    PV_VEC_DONE(&t->floats);
    PV_VEC_DONE(&t->strings);
    PV_VEC_DONE(&t->keys);
}

static pv_row_key key_of(const void *table, uint32_t row)
{
    const pv_function *f = &((const quick_key *)table + row)->place;

    return (pv_row_key){{f->name.i, f->file.i, f->line, 0}};
}

/* The same key further in front takes over the entry; both cannot have one.
 * `k` then stands for `first`. */
static bool join(quick_key *first, quick_key *k, uint32_t *same, uint32_t at)
{
    if (first->fn && k->fn)
        return false;
    if (k->fn)
        first->fn = k->fn;
    *same = at;
    return true;
}

/* same[k]: the first key that is equal to k. */
static bool unite(quick_tables *t, pv_rows *rows, uint32_t *same)
{
    uint32_t n = (uint32_t)t->keys.len, hashes[AHEAD];

    for (uint32_t i = 0; i < n + AHEAD; i++) {
        uint32_t k = i - AHEAD, at;

        if (i >= AHEAD) {
            at = pv_rows_find(rows, t->keys.at, key_of(t->keys.at, k),
                              hashes[k % AHEAD]);
            same[k] = k;
            if (at != UINT32_MAX) {
                if (!join(&t->keys.at[at], &t->keys.at[k], &same[k], at))
                    return false;
            } else if (!pv_rows_add(rows, k, hashes[k % AHEAD])) {
                return false;
            }
        }
        if (i < n) {
            hashes[i % AHEAD] = pv_rows_hash(key_of(t->keys.at, i));
            pv_rows_ahead(rows, hashes[i % AHEAD]);
        }
    }
    return true;
}

/* Functions that are callers only follow those with entries. */
static bool number(quick_tables *t, pv_builder *b, const uint32_t *same)
{
    static const int64_t nothing[PV_METRICS_MAX];

    for (uint32_t i = 0; i < t->keys.len; i++) {
        quick_key *k = &t->keys.at[i];

        if (same[i] != i) {
            k->fn = t->keys.at[same[i]].fn;
        } else if (k->fn == 0) {
            k->fn = pv_build_functions_new(b, &k->place, 1, nothing).i;
            t->functions = k->fn + 1;
        }
        if (k->fn == 0)
            return false;
    }
    return true;
}

static bool unite_keys(quick_tables *t, pv_builder *b)
{
    pv_rows rows = {.key = key_of};
    uint32_t *same = pv_mem_alloc(t->keys.len, sizeof *same);
    bool ok = same && pv_rows_expect(&rows, t->keys.len) &&
              unite(t, &rows, same) && number(t, b, same);

    pv_mem_free(same);
    pv_rows_done(&rows);
    return ok;
}

/* References to keys become their functions, all others none. */
static void follow_refs(quick_tables *t)
{
    for (size_t i = 0; i < t->refs.len; i++) {
        uint64_t r = t->refs.at[i];

        t->refs.at[i] = (r & 7) == QUICK_KEY ? t->keys.at[r >> 3].fn : 0;
    }
}

static uint32_t function_of(const quick_tables *t, uint32_t caller)
{
    return caller & QUICK_IS_KEY ? t->keys.at[caller & ~QUICK_IS_KEY].fn
                                 : (uint32_t)t->refs.at[caller];
}

static void ask_ahead(const quick_tables *t, uint32_t caller)
{
    if (!(caller & QUICK_IS_KEY))
        pv_ahead(&t->refs.at[caller]);
}

/* A caller stands once in a dict; `seen`: what each function called last. */
static bool replace(const quick_tables *t, pv_call *calls, uint32_t n,
                    uint32_t *seen)
{
    for (uint32_t i = 0; i < n; i++) {
        uint32_t fn = function_of(t, calls[i].caller.i);

        if (i + 2 * AHEAD < n)
            ask_ahead(t, calls[i + 2 * AHEAD].caller.i);
        if (i + AHEAD < n)
            pv_ahead(&seen[function_of(t, calls[i + AHEAD].caller.i)]);
        if (fn == 0 || seen[fn] == calls[i].callee.i)
            return false;
        seen[fn] = calls[i].callee.i;
        calls[i].caller.i = fn;
    }
    return true;
}

bool quick_resolve(quick_tables *t, pv_builder *b, uint32_t first)
{
    uint32_t n, *seen;
    pv_call *calls;
    bool ok;

    if (!unite_keys(t, b))
        return false;
    calls = pv_build_calls(b, &n);
    if (n == first)
        return true;
    follow_refs(t);
    seen = pv_mem_alloc(t->functions, sizeof *seen);
    ok = seen && replace(t, calls + first, n - first, seen);
    pv_mem_free(seen);
    return ok;
}
