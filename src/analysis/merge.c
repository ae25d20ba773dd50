/* SPDX-License-Identifier: MIT */
/* Many profiles into one.
 *
 * The builder puts stacks and lines into their order; functions and calls of
 * call tables are sorted here before they are built.
 */
#include "merge.h"

#include <stdlib.h>

#include "mem.h"
#include "merge_private.h"
#include "merge_unit.h"
#include "number.h"
#include "symtab.h"
#include "vec.h"

/* Levels are not added: the greatest counts. */
static bool is_level(const pv_merging *m, uint32_t metric)
{
    return m->metrics[metric].inclusive && m->metrics[metric].unit == PV_BYTES;
}

/* ---- metrics, notes ---------------------------------------------------------- */

static void map_metrics(pv_merging *m, pv_merge_input *in)
{
    for (uint32_t k = 0; k < in->p->metrics.len; k++) {
        const pv_metric *from = &in->p->metrics.at[k];
        uint32_t i = 0;

        while (!pv_str_equal(m->metrics[i].name,
                             pv_profile_text(in->p, from->name)) ||
               m->metrics[i].inclusive != from->inclusive)
            i++;
        in->metric[k] = i;
        in->factor[k] = pv_pow10((unsigned)m->metrics[i].exponent -
                                 (unsigned)from->exponent);
    }
}

static bool build_metrics(pv_merging *m, const pv_profile *const *inputs)
{
    m->metrics_len = pv_merge_metrics(inputs, m->len, m->metrics);
    if (m->metrics_len > PV_METRICS_MAX)
        return pv_fail(m->err, PV_E_LIMIT, NULL,
                       "the inputs have more than %d different metrics",
                       PV_METRICS_MAX);
    for (uint32_t i = 0; i < m->metrics_len; i++) {
        const pv_merge_metric *metric = &m->metrics[i];

        pv_build_metric(m->b, metric->name, metric->unit, metric->inclusive);
        pv_builder_exponent(m->b, i, metric->exponent);
        if (metric->main)
            pv_builder_main_metric(m->b, i);
    }
    for (size_t i = 0; i < m->len; i++)
        map_metrics(m, &m->in[i]);
    return true;
}

static int by_key(const void *x, const void *y, void *profile)
{
    const pv_profile *p = profile;
    const pv_note *a = x, *b = y;

    return pv_str_compare(pv_profile_text(p, a->key),
                          pv_profile_text(p, b->key));
}

static bool all_say(const pv_merging *m, pv_str key, pv_str value)
{
    for (size_t i = 0; i < m->len; i++)
        if (!pv_str_equal(pv_profile_note(m->in[i].p, key), value))
            return false;
    return true;
}

static bool build_notes(pv_merging *m)
{
    const pv_profile *p = m->in[0].p;
    pv_note *notes = pv_mem_alloc(p->notes.len, sizeof *notes);

    if (!notes)
        return pv_fail_nomem(m->err);
    if (p->notes.len)
        memcpy(notes, p->notes.at, p->notes.len * sizeof *notes);
    qsort_r(notes, p->notes.len, sizeof *notes, by_key, (void *)(uintptr_t)p);
    for (uint32_t i = 0; i < p->notes.len; i++) {
        pv_str key = pv_profile_text(p, notes[i].key);
        pv_str value = pv_profile_text(p, notes[i].value);

        if (all_say(m, key, value))
            pv_build_note(m->b, key, value);
    }
    pv_mem_free(notes);
    return true;
}

static void build_facts(pv_merging *m)
{
    static const uint32_t any = PV_LEAF_LINES | PV_ESTIMATED;
    pv_str producer = pv_profile_text(m->in[0].p, m->in[0].p->producer);
    uint32_t all = m->in[0].p->flags, some = 0, has = 0;
    bool agreed = true;

    for (size_t i = 0; i < m->len; i++) {
        const pv_profile *p = m->in[i].p;

        all &= p->flags;
        some |= p->flags;
        has |= p->has;
        agreed =
            agreed && pv_str_equal(pv_profile_text(p, p->producer), producer);
        pv_builder_counts(m->b, 0, p->records);
    }
    pv_builder_flags(m->b, (all & ~any) | (some & any));
    pv_builder_has(m->b, has & ~(uint32_t)PV_HAS_SERIES);
    if (agreed)
        pv_builder_producer(m->b, producer);
}

/* ---- stacks --------------------------------------------------------------------- */

static bool build_stacks(pv_merging *m, pv_merge_input *in, bool in_time)
{
    const pv_profile *p = in->p;
    pv_node *map = pv_mem_alloc(p->frames.len, sizeof *map);
    int64_t v;
    bool ok = map != NULL || pv_fail_nomem(m->err);

    for (uint32_t i = 0; ok && i < p->frames.len; i++) {
        const pv_frame *f = &p->frames.at[i];
        pv_fn fn = in->fn[f->fn.i];

        if (i && in_time)
            map[i] = pv_build_frame_new(m->b, map[f->parent.i], fn, f->line,
                                        pv_merge_text(m, in, f->text));
        else if (i)
            map[i] = pv_build_frame(m->b, map[f->parent.i], fn, f->line,
                                    pv_merge_text(m, in, f->text));
        for (uint32_t k = 0; ok && p->frames.cost && k < p->metrics.len; k++) {
            ok = pv_merge_scaled(
                m, in, k, p->frames.cost[(size_t)i * p->metrics.len + k], &v);
            if (ok && v)
                pv_cost_frame(m->b, map[i], in->metric[k], v);
        }
    }
    pv_mem_free(map);
    return ok;
}

