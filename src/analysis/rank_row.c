/* SPDX-License-Identifier: MIT */
/* What stands in a row of `top`, made when it is asked for. */
#include "rank_row.h"

#include "buf.h"
#include "label.h"

/* Most have a name of their own, or none that could be told. */
static bool is_named(const pv_profile *p, pv_fn fn)
{
    return p->functions.at[fn.i].name.i != 0;
}

static pv_str spell(const pv_profile *p, pv_fn fn, pv_arena *a)
{
    pv_str name;
    pv_buf b = {0};

    if (fn.i == 0 && (p->has & PV_HAS_TREE))
        return PV_STR("[empty stack]");
    pv_label_function(&b, p, fn);
    a->failed |= b.failed;
    name = pv_arena_copy(a, pv_buf_text(&b));
    pv_buf_done(&b);
    return name;
}

bool pv_ranking_spell(pv_ranking *r, pv_arena *a)
{
    pv_str *spelt = NULL;

    for (uint32_t i = 0; i < r->len && !a->failed; i++) {
        if (is_named(r->p, r->fn[i]))
            continue;
        if (!spelt)
            r->spelt = spelt = PV_NEW_N(a, pv_str, r->len);
        if (spelt)
            spelt[i] = spell(r->p, r->fn[i], a);
    }
    return !a->failed;
}

pv_row pv_ranking_row(const pv_ranking *rows, uint32_t row)
{
    const pv_profile *p = rows->p;
    pv_fn fn = rows->fn[row];
    const pv_function *f = &p->functions.at[fn.i];

    return (pv_row){
        .name =
            is_named(p, fn) ? pv_profile_text(p, f->name) : rows->spelt[row],
        .file = pv_profile_text(p, f->file),
        .line = f->line,
        .has_line = (rows->calls && fn.i > 0) || f->line > 0,
        .fn = fn,
    };
}
