/* SPDX-License-Identifier: MIT */
/* Scenes as PDF: vectors, text that can be selected, fonts embedded by Cairo. */
#include <cairo-pdf.h>
#include <stdlib.h>

#include "cairo_draw.h"

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

const char *draw_pdf(drawing *d)
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
    begin_drawing(d, surface);
    cairo_scale(d->cr, 0.75, 0.75);
    d->bottom = px(d->scene->height);
    draw_items(d);
    end_drawing(d);
    cairo_surface_finish(surface);
    status = cairo_surface_status(surface);
    cairo_surface_destroy(surface);
    g_free(title);
    g_free(about);
    return status == CAIRO_STATUS_SUCCESS ? NULL
                                          : cairo_status_to_string(status);
}
