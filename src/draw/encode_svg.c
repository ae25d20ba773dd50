/* SPDX-License-Identifier: MIT */
/* Scenes into SVG: presentation attributes first, so that the picture is right
 * where style sheets are ignored. */
#include "encode.h"

typedef struct svg {
    pv_markup *m;
    const pv_scene *s;
} svg;

/* ---- attributes ---- */

static void id_attr(svg *o, const char *name, const char *id)
{
    pv_markup_attr_begin(o->m, name);
    pv_markup_attr_more(o->m, pv_str_of(o->s->id));
    if (id) {
        pv_markup_attr_more(o->m, PV_STR("-"));
        pv_markup_attr_more(o->m, pv_str_of(id));
    }
    pv_markup_attr_end(o->m);
}

static void colour_attr(svg *o, const char *name, pv_rgb light, pv_rgb dark)
{
    pv_markup_attr_rgb(o->m, name, o->s->theme == PV_THEME_DARK ? dark : light);
}

static void hatch_attr(svg *o)
{
    pv_markup_attr_begin(o->m, "fill");
    pv_markup_attr_more(o->m, PV_STR("url(#"));
    pv_markup_attr_more(o->m, pv_str_of(o->s->id));
    pv_markup_attr_more(o->m, PV_STR("-hatch)"));
    pv_markup_attr_end(o->m);
}

static void fill_attr(svg *o, const pv_item *it)
{
    const pv_paint *p = &o->s->paints.at[it->paint];

    if (it->flags & PV_ITEM_BARE)
        return;
    if (it->flags & PV_ITEM_INK)
        colour_attr(o, "fill", p->ink_light, p->ink_dark);
    else if (p->hatch)
        hatch_attr(o);
    else
        colour_attr(o, "fill", p->light, p->dark);
}

static void class_attr(svg *o, const pv_item *it)
{
    const pv_paint *p = &o->s->paints.at[it->paint];
    bool named = it->flags & PV_ITEM_CLASS && p->name[0];
    bool halo = it->shape == PV_TEXT && it->flags & PV_ITEM_HALO;

    if (!named && !halo)
        return;
    pv_markup_attr_begin(o->m, "class");
    if (named)
        pv_markup_attr_more(o->m, pv_str_of(p->name));
    if (halo)
        pv_markup_attr_more(o->m, named ? PV_STR(" halo") : PV_STR("halo"));
    pv_markup_attr_end(o->m);
}

static void box_attrs(svg *o, pv_box b)
{
    if (b.x)
        pv_markup_attr_cpx(o->m, "x", b.x);
    if (b.y)
        pv_markup_attr_cpx(o->m, "y", b.y);
    pv_markup_attr_cpx(o->m, "width", b.w);
    pv_markup_attr_cpx(o->m, "height", b.h);
}

static void font_attrs(svg *o, const pv_item *it)
{
    switch ((pv_font)it->font) {
    case PV_FONT_FRAME: break;
    case PV_FONT_TITLE:
        pv_markup_attrs(o->m, "font-size", "17");
        pv_markup_attrs(o->m, "font-weight", "600");
        break;
    case PV_FONT_CAPTION: pv_markup_attrs(o->m, "font-size", "11"); break;
    case PV_FONT_BODY:
        if (o->s->font_size != 12)
            pv_markup_attrs(o->m, "font-size", "12");
        break;
    case PV_FONT_AXIS: pv_markup_attrs(o->m, "font-size", "11.5"); break;
    }
    if (it->flags & PV_ITEM_BOLD)
        pv_markup_attrs(o->m, "font-weight", "600");
    if (it->flags & PV_ITEM_MIDDLE)
        pv_markup_attrs(o->m, "text-anchor", "middle");
    if (it->flags & PV_ITEM_END)
        pv_markup_attrs(o->m, "text-anchor", "end");
}

/* ---- items ---- */

static void rect(svg *o, const pv_item *it)
{
    pv_markup_open(o->m, "rect");
    if (it->id)
        id_attr(o, "id", it->id);
    class_attr(o, it);
    box_attrs(o, it->box);
    if (it->flags & PV_ITEM_ROUND)
        pv_markup_attrs(o->m, "rx", "2");
    fill_attr(o, it);
    pv_markup_shut(o->m);
}

