/* SPDX-License-Identifier: MIT */
/* The walk over a call tree, without recursion, and the lines it writes. */
#include "tree_lines.h"

#include <stdlib.h>

#include "headline.h"
#include "label.h"
#include "number.h"
#include "total.h"
#include "utf8.h"
#include "vec.h"

enum { LEVELS_MAX = 60, LEVEL_WIDTH = 3 };

/* A child on its way through qsort. */
typedef struct child {
    int64_t key; /* what is ranked by; more is first */
    int64_t total;
    uint32_t frame;
} child;

/* The children of one frame that are still to be written. */
typedef struct level {
    size_t begin, at, end; /* in walk.children */
    uint32_t hidden;       /* left out of this frame */
    int64_t rest;          /* what they come to */
    bool last;             /* the frame itself was the last of its siblings */
} level;

typedef struct walk {
    const pv_job *job;
    const pv_tree_options *options;
    const pv_profile *p;
    const pv_whence *whence;
    const int64_t *total;
    int64_t whole;
    pv_sink *out;
    PV_VEC(child) children;
    PV_VEC(level) levels;
    pv_buf name, place, figures, work;
    bool failed;
} walk;

/* ---- which children are shown ---- */

static int by_key(const void *a, const void *b)
{
    const child *x = a, *y = b;
    int order = (y->key > x->key) - (y->key < x->key);

    return order ? order : (x->frame > y->frame) - (x->frame < y->frame);
}

static int64_t size_of(int64_t v)
{
    return v < 0 ? (v == INT64_MIN ? INT64_MAX : -v) : v;
}

static bool is_small(const walk *w, int64_t total)
{
    return pv_muldiv(size_of(total), 100000, w->whole) < w->options->min;
}

static void hide(level *l, int64_t total)
{
    l->hidden++;
    l->rest += total; /* part of a total that fits */
}

/* Adds the children of `frame` that are large enough; false: no memory. */
static bool add_children(walk *w, level *l, uint32_t frame)
{
    const pv_frame *at = w->p->frames.at;

    for (uint32_t i = frame + 1; i < at[frame].end; i = at[i].end) {
        int sort = w->options->sort;
        child c = {.total = w->total[i], .frame = i};

        if (is_small(w, c.total)) {
            hide(l, c.total);
            continue;
        }
        if (sort == PV_TREE_BY_TOTAL)
            c.key = c.total;
        else if (sort == PV_TREE_BY_SELF)
            c.key = pv_frame_self(w->p, i, w->p->metrics.main);
        if (!PV_VEC_GROW(&w->children, 1))
            return false;
        w->children.at[w->children.len++] = c;
    }
    return true;
}

static void rank_children(walk *w, level *l, size_t begin)
{
    size_t n = w->children.len - begin;
    size_t limit = (size_t)w->options->limit;

    if (n > 1)
        qsort(w->children.at + begin, n, sizeof(child), by_key);
    for (; limit > 0 && n > limit; n--)
        hide(l, w->children.at[--w->children.len].total);
    l->begin = l->at = begin;
    l->end = w->children.len;
}

/* ---- one line ---- */

static void add_name(walk *w, uint32_t frame, uint32_t times)
{
    bool unicode = w->job->style.unicode;

    if (w->name.n > 0)
        pv_buf_str(&w->name, pv_glyph_text(PV_G_CHAIN, unicode));
    pv_buf_clear(&w->work);
    pv_label_function(&w->work, w->p, w->p->frames.at[frame].fn);
    pv_ink_clean(&w->name, pv_buf_text(&w->work), unicode);
    if (times > 1) {
        pv_buf_char(&w->name, ' ');
        pv_buf_str(&w->name, pv_glyph_text(PV_G_TIMES, unicode));
        pv_buf_format(&w->name, "%u", times);
    }
}

/* Joins a frame with its only large child as long as there is one; returns
 * the last frame of the line.  Its children are then in w->children. */
