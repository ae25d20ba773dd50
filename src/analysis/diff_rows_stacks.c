/* SPDX-License-Identifier: MIT */
/* The rows of a comparison where each is a whole stack. */
#include "buf.h"
#include "diff_rows.h"
#include "label.h"
#include "number.h"
#include "symtab.h"
#include "total.h"

/* The stack of a frame without the tool's own marks, oldest call first. */
static uint32_t path_of(const pv_profile *p, uint32_t frame, pv_fn *out)
{
    uint32_t len = 0;

    for (uint32_t i = frame; i; i = p->frames.at[i].parent.i)
        len += p->functions.at[p->frames.at[i].fn.i].kind != PV_FN_MARK;
    for (uint32_t i = frame, at = len; i && out; i = p->frames.at[i].parent.i)
        if (p->functions.at[p->frames.at[i].fn.i].kind != PV_FN_MARK)
            out[--at] = p->frames.at[i].fn;
    return len;
}

static void spell_path(pv_buf *b, const pv_profile *p, const pv_fn *path,
                       uint32_t len)
{
    pv_buf_clear(b);
    for (uint32_t i = 0; i < len; i++) {
        if (i)
            pv_buf_char(b, ';');
        pv_label_function(b, p, path[i]);
    }
}

static bool has_self(const pv_profile *p, uint32_t frame)
{
    for (uint32_t m = 0; m < p->metrics.len; m++)
        if (pv_frame_self(p, frame, m))
            return true;
    return false;
}

static bool take_stack(pv_diffing *g, uint32_t row, uint32_t frame)
{
    for (uint32_t m = 0; m < g->d->width; m++)
        for (uint32_t side = 0; side < 2; side++) {
            int64_t v = pv_frame_self(g->d->both, frame,
                                      2 * g->d->metrics[m].pair + side);

            for (int k = PV_BEFORE_SELF; k <= PV_BEFORE_TOTAL; k += 2) {
                int64_t *to = pv_diff_cell(g->d, row, m, k + (int)side);

                if (!pv_add64(*to, v, to))
                    return pv_diff_too_large(g->err);
            }
        }
    return true;
}

static bool add_stack(pv_diffing *g, uint32_t frame, pv_symtab *seen,
                      uint32_t *rows, pv_buf *text)
{
    const pv_profile *p = g->d->both;
    uint32_t len = path_of(p, frame, NULL), known = pv_symtab_len(seen);
    pv_fn *path = PV_NEW_N(g->a, pv_fn, len + 1);
    uint32_t row;

    if (!path)
        return pv_fail_nomem(g->err);
    path_of(p, frame, path);
    spell_path(text, p, path, len);
    if (len == 0)
        pv_buf_puts(text, "[empty stack]");
    row = pv_symtab_add(seen, pv_buf_text(text)).i - 1;
    if (text->failed || pv_symtab_failed(seen))
        return pv_fail_nomem(g->err);
    if (row + 1 == known) {
        pv_diff_row *r = &g->d->rows[row];

        pv_diff_name_row(g, row, len ? path[len - 1] : (pv_fn){0});
        r->name = pv_arena_copy(g->a, pv_buf_text(text));
        r->path = path;
        r->path_len = len;
        *rows = row + 1;
    }
    return take_stack(g, row, frame);
}

bool pv_diff_stacks(pv_diffing *g)
{
    const pv_profile *p = g->d->both;
    pv_symtab *seen = pv_symtab_new(g->a);
    pv_buf text = {0};
    uint32_t rows = 0;
    bool ok = seen && pv_diff_make_room(g, p->frames.len);

    g->d->places = true;
    for (uint32_t i = 0; ok && i < p->frames.len; i++)
        if (has_self(p, i))
            ok = add_stack(g, i, seen, &rows, &text);
    g->d->len = rows;
    pv_buf_done(&text);
    pv_symtab_free(seen);
    return ok ? pv_diff_finish(g) : pv_fail_nomem(g->err);
}
