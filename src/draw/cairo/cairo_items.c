/* SPDX-License-Identifier: MIT */
/* Scene items through Cairo; Pango shapes labels and finds fonts for any
 * script. */
#include "cairo_draw.h"

#include "utf8.h"

#include <string.h>

static void set_colour(cairo_t *cr, pv_rgb c)
{
    cairo_set_source_rgb(cr, (c >> 16 & 255) / 255.0, (c >> 8 & 255) / 255.0,
                         (c & 255) / 255.0);
}

static pv_rgb fill_of(const drawing *d, const pv_paint *p)
{
    return d->job->dark ? p->dark : p->light;
}

static pv_rgb ink_of(const drawing *d, const pv_paint *p)
{
    return d->job->dark ? p->ink_dark : p->ink_light;
}

cairo_pattern_t *make_hatch(const drawing *d)
{
    const pv_paint *paints = d->scene->paints.at; /* the fixed ones first */
    cairo_surface_t *tile =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, 4, 4);
    cairo_t *cr = cairo_create(tile);
    cairo_pattern_t *pattern;

    set_colour(cr, fill_of(d, &paints[PV_P_PANEL]));
    cairo_paint(cr);
    set_colour(cr, fill_of(d, &paints[PV_P_LINE2]));
    cairo_set_line_width(cr, 1);
    for (int i = -4; i <= 8; i += 4) {
        cairo_move_to(cr, i, 4);
        cairo_line_to(cr, i + 4, 0);
    }
    cairo_stroke(cr);
    cairo_destroy(cr);
    pattern = cairo_pattern_create_for_surface(tile);
    cairo_pattern_set_extend(pattern, CAIRO_EXTEND_REPEAT);
    cairo_surface_destroy(tile);
    return pattern;
}

static void set_fill(drawing *d, const pv_item *it)
{
    const pv_paint *p = &d->scene->paints.at[it->paint];

    if (p->hatch)
        cairo_set_source(d->cr, d->hatch);
    else
        set_colour(d->cr, fill_of(d, p));
}

static bool visible(const drawing *d, pv_box b)
{
    return d->y + px(b.y) + px(b.h) >= d->top && d->y + px(b.y) <= d->bottom;
}

static void draw_box(drawing *d, pv_box b)
{
    if (visible(d, b))
        cairo_rectangle(d->cr, d->x + px(b.x), d->y + px(b.y), px(b.w),
                        px(b.h));
}

static void draw_rect(drawing *d, const pv_item *it)
{
    if (it->flags & PV_ITEM_BARE)
        return;
    set_fill(d, it);
    draw_box(d, it->box);
    cairo_fill(d->cr);
}

static void draw_boxes(drawing *d, const pv_item *it)
{
    set_fill(d, it);
    for (size_t i = 0; i < it->len; i++)
        draw_box(d, it->boxes[i]);
    cairo_fill(d->cr);
}

typedef struct type_size {
    double px;
    PangoWeight weight;
} type_size;

static type_size size_of(const drawing *d, const pv_item *it)
{
    switch ((pv_font)it->font) {
    case PV_FONT_FRAME:
        return (type_size){d->scene->font_size ? d->scene->font_size : 12,
                           PANGO_WEIGHT_NORMAL};
    case PV_FONT_TITLE: return (type_size){17, PANGO_WEIGHT_SEMIBOLD};
    case PV_FONT_CAPTION: return (type_size){11, PANGO_WEIGHT_NORMAL};
    case PV_FONT_AXIS: return (type_size){11.5, PANGO_WEIGHT_NORMAL};
    case PV_FONT_BODY: break;
    }
    return (type_size){12, PANGO_WEIGHT_NORMAL};
}

/* Valid UTF-8 without NUL, as Pango wants it; what is not becomes U+FFFD, and
 * so does what turns text around, as in SVG. */
