/* SPDX-License-Identifier: MIT */
/* The rows of a comparison: functions, files or lines. */
#include "buf.h"
#include "diff_rows.h"
#include "label.h"
#include "number.h"
#include "symtab.h"
#include "total.h"

bool pv_diff_too_large(pv_error *err)
{
    return pv_fail(err, PV_E_LIMIT, NULL, "a sum is larger than 2^63-1");
}

bool pv_diff_make_room(pv_diffing *g, uint32_t rows)
{
    pv_diff *d = g->d;

    d->len = rows;
    d->rows = PV_NEW_N(g->a, pv_diff_row, rows + 1);
    d->value = PV_NEW_N(g->a, int64_t,
                        ((size_t)rows + 1) * d->width * PV_DIFF_VALUES + 1);
    return !g->a->failed || pv_fail_nomem(g->err);
}

/* ---- names ---- */

static pv_str name_of(pv_diffing *g, pv_fn fn)
{
    const pv_profile *p = g->d->both;
    pv_str name = pv_profile_text(p, p->functions.at[fn.i].name);
    pv_buf b = {0};

    if (name.n > 0)
        return name;
    if (fn.i == 0 && (p->has & PV_HAS_TREE))
        return PV_STR("[empty stack]");
    pv_label_function(&b, p, fn);
    name = pv_arena_copy(g->a, pv_buf_text(&b));
    g->a->failed |= b.failed;
    pv_buf_done(&b);
    return name;
}

void pv_diff_name_row(pv_diffing *g, uint32_t row, pv_fn fn)
{
    const pv_profile *p = g->d->both;
    const pv_function *f = &p->functions.at[fn.i];
    pv_diff_row *r = &g->d->rows[row];
    pv_diff_place was;

    r->fn = fn;
    r->name = name_of(g, fn);
    r->file = pv_profile_text(p, f->file);
    r->line = f->line;
    r->has_line = f->line > 0 || ((p->has & PV_HAS_CALLS) && fn.i);
    if (pv_diff_was(&g->moves, p, fn, &was)) {
        r->moved = true;
        r->was_file = was.file;
        r->was_line = was.line;
    }
    if (g->o->by == PV_BY_FILE && f->file.i) {
        r->moved = false;
        r->name = r->file;
        r->line = 0;
        r->has_line = false;
    }
}

/* ---- stacks ---- */

/* "[3 frames cut]" is no line of a snapshot. */
static bool is_sign(const pv_profile *p, pv_fn fn)
{
    return p->flags & PV_FILE_LINE_FRAMES &&
           p->functions.at[fn.i].kind == PV_FN_MARK;
}

/* The row of each function, UINT32_MAX: none. */
static uint32_t *group_functions(pv_diffing *g, uint32_t *rows)
{
    const pv_profile *p = g->d->both;
    uint32_t *row = PV_NEW_N(g->a, uint32_t, p->functions.len + 1);
    uint32_t *of_file = PV_NEW_N(g->a, uint32_t, pv_symtab_len(p->names) + 1);

    *rows = 0;
    if (g->a->failed)
        return NULL;
    memset(row, 0xff, (p->functions.len + 1) * sizeof *row);
    for (uint32_t i = 0; i < p->frames.len; i++) {
        pv_fn fn = p->frames.at[i].fn;
        uint32_t file = p->functions.at[fn.i].file.i;
        bool by_file = g->o->by == PV_BY_FILE && file;

        if (i == 0 || row[fn.i] != UINT32_MAX || is_sign(p, fn))
            continue;
        if (by_file && of_file[file])
            row[fn.i] = of_file[file] - 1;
        else
            row[fn.i] = (*rows)++;
        if (by_file)
            of_file[file] = row[fn.i] + 1;
    }
    for (uint32_t m = 0; m < p->metrics.len; m++)
        if (row[0] == UINT32_MAX && pv_frame_self(p, 0, m))
            row[0] = (*rows)++;
    return row;
}

/* One metric of one side.  `end` is where the frame ends that the walk is in,
 * of each row. */