static void halo_attrs(svg *o)
{
    const pv_paint *bg = &o->s->paints.at[PV_P_BG];

    pv_markup_attrs(o->m, "paint-order", "stroke");
    colour_attr(o, "stroke", bg->light, bg->dark);
    pv_markup_attrs(o->m, "stroke-width", "4");
    pv_markup_attrs(o->m, "stroke-linejoin", "round");
}

static void label(svg *o, const pv_item *it)
{
    pv_markup_open(o->m, "text");
    if (it->id)
        id_attr(o, "id", it->id);
    class_attr(o, it);
    pv_markup_attr_cpx(o->m, "x", it->box.x);
    pv_markup_attr_cpx(o->m, "y", it->box.y);
    font_attrs(o, it);
    fill_attr(o, it);
    if (it->flags & PV_ITEM_HALO)
        halo_attrs(o);
    pv_markup_text(o->m, it->text);
    if (it->more.n) {
        pv_markup_text(o->m, PV_STR(" "));
        pv_markup_open(o->m, "tspan");
        pv_markup_attrs(o->m, "font-weight", "600");
        pv_markup_text(o->m, it->more);
        pv_markup_shut(o->m);
    }
    pv_markup_shut(o->m);
}

/* Relative moves: after "z" the pen is where the box began. */
static void boxes(svg *o, const pv_item *it)
{
    pv_box pen = {0};

    pv_markup_open(o->m, "path");
    class_attr(o, it);
    fill_attr(o, it);
    pv_markup_attr_begin(o->m, "d");
    for (size_t i = 0; i < it->len; i++) {
        pv_box b = it->boxes[i];

        pv_markup_attr_more(o->m, i ? PV_STR("m") : PV_STR("M"));
        pv_markup_attr_more_cpx(o->m, (int64_t)b.x - pen.x);
        if (b.y >= pen.y)
            pv_markup_attr_more(o->m, PV_STR(" "));
        pv_markup_attr_more_cpx(o->m, (int64_t)b.y - pen.y);
        pv_markup_attr_more(o->m, PV_STR("h"));
        pv_markup_attr_more_cpx(o->m, b.w);
        pv_markup_attr_more(o->m, PV_STR("v"));
        pv_markup_attr_more_cpx(o->m, b.h);
        pv_markup_attr_more(o->m, PV_STR("h"));
        pv_markup_attr_more_cpx(o->m, -(int64_t)b.w);
        pv_markup_attr_more(o->m, PV_STR("z"));
        pen = b;
    }
    pv_markup_attr_end(o->m);
    pv_markup_shut(o->m);
}

static void stroke_attrs(svg *o, const pv_item *it)
{
    const pv_paint *p = &o->s->paints.at[it->paint];

    pv_markup_attrs(o->m, "fill", "none");
    colour_attr(o, "stroke", p->light, p->dark);
    pv_markup_attr_cpx(o->m, "stroke-width", it->thick);
    if (!it->dash) {
        pv_markup_attrs(o->m, "stroke-linejoin", "round");
        return;
    }
    pv_markup_attr_begin(o->m, "stroke-dasharray");
    for (const unsigned char *d = pv_dashes[it->dash]; *d; d++) {
        pv_markup_attr_more(o->m, PV_STR(" "));
        pv_markup_attr_more_cpx(o->m, *d * 100);
    }
    pv_markup_attr_end(o->m);
}

/* Moves from one spot to the next; a blank where no minus parts them. */
static void spots(svg *o, const pv_item *it)
{
    pv_spot pen = {0};

    pv_markup_attr_begin(o->m, "d");
    for (size_t i = 0; i < it->spots_len; i++) {
        int64_t x = (int64_t)it->spots[i].x - pen.x;
        int64_t y = (int64_t)it->spots[i].y - pen.y;

        if (i < 2)
            pv_markup_attr_more(o->m, i ? PV_STR("l") : PV_STR("M"));
        else if (x >= 0)
            pv_markup_attr_more(o->m, PV_STR(" "));
        pv_markup_attr_more_cpx(o->m, x);
        if (y >= 0)
            pv_markup_attr_more(o->m, PV_STR(" "));
        pv_markup_attr_more_cpx(o->m, y);
        pen = it->spots[i];
    }
    if (it->shape == PV_AREA)
        pv_markup_attr_more(o->m, PV_STR("z"));
    pv_markup_attr_end(o->m);
}