char *clean_text(pv_str s)
{
    char *out = g_utf8_make_valid(s.n ? s.p : "", (gssize)s.n);

    for (char *p = out; *p; p = g_utf8_next_char(p)) {
        if ((unsigned char)*p < 0x20 || *p == 0x7f)
            *p = ' ';
        else if (pv_is_bidi((int32_t)g_utf8_get_char(p)))
            memcpy(p, "\xef\xbf\xbd", 3); /* as long as any of them */
    }
    return out;
}

static void set_text(drawing *d, pv_str text, type_size t)
{
    PangoFontDescription *font = pango_font_description_from_string(
        "Noto Sans, DejaVu Sans, sans-serif");
    char *clean = clean_text(text);

    pango_font_description_set_weight(font, t.weight);
    pango_font_description_set_absolute_size(font, t.px * PANGO_SCALE);
    pango_layout_set_font_description(d->layout, font);
    pango_layout_set_text(d->layout, clean, -1);
    pango_font_description_free(font);
    g_free(clean);
}

/* At the baseline, from a whole pixel on; returns the text's width. */
static double show_text(drawing *d, double x, double y)
{
    double baseline =
        pango_layout_get_baseline(d->layout) / (double)PANGO_SCALE;
    int width, height;

    pango_layout_get_size(d->layout, &width, &height);
    cairo_move_to(d->cr, (double)(long)(x + 0.5), y - baseline);
    pango_cairo_show_layout(d->cr, d->layout);
    return width / (double)PANGO_SCALE;
}

/* The background's colour around the letters, below them. */
static void draw_halo(drawing *d, const pv_paint *p, const pv_item *it,
                      double x, double y)
{
    double baseline =
        pango_layout_get_baseline(d->layout) / (double)PANGO_SCALE;

    set_colour(d->cr, fill_of(d, &d->scene->paints.at[PV_P_BG]));
    cairo_new_path(d->cr);
    cairo_move_to(d->cr, (double)(long)(x + 0.5), y - baseline);
    pango_cairo_layout_path(d->cr, d->layout);
    cairo_set_dash(d->cr, NULL, 0, 0);
    cairo_set_line_width(d->cr, 4);
    cairo_set_line_join(d->cr, CAIRO_LINE_JOIN_ROUND);
    cairo_stroke(d->cr);
    set_colour(d->cr, it->flags & PV_ITEM_INK ? ink_of(d, p) : fill_of(d, p));
}

static void draw_text(drawing *d, const pv_item *it)
{
    const pv_paint *p = &d->scene->paints.at[it->paint];
    type_size t = size_of(d, it);
    double x = d->x + px(it->box.x), y = d->y + px(it->box.y);
    int width, height;

    if (it->text.n + it->more.n == 0 || y < d->top - 4 ||
        y - 2 * t.px > d->bottom)
        return;
    set_colour(d->cr, it->flags & PV_ITEM_INK ? ink_of(d, p) : fill_of(d, p));
    if (it->flags & PV_ITEM_BOLD)
        t.weight = PANGO_WEIGHT_SEMIBOLD;
    set_text(d, it->text, t);
    pango_layout_get_size(d->layout, &width, &height);
    if (it->flags & PV_ITEM_MIDDLE)
        x -= width / 2.0 / PANGO_SCALE;
    if (it->flags & PV_ITEM_END)
        x -= width / (double)PANGO_SCALE;
    if (it->flags & PV_ITEM_HALO)
        draw_halo(d, p, it, x, y);
    x += show_text(d, x, y);
    if (it->more.n == 0)
        return;
    t.weight = PANGO_WEIGHT_SEMIBOLD;
    set_text(d, it->more, t);
    show_text(d, x + (it->text.n ? t.px * 0.3 : 0), y);
}

static void trace(drawing *d, const pv_item *it)
{
    cairo_new_path(d->cr);
    for (size_t i = 0; i < it->spots_len; i++)
        cairo_line_to(d->cr, d->x + px(it->spots[i].x),
                      d->y + px(it->spots[i].y));
}

