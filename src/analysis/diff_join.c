/* SPDX-License-Identifier: MIT */
/* Two profiles become one with pairs of metrics. */
#include "buf.h"
#include "diff_parts.h"
#include "number.h"

typedef struct joining {
    pv_diffing *g;
    pv_builder *b;
    pv_fn *fn[2];          /* the functions of each side in the union */
    const uint32_t *match; /* of old functions in new; NULL: none is asked */
    pv_diff_texts texts;
    pv_buf work;
} joining;

static bool too_large(pv_diffing *g)
{
    return pv_fail(g->err, PV_E_LIMIT, NULL,
                   "a value or its change is larger than 2^63-1");
}

static void add_metrics(joining *j)
{
    static const char *const sides[] = {"before", "after"};
    const pv_diffing *g = j->g;

    for (uint32_t m = 0; m < g->pairs_len; m++)
        for (int s = 0; s < 2; s++) {
            const pv_merge_metric *pair = &g->pairs[m];
            uint32_t at;

            pv_buf_clear(&j->work);
            pv_buf_puts(&j->work, sides[s]);
            pv_buf_char(&j->work, '_');
            pv_buf_str(&j->work, pair->name);
            at = pv_build_metric(j->b, pv_buf_text(&j->work), pair->unit,
                                 pair->inclusive);
            pv_builder_exponent(j->b, at, pair->exponent);
        }
    pv_builder_main_metric(j->b, 1);
}

static pv_sym plain(joining *j, const pv_profile *p, pv_sym s)
{
    if (s.i == 0)
        return s;
    pv_buf_clear(&j->work);
    pv_diff_plain_name(&j->work, pv_profile_text(p, s));
    return pv_build_name(j->b, pv_buf_text(&j->work));
}

static pv_fn add_function(joining *j, const pv_profile *p, uint32_t i)
{
    const pv_function *f = &p->functions.at[i];

    return pv_build_function(j->b, plain(j, p, f->name),
                             pv_build_name(j->b, pv_profile_text(p, f->file)),
                             f->line, (pv_fn_kind)f->kind);
}

static bool add_functions(joining *j)
{
    const pv_diff_side *side = j->g->side;
    bool moves = !j->g->o->verbatim && side[0].p != side[1].p;
    uint32_t *match = NULL;

    for (int s = 0; s < 2; s++)
        j->fn[s] = PV_NEW_N(j->g->a, pv_fn, side[s].p->functions.len + 1);
    if (moves)
        match = pv_diff_match(side[0].p, side[1].p, j->g->a);
    j->match = match;
    if (j->g->a->failed || (moves && !match) ||
        (moves && !pv_diff_note_moves(&j->g->moves, side[0].p, side[1].p, match,
                                      j->g->a)))
        return pv_fail_nomem(j->g->err);
    for (uint32_t i = 1; i < side[1].p->functions.len; i++)
        j->fn[1][i] = add_function(j, side[1].p, i);
    for (uint32_t i = 1; i < side[0].p->functions.len; i++)
        j->fn[0][i] = match && match[i] != UINT32_MAX
                          ? j->fn[1][match[i]]
                          : add_function(j, side[0].p, i);
    return true;
}

/* A value of one side in the units of the union; before is brought to the
 * other total where that is asked for. */
static bool scaled(const joining *j, int s, uint32_t pair, int64_t v,
                   int64_t *out)
{
    int64_t of_before = j->g->of_before[pair];

    if (v == PV_NONE)
        v = 0;
    if (!pv_mul64(v, j->g->side[s].factor[pair], &v))
        return too_large(j->g);
    if (s == 0 && of_before > 0)
        v = pv_muldiv(v, j->g->of_after[pair], of_before);
    *out = v;
    return true;
}

typedef void add_cost(joining *j, uint32_t to, uint32_t metric, int64_t v);

static bool add_values(joining *j, int s, const int64_t *cost, uint32_t to,
                       add_cost *add)
{
    for (uint32_t m = 0; m < j->g->pairs_len; m++) {
        int32_t from = j->g->side[s].metric[m];
        int64_t v;

        if (from < 0 || !cost)
            continue;
        if (!scaled(j, s, m, cost[from], &v))
            return false;
        add(j, to, 2 * m + (uint32_t)s, v);
    }
    return true;
}

static void cost_frame(joining *j, uint32_t to, uint32_t metric, int64_t v)
{
    pv_cost_frame(j->b, (pv_node){to}, metric, v);
}

static void cost_function(joining *j, uint32_t to, uint32_t metric, int64_t v)
{
    pv_cost_function(j->b, (pv_fn){to}, metric, v);
}

