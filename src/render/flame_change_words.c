/* SPDX-License-Identifier: MIT */
/* A flame graph of two sides: its words. */
#include "flame_change.h"
#include "flame_words.h"
#include "number.h"
#include "total.h"

/* ---- values ---- */

static int64_t shown(const pv_picture *p, int64_t v)
{
    int64_t out;

    return pv_mul64(v, p->factor, &out) ? out : v < 0 ? -INT64_MAX : INT64_MAX;
}

static void put_change(const pv_picture *p, pv_buf *out, int64_t before,
                       int64_t after)
{
    char text[PV_NUMBER_MAX];
    int64_t change = after - before;

    pv_buf_puts(out, change > 0 ? "+" : "");
    pv_picture_number(p, out, shown(p, change));
    if (before <= 0 || change == 0)
        return;
    pv_buf_puts(out, change > 0 ? " (+" : " (\xe2\x88\x92");
    pv_buf_add(out, text,
               pv_write_percent(text, change < 0 ? -change : change, before,
                                (pv_number_style){0}));
    pv_buf_char(out, ')');
}

/* "before 8.31 s, after 10.2 s, +1.84 s (+22%)" */
static void change_values(const pv_picture *p, pv_buf *out, int64_t before,
                          int64_t after)
{
    pv_buf_puts(out, "before ");
    pv_picture_value(p, out, shown(p, before));
    pv_buf_puts(out, ", after ");
    pv_picture_value(p, out, shown(p, after));
    pv_buf_puts(out, ", ");
    put_change(p, out, before, after);
}

pv_str pv_change_metric(pv_str name)
{
    const pv_str after = PV_STR("after_");

    if (pv_str_starts(name, after))
        return pv_str_slice(name, after.n, name.n);
    return pv_str_equal(name, PV_STR("after")) ? PV_STR("samples") : name;
}

/* ---- boxes ---- */

/* Others that are gone from the same caller. */
static void put_gone_beside(const pv_picture *p, pv_buf *out, uint32_t node)
{
    const pv_frame *at = p->data.p->frames.at;
    uint32_t up = at[node].parent.i, others = 0;
    int64_t sum = 0;

    for (uint32_t k = up + 1; k < at[up].end; k = at[k].end)
        if (k != node && pv_frame_is_gone(&p->change, k)) {
            others++;
            sum += p->change.total[0][k];
        }
    if (!others)
        return;
    pv_buf_puts(out, "\nand beside it ");
    pv_put_count(out, others, "more that is gone, ", "more that are gone, ");
    pv_picture_value(p, out, shown(p, sum));
}

static void put_verdict(const pv_picture *p, pv_buf *out, uint32_t node)
{
    const pv_frame_changes *c = &p->change;

    if (pv_frame_is_new(c, node))
        pv_buf_puts(out, "; new");
    else if (pv_frame_is_gone(c, node))
        pv_buf_puts(out, "; gone");
}

/* Where it is what the colours say. */
static void put_noise(const pv_picture *p, pv_buf *out, uint32_t node,
                      bool self, int64_t before, int64_t after)
{
    const pv_frame_changes *c = &p->change;

    if (self == p->diff->judging.by_self && c->noise && c->noise[node] &&
        before != after)
        pv_buf_puts(out, "; within noise");
}

void pv_change_title(const pv_picture *p, pv_buf *out, uint32_t node)
{
    const pv_frame_changes *c = &p->change;
    int64_t before = pv_frame_self(p->data.p, node, c->metric[0]);
    int64_t after = pv_frame_self(p->data.p, node, c->metric[1]);

    change_values(p, out, c->total[0][node], c->total[1][node]);
    put_verdict(p, out, node);
    put_noise(p, out, node, false, c->total[0][node], c->total[1][node]);
    if (before || after) {
        pv_buf_puts(out, "\nself: ");
        change_values(p, out, before, after);
        put_noise(p, out, node, true, before, after);
    }
    if (p->diff->widths == PV_WIDTHS_AFTER && pv_frame_is_gone(c, node) && node)
        put_gone_beside(p, out, node);
}

pv_str pv_change_sign(const pv_picture *p, uint32_t node)
{
    if (node == 0)
        return PV_STR("");
    if (p->diff->widths == PV_WIDTHS_AFTER &&
        pv_frame_is_gone(&p->change, node))
        return PV_STR("gone");
    return pv_str_of(pv_frame_is_new(&p->change, node) ? "+" : "");
}

/* ---- around the boxes ---- */

bool pv_change_legend(pv_picture *p)
{
    static const char *const names[PV_STEPS] = {"\xe2\x88\x92"
                                                "8% or less",
                                                "\xe2\x88\x92"
                                                "3%",
                                                "\xe2\x88\x92"
                                                "1%",
                                                "\xe2\x88\x92"
                                                "0.2%",
                                                "no change",
                                                "+0.2%",
                                                "+1%",
                                                "+3%",
                                                "+8% or more"};
    static const char *const keys[PV_STEPS] = {"d0", "d1", "d2", "d3", "d4",
                                               "d5", "d6", "d7", "d8"};
    static const char *const chips[PV_STEPS] = {
        "chip kd0", "chip kd1", "chip kd2", "chip kd3", "chip kd4",
        "chip kd5", "chip kd6", "chip kd7", "chip kd8"};

    p->legend = PV_NEW_N(&p->arena, pv_legend_entry, PV_STEPS);
    if (!p->legend)
        return pv_fail_nomem(p->err);
    for (unsigned i = 0; i < PV_STEPS; i++) {
        unsigned paint = p->diff->negate ? PV_STEPS - 1 - i : i;

        p->legend[i] = (pv_legend_entry){
            .key = pv_str_of(keys[paint]),
            .name = pv_str_of(i == PV_STEP_NONE && p->change.noise
                                  ? "none, or within noise"
                                  : names[i]),
            .chip = pv_str_of(chips[paint]),
            .paint = (uint16_t)(PV_P_DELTA + paint)};
    }
    p->legend_len = PV_STEPS;
    return true;
}

pv_str pv_change_note(pv_picture *p)
{
    return pv_str_of(p->diff->judging.by_self
                         ? "change of self, of all before"
                         : "change of total, of all before");
}

static void put_totals(const pv_picture *p, pv_buf *t)
{
    change_values(p, t, p->change.whole[0], p->change.whole[1]);
    if (p->diff->judging.ratio != 1)
        pv_buf_puts(t, " (before is scaled to the total after)");
}

pv_str pv_change_subtitle(pv_picture *p)
{
    pv_buf t = {0};

    if (p->diff->sentence.n)
        return p->diff->sentence;
    put_totals(p, &t);
    return pv_picture_keep(p, &t);
}

pv_str pv_change_hint(pv_picture *p, unsigned width)
{
    static const char *const widths[] = {" after. Hatched: gone.", " before.",
                                         " on the side where it is larger."};
    pv_buf t = {0};

    if (p->diff->sentence.n) {
        put_totals(p, &t);
        pv_buf_puts(&t, ". ");
        if (t.n)
            t.p[0] = 'B'; /* it begins a sentence */
    }
    pv_buf_puts(&t, "Wider means more ");
    pv_buf_str(&t, p->words.noun);
    pv_buf_puts(&t, widths[width]);
    if (!p->o->no_js && !(p->job->medium & (PV_M_PNG | PV_M_PDF)))
        pv_buf_puts(&t, " Click a frame to zoom.");
    return pv_picture_keep(p, &t);
}