static void draw_line(drawing *d, const pv_item *it)
{
    double dashes[4];
    int n = 0;

    while (n < 4 && pv_dashes[it->dash][n]) {
        dashes[n] = pv_dashes[it->dash][n];
        n++;
    }
    set_fill(d, it);
    trace(d, it);
    cairo_set_dash(d->cr, dashes, n, 0);
    cairo_set_line_width(d->cr, px(it->thick));
    cairo_set_line_join(d->cr,
                        n ? CAIRO_LINE_JOIN_MITER : CAIRO_LINE_JOIN_ROUND);
    cairo_stroke(d->cr);
}

static void draw_area(drawing *d, const pv_item *it)
{
    set_fill(d, it);
    trace(d, it);
    cairo_close_path(d->cr);
    cairo_fill(d->cr);
}

static void draw_dot(drawing *d, const pv_item *it)
{
    set_fill(d, it);
    cairo_new_path(d->cr);
    cairo_arc(d->cr, d->x + px(it->box.x), d->y + px(it->box.y), px(it->box.w),
              0, 6.283185307179586);
    cairo_fill(d->cr);
}

static void draw_frame(drawing *d, const pv_item *it)
{
    pv_item label = pv_frame_label(it);

    draw_rect(d, it);
    if (label.text.n)
        draw_text(d, &label);
}

/* Groups do not nest deeper than the header: one level is moved. */
static void draw_item(drawing *d, const pv_item *it)
{
    switch ((pv_shape)it->shape) {
    case PV_RECT: draw_rect(d, it); return;
    case PV_TEXT: draw_text(d, it); return;
    case PV_BOXES: draw_boxes(d, it); return;
    case PV_OPEN:
        d->x += px(it->box.x);
        d->y += px(it->box.y);
        return;
    case PV_CLOSE: return;
    case PV_LINE: draw_line(d, it); return;
    case PV_AREA: draw_area(d, it); return;
    case PV_DOT: draw_dot(d, it); return;
    case PV_FRAME: draw_frame(d, it); return;
    }
}

/* Where a group's move ends: moves are undone by their PV_CLOSE. */
void draw_items(drawing *d)
{
    double xs[16] = {0}, ys[16] = {0};
    unsigned depth = 0;

    d->x = d->y = 0;
    for (size_t i = 0; i < d->scene->items.len; i++) {
        const pv_item *it = &d->scene->items.at[i];

        if (it->shape == PV_OPEN && depth < 15) {
            depth++;
            xs[depth] = d->x;
            ys[depth] = d->y;
        }
        draw_item(d, it);
        if (it->shape == PV_CLOSE && depth > 0) {
            d->x = xs[depth];
            d->y = ys[depth];
            depth--;
        }
    }
}

void begin_drawing(drawing *d, cairo_surface_t *surface)
{
    cairo_font_options_t *font = cairo_font_options_create();

    d->cr = cairo_create(surface);
    cairo_font_options_set_antialias(font, CAIRO_ANTIALIAS_GRAY);
    cairo_font_options_set_hint_style(font, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(font, CAIRO_HINT_METRICS_OFF);
    d->layout = pango_cairo_create_layout(d->cr);
    pango_cairo_context_set_font_options(pango_layout_get_context(d->layout),
                                         font);
    pango_layout_set_single_paragraph_mode(d->layout, TRUE);
    pango_layout_set_auto_dir(d->layout, FALSE); /* from the left, as SVG */
    pango_context_set_base_dir(pango_layout_get_context(d->layout),
                               PANGO_DIRECTION_LTR);
    pango_layout_context_changed(d->layout);
    cairo_font_options_destroy(font);
}

void end_drawing(drawing *d)
{
    g_object_unref(d->layout);
    cairo_destroy(d->cr);
}