static uint32_t join_chain(walk *w, level *l, uint32_t frame)
{
    const pv_frame *at = w->p->frames.at;
    uint32_t times = 1;

    pv_buf_clear(&w->name);
    for (;;) {
        size_t begin = w->children.len;
        child only;

        w->failed |= !add_children(w, l, frame);
        only = begin < w->children.len ? w->children.at[begin] : (child){0};
        if (w->failed || w->children.len != begin + 1 ||
            pv_muldiv(size_of(only.total), 100, size_of(w->total[frame])) <
                95) {
            rank_children(w, l, begin);
            break;
        }
        w->children.len = begin;
        if (frame > 0 && at[only.frame].fn.i == at[frame].fn.i) {
            times++;
        } else if (frame > 0) {
            add_name(w, frame, times);
            times = 1;
        }
        frame = only.frame;
    }
    if (frame > 0)
        add_name(w, frame, times);
    else
        pv_buf_puts(&w->name, "all");
    return frame;
}

/* Two digits are enough beside a value: "45%", "9.7%", "<0.1%". */
static size_t write_share(char *out, int64_t part, int64_t whole)
{
    int64_t percent = pv_muldiv(size_of(part), 100, whole);
    size_t n;

    if (percent < 10)
        return pv_write_share(out, part, whole);
    n = pv_write_i64(out, part < 0 ? -percent : percent);
    out[n++] = '%';
    return n;
}

static void make_figures(walk *w, uint32_t first, bool share)
{
    const pv_profile *p = w->p;
    char text[PV_NUMBER_MAX];

    pv_buf_clear(&w->figures);
    if (p->frames.at[first].certainty != PV_EXACT)
        pv_buf_char(&w->figures, '~');
    if (share)
        pv_text_value(&w->figures, w->total[first],
                      &p->metrics.at[p->metrics.main], w->job->style.unicode);
    else
        pv_text_amount(&w->figures, p, p->metrics.main, w->total[first],
                       w->job->style.unicode);
    pv_buf_puts(&w->figures, "  ");
    if (!share)
        return;
    pv_buf_add(&w->figures, text, write_share(text, w->total[first], w->whole));
    pv_buf_puts(&w->figures, "  ");
}

/* How many levels fit beside what a line needs for itself. */
static size_t levels_within(int width)
{
    int room = width / 2 < width - 24 ? width / 2 : width - 24;

    if (room < LEVEL_WIDTH)
        return 1;
    return room / LEVEL_WIDTH < LEVELS_MAX ? (size_t)(room / LEVEL_WIDTH)
                                           : LEVELS_MAX;
}

/* The lines beside the frame; those of frames far above are left out. */
static int put_branches(walk *w, bool last)
{
    bool unicode = w->job->style.unicode;
    size_t depth = w->levels.len, from = 1, most = LEVELS_MAX;
    int width = w->job->style.width;

    if (depth == 0)
        return 0;
    if (width > 0)
        most = levels_within(width);
    if (depth > most)
        from = most > 1 ? depth - most + 2 : depth;
    if (depth > most && most > 1)
        pv_sink_puts(w->out, unicode ? "\u2026  " : ".. ");
    for (size_t i = from; i < depth; i++)
        pv_sink_text(w->out, w->levels.at[i].last
                                 ? PV_STR("   ")
                                 : pv_glyph_text(PV_G_PIPE, unicode));
    pv_sink_text(w->out,
                 pv_glyph_text(last ? PV_G_LAST : PV_G_BRANCH, unicode));
    return (int)((depth > most ? most : depth) * LEVEL_WIDTH);
}

static void put_line(walk *w, int used, uint32_t fn, bool bold)
{
    pv_str name = pv_buf_text(&w->name), place = pv_buf_text(&w->place);
    const pv_text_style *style = &w->job->style;
    size_t wide = pv_text_width(name) + 2 + pv_text_width(place);

    used += (int)pv_text_width(pv_buf_text(&w->figures));
    pv_ink_text(w->out, style, bold ? PV_INK_BOLD : PV_INK_PLAIN,
                pv_buf_text(&w->figures));
    if (style->width > 0 && wide + (size_t)used > (size_t)style->width)
        place.n = 0;
    w->failed |= !pv_ink_fitted(w->out, style, used,
                                pv_ink_origin(w->whence[fn].origin), name);
    if (place.n > 0)
        pv_sink_puts(w->out, "  ");
    pv_ink_text(w->out, style, PV_INK_DIM, place);
    pv_sink_puts(w->out, "\n");
}

