/* SPDX-License-Identifier: MIT */
/* Trends as small as a word. */
#include "number.h"
#include "report_private.h"

enum { PAD = 300, TOP = 400 }; /* hundredths of a pixel */

typedef struct spark {
    const pv_report_item *it;
    int64_t least, most;
    int width, height;
} spark;

static void find_range(spark *s)
{
    s->least = s->most = s->it->runs[0].value;
    for (size_t i = 1; i < s->it->runs_len; i++) {
        if (s->it->runs[i].value < s->least)
            s->least = s->it->runs[i].value;
        if (s->it->runs[i].value > s->most)
            s->most = s->it->runs[i].value;
    }
}

static int64_t x_of(const spark *s, size_t i)
{
    int64_t room = s->width * 100 - 2 * PAD - 200;

    return PAD + pv_muldiv((int64_t)i, room, (int64_t)s->it->runs_len - 1);
}

static int64_t y_of(const spark *s, int64_t v)
{
    int64_t room = s->height * 100 - 2 * TOP;

    if (s->most == s->least)
        return TOP + room / 2;
    /* halves, so that the difference of any two values has its room */
    return TOP + room -
           pv_muldiv(v / 2 - s->least / 2, room,
                     s->most / 2 - s->least / 2 ? s->most / 2 - s->least / 2
                                                : 1);
}

static pv_str label(pv_buf *b, const spark *s)
{
    const pv_report_measure *m = pv_item_main(s->it);

    pv_buf_format(b, "last %zu runs, ", s->it->runs_len);
    pv_report_amount(b, m, s->it->runs[0].value);
    pv_buf_puts(b, " to ");
    pv_report_amount(b, m, s->it->runs[s->it->runs_len - 1].value);
    return pv_buf_text(b);
}

void pv_report_spark(pv_markup *m, const pv_report_item *it, int width,
                     int height)
{
    spark s = {.it = it, .width = width, .height = height};
    size_t last = it->runs_len - 1;
    pv_buf b = {0};

    find_range(&s);
    pv_markup_open(m, "svg");
    pv_markup_attrs(m, "class", "spark");
    pv_markup_attr_int(m, "width", width);
    pv_markup_attr_int(m, "height", height);
    pv_buf_format(&b, "0 0 %d %d", width, height);
    pv_markup_attr(m, "viewBox", pv_buf_text(&b));
    pv_markup_attrs(m, "preserveAspectRatio", "xMinYMid");
    pv_markup_attrs(m, "role", "img");
    pv_buf_clear(&b);
    pv_markup_attr(m, "aria-label", label(&b, &s));
    pv_markup_open(m, "polyline");
    pv_markup_attrs(m, "fill", "none");
    pv_markup_attrs(m, "stroke-width", "1.4");
    pv_markup_attrs(m, "stroke-linejoin", "round");
    pv_markup_attr_begin(m, "points");
    for (size_t i = 0; i < it->runs_len; i++) {
        pv_markup_attr_more(m, i ? PV_STR(" ") : PV_STR(""));
        pv_markup_attr_more_cpx(m, x_of(&s, i));
        pv_markup_attr_more(m, PV_STR(","));
        pv_markup_attr_more_cpx(m, y_of(&s, it->runs[i].value));
    }
    pv_markup_attr_end(m);
    pv_markup_shut(m);
    pv_markup_open(m, "circle");
    pv_markup_attrs(m, "class",
                    it->matters &&
                            it->runs[last].value > pv_item_main(it)->before
                        ? "bad"
                        : "good");
    pv_markup_attr_cpx(m, "cx", x_of(&s, last));
    pv_markup_attr_cpx(m, "cy", y_of(&s, it->runs[last].value));
    pv_markup_attrs(m, "r", "2.6");
    pv_markup_shut(m);
    pv_markup_shut(m);
    if (b.failed)
        pv_sink_fail(m->out, PV_E_NOMEM, "out of memory");
    pv_buf_done(&b);
}
