/* SPDX-License-Identifier: MIT */
/* Scenes as PNG and PDF: Cairo draws, Pango shapes labels and finds fonts for
 * any script, libpng writes files with a palette where that is smaller.
 *
 * A PNG is drawn in bands, so that a picture of any height costs the memory
 * of one of them.  This file is a module of its own: cairo_module.h.
 */
#include <cairo-pdf.h>
#include <cairo.h>
#include <pango/pangocairo.h>
#include <png.h>
#include <stdlib.h>

#include "cairo_module.h"

enum { BAND = 512, PALETTE = 256, DPI_PER_METRE_AT_1 = 2835 };

typedef struct drawing {
    const pv_cairo_job *job;
    const pv_scene *scene;
    cairo_t *cr;
    PangoLayout *layout;
    cairo_pattern_t *hatch;
    double top, bottom; /* what of the scene is being drawn */
    double x, y;        /* moved by the open groups */
} drawing;

/* ---- items ---------------------------------------------------------------- */

static double px(pv_cpx v)
{
    return v / 100.0;
}

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

/* Three-pixel stripes at 45 degrees, as the SVG's pattern. */
static cairo_pattern_t *make_hatch(const drawing *d)
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

/* Valid UTF-8 without NUL, as Pango wants it; what is not becomes U+FFFD. */
static char *clean_text(pv_str s)
{
    char *out = g_utf8_make_valid(s.n ? s.p : "", (gssize)s.n);

    for (char *p = out; *p; p++)
        if ((unsigned char)*p < 0x20 || *p == 0x7f)
            *p = ' ';
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
static void draw_items(drawing *d)
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

static void begin(drawing *d, cairo_surface_t *surface)
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
    cairo_font_options_destroy(font);
}

static void end(drawing *d)
{
    g_object_unref(d->layout);
    cairo_destroy(d->cr);
}

/* ---- PDF -------------------------------------------------------------------- */

static cairo_status_t write_pdf(void *ctx, const unsigned char *p,
                                unsigned int n)
{
    const pv_cairo_job *job = ctx;

    return job->write(job->ctx, p, n) ? CAIRO_STATUS_SUCCESS
                                      : CAIRO_STATUS_WRITE_ERROR;
}

/* No clock: the date is SOURCE_DATE_EPOCH's, or the epoch. */
static void set_date(cairo_surface_t *surface)
{
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    GDateTime *date = g_date_time_new_from_unix_utc(
        epoch ? g_ascii_strtoll(epoch, NULL, 10) : 0);
    char *text = date ? g_date_time_format(date, "%Y-%m-%dT%H:%M:%SZ") : NULL;

    if (text)
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE,
                                       text);
    g_free(text);
    if (date)
        g_date_time_unref(date);
}

static const char *draw_pdf(drawing *d)
{
    double width = px(d->scene->width) * 0.75;
    double height = px(d->scene->height) * 0.75;
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(
        write_pdf, (void *)(uintptr_t)d->job, width, height);
    char *title = clean_text(d->scene->title);
    char *about = clean_text(d->job->description);
    cairo_status_t status;

    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, title);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_SUBJECT, about);
    set_date(surface);
    begin(d, surface);
    cairo_scale(d->cr, 0.75, 0.75);
    d->bottom = px(d->scene->height);
    draw_items(d);
    end(d);
    cairo_surface_finish(surface);
    status = cairo_surface_status(surface);
    cairo_surface_destroy(surface);
    g_free(title);
    g_free(about);
    return status == CAIRO_STATUS_SUCCESS ? NULL
                                          : cairo_status_to_string(status);
}

/* ---- PNG -------------------------------------------------------------------- */

typedef struct palette {
    uint32_t colour[PALETTE];
    uint32_t slot[1024]; /* colour | 1 << 24, 0 = free */
    uint8_t index[1024];
    unsigned len;
    bool full;
} palette;

static unsigned palette_slot(const palette *p, uint32_t c)
{
    unsigned i = (c * UINT32_C(2654435761)) >> 22;

    while (p->slot[i] && p->slot[i] != (c | 1u << 24))
        i = (i + 1) & 1023;
    return i;
}

static void palette_add(palette *p, uint32_t c)
{
    unsigned i = palette_slot(p, c);

    if (p->slot[i] || p->full)
        return;
    if (p->len == PALETTE) {
        p->full = true;
        return;
    }
    p->slot[i] = c | 1u << 24;
    p->index[i] = (uint8_t)p->len;
    p->colour[p->len++] = c;
}

typedef struct canvas {
    drawing d;
    cairo_surface_t *surface;
    int width, height; /* of the whole picture, in pixels */
    palette colours;
    png_structp png;
    png_infop info;
    uint8_t *row;
    const char *error;
} canvas;

/* Rows [from, from + n) of the picture into the surface. */
static bool draw_band(canvas *c, int from, int n)
{
    drawing *d = &c->d;
    double scale = d->job->scale;

    begin(d, c->surface);
    cairo_scale(d->cr, scale, scale);
    cairo_translate(d->cr, 0, -from / scale);
    d->top = from / scale;
    d->bottom = (from + n) / scale;
    draw_items(d);
    end(d);
    cairo_surface_flush(c->surface);
    return cairo_surface_status(c->surface) == CAIRO_STATUS_SUCCESS;
}

typedef void row_fn(canvas *c, const uint32_t *pixels);

