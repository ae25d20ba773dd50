/* SPDX-License-Identifier: MIT */
/* Sorted once, searched for each file. */
#include "source_index.h"

#include <stdlib.h>

static int by_file(const void *p, const void *q)
{
    const pv_filed *x = p, *y = q;
    int order = pv_str_compare(x->file, y->file);

    return order ? order : (x->item > y->item) - (x->item < y->item);
}

static bool room_for(pv_file_index *x, uint32_t n, pv_arena *a)
{
    *x = (pv_file_index){.at = PV_NEW_N(a, pv_filed, (size_t)n + 1)};
    return x->at != NULL;
}

static void put(pv_file_index *x, pv_str file, uint32_t item)
{
    x->at[x->len++] = (pv_filed){file, item};
}

static void sort(pv_file_index *x)
{
    if (x->len > 1)
        qsort(x->at, x->len, sizeof *x->at, by_file);
}

bool pv_index_ranking(pv_file_index *x, const pv_ranking *r, pv_arena *a)
{
    if (!room_for(x, r->len, a))
        return false;
    for (uint32_t i = 0; i < r->len; i++)
        put(x, pv_ranking_row(r, i).file, i);
    sort(x);
    return true;
}

bool pv_index_functions(pv_file_index *x, const pv_profile *p, pv_arena *a)
{
    if (!room_for(x, p->functions.len, a))
        return false;
    for (uint32_t i = 1; i < p->functions.len; i++)
        put(x, pv_profile_text(p, p->functions.at[i].file), i);
    sort(x);
    return true;
}

/* How many stand before `key`. */
static uint32_t rank_of(const pv_file_index *x, pv_filed key)
{
    uint32_t low = 0, high = x->len;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (by_file(&x->at[middle], &key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

pv_file_index pv_index_of(const pv_file_index *x, pv_str file)
{
    uint32_t begin = rank_of(x, (pv_filed){file, 0});
    uint32_t end = rank_of(x, (pv_filed){file, UINT32_MAX});

    return (pv_file_index){x->at + begin, end - begin};
}

uint32_t pv_index_item(const pv_file_index *part, uint32_t item)
{
    pv_filed key = {.item = item};
    uint32_t at;

    if (!part->len)
        return 0;
    key.file = part->at[0].file;
    at = rank_of(part, key);
    return at < part->len && part->at[at].item == item ? at : part->len;
}
