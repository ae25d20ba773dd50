/* SPDX-License-Identifier: MIT */
/* Boxes of a flame graph as scene items: narrow ones in one path a colour,
 * wide ones as titled groups in preorder. */
#include "flame_picture.h"

#include <stdlib.h>

#include "flame_change.h"
#include "flame_title.h"
#include "number.h"

enum {
    WIDE = 300,         /* cpx: from here on a box has a title */
    GAP = 60,           /* at the right of a box */
    NARROW_GAP = 20,    /* of boxes below WIDE */
    TITLE_ROOM = 450000 /* bytes of all titled boxes together, about */
};

typedef struct frames {
    pv_picture *p;
    const pv_stacks *s;
    pv_layout l;
    pv_cpx row;       /* as drawn: less than p->row when the picture is high */
    pv_cpx first;     /* top edge of the root's row */
    int step;         /* +1: downwards, -1: upwards */
    uint32_t skip;    /* rows before this depth are not drawn */
    size_t titled;    /* of the widest boxes */
    pv_cpx narrowest; /* that is titled, ... */
    size_t at_narrowest; /* ... so many of them */
    pv_flame_titles say;
} frames;

/* ---- geometry ---- */

static pv_box box_of(const frames *f, const pv_flame_box *b)
{
    pv_cpx w = b->w - (b->w >= WIDE ? GAP : NARROW_GAP);

    return (pv_box){b->x, f->first + f->step * (pv_cpx)b->depth * f->row,
                    w < 10 ? 10 : w, f->row - 100};
}

static uint16_t paint_of(const frames *f, const pv_flame_box *b)
{
    if (b->small)
        return PV_P_SMALL;
    return f->p->diff ? pv_change_paint(f->p, b)
                      : f->s->paint[f->s->p->frames.at[b->node].fn.i];
}

/* Equal widths: the first ones in preorder. */
static bool takes_title(frames *f, const pv_flame_box *b)
{
    if (b->w < WIDE || b->w < f->narrowest || b->depth < f->skip)
        return false;
    if (b->w > f->narrowest)
        return true;
    if (!f->at_narrowest)
        return false;
    f->at_narrowest--;
    return true;
}

static int by_width(const void *a, const void *b)
{
    const pv_cpx *x = a, *y = b;

    return (*x < *y) - (*x > *y);
}

/* Finds the width from which on `most` boxes get a title. */
static bool choose_titled(frames *f, size_t most)
{
    size_t n = 0;
    pv_cpx *w = PV_NEW_N(&f->p->arena, pv_cpx, f->l.boxes.len + 1);

    if (!w)
        return pv_fail_nomem(f->p->err);
    for (size_t i = 0; i < f->l.boxes.len; i++)
        if (f->l.boxes.at[i].w >= WIDE)
            w[n++] = f->l.boxes.at[i].w;
    f->titled = n < most ? n : most;
    f->narrowest = WIDE;
    f->at_narrowest = n; /* all, where that many are allowed */
    if (n <= most)
        return true;
    qsort(w, n, sizeof *w, by_width);
    f->narrowest = w[f->titled ? f->titled - 1 : 0];
    f->at_narrowest = 0;
    for (size_t i = 0; i < f->titled; i++)
        f->at_narrowest += w[i] == f->narrowest;
    return true;
}

/* ---- items ---- */

static void add_titled(frames *f, const pv_flame_box *b)
{
    pv_scene *s = &f->p->scene;
    uint16_t paint = paint_of(f, b);
    pv_box box = box_of(f, b);
    pv_str label = f->row < 1400 ? PV_STR("") : pv_flame_label(&f->say, b);

    pv_scene_add(s, (pv_item){.shape = PV_FRAME,
                              .flags = PV_ITEM_CLASS,
                              .paint = paint,
                              .box = box,
                              .text = pv_flame_title(&f->say, b),
                              .more = label});
}

static bool is_narrow(const frames *f, const bool *titled, size_t i)
{
    return !titled[i] && f->l.boxes.at[i].depth >= f->skip;
}

/* The narrow boxes of each paint, in preorder, as one item a paint. */
static bool add_narrow(frames *f, const bool *titled)
{
    pv_scene *s = &f->p->scene;
    size_t n = s->paints.len;
    size_t *count = PV_NEW_N(&f->p->arena, size_t, n + 1);
    pv_box *at = PV_NEW_N(&f->p->arena, pv_box, f->l.boxes.len + 1);

    if (!count || !at)
        return pv_fail_nomem(f->p->err);
    for (size_t i = 0; i < f->l.boxes.len; i++)
        if (is_narrow(f, titled, i))
            count[paint_of(f, &f->l.boxes.at[i]) + 1]++;
    for (size_t i = 0; i < n; i++)
        count[i + 1] += count[i];
    for (size_t i = 0; i < f->l.boxes.len; i++)
        if (is_narrow(f, titled, i))
            at[count[paint_of(f, &f->l.boxes.at[i])]++] =
                box_of(f, &f->l.boxes.at[i]);
    for (size_t i = 0, from = 0; i < n; from = count[i++])
        if (count[i] > from)
            pv_scene_add(s, (pv_item){.shape = PV_BOXES,
                                      .flags = PV_ITEM_CLASS,
                                      .paint = (uint16_t)i,
                                      .boxes = at + from,
                                      .len = count[i] - from});
    return true;
}