static bool each_row(canvas *c, row_fn *take)
{
    const uint8_t *data = cairo_image_surface_get_data(c->surface);
    size_t stride = (size_t)cairo_image_surface_get_stride(c->surface);

    for (int from = 0; from < c->height; from += BAND) {
        int n = c->height - from < BAND ? c->height - from : BAND;

        if (!draw_band(c, from, n))
            return false;
        for (int y = 0; y < n && !c->error; y++)
            take(c,
                 (const uint32_t *)(const void *)(data + (size_t)y * stride));
    }
    return !c->error;
}

static void count_colours(canvas *c, const uint32_t *pixels)
{
    uint32_t last = UINT32_MAX;

    for (int x = 0; x < c->width && !c->colours.full; x++) {
        uint32_t rgb = pixels[x] & 0xffffff;

        if (rgb != last)
            palette_add(&c->colours, rgb);
        last = rgb;
    }
}

static void write_row(canvas *c, const uint32_t *pixels)
{
    for (int x = 0; x < c->width; x++) {
        uint32_t rgb = pixels[x] & 0xffffff;

        if (c->colours.full) {
            c->row[3 * x] = (uint8_t)(rgb >> 16);
            c->row[3 * x + 1] = (uint8_t)(rgb >> 8);
            c->row[3 * x + 2] = (uint8_t)rgb;
        } else {
            c->row[x] = c->colours.index[palette_slot(&c->colours, rgb)];
        }
    }
    png_write_row(c->png, c->row);
}

/* libpng must not write to stderr: the sink or the caller tells. */
static void give_up(png_structp png, png_const_charp text)
{
    (void)text;
    png_longjmp(png, 1);
}

static void say_nothing(png_structp png, png_const_charp text)
{
    (void)png;
    (void)text;
}

static void write_png(png_structp png, png_bytep p, size_t n)
{
    const pv_cairo_job *job = png_get_io_ptr(png);

    if (!job->write(job->ctx, p, n))
        png_error(png, "write failed");
}

static void flush_png(png_structp png)
{
    (void)png;
}

static void set_palette(canvas *c)
{
    png_color colours[PALETTE];

    for (unsigned i = 0; i < c->colours.len; i++)
        colours[i] = (png_color){(uint8_t)(c->colours.colour[i] >> 16),
                                 (uint8_t)(c->colours.colour[i] >> 8),
                                 (uint8_t)c->colours.colour[i]};
    png_set_PLTE(c->png, c->info, colours, (int)c->colours.len);
}

static void set_texts(canvas *c, char *title, char *about)
{
    static char keys[2][12] = {"Title", "Description"};
    png_text text[2] = {
        {.compression = PNG_ITXT_COMPRESSION_NONE,
         .key = keys[0],
         .text = title,
         .itxt_length = strlen(title)},
        {.compression = PNG_ITXT_COMPRESSION_NONE,
         .key = keys[1],
         .text = about,
         .itxt_length = strlen(about)},
    };

    png_set_text(c->png, c->info, text, 2);
}

/* libpng's errors come back to the setjmp here. */
static bool write_file(canvas *c, char *title, char *about)
{
    png_uint_32 dots = (png_uint_32)(DPI_PER_METRE_AT_1 * c->d.job->scale -
                                     (c->d.job->scale > 1));

    if (setjmp(png_jmpbuf(c->png)))
        return false;
    png_set_write_fn(c->png, (void *)(uintptr_t)c->d.job, write_png, flush_png);
    png_set_IHDR(c->png, c->info, (png_uint_32)c->width, (png_uint_32)c->height,
                 8,
                 c->colours.full ? PNG_COLOR_TYPE_RGB : PNG_COLOR_TYPE_PALETTE,
                 PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
                 PNG_FILTER_TYPE_DEFAULT);
    png_set_pHYs(c->png, c->info, dots, dots, PNG_RESOLUTION_METER);
    if (!c->colours.full)
        set_palette(c);
    set_texts(c, title, about);
    png_write_info(c->png, c->info);
    if (!each_row(c, write_row))
        return false;
    png_write_end(c->png, c->info);
    return true;
}

static const char *encode_png(canvas *c)
{
    char *title = clean_text(c->d.scene->title);
    char *about = clean_text(c->d.job->description);
    bool ok = each_row(c, count_colours);

    c->png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, give_up,
                                     say_nothing);
    c->info = c->png ? png_create_info_struct(c->png) : NULL;
    c->row = malloc((size_t)c->width * 3);
    ok = ok && c->info && c->row && write_file(c, title, about);
    png_destroy_write_struct(&c->png, &c->info);
    free(c->row);
    g_free(title);
    g_free(about);
    return ok ? NULL : "the PNG could not be written";
}

static const char *draw_png(drawing *d)
{
    canvas *c = calloc(1, sizeof *c);
    const char *error;

    if (!c)
        return "out of memory";
    c->d = *d;
    c->width = (int)(px(d->scene->width) * d->job->scale);
    c->height = (int)(px(d->scene->height) * d->job->scale);
    c->surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, c->width, BAND);
    if (cairo_surface_status(c->surface) != CAIRO_STATUS_SUCCESS)
        error = cairo_status_to_string(cairo_surface_status(c->surface));
    else
        error = encode_png(c);
    cairo_surface_destroy(c->surface);
    free(c);
    return error;
}

/* ---- the module's one function -------------------------------------------- */

PV_API const char *pv_cairo_draw_1(const pv_cairo_job *job);

const char *pv_cairo_draw_1(const pv_cairo_job *job)
{
    drawing d = {.job = job, .scene = job->scene};
    const char *error;

    d.hatch = make_hatch(&d);
    error = job->pdf ? draw_pdf(&d) : draw_png(&d);
    cairo_pattern_destroy(d.hatch);
    return error;
}
