/* SPDX-License-Identifier: MIT */
/* flamegraph.pl's picture.
 *
 * Its arithmetic is done as it does it, in doubles and in that order, so that
 * numbers round alike.
 */
#include "flame_classic_place.h"

#include <stdio.h>

#include "label.h"
#include "number.h"
#include "spelling.h"
#include "utf8.h"

/* ---- numbers as Perl prints them ---- */

static pv_str number_text(char out[64], const char *fmt, double v)
{
    int n = snprintf(out, 64, fmt, v);

    for (int i = 0; i < n && i < 63; i++)
        if (out[i] == ',') /* a locale's decimal sign */
            out[i] = '.';
    return (pv_str){out, (size_t)(n < 63 ? n : 63)};
}

static void number_attr(pv_markup *m, const char *name, const char *fmt,
                        double v)
{
    char text[64];

    pv_markup_attr(m, name, number_text(text, fmt, v));
}

static double rounded(const char *fmt, double v)
{
    char text[64];
    double r = 0;

    return pv_parse_double(number_text(text, fmt, v), &r) ? r : v;
}

/* "1234" -> "1,234" */
static void put_grouped(pv_buf *out, pv_str digits)
{
    for (size_t i = 0; i < digits.n; i++) {
        if (i && (digits.n - i) % 3 == 0 && digits.p[i - 1] != '-')
            pv_buf_char(out, ',');
        pv_buf_char(out, digits.p[i]);
    }
}

/* ---- words ---- */

static void read_name(pv_classic *c, uint32_t frame)
{
    pv_buf_clear(&c->name);
    if (frame)
        pv_spell_frame(&c->name, c->s.p, (pv_node){frame});
}

static void put_percent(pv_classic *c, double v, bool sign)
{
    char text[64];
    double percent = 100 * v / (c->total * c->factor);

    if (sign && v > 0)
        pv_buf_char(&c->text, '+');
    pv_buf_str(&c->text, number_text(text, "%.2f", percent));
    pv_buf_char(&c->text, '%');
}

static pv_str count_name(const pv_classic *c)
{
    return c->o->countname.n ? c->o->countname : PV_STR("samples");
}

/* NAME (1,234 samples, 12.34%; +1.00%) */
static pv_str title_of(pv_classic *c, const pv_classic_node *n, pv_str name)
{
    char digits[64];
    pv_str samples =
        number_text(digits, "%.0f", (n->end - n->start) * c->factor);
    double count = 0;

    pv_buf_clear(&c->text);
    if (n->frame)
        pv_buf_str(&c->text, pv_label_bare(name));
    else
        pv_buf_puts(&c->text, "all");
    pv_buf_puts(&c->text, " (");
    put_grouped(&c->text, samples);
    pv_buf_char(&c->text, ' ');
    pv_buf_str(&c->text, count_name(c));
    pv_buf_puts(&c->text, ", ");
    if (n->frame == 0) {
        pv_buf_puts(&c->text, "100%)");
        return pv_buf_text(&c->text);
    }
    pv_parse_double(samples, &count);
    put_percent(c, count, false);
    if (c->changes) {
        double d =
            pv_classic_change_of(c, n->frame) * (c->o->negate ? -1 : 1) + 0.0;

        pv_buf_puts(&c->text, "; ");
        put_percent(c, d, true);
    }
    pv_buf_char(&c->text, ')');
    return pv_buf_text(&c->text);
}

/* Bytes of the first `count` code points. */
static size_t bytes_of(pv_str s, size_t count)
{
    size_t at = 0;

    while (count-- && at < s.n)
        pv_utf8_next(s, &at);
    return at;
}

/* As many letters as fit, with two dots for what does not. */
static pv_str label_of(pv_classic *c, const pv_classic_node *n, pv_str name,
                       double width)
{
    double room = width / (c->font * c->letter);
    size_t letters = room < 0 ? 0 : room < 1e6 ? (size_t)room : 1000000;
    size_t fit;

    name = pv_label_bare(name);
    if (letters < 3 || n->frame == 0)
        return PV_STR("");
    fit = bytes_of(name, letters);
    if (fit == name.n)
        return name;
    pv_buf_clear(&c->text);
    pv_buf_add(&c->text, name.p, bytes_of(name, letters - 2));
    pv_buf_puts(&c->text, "..");
    return pv_buf_text(&c->text);
}

