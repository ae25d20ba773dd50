/* SPDX-License-Identifier: MIT */
/* Folded stacks out: "a;b;c 12", sorted by the bytes of the stack.
 *
 * Frames stand as the input spelled them; equal stacks are one line.  The
 * metric is metrics.main, in base units (ns, bytes), but times out of folded
 * files in microseconds, as these have them; a differential profile has two
 * counts a line.  A stack without a value is kept where no longer one
 * implies it, so that what was read can be read again.
 */
#include "folded_write.h"

#include <stdlib.h>

#include "mem.h"
#include "number.h"
#include "spelling.h"
#include "vec.h"

typedef struct stack {
    const char *const *text; /* where all texts begin, once all are there */
    size_t begin, len;
    int64_t value[2];
} stack;

typedef struct writer {
    const pv_profile *p;
    uint32_t metric[2]; /* one, or before and after */
    int width;
    pv_buf path;      /* from the root to the frame at hand */
    pv_buf text;      /* all stacks, end to end */
    size_t *path_len; /* of each frame */
    PV_VEC(stack) stacks;
    bool failed;
} writer;

static const int64_t *costs(const writer *w, uint32_t frame)
{
    return w->p->frames.cost + (size_t)frame * w->p->metrics.len;
}

/* Is this frame the end of a stack that the input had? */
static bool ends_stack(const writer *w, uint32_t i)
{
    const int64_t *cost = costs(w, i);
    bool leaf = i > 0 && w->p->frames.at[i].end == i + 1;

    for (int k = 0; k < w->width; k++)
        if (cost[w->metric[k]] != 0)
            return true;
    for (uint32_t m = 0; m < w->p->metrics.len; m++)
        if (cost[m] != 0)
            return false; /* it is there for another metric */
    return leaf;
}

static void enter(writer *w, uint32_t i)
{
    uint32_t parent = w->p->frames.at[i].parent.i;

    w->path.n = w->path_len[parent];
    if (parent > 0)
        pv_buf_char(&w->path, ';');
    pv_spell_frame(&w->path, w->p, (pv_node){i});
    w->path_len[i] = w->path.n;
}

static void keep(writer *w, uint32_t i)
{
    stack s = {.text = (const char *const *)&w->text.p,
               .begin = w->text.n,
               .len = w->path.n};

    for (int k = 0; k < w->width; k++)
        s.value[k] = costs(w, i)[w->metric[k]];
    pv_buf_str(&w->text, pv_buf_text(&w->path));
    if (PV_VEC_GROW(&w->stacks, 1))
        w->stacks.at[w->stacks.len++] = s;
    else
        w->failed = true;
}

static bool collect(writer *w)
{
    for (uint32_t i = 0; i < w->p->frames.len && !w->failed; i++) {
        if (i > 0)
            enter(w, i);
        if (ends_stack(w, i))
            keep(w, i);
    }
    return !w->failed && !w->path.failed && !w->text.failed;
}

static pv_str text_of(const stack *s)
{
    return (pv_str){*s->text ? *s->text + s->begin : "", s->len};
}

static int by_text(const void *a, const void *b)
{
    const stack *x = a, *y = b;
    int order = pv_str_compare(text_of(x), text_of(y));

    return order ? order : (x->begin > y->begin) - (x->begin < y->begin);
}

/* Equal stacks, now side by side, become one. */
static bool merge_equal(writer *w)
{
    size_t n = 0;

    for (size_t i = 0; i < w->stacks.len; i++) {
        stack *last = n ? &w->stacks.at[n - 1] : NULL;
        stack *s = &w->stacks.at[i];

        if (!last || !pv_str_equal(text_of(last), text_of(s))) {
            w->stacks.at[n++] = *s;
            continue;
        }
        for (int k = 0; k < w->width; k++)
            if (!pv_add64(last->value[k], s->value[k], &last->value[k]))
                return false;
    }
    w->stacks.len = n;
    return true;
}

/* Decimals of a metric's counts: folded files have times in microseconds. */
static unsigned decimals(const writer *w, const pv_metric *m)
{
    bool micro = m->unit == PV_NANOSECONDS &&
                 pv_str_equal(pv_str_of(w->p->format), PV_STR("folded"));

    return m->exponent + (micro ? 3u : 0u);
}

static void put(const writer *w, pv_sink *out)
{
    for (size_t i = 0; i < w->stacks.len; i++) {
        const stack *s = &w->stacks.at[i];

        pv_sink_text(out, text_of(s));
        for (int k = 0; k < w->width; k++) {
            const pv_metric *m = &w->p->metrics.at[w->metric[k]];
            char digits[PV_NUMBER_MAX + 1] = " ";
            size_t n =
                pv_write_decimal(digits + 1, s->value[k], decimals(w, m));

            pv_sink_write(out, digits, n + 1);
        }
        pv_sink_write(out, "\n", 1);
    }
}

static void choose_metrics(writer *w)
{
    w->width = 1;
    w->metric[0] = w->p->metrics.main;
    if ((w->p->flags & PV_DIFFERENTIAL) && w->p->metrics.len >= 2) {
        w->width = 2;
        w->metric[0] = 0;
        w->metric[1] = 1;
    }
}

static bool work(writer *w, pv_sink *out, pv_error *err)
{
    if (!w->path_len || !collect(w))
        return pv_fail_nomem(err);
    if (w->stacks.len > 1)
        qsort(w->stacks.at, w->stacks.len, sizeof *w->stacks.at, by_text);
    if (!merge_equal(w))
        return pv_fail(err, PV_E_LIMIT, NULL,
                       "the sum of equal stacks is larger than 2^63-1");
    put(w, out);
    return true;
}

bool pv_folded_write(const pv_profile *p, pv_sink *out, pv_error *err)
{
    writer w = {.p = p};
    bool ok = true;

    choose_metrics(&w);
    if (p->frames.len > 0 && p->frames.cost && p->metrics.len > 0) {
        w.path_len = pv_mem_alloc(p->frames.len, sizeof *w.path_len);
        ok = work(&w, out, err);
    }
    pv_mem_free(w.path_len);
    pv_buf_done(&w.path);
    pv_buf_done(&w.text);
    PV_VEC_DONE(&w.stacks);
    return ok;
}
