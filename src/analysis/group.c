/* SPDX-License-Identifier: MIT */
/* Functions become files, lines, modules or packages.
 *
 * A group is found by its text; what its members' files have in common (the
 * file, or the directory above all of them) is the place of the group.
 */
#include "group.h"

#include "mem.h"
#include "path.h"
#include "symtab.h"
#include "vec.h"

struct pv_groups {
    int by;
    pv_work_fns *fns;
    const pv_whence *whence;
    pv_arena *names;
    pv_symtab *texts;
    uint32_t known;         /* functions of the profile */
    PV_VEC(uint32_t) fn_of; /* by text: the group's function */
    uint32_t *cache;        /* by function, where the line has no say */
    pv_buf buf;
    bool failed;
};

pv_groups *pv_groups_new(int by, pv_work_fns *fns, const pv_whence *whence,
                         pv_arena *names)
{
    pv_groups *g = pv_mem_alloc(1, sizeof *g);

    if (!g)
        return NULL;
    g->by = by;
    g->fns = fns;
    g->whence = whence;
    g->names = names;
    g->known = fns->len;
    g->texts = pv_symtab_new(names);
    g->cache = pv_mem_alloc(fns->len, sizeof *g->cache);
    if (!g->texts || !g->cache) {
        pv_groups_free(g);
        return NULL;
    }
    return g;
}

void pv_groups_free(pv_groups *g)
{
    if (!g)
        return;
    pv_symtab_free(g->texts);
    PV_VEC_DONE(&g->fn_of);
    pv_mem_free(g->cache);
    pv_buf_done(&g->buf);
    pv_mem_free(g);
}

bool pv_groups_failed(const pv_groups *g)
{
    return g->failed || g->buf.failed || g->names->failed ||
           pv_symtab_failed(g->texts);
}

static pv_str text_of(pv_groups *g, uint32_t fn, uint32_t line)
{
    const pv_work_fn *f = &g->fns->at[fn];
    pv_str text = {0};

    if (g->by == PV_BY_FILE)
        text = f->file;
    else if (g->by == PV_BY_MODULE)
        text = g->whence[fn].module;
    else if (g->by == PV_BY_PACKAGE)
        text = g->whence[fn].package;
    else if (f->file.n) {
        pv_buf_clear(&g->buf);
        pv_buf_str(&g->buf, f->file);
        if (line)
            pv_buf_format(&g->buf, ":%u", (unsigned)line);
        text = pv_buf_text(&g->buf);
    }
    return text.n ? text : PV_STR("(unknown)");
}

/* The group's row in `fn_of`, which has one place for each text. */
static uint32_t *slot_of(pv_groups *g, pv_str text, pv_sym *sym)
{
    *sym = pv_symtab_add(g->texts, text);
    while (g->fn_of.len <= sym->i) {
        if (!PV_VEC_GROW(&g->fn_of, 1)) {
            g->failed = true;
            return NULL;
        }
        g->fn_of.at[g->fn_of.len++] = 0;
    }
    return pv_groups_failed(g) ? NULL : &g->fn_of.at[sym->i];
}

static uint32_t make(pv_groups *g, uint32_t fn, uint32_t line, pv_sym text)
{
    const pv_work_fn *f = &g->fns->at[fn];
    bool by_line = g->by == PV_BY_LINE;
    uint32_t made;

    made = pv_work_fns_add(
        g->fns, (pv_work_fn){.name = pv_symtab_text(g->texts, text),
                             .file = f->file,
                             .line = by_line ? line : 0,
                             .kind = by_line ? PV_FN_LINE : PV_FN_CODE});
    if (!made)
        g->failed = true;
    return made;
}

uint32_t pv_group_of(pv_groups *g, uint32_t fn, uint32_t line)
{
    pv_work_fn *f = &g->fns->at[fn];
    bool by_line = g->by == PV_BY_LINE;
    uint32_t *slot;
    pv_sym text;

    if (f->kind != PV_FN_CODE && f->kind != PV_FN_LINE)
        return fn;
    if (!by_line && g->cache[fn])
        return g->cache[fn];
    if (by_line && !line)
        line = f->line;
    slot = slot_of(g, text_of(g, fn, line), &text);
    if (!slot)
        return 0;
    if (!*slot) {
        *slot = make(g, fn, line, text);
    } else {
        pv_str *place = &g->fns->at[*slot].file;

        f = &g->fns->at[fn];
        if (!pv_str_equal(*place, f->file))
            *place = pv_path_common(*place, f->file);
    }
    g->cache[fn] = *slot;
    return *slot;
}
