/* SPDX-License-Identifier: MIT */
/* The minimap: one link a hot line, grey for code that did not run. */
#include <math.h>

#include "number.h"
#include "source_view.h"

enum { WIDTH = 40, HEIGHT = 1000, LINKS = 300 };

/* Places in hundredths; the map is as high as the file is long. */
static int64_t height_of(const pv_sheet *s)
{
    return s->rows_len ? s->rows[s->rows_len - 1].line : 0;
}

static int64_t at_line(const pv_sheet *s, uint32_t line)
{
    int64_t all = height_of(s);

    return all ? pv_muldiv(line ? line - 1 : 0, HEIGHT * 100, all) : 0;
}

static int64_t thickness(const pv_sheet *s)
{
    int64_t all = height_of(s);
    int64_t each = all ? HEIGHT * 90 / all : 0;

    return each < 300 ? 300 : each > 800 ? 800 : each;
}

static void put_rect(pv_markup *m, const char *style, int64_t y, int64_t width,
                     int64_t height)
{
    pv_markup_open(m, "rect");
    pv_markup_attrs(m, "class", style);
    pv_markup_attr_cpx(m, "x", 400);
    pv_markup_attr_cpx(m, "y", y);
    pv_markup_attr_cpx(m, "width", width);
    pv_markup_attr_cpx(m, "height", height);
}

/* Runs of code that was not executed. */
static void put_never(const pv_sheet *s, pv_markup *m)
{
    for (uint32_t i = 0; i < s->rows_len; i++) {
        uint32_t first = s->rows[i].line, last = first;

        if (!s->rows[i].never)
            continue;
        while (i + 1 < s->rows_len && s->rows[i + 1].never)
            last = s->rows[++i].line;
        put_rect(m, "nvr", at_line(s, first), 500,
                 at_line(s, last + 1) - at_line(s, first));
        pv_markup_shut(m);
    }
}

static void put_link(const pv_source_view *v, uint32_t data, pv_markup *m)
{
    const pv_sheet *s = &v->sheet;
    const pv_sheet_line *l = &s->lines[data];
    int64_t whole = v->how->book->inputs[l->input].whole;
    double share = whole > 0 ? (double)l->heat / (double)whole : 0;
    char style[3] = {'h', (char)('0' + pv_sheet_heat(s, data)), '\0'};
    int64_t width = (int64_t)(sqrt(share) * WIDTH * 100);
    pv_buf t = {0};

    pv_buf_puts(&t, "#");
    pv_buf_str(&t, v->prefix);
    pv_buf_format(&t, "L%u", l->line);
    pv_markup_open(m, "a");
    pv_markup_attr(m, "href", pv_buf_text(&t));
    put_rect(m, style, at_line(s, l->line), width < 600 ? 600 : width,
             thickness(s));
    pv_buf_clear(&t);
    pv_buf_format(&t, "line %u, ", l->line);
    pv_view_share(&t, l->heat, whole);
    pv_markup_open(m, "title");
    pv_markup_text(m, pv_buf_text(&t));
    pv_markup_shut(m);
    pv_markup_shut(m);
    pv_markup_shut(m);
    if (t.failed)
        pv_sink_fail(m->out, PV_E_NOMEM, "out of memory");
    pv_buf_done(&t);
}

/* The least heat that LINKS lines or fewer have. */
static unsigned least_step(const pv_sheet *s)
{
    uint32_t lines[8] = {0}, sum = 0;

    for (uint32_t i = 0; i < s->lines_len; i++)
        lines[pv_sheet_heat(s, i)]++;
    for (unsigned step = 6; step > 1; step--) {
        sum += lines[step];
        if (sum + lines[step - 1] > LINKS)
            return step;
    }
    return 1;
}

void pv_view_map(const pv_source_view *v, pv_markup *m)
{
    const pv_sheet *s = &v->sheet;
    unsigned least = least_step(s);
    uint32_t links = 0;

    pv_markup_open(m, "svg");
    pv_markup_attrs(m, "viewBox", "0 0 48 1000");
    pv_markup_attrs(m, "preserveAspectRatio", "none");
    put_never(s, m);
    for (uint32_t i = 0; i < s->lines_len && links < 4 * LINKS; i++)
        if (pv_sheet_heat(s, i) >= least) {
            put_link(v, i, m);
            links++;
        }
    pv_markup_shut(m);
}