static void make_place(walk *w, uint32_t frame)
{
    const pv_frame *f = &w->p->frames.at[frame];
    const pv_function *fn = &w->p->functions.at[f->fn.i];
    uint32_t line = f->line ? f->line : fn->line;

    pv_buf_clear(&w->work);
    pv_buf_clear(&w->place);
    if (frame == 0 || fn->name.i == 0 || fn->name.i == fn->file.i ||
        fn->kind == PV_FN_LINE) /* the name is the place */
        return;
    pv_label_place(&w->work, w->p, f->fn, line);
    pv_ink_clean(&w->place, pv_buf_text(&w->work), w->job->style.unicode);
}

static void put_frame(walk *w, level *l, uint32_t first, bool last)
{
    int used = put_branches(w, last);
    uint32_t at = join_chain(w, l, first);

    make_figures(w, first, first > 0);
    make_place(w, at);
    put_line(w, used, w->p->frames.at[at].fn.i, first == 0);
}

static void put_rest(walk *w, const level *l)
{
    char share[PV_NUMBER_MAX];

    int used = put_branches(w, true);

    pv_buf_clear(&w->work);
    pv_buf_str(&w->work, pv_glyph_text(PV_G_ELLIPSIS, w->job->style.unicode));
    pv_buf_format(&w->work, " %u more, ", l->hidden);
    pv_buf_add(&w->work, share, write_share(share, l->rest, w->whole));
    if (l->hidden > 1)
        pv_buf_puts(&w->work, " together");
    w->failed |= !pv_ink_fitted(w->out, &w->job->style, used, PV_INK_PLAIN,
                                pv_buf_text(&w->work));
    pv_sink_puts(w->out, "\n");
}

/* ---- the walk ---- */

static bool push(walk *w, level l)
{
    if (!PV_VEC_GROW(&w->levels, 1))
        return false;
    w->levels.at[w->levels.len++] = l;
    return true;
}

/* The next line below the innermost frame that has one left. */
static bool step(walk *w)
{
    level *l = &w->levels.at[w->levels.len - 1];
    level next = {0};
    uint32_t frame;

    if (l->at == l->end) {
        if (l->hidden > 0)
            put_rest(w, l);
        w->children.len = l->begin;
        w->levels.len--;
        return true;
    }
    frame = w->children.at[l->at++].frame;
    next.last = l->at == l->end && l->hidden == 0;
    put_frame(w, &next, frame, next.last);
    return push(w, next);
}

static bool put_tree(walk *w)
{
    level root = {.last = true};

    put_frame(w, &root, 0, true);
    if (!push(w, root))
        return false;
    while (w->levels.len > 0 && !w->failed)
        if (!step(w))
            return false;
    return !w->failed && !w->name.failed && !w->place.failed &&
           !w->figures.failed && !w->work.failed;
}

static bool prepare(walk *w, pv_arena *a, pv_error *err)
{
    const pv_filter_options *f = &w->options->filter;
    pv_origin_rules rules = {f->own.at, f->own.len, f->origin.at,
                             f->origin.len};

    w->p = w->job->inputs[0];
    w->whence = pv_origins(w->p, &rules, a, err);
    if (!w->whence)
        return false;
    w->total = pv_frame_totals(w->p, w->p->metrics.main, a, err);
    if (!w->total)
        return false;
    w->whole = pv_job_whole(w->job, w->total[0]);
    return true;
}

bool pv_tree_lines(const pv_job *job, const pv_tree_options *o, pv_arena *a,
                   pv_sink *out, pv_error *err)
{
    walk w = {.job = job, .options = o, .out = out};
    bool ok;

    if (job->inputs[0]->metrics.len == 0 || job->inputs[0]->frames.len == 0)
        return pv_fail(err, PV_E_FORMAT, NULL, "there are no call stacks");
    if (!prepare(&w, a, err))
        return false;
    if (w.whole <= 0 || w.total[0] == 0) {
        if (w.whole > 0 && w.total[0] == 0)
            pv_kept_line(job, 0, w.whole, out);
        pv_sink_puts(out, "The total is 0: no tree to show.\n");
        return true;
    }
    pv_kept_line(job, w.total[0], w.whole, out);
    if (w.p->flags & PV_ESTIMATED)
        pv_sink_puts(out, "Estimated from who called whom; ~ marks what the "
                          "file leaves open.\n");
    ok = put_tree(&w) || pv_fail_nomem(err);
    PV_VEC_DONE(&w.children);
    PV_VEC_DONE(&w.levels);
    pv_buf_done(&w.name);
    pv_buf_done(&w.place);
    pv_buf_done(&w.figures);
    pv_buf_done(&w.work);
    return ok;
}
