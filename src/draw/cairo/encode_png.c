/* SPDX-License-Identifier: MIT */
/* Scenes as PNG, by libpng, with a palette where the colours are few.
 *
 * A picture is drawn in bands, so that one of any height costs the memory of
 * a band.
 */
#include <png.h>
#include <stdlib.h>

#include "cairo_draw.h"

enum { BAND = 512, PALETTE = 256, DPI_PER_METRE_AT_1 = 2835 };

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

    begin_drawing(d, c->surface);
    cairo_scale(d->cr, scale, scale);
    cairo_translate(d->cr, 0, -from / scale);
    d->top = from / scale;
    d->bottom = (from + n) / scale;
    draw_items(d);
    end_drawing(d);
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

const char *draw_png(drawing *d)
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
