/* SPDX-License-Identifier: MIT */
/* The small print of a flame graph: footer, notes, filters, description. */
#include "flame_words.h"

#include "label.h"
#include "number.h"
#include "profviz/profviz.h"

/* ---- footer ---- */

static void put_pruned(const pv_picture *p, pv_buf *t)
{
    if (!p->pruned.frames) {
        pv_buf_puts(t, ", none pruned from the data");
        return;
    }
    pv_buf_puts(t, ", ");
    pv_put_count(t, p->pruned.frames, "more pruned from the data",
                 "more pruned from the data");
    pv_buf_puts(t, " (");
    pv_picture_share(p, t, p->pruned.value * p->factor);
    pv_buf_char(t, ')');
}

static void put_filters(const pv_picture *p, pv_buf *t)
{
    for (size_t i = 0; i < p->filters.len; i++) {
        pv_buf_str(t, i ? PV_STR(" ") : pv_dot);
        pv_buf_str(t, p->filters.at[i]);
    }
}

static void make_footer(pv_picture *p)
{
    pv_buf t = {0};

    pv_buf_puts(&t, "profviz " PV_VERSION);
    for (size_t i = 0; i < p->job->paths_len && i < 8; i++) {
        pv_buf_puts(&t, i                           ? ", "
                        : i + 1 < p->job->paths_len ? " \xc2\xb7 inputs "
                                                    : " \xc2\xb7 input ");
        pv_buf_str(&t, pv_job_name(p->job, i));
    }
    if (p->job->paths_len > 8)
        pv_buf_format(&t, " and %zu more", p->job->paths_len - 8);
    pv_buf_str(&t, pv_dot);
    pv_put_count(&t, p->data.p->frames.len, "frame", "frames");
    put_pruned(p, &t);
    put_filters(p, &t);
    if (p->job->command.n) {
        pv_buf_str(&t, pv_dot);
        pv_buf_str(&t, p->job->command);
    }
    p->footer = pv_picture_keep(p, &t);
}

void pv_picture_footnote(pv_picture *p, const char *text)
{
    pv_buf t = {0};

    pv_buf_str(&t, p->footer);
    pv_buf_str(&t, pv_dot);
    pv_buf_puts(&t, text);
    p->footer = pv_picture_keep(p, &t);
}

static void make_notes(pv_picture *p)
{
    pv_buf t = {0};

    pv_buf_str(&t, p->o->notes);
    if (p->data.p->flags & PV_ESTIMATED) {
        pv_buf_puts(&t, t.n ? ". " : "");
        pv_buf_puts(&t, "Some totals are estimated: the profile holds "
                        "callers and callees, no stacks");
    }
    if (p->data.left_out < 0) {
        pv_buf_puts(&t, t.n ? ". " : "");
        pv_picture_value(p, &t, p->data.left_out);
        pv_buf_puts(&t, " in negative values is not drawn");
    }
    p->notes = pv_picture_keep(p, &t);
}

/* ---- description: the top 10 by self ---- */

enum { NAMED = 10 };

/* The largest first, of equal ones the first. */
static size_t largest(const pv_stacks *s, uint32_t best[NAMED])
{
    size_t len = 0;

    for (uint32_t i = 1; i < s->p->functions.len; i++) {
        int64_t v = s->fn_self[i];
        size_t k = len < NAMED ? len : NAMED - 1;

        if (v <= 0 || (len == NAMED && v <= s->fn_self[best[k]]) ||
            s->paint[i] == PV_P_PRUNED)
            continue;
        for (; k > 0 && v > s->fn_self[best[k - 1]]; k--)
            best[k] = best[k - 1];
        best[k] = i;
        len += len < NAMED;
    }
    return len;
}

static void make_description(pv_picture *p)
{
    const pv_stacks *s = &p->data;
    pv_buf t = {0}, name = {0};
    uint32_t best[NAMED];
    size_t len;

    if (p->diff) {
        p->scene.desc = p->subtitle;
        return;
    }
    if (s->total[0]) {
        pv_buf_puts(&t, "Top functions by self ");
        pv_buf_str(&t, p->words.noun);
    } else {
        pv_buf_puts(&t, p->whole ? "No stack is left by the filters"
                                 : "Every count in this profile is 0");
    }
    len = largest(s, best);
    for (size_t i = 0; i < len; i++) {
        pv_buf_clear(&name);
        pv_label_function(&name, s->p, (pv_fn){best[i]});
        pv_buf_puts(&t, i ? ", " : ": ");
        pv_buf_str(&t, pv_str_slice(pv_buf_text(&name), 0, 200));
        pv_buf_char(&t, ' ');
        pv_picture_share(p, &t, s->fn_self[best[i]]);
    }
    pv_buf_char(&t, '.');
    if (name.failed)
        p->arena.failed = true;
    pv_buf_done(&name);
    p->scene.desc = pv_picture_keep(p, &t);
}

/* ---- filters ---- */

static void add_filter(pv_picture *p, const char *option, pv_str value)
{
    pv_buf t = {0};
    pv_str text;

    pv_buf_puts(&t, option);
    if (value.n) {
        pv_buf_char(&t, ' ');
        pv_buf_str(&t, value);
    }
    text = pv_picture_keep(p, &t);
    if (PV_VEC_GROW(&p->filters, 1))
        p->filters.at[p->filters.len++] = text;
    else
        p->arena.failed = true;
}

static void add_list(pv_picture *p, const char *option, pv_opt_list list)
{
    for (size_t i = 0; i < list.len; i++)
        add_filter(p, option, list.at[i]);
}

static void name_filters(pv_picture *p)
{
    static const char *const groups[] = {"", "--by file", "--by line",
                                         "--by module", "--by package"};
    const pv_filter_options *f = &p->o->filter;
    char depth[PV_NUMBER_MAX];

    add_list(p, "--focus", f->focus);
    add_list(p, "--ignore", f->ignore);
    add_list(p, "--hide", f->hide);
    add_list(p, "--show", f->show);
    add_list(p, "--collapse", f->collapse);
    if (f->base.n)
        add_filter(p, "--base", f->base);
    if (f->window.n)
        add_filter(p, "--window", f->window);
    if (f->depth > 0)
        add_filter(p, "--depth",
                   (pv_str){depth, pv_write_i64(depth, f->depth)});
    if (f->only_mine)
        add_filter(p, "--only-mine", PV_STR(""));
    if (f->fold_recursion)
        add_filter(p, "--fold-recursion", PV_STR(""));
    if (f->by > 0 && f->by < 5)
        add_filter(p, groups[f->by], PV_STR(""));
    if (f->reverse)
        add_filter(p, "--reverse", PV_STR(""));
}

void pv_picture_small_print(pv_picture *p)
{
    name_filters(p);
    make_footer(p);
    make_notes(p);
    make_description(p);
}