static bool sum_side(pv_diffing *g, uint32_t m, int side, const uint32_t *row,
                     uint32_t *end)
{
    const pv_profile *p = g->d->both;
    uint32_t at = 2 * g->d->metrics[m].pair + (uint32_t)side;
    int64_t *totals = pv_frame_totals(p, at, g->a, g->err);

    if (!totals)
        return false;
    memset(end, 0, g->d->len * sizeof *end);
    for (uint32_t i = 0; i < p->frames.len; i++) {
        uint32_t r = i ? row[p->frames.at[i].fn.i] : row[0];
        int64_t self = pv_frame_self(p, i, at);
        int64_t *own, *all;

        if (r == UINT32_MAX)
            continue;
        own = pv_diff_cell(g->d, r, m, PV_BEFORE_SELF + side);
        all = pv_diff_cell(g->d, r, m, PV_BEFORE_TOTAL + side);
        if (!pv_add64(*own, self, own))
            return pv_diff_too_large(g->err);
        if (i && i < end[r] && !g->o->cumulative)
            continue;
        end[r] = i ? p->frames.at[i].end : 0;
        if (!pv_add64(*all, i ? totals[i] : self, all))
            return pv_diff_too_large(g->err);
    }
    return true;
}

static bool tree_rows(pv_diffing *g)
{
    uint32_t rows, *row = group_functions(g, &rows), *end;

    if (!row || !pv_diff_make_room(g, rows))
        return pv_fail_nomem(g->err);
    for (uint32_t f = g->d->both->functions.len; f-- > 0;)
        if (row[f] != UINT32_MAX)
            pv_diff_name_row(g, row[f], (pv_fn){f});
    end = PV_NEW_N(g->a, uint32_t, rows + 1);
    if (!end || g->a->failed)
        return pv_fail_nomem(g->err);
    for (uint32_t m = 0; m < g->d->width; m++)
        for (int side = 0; side < 2; side++)
            if (!sum_side(g, m, side, row, end))
                return false;
    return true;
}

/* ---- tables ---- */

static void take_pair(pv_diffing *g, uint32_t row, const int64_t *cost)
{
    for (uint32_t m = 0; m < g->d->width; m++) {
        const pv_diff_metric *metric = &g->d->metrics[m];

        for (uint32_t side = 0; side < 2; side++) {
            *pv_diff_cell(g->d, row, m, PV_BEFORE_SELF + (int)side) =
                cost[2 * metric->pair + side];
            if (metric->twin >= 0)
                *pv_diff_cell(g->d, row, m, PV_BEFORE_TOTAL + (int)side) =
                    cost[2 * (uint32_t)metric->twin + side];
        }
    }
}

static bool function_rows(pv_diffing *g)
{
    const pv_profile *p = g->d->both;
    uint32_t width = p->metrics.len, first = 1;

    for (uint32_t m = 0; m < width; m++)
        if (p->functions.cost[m])
            first = 0; /* the unknown function has some, too */
    if (!pv_diff_make_room(g, p->functions.len - first))
        return false;
    for (uint32_t i = first; i < p->functions.len; i++) {
        pv_diff_name_row(g, i - first, (pv_fn){i});
        take_pair(g, i - first, p->functions.cost + (size_t)i * width);
    }
    return true;
}

static bool line_rows(pv_diffing *g)
{
    const pv_profile *p = g->d->both;

    if (!pv_diff_make_room(g, p->lines.len))
        return false;
    for (uint32_t i = 0; i < p->lines.len; i++) {
        const pv_line *l = &p->lines.at[i];

        pv_diff_name_row(g, i, l->fn);
        g->d->rows[i].file = pv_profile_text(p, l->file);
        g->d->rows[i].line = l->line;
        g->d->rows[i].has_line = true;
        if (g->d->rows[i].moved)
            g->d->rows[i].was_line += l->line - p->functions.at[l->fn.i].line;
        take_pair(g, i, p->lines.cost + (size_t)i * p->metrics.len);
    }
    return true;
}

