/* SPDX-License-Identifier: MIT */
/* What a box says: its tooltip and its label. */
#include "flame_title.h"

#include "advance.h"
#include "fit.h"
#include "flame_change.h"
#include "number.h"
#include "utf8.h"

enum { LABELLED = 2700 }; /* cpx: narrower boxes have no label */

static pv_str clipped(pv_str name)
{
    size_t n = PV_TITLE_NAME;

    if (name.n <= PV_TITLE_NAME)
        return name;
    while (n > 1 && ((unsigned char)name.p[n] & 0xc0) == 0x80)
        n--;
    return pv_str_slice(name, 0, n);
}

/* How far the numbers of a frame can be relied on. */
static void put_certainty(pv_flame_titles *f, uint32_t node)
{
    const pv_profile *p = f->s->p;

    if (!(p->flags & PV_ESTIMATED))
        return;
    switch ((pv_certainty)p->frames.at[node].certainty) {
    case PV_EXACT: return;
    case PV_GUESSED: pv_buf_puts(&f->text, "; estimated"); return;
    case PV_BOUNDED: break;
    }
    if (!p->bounds || f->s->metric != 0) {
        pv_buf_puts(&f->text, "; estimated");
        return;
    }
    pv_buf_puts(&f->text, "; total between ");
    pv_picture_value(f->p, &f->text, p->bounds[node].low);
    pv_buf_puts(&f->text, " and ");
    pv_picture_value(f->p, &f->text, p->bounds[node].high);
}

static uint32_t turns_of(const pv_flame_titles *f, uint32_t node)
{
    return f->s->turns ? f->s->turns[node] : 1;
}

/* " ×312" */
static void put_turns(pv_buf *out, uint32_t turns)
{
    char number[PV_NUMBER_MAX];

    pv_buf_puts(out, " \xc3\x97");
    pv_buf_add(out, number, pv_write_grouped(number, turns, 0));
}

static void put_amount(pv_flame_titles *f, pv_amount *last, int64_t v)
{
    pv_buf *t = &last->text;

    if (!t->n || last->value != v) {
        pv_buf_clear(t);
        pv_picture_value(f->p, t, v);
        pv_buf_puts(t, " (");
        pv_picture_share(f->p, t, v);
        pv_buf_char(t, ')');
        last->value = v;
    }
    pv_buf_str(&f->text, pv_buf_text(t));
}

static void put_frame_title(pv_flame_titles *f, uint32_t node)
{
    pv_buf *t = &f->text;
    size_t n;

    pv_buf_clear(&f->name);
    pv_picture_name(f->s, node, &f->name);
    pv_buf_str(t, clipped(pv_buf_text(&f->name)));
    if (f->name.n > PV_TITLE_NAME)
        pv_buf_puts(t, "\xe2\x80\xa6");
    pv_buf_char(t, '\n');
    n = t->n;
    pv_buf_clear(&f->name);
    pv_picture_place(f->s, node, &f->name);
    pv_buf_str(t, clipped(pv_buf_text(&f->name)));
    if (t->n > n)
        pv_buf_char(t, '\n');
    if (f->p->diff) {
        pv_change_title(f->p, t, node);
        return;
    }
    put_amount(f, &f->total, f->s->total[node]);
    if (f->p->callers || f->s == &f->p->above)
        return; /* what is its own is at the other end */
    pv_buf_puts(t, " total, ");
    put_amount(f, &f->self, pv_stacks_self(f->s, node));
    pv_buf_puts(t, " self");
    if (turns_of(f, node) > 1) {
        pv_buf_puts(t, "; folded:");
        put_turns(t, turns_of(f, node));
    }
    put_certainty(f, node);
}

pv_str pv_flame_title(pv_flame_titles *f, const pv_flame_box *b)
{
    char number[PV_NUMBER_MAX];

    pv_buf_clear(&f->text);
    if (b->small) {
        pv_buf_add(&f->text, number, pv_write_grouped(number, b->small, 0));
        pv_buf_puts(&f->text,
                    b->small == 1 ? " small frame, " : " small frames, ");
        pv_picture_share(f->p, &f->text, b->value);
        pv_buf_puts(&f->text, " together");
        if (!f->p->o->no_js)
            pv_buf_puts(&f->text, ". Zoom to see them.");
    } else {
        put_frame_title(f, b->node);
    }
    return pv_arena_copy(&f->p->arena, pv_buf_text(&f->text));
}

static pv_cut cut_of(const pv_picture *p)
{
    return p->o->truncate ? (pv_cut)(p->o->truncate - 1) : PV_CUT_MIDDLE;
}

static pv_cpx width_of(const pv_picture *p, pv_str text)
{
    return (pv_cpx)(pv_text_em(text, INT64_MAX) * p->font / 10 + 1);
}

/* "+" says that a stack is new; what is gone says that instead of its name. */
static void fit_changed(pv_flame_titles *f, const pv_flame_box *b)
{
    pv_str sign = pv_change_sign(f->p, b->node);
    pv_cpx room = b->w - 900 - width_of(f->p, sign);
    pv_buf *name = &f->name;

    if (room > 0 && !pv_str_equal(sign, PV_STR("gone")))
        pv_fit_name(&f->text, pv_buf_text(name),
                    (pv_fitting){room, f->p->font, cut_of(f->p)});
    else if (room >= 0)
        pv_buf_str(&f->text, sign);
    if (!f->text.n || room <= 0 || pv_str_equal(sign, PV_STR("gone")))
        return;
    pv_buf_clear(name);
    pv_buf_str(name, sign);
    pv_buf_str(name, pv_buf_text(&f->text));
    pv_buf_clear(&f->text);
    pv_buf_str(&f->text, pv_buf_text(name));
}

/* The name, cut so that the badge behind it is whole. */
static void fit_folded(pv_flame_titles *f, const pv_flame_box *b)
{
    pv_buf badge = {0};
    pv_cpx room = b->w - 900;

    put_turns(&badge, turns_of(f, b->node));
    room -= width_of(f->p, pv_buf_text(&badge));
    if (room > 0)
        pv_fit_name(&f->text, pv_buf_text(&f->name),
                    (pv_fitting){room, f->p->font, cut_of(f->p)});
    if (f->text.n)
        pv_buf_str(&f->text, pv_buf_text(&badge));
    if (badge.failed)
        f->p->arena.failed = true;
    pv_buf_done(&badge);
}

pv_str pv_flame_label(pv_flame_titles *f, const pv_flame_box *b)
{
    if (b->small || b->w < LABELLED)
        return PV_STR("");
    pv_buf_clear(&f->name);
    pv_picture_name(f->s, b->node, &f->name);
    pv_buf_clear(&f->text);
    if (f->p->diff)
        fit_changed(f, b);
    else if (turns_of(f, b->node) > 1)
        fit_folded(f, b);
    else
        pv_fit_name(&f->text, pv_buf_text(&f->name),
                    (pv_fitting){b->w - 900, f->p->font, cut_of(f->p)});
    return pv_arena_copy(&f->p->arena, pv_buf_text(&f->text));
}

void pv_flame_titles_done(pv_flame_titles *f)
{
    pv_buf_done(&f->text);
    pv_buf_done(&f->name);
    pv_buf_done(&f->total.text);
    pv_buf_done(&f->self.text);
}