/* ---- lines ---------------------------------------------------------------------- */

typedef PV_VEC(int64_t) levels; /* [row * metrics_len + metric], by line */

static bool raise_level(pv_merging *m, levels *most, uint32_t row,
                        uint32_t metric, int64_t v)
{
    size_t at = (size_t)row * m->metrics_len + metric;

    while (most->len <= at) {
        if (!PV_VEC_GROW(most, 1))
            return pv_fail_nomem(m->err);
        most->at[most->len++] = PV_NONE; /* the least of all */
    }
    if (v > most->at[at]) {
        /* The builder adds: what it has gets the difference. */
        pv_cost_line(m->b, row, metric,
                     most->at[at] == PV_NONE ? v : v - most->at[at]);
        most->at[at] = v;
    }
    return true;
}

static bool build_lines(pv_merging *m, pv_merge_input *in, levels *most)
{
    const pv_profile *p = in->p;

    for (uint32_t i = 0; i < p->lines.len; i++) {
        const pv_line *l = &p->lines.at[i];
        uint32_t row =
            pv_build_line(m->b, in->fn[l->fn.i], pv_merge_text(m, in, l->file),
                          l->line, l->call);

        if (l->source.i)
            pv_line_source(m->b, row, pv_merge_text(m, in, l->source));
        for (uint32_t k = 0; p->lines.cost && k < p->metrics.len; k++) {
            int64_t v;

            if (!pv_merge_scaled(m, in, k,
                                 p->lines.cost[(size_t)i * p->metrics.len + k],
                                 &v))
                return false;
            if (!is_level(m, in->metric[k]) || v == PV_NONE)
                pv_cost_line(m->b, row, in->metric[k], v);
            else if (!raise_level(m, most, row, in->metric[k], v))
                return false;
        }
    }
    return true;
}

/* ---- all -------------------------------------------------------------------------- */

static bool open_inputs(pv_merging *m, const pv_profile *const *inputs,
                        size_t len)
{
    m->in = pv_mem_alloc(len, sizeof *m->in);
    if (!m->in)
        return pv_fail_nomem(m->err);
    for (m->len = 0; m->len < len; m->len++) {
        pv_merge_input *in = &m->in[m->len];

        in->p = inputs[m->len];
        in->fn = pv_mem_alloc(in->p->functions.len, sizeof *in->fn);
        in->text = pv_mem_alloc(pv_symtab_len(in->p->names), sizeof *in->text);
        if (!in->fn || !in->text) {
            m->len++;
            return pv_fail_nomem(m->err);
        }
    }
    return true;
}

static void close_inputs(pv_merging *m)
{
    for (size_t i = 0; i < m->len; i++) {
        pv_mem_free(m->in[i].fn);
        pv_mem_free(m->in[i].text);
    }
    pv_mem_free(m->in);
}

/* Any name will do that does not depend on the order of the inputs. */
static const char *common_format(const pv_profile *const *inputs, size_t len)
{
    const char *least = inputs[0]->format;

    for (size_t i = 1; i < len; i++)
        if (strcmp(inputs[i]->format, least) < 0)
            least = inputs[i]->format;
    return least;
}

static bool build_all(pv_merging *m)
{
    levels most = {0};
    bool in_time = true, ok = true;

    for (size_t i = 0; i < m->len; i++)
        in_time = in_time && m->in[i].p->flags & PV_TIME_ORDERED;
    build_facts(m);
    pv_merge_keep_apart(m);
    ok = build_notes(m) && pv_merge_functions(m) && pv_merge_calls(m);
    for (size_t i = 0; i < m->len && ok; i++)
        ok = (!(m->in[i].p->has & PV_HAS_TREE) ||
              build_stacks(m, &m->in[i], in_time)) &&
             build_lines(m, &m->in[i], &most);
    PV_VEC_DONE(&most);
    return ok;
}

/* Stacks that ended at a frame, as far as the sum can tell. */
static void count_stacks(pv_profile *p)
{
    int64_t stacks = 0;

    for (uint32_t i = 0; i < p->frames.len && p->has & PV_HAS_TREE; i++) {
        bool ends = i && p->frames.at[i].end == i + 1;

        for (uint32_t k = 0; k < p->metrics.len && !ends; k++)
            ends = p->frames.cost[(size_t)i * p->metrics.len + k] != 0;
        stacks += ends;
    }
    p->stacks = stacks;
}

pv_profile *pv_merge(const pv_profile *const *inputs, const pv_str *paths,
                     size_t len, pv_error *err)
{
    pv_merging m = {.err = err};
    pv_profile *sum = NULL;
    pv_str unit = pv_merge_unit(inputs, len);

    if (!pv_merge_fits(inputs, paths, len, "added", err))
        return NULL;
    if (!open_inputs(&m, inputs, len))
        goto done;
    m.b = pv_builder_new(common_format(inputs, len), 0);
    if (!m.b) {
        pv_fail_nomem(err);
        goto done;
    }
    if (unit.n)
        pv_build_note(m.b, PV_STR("unit"), unit);
    if (build_metrics(&m, inputs) && build_all(&m))
        sum = pv_builder_finish(m.b, err);
    if (sum) {
        count_stacks(sum);
        pv_merge_round(sum, unit);
    }
done:
    pv_builder_free(m.b);
    close_inputs(&m);
    return sum;
}