static void cost_line(joining *j, uint32_t to, uint32_t metric, int64_t v)
{
    pv_cost_line(j->b, to, metric, v);
}

static const int64_t *cost_at(const pv_profile *p, const int64_t *cost,
                              uint32_t row)
{
    return cost ? cost + (size_t)row * p->metrics.len : NULL;
}

static bool add_frames(joining *j, int s)
{
    const pv_profile *p = j->g->side[s].p;
    pv_node *to = PV_NEW_N(j->g->a, pv_node, p->frames.len + 1);

    if (!to)
        return pv_fail_nomem(j->g->err);
    for (uint32_t i = 0; i < p->frames.len; i++) {
        const pv_frame *f = &p->frames.at[i];

        if (i)
            to[i] = pv_build_frame(j->b, to[f->parent.i], j->fn[s][f->fn.i],
                                   f->line, plain(j, p, f->text));
        if (!add_values(j, s, cost_at(p, p->frames.cost, i), to[i].i,
                        cost_frame))
            return false;
    }
    return true;
}

/* A line of a function that moved is where it now would be. */
static uint32_t moved_line(const pv_function *from, const pv_function *to,
                           uint32_t line)
{
    int64_t at = (int64_t)line - from->line + to->line;

    return from->line && to->line && at > 0 && at < UINT32_MAX ? (uint32_t)at
                                                               : line;
}

static bool add_lines(joining *j, int s)
{
    const uint32_t *match = j->match;
    const pv_profile *p = j->g->side[s].p, *new = j->g->side[1].p;

    for (uint32_t i = 0; i < p->lines.len; i++) {
        const pv_line *l = &p->lines.at[i];
        const pv_function *f = &p->functions.at[l->fn.i];
        pv_str file = pv_profile_text(p, l->file);
        uint32_t line = l->line, row;

        if (s == 0 && match && l->fn.i && match[l->fn.i] != UINT32_MAX) {
            const pv_function *now = &new->functions.at[match[l->fn.i]];

            uint32_t there = pv_diff_text_line_of(&j->texts, p, l);

            line = there ? there : moved_line(f, now, line);
            if (l->file.i == f->file.i)
                file = pv_profile_text(new, now->file);
        }
        row = pv_build_line(j->b, j->fn[s][l->fn.i], pv_build_name(j->b, file),
                            line, l->call);
        if (!add_values(j, s, cost_at(p, p->lines.cost, i), row, cost_line))
            return false;
    }
    return true;
}

static bool add_costs(joining *j)
{
    const pv_diff_side *side = j->g->side;
    uint32_t has = side[1].p->has & side[0].p->has;

    for (int s = 1; s >= 0; s--) {
        const pv_profile *p = side[s].p;

        if (p->functions.cost && !(has & PV_HAS_TREE))
            for (uint32_t i = 0; i < p->functions.len; i++)
                if (!add_values(j, s, cost_at(p, p->functions.cost, i),
                                j->fn[s][i].i, cost_function))
                    return false;
        if (has & PV_HAS_TREE && !add_frames(j, s))
            return false;
        if (has & PV_HAS_TREE || p->functions.cost)
            continue;
        if (s == 0 && j->match &&
            !pv_diff_texts_make(&j->texts, p, side[1].p, j->match, j->g->a))
            return pv_fail_nomem(j->g->err);
        if (!add_lines(j, s))
            return false;
    }
    return true;
}

static void describe(joining *j)
{
    static const uint32_t kept =
        PV_SAMPLED | PV_LEAF_LINES | PV_FILE_LINE_FRAMES | PV_ESTIMATED;
    const pv_diff_side *side = j->g->side;
    uint32_t has = side[0].p->has | side[1].p->has;

    if (side[0].p->has & side[1].p->has & PV_HAS_TREE)
        has = PV_HAS_TREE;
    pv_builder_has(j->b, has & ~(uint32_t)PV_HAS_SERIES);
    pv_builder_flags(j->b, (side[1].p->flags & kept) | PV_DIFFERENTIAL);
}

bool pv_diff_join(pv_diffing *g)
{
    joining j = {.g = g, .b = pv_builder_new(g->side[1].p->format, 0)};
    bool ok;

    if (!j.b)
        return pv_fail_nomem(g->err);
    add_metrics(&j);
    describe(&j);
    ok = add_functions(&j) && add_costs(&j);
    if (ok && j.work.failed)
        ok = pv_fail_nomem(g->err);
    if (ok)
        g->d->both = pv_builder_finish(j.b, g->err);
    if (ok && j.texts.key.failed)
        ok = pv_fail_nomem(g->err);
    pv_diff_texts_done(&j.texts);
    pv_buf_done(&j.work);
    pv_builder_free(j.b);
    return ok && g->d->both;
}