/* ---- drawing ---- */

static pv_str colour_of(pv_classic *c, uint32_t frame, pv_str name)
{
    bool mark =
        pv_str_equal(name, PV_STR("--")) || pv_str_equal(name, PV_STR("-"));

    if (c->changes && !mark)
        return pv_classic_change(&c->colours, pv_classic_change_of(c, frame),
                                 &c->text);
    return pv_classic_colour(&c->colours, name, &c->text);
}

static void draw_rect(pv_classic *c, double x, double y, double w, double h,
                      pv_str fill)
{
    pv_markup_open(c->m, "rect");
    number_attr(c->m, "x", "%.1f", x);
    number_attr(c->m, "y", "%.15g", y);
    number_attr(c->m, "width", "%.1f", w);
    number_attr(c->m, "height", "%.1f", h);
    pv_markup_attr(c->m, "fill", fill);
    if (x > 0) {
        pv_markup_attrs(c->m, "rx", "2");
        pv_markup_attrs(c->m, "ry", "2");
    }
    pv_markup_shut(c->m);
}

static void draw_text(pv_classic *c, const char *id, double x, double y,
                      pv_str text)
{
    pv_markup_open(c->m, "text");
    if (id)
        pv_markup_attrs(c->m, "id", id);
    number_attr(c->m, "x", "%.2f", x);
    number_attr(c->m, "y", "%.15g", y);
    if (id) {
        pv_markup_attrs(c->m, "text-anchor", "middle");
        if (strcmp(id, "title") == 0)
            number_attr(c->m, "font-size", "%.15g", c->font + 5);
    }
    pv_markup_text(c->m, text);
    pv_markup_shut(c->m);
}

static bool open_group(pv_classic *c, const pv_nameattr *a, pv_str title)
{
    bool link = a->href.n && pv_nameattr_link(a->href);

    pv_markup_open(c->m, "g");
    if (a->class.n)
        pv_markup_attr(c->m, "class", a->class);
    pv_nameattr_write(c->m, a->g_extra);
    pv_markup_open(c->m, "title");
    pv_markup_text(c->m, a->title.n ? a->title : title);
    pv_markup_shut(c->m);
    if (link) {
        pv_markup_open(c->m, "a");
        pv_markup_attr(c->m, "xlink:href", a->href);
        pv_markup_attr(c->m, "target",
                       a->target.n ? a->target : PV_STR("_top"));
        pv_nameattr_write(c->m, a->a_extra);
    }
    return link;
}

static void draw_node(pv_classic *c, const pv_classic_node *n)
{
    double x1 = 10 + n->start * c->per_value, x2 = 10 + n->end * c->per_value;
    double left = rounded("%.1f", x1), right = rounded("%.1f", x2), y1, y2;
    bool down = c->o->inverted;
    bool link;
    pv_str name;

    y1 = down ? c->top + n->depth * c->row
              : c->height - c->bottom - (n->depth + 1) * c->row + 1;
    y2 = down ? c->top + (n->depth + 1) * c->row - 1
              : c->height - c->bottom - n->depth * c->row;
    read_name(c, n->frame);
    name = pv_buf_text(&c->name);
    link =
        open_group(c, pv_nameattrs_find(&c->attrs, name), title_of(c, n, name));
    draw_rect(c, left, y1, right - left, y2 - y1, colour_of(c, n->frame, name));
    draw_text(c, NULL, x1 + 3, 3 + (y1 + y2) / 2,
              label_of(c, n, name, x2 - x1));
    if (link)
        pv_markup_shut(c->m);
    pv_markup_shut(c->m);
}

/* ---- the picture ---- */

static void stop(pv_classic *c, pv_str colour, const char *offset)
{
    pv_markup_open(c->m, "stop");
    pv_markup_attr(c->m, "stop-color", colour);
    pv_markup_attrs(c->m, "offset", offset);
    pv_markup_shut(c->m);
}