/* About what the titled boxes weigh, in bytes. */
static size_t weight_of_titles(const frames *f)
{
    const pv_profile *p = f->s->p;
    size_t sum = 0;

    for (size_t i = 0; i < f->l.boxes.len; i++) {
        const pv_flame_box *b = &f->l.boxes.at[i];
        const pv_function *fn = &p->functions.at[p->frames.at[b->node].fn.i];
        size_t name = pv_profile_text(p, fn->name).n;
        size_t file = pv_profile_text(p, fn->file).n;

        if (b->w >= WIDE && b->w >= f->narrowest)
            sum += 160 + (name < PV_TITLE_NAME ? name : PV_TITLE_NAME) +
                   (file < PV_TITLE_NAME ? file : PV_TITLE_NAME);
    }
    return sum;
}

static bool choose_within_budget(frames *f)
{
    size_t weight;

    if (!choose_titled(f, PV_FLAME_TITLED))
        return false;
    weight = weight_of_titles(f);
    return weight <= TITLE_ROOM ||
           choose_titled(f, f->titled * TITLE_ROOM / weight);
}

static bool add_boxes(frames *f)
{
    bool *titled = PV_NEW_N(&f->p->arena, bool, f->l.boxes.len + 1);

    if (!titled)
        return pv_fail_nomem(f->p->err);
    f->say.p = f->p;
    f->say.s = f->s;
    if (!choose_within_budget(f))
        return false;
    for (size_t i = 0; i < f->l.boxes.len; i++)
        titled[i] = takes_title(f, &f->l.boxes.at[i]);
    pv_scene_reserve(&f->p->scene, f->titled + f->p->scene.paints.len + 64);
    if (!add_narrow(f, titled))
        return false;
    for (size_t i = 0; i < f->l.boxes.len; i++)
        if (titled[i])
            add_titled(f, &f->l.boxes.at[i]);
    return !f->say.text.failed && !f->say.name.failed &&
           !f->say.total.text.failed && !f->say.self.text.failed;
}

/* ---- rows ---- */

/* Rows that shrink until the picture is no higher than it may be. */
static pv_cpx choose_row(pv_cpx row, uint64_t levels)
{
    static const pv_cpx rows[] = {1400, 1000, 600};

    for (size_t i = 0; i < 3; i++)
        if (levels * (uint64_t)row > PV_FLAME_HEIGHT && rows[i] < row)
            row = rows[i];
    return row;
}

/* Hundredths of a pixel, or -1 and *share in thousandths of a percent. */
static bool take_minwidth(const pv_picture *p, int64_t *cpx, int64_t *share)
{
    pv_str text = p->o->minwidth;
    bool percent = pv_str_ends(text, PV_STR("%"));

    *cpx = 50;
    *share = 0;
    if (text.n == 0)
        return true;
    if (percent)
        text.n--;
    if (!pv_parse_scaled(text, percent ? 3 : 2, percent ? share : cpx) ||
        *share < 0 || *share > 100000 || *cpx < 0 || *cpx > 10000000)
        return pv_fail(p->err, PV_E_USAGE, NULL,
                       "--minwidth wants pixels or a percentage, not '%s'",
                       PV_QUOTE(p->o->minwidth));
    if (*cpx < 10)
        *cpx = 10;
    return true;
}

/* A picture with the data of very many frames has little room for boxes. */
static size_t most_boxes(const frames *f)
{
    bool many = f->p->data.p->frames.len > PV_FLAME_MANY;

    return many && !f->p->o->no_js ? PV_FLAME_BOXES_BESIDE : PV_FLAME_BOXES;
}

static bool make_spec(const frames *f, pv_layout_spec *spec)
{
    pv_cpx width = f->p->width - 2 * f->p->pad;
    int64_t whole = f->s->total[0], cpx, share, least;

    if (!take_minwidth(f->p, &cpx, &share))
        return false;
    least = share ? pv_muldiv(whole, share, 100000)
                  : pv_flame_value((pv_cpx)cpx, width, whole);
    *spec = (pv_layout_spec){.x = f->p->pad,
                             .width = width,
                             .whole = whole,
                             .min_value = least > 0 ? least : 1,
                             .by_total = f->p->by_total || f->p->heaviest,
                             .max_depth = UINT32_MAX,
                             .max_boxes = most_boxes(f)};
    return true;
}

