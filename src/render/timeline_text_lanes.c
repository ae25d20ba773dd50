/* SPDX-License-Identifier: MIT */
/* A timeline for terminals: a line a function, with its calls in brackets. */
#include "timeline_text.h"

#include "number.h"
#include "utf8.h"

enum { NAME = 20 };

typedef struct lane {
    pv_sym name;
    int64_t added;
} lane;

/* The functions in the order of their first call. */
static size_t find_lanes(const pv_chart *c, lane *lanes)
{
    size_t n = 0;

    for (uint32_t i = 0; i < c->p->marks.len; i++) {
        const pv_mark *m = &c->p->marks.at[i];
        size_t k = 0;

        if (m->run != c->run || m->end < c->from || m->begin > c->to)
            continue;
        while (k < n && lanes[k].name.i != m->label.i)
            k++;
        if (k == n && n == PV_TEXT_LANES)
            continue;
        if (k == n)
            lanes[n++] = (lane){m->label, 0};
        if (!pv_add64(lanes[k].added, m->end_value - m->begin_value,
                      &lanes[k].added))
            lanes[k].added = INT64_MAX;
    }
    return n;
}

/* One sign a column: 0 nothing, 1 within a call, 2 its begin, 3 its end, 4 an
 * end and a begin. */
static void mark_calls(const pv_time_text *t, pv_sym name, unsigned char *sign)
{
    const pv_chart *c = t->c;

    memset(sign, 0, (size_t)t->width);
    for (uint32_t i = 0; i < c->p->marks.len; i++) {
        const pv_mark *m = &c->p->marks.at[i];
        int a, b;

        if (m->run != c->run || m->label.i != name.i || m->end < c->from ||
            m->begin > c->to)
            continue;
        a = pv_time_column(t, m->begin);
        b = pv_time_column(t, m->end);
        for (int x = a + 1; x < b; x++)
            sign[x] = sign[x] ? sign[x] : 1;
        sign[b] = sign[b] < 2 ? 3 : sign[b];
        sign[a] = sign[a] > 2 ? 4 : 2;
    }
}

static void draw_lane(pv_time_text *t, const lane *l, unsigned char *sign)
{
    static const char *const plain[] = {" ", "-", "|", "|", "|"};
    static const char *const signs[] = {" ", "\u2500", "\u251c", "\u2524",
                                        "\u253c"};
    pv_str name = pv_chart_short_name(pv_profile_text(t->c->p, l->name));
    pv_buf clean = {0}, added = {0};
    int last = 0, from;

    pv_ink_clean(&clean, pv_str_slice(name, 0, 400), t->style->unicode);
    from = (int)t->line.n;
    pv_fit_middle(&t->line, pv_buf_text(&clean), t->label, t->style->unicode);
    pv_time_pad(t, t->label + 2 -
                       (int)pv_text_width(pv_str_slice(
                           pv_buf_text(&t->line), (size_t)from, t->line.n)));
    pv_time_flush(t, PV_INK_PLAIN);
    mark_calls(t, l->name, sign);
    for (int x = 0; x < t->width; x++)
        last = sign[x] ? x + 1 : last;
    for (int x = 0; x < last; x++)
        pv_buf_puts(&t->line, (t->style->unicode ? signs : plain)[sign[x]]);
    pv_time_flush(t, PV_INK_OWN);
    pv_put_change(&added, l->added);
    if (last + 2 + (int)pv_text_width(pv_buf_text(&added)) <= t->width) {
        pv_buf_char(&t->line, ' ');
        pv_time_words(&t->line, pv_buf_text(&added), t->style->unicode);
    }
    pv_time_end_line(t, PV_INK_PLAIN);
    t->line.failed |= clean.failed || added.failed;
    pv_buf_done(&clean);
    pv_buf_done(&added);
}

int pv_time_lanes_label(const pv_chart *c)
{
    lane lanes[PV_TEXT_LANES];
    size_t n = c->o->no_lanes ? 0 : find_lanes(c, lanes);
    int most = 0;

    for (size_t i = 0; i < n; i++) {
        int w = (int)pv_text_width(
            pv_chart_short_name(pv_profile_text(c->p, lanes[i].name)));

        most = w > most ? w : most;
    }
    return most < NAME ? most : NAME;
}

bool pv_time_lanes(pv_time_text *t)
{
    lane lanes[PV_TEXT_LANES];
    size_t n = t->c->o->no_lanes ? 0 : find_lanes(t->c, lanes);
    unsigned char *sign =
        PV_NEW_N(&t->c->arena, unsigned char, (size_t)t->width);

    if (!sign)
        return pv_fail_nomem(t->c->err);
    for (size_t i = 0; i < n; i++)
        draw_lane(t, &lanes[i], sign);
    return true;
}