static void open_picture(pv_classic *c)
{
    pv_markup *m = c->m;
    char box[160];

    pv_markup_prologue(m);
    pv_markup_open(m, "svg");
    pv_markup_attrs(m, "version", "1.1");
    number_attr(m, "width", "%.15g", c->width);
    number_attr(m, "height", "%.15g", c->height);
    snprintf(box, sizeof box, "0 0 %.15g %.15g", c->width, c->height);
    pv_markup_attrs(m, "viewBox", box);
    pv_markup_attrs(m, "xmlns", "http://www.w3.org/2000/svg");
    pv_markup_attrs(m, "xmlns:xlink", "http://www.w3.org/1999/xlink");
    pv_markup_attr(m, "font-family",
                   c->o->fonttype.n ? c->o->fonttype
                                    : PV_STR("Verdana,DejaVu Sans,sans-serif"));
    number_attr(m, "font-size", "%.15g", c->font);
    pv_markup_attrs(m, "fill", "rgb(0,0,0)");
    if (c->o->notes.n || c->o->nametype.n) {
        pv_markup_open(m, "desc");
        pv_markup_text(m, c->o->notes);
        if (c->o->notes.n && c->o->nametype.n)
            pv_markup_text(m, PV_STR("\n"));
        pv_markup_text(m, c->o->nametype);
        pv_markup_shut(m);
    }
    pv_markup_open(m, "defs");
    pv_markup_open(m, "linearGradient");
    pv_markup_attrs(m, "id", "background");
    pv_markup_attrs(m, "y1", "0");
    pv_markup_attrs(m, "y2", "1");
    pv_markup_attrs(m, "x1", "0");
    pv_markup_attrs(m, "x2", "0");
    stop(c, c->from, "5%");
    stop(c, c->to, "95%");
    pv_markup_shut(m);
    pv_markup_shut(m);
    draw_rect(c, 0, 0, c->width, c->height, PV_STR("url(#background)"));
}

static pv_str heading(const pv_classic *c)
{
    if (c->o->title.n)
        return c->o->title;
    if (c->o->inverted)
        return PV_STR("Icicle Graph");
    return c->o->flamechart ? PV_STR("Flame Chart") : PV_STR("Flame Graph");
}

static pv_str why_empty(const pv_classic *c)
{
    if (c->job->whole && c->job->whole[c->s.p->metrics.main])
        return PV_STR("No stack is left by the filters: there is nothing to "
                      "draw.");
    return PV_STR("Every count in this profile is 0: there is nothing to "
                  "draw.");
}

static void draw(pv_classic *c)
{
    double middle = (double)(c->o->width - c->o->width % 2) / 2;

    open_picture(c);
    draw_text(c, "title", middle, c->font * 2, heading(c));
    if (c->o->subtitle.n)
        draw_text(c, "subtitle", middle, c->font * 4, c->o->subtitle);
    if (c->s.total[0] == 0) {
        draw_text(c, "empty", middle, c->height / 2, why_empty(c));
    } else {
        pv_markup_open(c->m, "g");
        pv_markup_attrs(c->m, "id", "frames");
        for (size_t i = 0; i < c->nodes.len; i++)
            draw_node(c, &c->nodes.at[i]);
        pv_markup_shut(c->m);
    }
    pv_markup_shut(c->m);
}

static void done(pv_classic *c)
{
    pv_classic_colours_done(&c->colours);
    pv_nameattrs_done(&c->attrs);
    PV_VEC_DONE(&c->nodes);
    pv_buf_done(&c->text);
    pv_buf_done(&c->name);
    pv_arena_done(&c->arena);
}

bool pv_flame_classic(const pv_job *job, pv_sink *out, pv_error *err)
{
    pv_classic c = {.job = job, .o = job->options, .err = err};
    pv_markup m;
    bool ok;

    pv_arena_init(&c.arena, 0);
    pv_markup_init(&m, out, PV_XML);
    c.m = &m;
    ok = pv_classic_set_up(&c) && pv_classic_place(&c);
    if (ok) {
        draw(&c);
        pv_markup_done(&m);
        if (c.text.failed || c.name.failed || c.arena.failed)
            ok = pv_fail_nomem(err);
    }
    ok = ok && pv_classic_colours_keep(&c.colours, err);
    done(&c);
    return ok;
}