/* One line's values into the row of its function; of levels the greatest. */
static bool add_pair(pv_diffing *g, uint32_t row, const int64_t *cost)
{
    for (uint32_t m = 0; m < g->d->width; m++)
        for (uint32_t side = 0; side < 2; side++) {
            int64_t v = cost[2 * g->d->metrics[m].pair + side];
            int64_t *sum =
                pv_diff_cell(g->d, row, m, PV_BEFORE_SELF + (int)side);

            if (g->d->metrics[m].inclusive)
                *sum = v > *sum ? v : *sum;
            else if (!pv_add64(*sum, v, sum))
                return pv_diff_too_large(g->err);
        }
    return true;
}

static bool line_function_rows(pv_diffing *g)
{
    const pv_profile *p = g->d->both;
    uint32_t *row = PV_NEW_N(g->a, uint32_t, p->functions.len + 1), rows = 0;

    for (uint32_t i = 0; row && i < p->lines.len; i++)
        if (!row[p->lines.at[i].fn.i])
            row[p->lines.at[i].fn.i] = ++rows;
    if (!row || !pv_diff_make_room(g, rows))
        return pv_fail_nomem(g->err);
    for (uint32_t i = 0; i < p->lines.len; i++) {
        pv_fn fn = p->lines.at[i].fn;

        pv_diff_name_row(g, row[fn.i] - 1, fn);
        if (!add_pair(g, row[fn.i] - 1,
                      p->lines.cost + (size_t)i * p->metrics.len))
            return false;
    }
    return true;
}

/* ---- what rows come to ---- */

static pv_diff_status status_of(bool same, bool old, bool new)
{
    if (same)
        return PV_DIFF_SAME;
    if (old && new)
        return PV_DIFF_CHANGED;
    return new ? PV_DIFF_ADDED : PV_DIFF_REMOVED;
}

static bool rate(pv_diffing *g)
{
    pv_diff *d = g->d;

    for (uint32_t r = 0; r < d->len; r++) {
        bool old = false, new = false, same = true;
        const int64_t *v = pv_diff_values(d, r, 0);
        int64_t change;

        for (size_t i = 0; i < (size_t)d->width * PV_DIFF_VALUES; i += 2) {
            old = old || v[i];
            new = new || v[i + 1];
            same = same && v[i] == v[i + 1];
            if (!pv_add64(v[i + 1], -v[i], &change))
                return pv_diff_too_large(g->err);
        }
        d->rows[r].status = (uint8_t)status_of(same, old, new);
        d->changed += !same;
    }
    return true;
}

/* The profile's totals; of levels the greatest. */
static bool sum_up(pv_diffing *g)
{
    for (uint32_t m = 0; m < g->d->width; m++) {
        pv_diff_metric *metric = &g->d->metrics[m];

        for (uint32_t r = 0; r < g->d->len; r++) {
            const int64_t *v = pv_diff_values(g->d, r, m);

            for (int side = 0; side < 2; side++) {
                int64_t *sum = side ? &metric->after : &metric->before;

                if (metric->inclusive && v[side] > *sum)
                    *sum = v[side];
                if (!metric->inclusive && !pv_add64(*sum, v[side], sum))
                    return pv_diff_too_large(g->err);
            }
        }
    }
    return true;
}

bool pv_diff_finish(pv_diffing *g)
{
    if (g->a->failed)
        return pv_fail_nomem(g->err);
    return rate(g) && sum_up(g);
}

static bool no_rows(pv_diffing *g)
{
    return pv_diff_make_room(g, 0);
}

bool pv_diff_rows(pv_diffing *g)
{
    const pv_profile *p = g->d->both;
    bool ok;

    g->d->places = !(p->has & PV_HAS_TOTALS) || p->has & PV_HAS_CALLS;
    if (p->has & PV_HAS_TREE)
        ok = tree_rows(g);
    else if (p->functions.cost)
        ok = function_rows(g);
    else
        ok = !p->lines.cost    ? no_rows(g)
             : g->o->functions ? line_function_rows(g)
                               : line_rows(g);
    return ok && pv_diff_finish(g);
}
