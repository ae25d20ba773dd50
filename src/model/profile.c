/* SPDX-License-Identifier: MIT */
/* Lookups in a finished profile, and its end. */
#include "builder_private.h"
#include "mem.h"

/* The model is const for everyone but its owner. */
static void release(const void *p)
{
    pv_mem_free((void *)(uintptr_t)p);
}

void pv_profile_free(pv_profile *p)
{
    owned_profile *o = (owned_profile *)p;

    if (!p)
        return;
    for (uint32_t i = 0; i < p->series.len; i++)
        release(p->series.at[i].at);
    release(p->series.at);
    release(p->metrics.at);
    release(p->functions.at);
    release(p->functions.cost);
    release(p->residues);
    release(p->frames.at);
    release(p->frames.cost);
    release(p->bounds);
    release(p->calls.at);
    release(p->calls.cost);
    release(p->lines.at);
    release(p->lines.cost);
    release(p->marks.at);
    release(p->notes.at);
    pv_symtab_free(o->names);
    pv_arena_done(&o->text);
    pv_mem_free(o);
}

pv_str pv_profile_text(const pv_profile *p, pv_sym s)
{
    return pv_symtab_text(p->names, s);
}

pv_str pv_profile_note(const pv_profile *p, pv_str key)
{
    for (uint32_t i = 0; i < p->notes.len; i++)
        if (pv_str_equal(pv_profile_text(p, p->notes.at[i].key), key))
            return pv_profile_text(p, p->notes.at[i].value);
    return (pv_str){"", 0};
}

int pv_profile_metric(const pv_profile *p, pv_str name)
{
    for (uint32_t i = 0; i < p->metrics.len; i++)
        if (pv_str_equal(pv_profile_text(p, p->metrics.at[i].name), name))
            return (int)i;
    return -1;
}
