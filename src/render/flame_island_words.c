/* SPDX-License-Identifier: MIT */
/* Unit, title, legend, hints; sizes in pixels. */
#include "flame_island_words.h"

#include "flame_change.h"

static void put_unit(pv_isle *out, const pv_picture *p)
{
    static const char *const kinds[] = {
        [PV_COUNT] = "{\"kind\":\"count\"",
        [PV_NANOSECONDS] = "{\"kind\":\"ns\"",
        [PV_BYTES] = "{\"kind\":\"B\"",
    };
    const pv_measure_words *w = &p->words;

    pv_isle_key(out, "unit");
    pv_isle_raw(out, kinds[p->metric.unit]);
    pv_isle_number(out, "dec", p->metric.exponent);
    pv_isle_text(out, "name", w->many);
    pv_isle_text(out, "one", w->one);
    pv_isle_text(out, "measure", w->measure);
    pv_isle_raw(out, "}");
}

static void put_legend(pv_isle *out, const pv_picture *p)
{
    pv_isle_key(out, "origins");
    pv_isle_raw(out, "[");
    for (size_t i = 0; i < p->legend_len; i++) {
        const pv_legend_entry *e = &p->legend[i];

        pv_isle_raw(out, i ? ",[" : "[");
        if (e->key.p[0] >= 'a')
            pv_isle_string(out, e->key);
        else
            pv_isle_str(out, e->key);
        pv_isle_raw(out, ",");
        pv_isle_string(out, e->name);
        pv_isle_raw(out, ",");
        pv_isle_string(out, e->share);
        pv_isle_raw(out, "]");
    }
    pv_isle_raw(out, "]");
    pv_isle_text(out, "legend", p->legend_note);
}

static void put_filters(pv_isle *out, const pv_picture *p)
{
    if (!p->filters.len)
        return;
    pv_isle_key(out, "filters");
    for (size_t i = 0; i < p->filters.len; i++) {
        pv_isle_raw(out, i ? "," : "[");
        pv_isle_string(out, p->filters.at[i]);
    }
    pv_isle_raw(out, "]");
}

static void put_hints(pv_isle *out, const pv_picture *p)
{
    static const char *const views[] = {"callees", "callers", "sandwich"};
    const char *const *names = p->diff ? pv_width_names : views;

    pv_isle_key(out, "hints");
    for (unsigned i = 0; i < 3; i++) {
        pv_isle_raw(out, i ? ",\"" : "{\"");
        pv_isle_raw(out, names[i]);
        pv_isle_raw(out, "\":");
        pv_isle_string(out, p->hints[i]);
    }
    pv_isle_raw(out, "}");
}

void pv_isle_words(pv_isle *out, const pv_picture *p, uint32_t sandwich)
{
    bool timed = p->data.p->flags & PV_TIME_ORDERED;

    put_unit(out, p);
    pv_isle_text(out, "title", p->title);
    pv_isle_text(out, "sub", p->subtitle);
    put_hints(out, p);
    put_legend(out, p);
    put_filters(out, p);
    pv_isle_text(out, "sort",
                 timed         ? PV_STR("time")
                 : p->by_total ? PV_STR("total")
                               : PV_STR("name"));
    if (p->callers)
        pv_isle_text(out, "view", PV_STR("callers"));
    if (p->upper) {
        pv_isle_text(out, "view", PV_STR("sandwich"));
        pv_isle_number(out, "fn", sandwich);
    }
    pv_isle_true(out, "fold", p->folded && pv_flame_folds(p->o));
    if (p->scene.theme != PV_THEME_AUTO)
        pv_isle_text(out, "theme", pv_theme_attr(p->scene.theme));
}

void pv_isle_geometry(pv_isle *out, const pv_picture *p)
{
    pv_isle_length(out, "row", p->row);
    pv_isle_length(out, "top", p->top);
    pv_isle_length(out, "pad", p->pad);
    pv_isle_length(out, "bot", p->foot);
    if (p->diff)
        pv_isle_text(out, "widths", pv_str_of(pv_width_names[p->diff->widths]));
    pv_isle_true(out, "flame", p->flame);
    pv_isle_true(out, "big", p->data.total[0] > (INT64_C(1) << 53) - 1);
    if (p->whole > p->data.total[0] && !p->diff)
        pv_isle_number(out, "whole", p->whole);
}