static void path(svg *o, const pv_item *it)
{
    pv_markup_open(o->m, "path");
    if (it->id)
        id_attr(o, "id", it->id);
    class_attr(o, it);
    if (it->shape == PV_LINE)
        stroke_attrs(o, it);
    else
        fill_attr(o, it);
    spots(o, it);
    pv_markup_shut(o->m);
}

static void dot(svg *o, const pv_item *it)
{
    pv_markup_open(o->m, "circle");
    class_attr(o, it);
    pv_markup_attr_cpx(o->m, "cx", it->box.x);
    pv_markup_attr_cpx(o->m, "cy", it->box.y);
    pv_markup_attr_cpx(o->m, "r", it->box.w);
    fill_attr(o, it);
    pv_markup_shut(o->m);
}

/* A box as "x y w h", and the values at its bottom and its top. */
static void plot_attrs(svg *o, const pv_plot *p)
{
    const pv_cpx box[] = {p->box.x, p->box.y, p->box.w, p->box.h};

    pv_markup_attr_begin(o->m, "data-box");
    for (int i = 0; i < 4; i++) {
        if (i)
            pv_markup_attr_more(o->m, PV_STR(" "));
        pv_markup_attr_more_cpx(o->m, box[i]);
    }
    pv_markup_attr_end(o->m);
    pv_markup_attr_int(o->m, "data-v0", p->v0);
    pv_markup_attr_int(o->m, "data-v1", p->v1);
}

static void move_attr(svg *o, pv_box by)
{
    pv_markup_attr_begin(o->m, "transform");
    pv_markup_attr_more(o->m, PV_STR("translate("));
    pv_markup_attr_more_cpx(o->m, by.x);
    pv_markup_attr_more(o->m, PV_STR(","));
    pv_markup_attr_more_cpx(o->m, by.y);
    pv_markup_attr_more(o->m, PV_STR(")"));
    pv_markup_attr_end(o->m);
}

static void open_group(svg *o, const pv_item *it)
{
    pv_markup_open(o->m, "g");
    if (it->id)
        id_attr(o, "id", it->id);
    class_attr(o, it);
    if (!(it->flags & PV_ITEM_PLOT) && it->more.n)
        pv_markup_attr(o->m, "data-o", it->more);
    if (it->box.x || it->box.y)
        move_attr(o, it->box);
    if (it->flags & PV_ITEM_PLOT)
        plot_attrs(o, it->plot);
    if (it->text.n) {
        pv_markup_open(o->m, "title");
        pv_markup_text(o->m, it->text);
        pv_markup_shut(o->m);
    }
}

static void frame(svg *o, const pv_item *it)
{
    pv_item label_ = pv_frame_label(it);
    pv_markup *m = o->m;

    pv_markup_open(m, "g");
    pv_markup_attrs(m, "class", o->s->paints.at[it->paint].name);
    if (it->text.n) {
        pv_markup_open(m, "title");
        pv_markup_text(m, it->text);
        pv_markup_shut(m);
    }
    pv_markup_open(m, "rect");
    box_attrs(o, it->box);
    fill_attr(o, it);
    pv_markup_shut(m);
    if (label_.text.n) {
        pv_markup_open(m, "text");
        pv_markup_attr_cpx(m, "x", label_.box.x);
        pv_markup_attr_cpx(m, "y", label_.box.y);
        fill_attr(o, &label_);
        pv_markup_text(m, label_.text);
        pv_markup_shut(m);
    }
    pv_markup_shut(m);
}

static void item(svg *o, const pv_item *it)
{
    switch ((pv_shape)it->shape) {
    case PV_RECT: rect(o, it); break;
    case PV_TEXT: label(o, it); break;
    case PV_BOXES: boxes(o, it); break;
    case PV_OPEN: open_group(o, it); break;
    case PV_CLOSE: pv_markup_shut(o->m); break;
    case PV_LINE:
    case PV_AREA: path(o, it); break;
    case PV_DOT: dot(o, it); break;
    case PV_FRAME: frame(o, it); break;
    }
}