/* Places all boxes, `most` levels of them. */
static bool lay_out(frames *f, uint32_t most)
{
    pv_tree tree = pv_stacks_tree(f->s);
    pv_layout_spec spec;

    pv_layout_done(&f->l);
    if (!make_spec(f, &spec))
        return false;
    spec.max_depth = most - 1;
    if (!pv_layout_flame(&f->l, &tree, &spec))
        return pv_fail_nomem(f->p->err);
    if (f->s->total[0] == 0) /* one row, so that there is something to see */
        f->l.boxes.at[0].w = spec.width;
    return !f->p->diff || pv_change_slivers(f->p, &f->l, &spec);
}

/* The row at which a picture that is too high is torn off. */
static void torn_row(frames *f, uint32_t deeper, pv_cpx y)
{
    pv_picture *p = f->p;
    char number[PV_NUMBER_MAX];
    pv_buf t = {0};

    pv_buf_add(&t, number, pv_write_grouped(number, deeper, 0));
    pv_buf_puts(&t, deeper == 1 ? " deeper level, " : " deeper levels, ");
    pv_picture_share(p, &t, f->l.deeper);
    pv_buf_puts(&t,
                deeper == 1 ? " of all reaches it" : " of all reaches them");
    if (!p->o->no_js)
        pv_buf_puts(&t, "; open in a browser to see them");
    pv_scene_add(&p->scene,
                 (pv_item){.shape = PV_RECT,
                           .paint = PV_P_SMALL,
                           .box = {p->pad, y, p->width - 2 * p->pad, 1700}});
    pv_scene_add(&p->scene, (pv_item){.shape = PV_TEXT,
                                      .paint = PV_P_INK,
                                      .box = {p->pad + 500, y + 1270, 0, 0},
                                      .text = pv_picture_keep(p, &t)});
}

/* One tree, the rows above `skip` not drawn; p->bottom moves below it. */
static bool add_tree(frames *f, uint32_t skip, bool upward)
{
    pv_picture *p = f->p;
    uint32_t all = f->l.levels, most = (uint32_t)(PV_FLAME_HEIGHT / f->row);
    uint32_t rows;
    bool torn = all > most;
    pv_cpx top = p->bottom;

    if (torn && !lay_out(f, most))
        return false;
    rows = f->l.levels > skip ? f->l.levels - skip : 0;
    if (torn && upward) {
        torn_row(f, all - f->l.levels, top);
        top += 1800;
    }
    f->skip = skip;
    f->step = upward ? -1 : 1;
    f->first =
        top + (upward ? (pv_cpx)(rows + skip) - 1 : -(pv_cpx)skip) * f->row;
    if (!add_boxes(f))
        return pv_fail_nomem(p->err);
    p->bottom = top + (pv_cpx)rows * f->row;
    if (torn && !upward) {
        torn_row(f, all - f->l.levels, p->bottom);
        p->bottom += 1800;
    }
    p->levels += rows;
    return true;
}

static void done(frames *f)
{
    pv_layout_done(&f->l);
    pv_flame_titles_done(&f->say);
}

static bool add_sandwich(pv_picture *p)
{
    frames above = {.p = p, .s = &p->above}, below = {.p = p, .s = p->shown};
    bool ok = lay_out(&above, UINT32_MAX) && lay_out(&below, UINT32_MAX);

    if (ok) {
        above.row = below.row =
            choose_row(p->row, (uint64_t)above.l.levels + below.l.levels);
        ok = add_tree(&above, 2, true) && add_tree(&below, 1, false);
    }
    done(&above);
    done(&below);
    return ok;
}

/* Recursion stands once, where that was asked for and where stacks are too deep
 * to be seen whole. */
static bool fold(frames *f)
{
    bool folded = false;

    if (f->l.levels <= PV_FLAME_DEEP && !pv_flame_folds(f->p->o))
        return true;
    if (!pv_picture_fold(f->p, &folded))
        return false;
    f->s = f->p->shown;
    return !folded || lay_out(f, UINT32_MAX);
}

static bool add_plain(pv_picture *p)
{
    frames f = {.p = p, .s = p->shown};
    bool ok = lay_out(&f, UINT32_MAX) && fold(&f);

    if (ok) {
        f.row = choose_row(p->row, f.l.levels);
        ok = add_tree(&f, 0, p->flame);
    }
    done(&f);
    return ok;
}

bool pv_picture_frames(pv_picture *p)
{
    bool ok;

    p->bottom = p->top;
    pv_scene_add(&p->scene, (pv_item){.shape = PV_OPEN, .id = "frames"});
    ok = p->upper ? add_sandwich(p) : add_plain(p);
    pv_scene_add(&p->scene, (pv_item){.shape = PV_CLOSE});
    return ok && !pv_picture_failed(p);
}