void pv_svg_items(pv_markup *m, const pv_scene *s)
{
    svg o = {m, s};

    for (size_t i = 0; i < s->items.len; i++)
        item(&o, &s->items.at[i]);
}

/* ---- head and tail ---- */

static void labelled_by(svg *o)
{
    if (o->s->inline_) {
        pv_markup_attr(o->m, "aria-label", o->s->title);
        id_attr(o, "aria-describedby", "desc");
        return;
    }
    pv_markup_attr_begin(o->m, "aria-labelledby");
    pv_markup_attr_more(o->m, pv_str_of(o->s->id));
    pv_markup_attr_more(o->m, PV_STR("-title "));
    pv_markup_attr_more(o->m, pv_str_of(o->s->id));
    pv_markup_attr_more(o->m, PV_STR("-desc"));
    pv_markup_attr_end(o->m);
}

static void root_attrs(svg *o)
{
    const pv_scene *s = o->s;

    pv_markup_attrs(o->m, "xmlns", "http://www.w3.org/2000/svg");
    id_attr(o, "id", NULL);
    pv_markup_attrs(o->m, "role", "group");
    labelled_by(o);
    pv_markup_attr_cpx(o->m, "width", s->width);
    pv_markup_attr_cpx(o->m, "height", s->height);
    pv_markup_attr_begin(o->m, "viewBox");
    pv_markup_attr_more(o->m, PV_STR("0 0 "));
    pv_markup_attr_more_cpx(o->m, s->width);
    pv_markup_attr_more(o->m, PV_STR(" "));
    pv_markup_attr_more_cpx(o->m, s->height);
    pv_markup_attr_end(o->m);
    pv_markup_attr(o->m, "font-family", s->font_family);
    pv_markup_attr_int(o->m, "font-size", s->font_size);
    /* No kerning, as labels are measured; also where <style> is refused. */
    pv_markup_attrs(o->m, "text-rendering", "optimizeSpeed");
    if (s->theme != PV_THEME_AUTO)
        pv_markup_attr(o->m, "data-theme", pv_theme_attr(s->theme));
}

static void text_element(svg *o, const char *name, pv_str text)
{
    pv_markup_open(o->m, name);
    id_attr(o, "id", name);
    pv_markup_text(o->m, text);
    pv_markup_shut(o->m);
}

static void hatch_rect(svg *o, const char *class, const char *width,
                       unsigned paint)
{
    const pv_paint *p = &o->s->paints.at[paint];

    pv_markup_open(o->m, "rect");
    pv_markup_attrs(o->m, "class", class);
    pv_markup_attrs(o->m, "width", width);
    pv_markup_attrs(o->m, "height", "3");
    colour_attr(o, "fill", p->light, p->dark);
    pv_markup_shut(o->m);
}

static void hatch(svg *o)
{
    pv_markup_open(o->m, "defs");
    pv_markup_open(o->m, "pattern");
    id_attr(o, "id", "hatch");
    pv_markup_attrs(o->m, "width", "3");
    pv_markup_attrs(o->m, "height", "3");
    pv_markup_attrs(o->m, "patternUnits", "userSpaceOnUse");
    pv_markup_attrs(o->m, "patternTransform", "rotate(45)");
    hatch_rect(o, "ha", "3", PV_P_PANEL);
    hatch_rect(o, "hb", "1", PV_P_LINE2);
    pv_markup_shut(o->m);
    pv_markup_shut(o->m);
}

void pv_svg_head(pv_markup *m, const pv_scene *s, const pv_str *css,
                 size_t css_len)
{
    svg o = {m, s};

    pv_markup_open(m, "svg");
    root_attrs(&o);
    if (!s->inline_)
        text_element(&o, "title", s->title);
    text_element(&o, "desc", s->desc);
    if (css_len) {
        pv_markup_open(m, "style");
        for (size_t i = 0; i < css_len; i++)
            pv_markup_verbatim(m, css[i]);
        pv_markup_shut(m);
    }
    hatch(&o);
}

void pv_svg_tail(pv_markup *m)
{
    pv_markup_shut(m);
}
